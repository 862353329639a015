"""The tabs of a case say where the reader is, also on the pages that are reached from them."""

import re

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.services.compose_letter import compose_letter

TAB = re.compile(r'<li><a href="([^"]+)" aria-current="(page|true)">')


@pytest.fixture
def case(db: Session) -> LetterCase:
    made = make_letter_case(db)
    compose_letter(db, actor=made.writer, inspection=made.inspection, now=NOW)
    db.commit()
    return made


@pytest.mark.parametrize(
    ("page", "tab", "how"),
    [
        ("letter", "letter", "page"),
        ("letter/history", "letter", "true"),
        ("identities", "letter", "true"),
        ("letters", "letters", "page"),
        ("letters/child-13-20", "letters", "true"),
        ("talks/start", "talks", "true"),
    ],
)
def test_one_tab_is_marked(client: Browsing, case: LetterCase, page: str, tab: str, how: str) -> None:
    client.sign_in_as(case.inspector)
    base = f"/inspections/{case.inspection.dnr}"
    found = TAB.findall(client.get(f"{base}/{page}").html.partition('class="case-links"')[2])
    assert found == [(f"{base}/{tab}", how)]


def test_a_page_of_no_tab_marks_none(client: Browsing, case: LetterCase) -> None:
    client.sign_in_as(case.inspector)
    page = client.get(f"/inspections/{case.inspection.dnr}/decision").html
    assert TAB.findall(page.partition('class="case-links"')[2]) == []
