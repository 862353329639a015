"""All stored inspections weighed anew: the rows give what the reference gives, and nothing is changed."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import NOW, make_inspection
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.weigh_all import COMPARED, Difference, Tally, weigh_all
from tillsyn.inspect.services.weigh_inspection import keep_weighing
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.assessments import Check, WeighedArea, WeighingRun
from tillsyn.models.codings import Passage
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Evidence, Interview, Statement
from tillsyn.models.vocabulary import CheckResult, EvidenceKind, Informant, Resolution, State, StatementStatus

PACK = load_pack("hvb")
THEMES = [theme.id for theme in PACK.themes]
HELD = (Informant.STAFF, Informant.STAFF, Informant.MANAGER, Informant.OTHER)


def a_case(db: Session, seed: int) -> Inspection:
    """An inspection with talks, evidence, passages and checks of every kind, weighed by the reference."""
    chance = Random(seed)  # noqa: S311 - cases, not secrets
    made = make_inspection(db, state=State.WEIGHING, children=4)
    for place, resident in enumerate(made.residents[: chance.randint(0, 4)]):
        _talk(db, made, chance, Informant.CHILD, resident.person, resident.id, place)
    for place, informant in enumerate(HELD):
        _talk(db, made, chance, informant, f"{informant.value[0]}{place}", None, chance.choice((-3, 6)))
    for kind, person in ((EvidenceKind.OBSERVATION, "o1"), (EvidenceKind.DOCUMENT, "d1")):
        item = Evidence(inspection_id=made.id, kind=kind, person=person)
        db.add(item)
        db.flush()
        _statements(db, made, chance, evidence_id=item.id, prefix=person)
    for requirement in chance.sample([one.id for one in PACK.requirements], 15):
        result = chance.choice(list(CheckResult))
        deviates = result is CheckResult.DEVIATION
        db.add(
            Check(
                inspection_id=made.id,
                requirement=requirement,
                result=result,
                consequence=chance.randint(0, 3) if deviates else 0,
                extent=chance.randint(0, 2) if deviates else 0,
                repeated=deviates and chance.random() < 0.3,
                fixed=deviates and chance.random() < 0.3,
                self_reported=deviates and chance.random() < 0.5,
                marked_at=NOW,
            )
        )
    db.flush()
    db.expire_all()
    keep_weighing(db, actor=None, inspection=find_inspection(db, made.dnr), now=NOW)
    return made


def _talk(
    db: Session, made: Inspection, chance: Random, informant: Informant, person: str, child: object, hour: int
) -> None:
    talk = Interview(
        inspection_id=made.id,
        resident_id=child,
        informant=informant,
        person=person,
        started_at=NOW + timedelta(hours=hour),
        ended_at=NOW + timedelta(hours=hour, minutes=30),
        deviation=chance.random() < 0.3,
    )
    db.add(talk)
    db.flush()
    _statements(db, made, chance, interview_id=talk.id, prefix=person)


def _statements(db: Session, made: Inspection, chance: Random, *, prefix: str, **source: object) -> None:
    for number in range(chance.randint(0, 4)):
        severity = chance.choice((None, 0, 0, 1, 1, 2, 3, 4))
        statement = Statement(
            inspection_id=made.id,
            label=f"{prefix}-{number}",
            theme=chance.choice((None, *THEMES[:12])),
            severity=severity,
            firsthand=chance.random() < 0.7,
            prompted=chance.random() < 0.5,
            concrete=chance.random() < 0.7,
            important=prefix[0] == "b" and chance.random() < 0.3,
            status=chance.choice(list(StatementStatus)),
            resolution=chance.choice((None, *Resolution)) if severity in (3, 4) else None,
            recorded_at=NOW,
            changed_at=NOW,
            **source,
        )
        statement.text = "Det är lugnt på kvällarna men bråkigt på morgnarna."
        db.add(statement)
        db.flush()
        if chance.random() < 0.3:
            db.add(
                Passage(
                    inspection_id=made.id,
                    statement_id=statement.id,
                    label=f"{statement.label}.1",
                    begins=0,
                    ends=9,
                    theme=chance.choice(THEMES[:12]),
                    severity=chance.choice((0, 1, 2, 3)),
                    marked_at=NOW,
                )
            )
            db.flush()


def differences(db: Session, **more: int) -> tuple[list[Difference], Tally]:
    tally = Tally()
    found = list(weigh_all(db, alpha_at=lambda at: None, tally=tally, **more))
    return found, tally


@pytest.mark.parametrize("chunk", [3, 1000])
def test_stored_rows_give_what_the_reference_gave(db: Session, chunk: int) -> None:
    for seed in range(12):
        a_case(db, seed)
    found, tally = differences(db, chunk=chunk)
    assert found == []
    assert (tally.inspections, tally.areas) == (12, 12 * len(PACK.areas))
    assert tally.codings > 100
    positions = set(db.scalars(select(WeighedArea.position)).all())
    assert {None, 1, 2} <= positions


def test_what_was_kept_otherwise_is_told_with_its_reason_and_left_as_it_is(db: Session) -> None:
    made = a_case(db, 1)
    area = db.scalars(select(WeighedArea).where(WeighedArea.position.is_not(None))).first()
    assert area is not None and area.position is not None
    true, area.position = area.position, 1 + area.position % 4
    db.flush()
    [told], tally = differences(db)
    assert told == Difference(made.dnr, area.area, "position", area.position, true, "evidence")
    assert tally.differing == {made.dnr}
    run = db.scalars(select(WeighingRun)).one()
    run.config_hash = "0" * 64
    db.flush()
    [told], _ = differences(db)
    assert told.because == "method"
    assert area.position != true
    assert db.scalar(select(func.count()).select_from(WeighingRun)) == 1


def test_a_new_statement_since_the_run_shows(db: Session) -> None:
    made = a_case(db, 2)
    talk = db.scalars(select(Interview).where(Interview.informant == Informant.STAFF)).first()
    assert talk is not None
    db.add(
        Statement(
            inspection_id=made.id,
            interview_id=talk.id,
            label="new",
            theme=THEMES[0],
            severity=4,
            recorded_at=NOW,
            changed_at=NOW,
        )
    )
    db.flush()
    found, _ = differences(db)
    assert {"action"} <= {one.field for one in found} <= set(COMPARED)
    assert {one.because for one in found} == {"evidence"}


def test_what_has_never_been_weighed_is_left_alone(db: Session) -> None:
    make_inspection(db, state=State.CHILDREN)
    assert differences(db)[1].inspections == 0
