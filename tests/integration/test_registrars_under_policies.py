"""PostgreSQL with policies: a registrar fetches what left and notes a wish, and reaches no text of the case."""

import re

import pytest
from sqlalchemy import func, select

from tests.integration.rich_site import FULLEST
from tests.restricted import BoundSite, asking
from tillsyn.models.inspections import Inspection
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.openness import DisclosureRequest, DisclosureText
from tillsyn.models.uploads import Upload

pytestmark = pytest.mark.postgresql


def test_what_left_is_fetched_and_nothing_else_is_reached(bound: BoundSite) -> None:
    registrar, dnr = bound.as_("registrar").http, bound.made.cases[FULLEST]
    page = registrar.get(f"/diary/{dnr}/requests").get_data(as_text=True)
    (address,) = re.findall(r'href="(/diary/[^"]+/sent/[^"]+/file)"', page)
    file = registrar.get(address)
    assert (file.status_code, file.mimetype[:6]) == (200, "image/")
    with asking(bound, "registrar") as db:
        assert db.scalar(select(func.count()).select_from(DisclosureRequest)), "the control"
        for table in (DisclosureText, Upload):
            assert db.scalar(select(func.count()).select_from(table)) == 0, table


def test_that_a_decision_is_wanted_is_noted_and_told(bound: BoundSite) -> None:
    assert bound.disclosures is not None
    registrar, dnr = bound.as_("registrar").http, bound.made.cases[FULLEST]
    with bound.db() as db:
        answered = db.get_one(DisclosureRequest, bound.disclosures.answered_id)
        answered.wanted_on = answered.decided_at = answered.decided_by_id = answered.decision_sealed = None
        day = answered.came_on.isoformat()
        db.commit()
    address = f"/diary/{dnr}/requests"
    token = registrar.get(address).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    said = {"csrf_token": token, "wanted_on": day}
    assert registrar.post(f"{address}/{answered.id}/wanted", data=said).status_code == 303
    with bound.db() as db:
        told = select(func.count()).where(
            Notice.kind == NoticeKind.REFUSAL_WANTED,
            Notice.inspection_id == select(Inspection.id).where(Inspection.dnr == dnr).scalar_subquery(),
            Notice.read_at.is_(None),
        )
        assert db.get_one(DisclosureRequest, answered.id).wanted_on is not None
        assert db.scalar(told)
