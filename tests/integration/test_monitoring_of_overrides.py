"""What supervisors see of how the method is used: rules and reasons, never homes, never very few."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from sqlalchemy.orm import Session

from tests.builders import acting, make_user
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.errors import NotAllowed
from tillsyn.inspect.rules.weighing import Position
from tillsyn.inspect.services.monitor_overrides import Monitoring, monitor_overrides
from tillsyn.inspect.services.override_position import override_position
from tillsyn.models.vocabulary import OverrideReason, Role

BECAUSE = (
    "Jouren saknades varje vecka och barnen visste om det. Det är allvarligare än kontrollen i sig visar."
)


def decided_down(db: Session, case: LetterCase, now: datetime) -> None:
    override_position(
        db, actor=case.writer, inspection=case.inspection, area="TRY", decided=Position.SERIOUS,
        reason_code=OverrideReason.WEIGHT, text=BECAUSE, evidence=["K10"], now=now,
    )  # fmt: skip


def figures(db: Session) -> Monitoring:
    return monitor_overrides(db, actor=acting(make_user(db, Role.SUPERVISOR)))


def test_shares_and_directions_are_given_per_rule_and_reason(db: Session, now: datetime) -> None:
    for number in range(6):
        case = make_letter_case(db)
        if number < 3:
            decided_down(db, case, now + timedelta(minutes=number))
    found = figures(db)
    statute = next(one for one in found.rules if one.rule == "T2")
    assert found.cases == 6
    assert (statute.bindings, statute.overrides, statute.share) == (
        12,
        3,
        Fraction(1, 4),
    )  # K10 counts in two areas
    assert statute.directions is not None
    assert (statute.directions.up, statute.directions.down) == (0, 3)
    assert statute.to_revise
    assert statute.differing == Fraction(1)
    assert found.reasons.keys() == {OverrideReason.WEIGHT}
    assert found.own is not None
    assert found.own.better is not None
    assert found.own.worse is not None
    assert found.own.same + found.own.better + found.own.worse == 1


def test_very_few_are_not_told(db: Session, now: datetime) -> None:
    for number in range(6):
        case = make_letter_case(db)
        if number < 2:
            decided_down(db, case, now)
    statute = next(one for one in figures(db).rules if one.rule == "T2")
    assert (statute.overrides, statute.share, statute.to_revise) == (None, None, False)
    assert figures(db).reasons == {OverrideReason.WEIGHT: None}


def test_only_supervisors_see_it(db: Session) -> None:
    with pytest.raises(NotAllowed):
        monitor_overrides(db, actor=acting(make_user(db, Role.INSPECTOR)))


def test_the_page_names_no_home(client: Browsing, db: Session, now: datetime) -> None:
    for _ in range(5):
        case = make_letter_case(db)
        decided_down(db, case, now)
    home = case.inspection.home.name
    db.commit()
    client.sign_in_as(case.supervisor)
    page = client.get("/monitoring/overrides")
    assert "Se över regeln" in page.text
    assert "100 procent" in page.text
    assert home not in page.text
    client.speak("en")
    assert "Revise the rule" in client.get("/monitoring/overrides").text
