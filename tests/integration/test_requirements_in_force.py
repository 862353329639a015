"""A case is checked against the requirements in force on the day of its visit."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from tests.builders import make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.services import requirements_in_force as used
from tillsyn.inspect.services.gather_facts import gather_facts
from tillsyn.inspect.services.requirements_in_force import requirements_in_force
from tillsyn.inspect.web import requirement_lines
from tillsyn.interview_guides.guide import Pack, load_pack
from tillsyn.models.vocabulary import Role, State, TeamRole

CHANGE = date(2026, 5, 1)
BEFORE, AFTER = (datetime(2026, month, 15, 9, tzinfo=UTC) for month in (4, 5))


@pytest.fixture
def changed_law(monkeypatch: pytest.MonkeyPatch) -> Pack:
    """The default pack, where the first requirement is replaced from the day of the change."""
    pack = load_pack()
    old = replace(pack.requirements[0], valid_to=date(2026, 4, 30))
    new = replace(pack.requirements[0], id="NEW", valid_from=CHANGE, replaces=old.id)
    changed = replace(pack, requirements=(old, new, *pack.requirements[1:]))
    for module in (used, requirement_lines):
        monkeypatch.setattr(module, "load_pack", lambda id: changed)
    return changed


@pytest.mark.parametrize(("visit", "asked", "not_asked"), [(BEFORE, 0, 1), (AFTER, 1, 0)])
def test_only_what_was_in_force_is_asked_for(
    db: Session, client: Browsing, changed_law: Pack, visit: datetime, asked: int, not_asked: int
) -> None:
    person = make_user(db, Role.INSPECTOR)
    case = make_inspection(
        db, state=State.DOCUMENTS, team={TeamRole.INSPECTOR: person}, visit_started_at=visit
    )
    db.commit()
    ids = [one.id for one in changed_law.requirements]
    assert len(requirements_in_force(case)) == len(ids) - 1
    unmarked = gather_facts(db, case, now=visit).unmarked
    assert ids[asked] in unmarked
    assert ids[not_asked] not in unmarked
    client.sign_in_as(person)
    page = client.get(f"/inspections/{case.dnr}/requirements").html
    assert f'id="{ids[asked]}"' in page
    assert f'id="{ids[not_asked]}"' not in page
