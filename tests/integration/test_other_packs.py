"""Every pack runs the whole way: a visit in the order of its gate, and a letter in its own words and nobody else's.

Nothing here knows a pack by name: a new folder of content is tested by being there.
"""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.integration.pack_visit import PackVisit
from tillsyn.inspect.errors import NotPossibleNow
from tillsyn.inspect.services.render_letter import render_letter
from tillsyn.inspect.services.view_case import find_findings
from tillsyn.inspect.settings import Settings
from tillsyn.interview_guides.guide import Pack, available_packs, load_pack
from tillsyn.models.letter_vocabulary import LetterState
from tillsyn.models.vocabulary import FindingKind, Informant, State
from tillsyn.reports.content import Language

# What content says is the same on every database; one of them is enough.
pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
LANGUAGES: tuple[Language, ...] = ("sv", "en")


@pytest.fixture(params=available_packs())
def visit(request: pytest.FixtureRequest, db: Session, test_settings: Settings) -> PackVisit:
    return PackVisit(db, load_pack(request.param), test_settings)


def words_of(pack: Pack, language: str) -> frozenset[str]:
    """What the pack calls the people it is for, in every form that names them and nothing else."""
    users = pack.users
    forms = (users.singular, users.definite, users.plural, users.definite_plural, users.genitive_plural)
    return frozenset(form.in_language(language).lower() for form in forms)


def plain(html: bytes) -> str:
    """The words that a reader of the page sees, on one line and in lower case."""
    body = re.sub(r"<(style|script|title)\b.*?</\1>", " ", html.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).replace("\u00ad", "").lower()


def says(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def letters(visit: PackVisit) -> Iterator[tuple[Language, str]]:
    for language in LANGUAGES:
        html = render_letter(
            visit.db, inspection=visit.case, language=language, form="html",
            authority=visit.authority, now=visit.now,
        )  # fmt: skip
        yield language, plain(html)


def test_a_pack_runs_from_plan_to_a_letter_in_its_own_words(visit: PackVisit) -> None:
    pack = visit.pack
    visit.plan()
    visit.begin()
    for informant in pack.gate.before:
        if pack.guides_for(informant):
            with pytest.raises(NotPossibleNow):
                visit.talk(Informant(informant))
    visit.hear_everybody()
    visit.mark_the_requirements()
    visit.weigh()
    visit.write_the_letter()
    assert visit.case.state is State.REVIEW
    assert visit.letter.state is LetterState.APPROVED
    for finding in find_findings(visit.db, visit.case):
        if finding.kind is FindingKind.DEFICIENCY and finding.requirement:
            assert pack.requirement(finding.requirement).can_be_deficiency_of_home
    for language, text in letters(visit):
        assert says(text, pack.users.definite_plural.in_language(language).lower())
        assert says(text, pack.users.home.in_language(language).lower())
        title = pack.title.in_language(language).lower()  # "hem för vård eller boende" is no resident
        for other in (load_pack(id) for id in available_packs() if id != pack.id):
            foreign = sorted(words_of(other, language) - words_of(pack, language))
            found = [word for word in foreign if says(text, word) and not says(title, word)]
            assert found == [], (language, other.id)
        note = pack.verified_note
        marked = note is not None and re.sub(r"\s+", " ", note.in_language(language)).lower() in text
        assert marked == pack.is_example
        pdf = render_letter(
            visit.db, inspection=visit.case, language=language, form="pdf",
            authority=visit.authority, now=visit.now,
        )  # fmt: skip
        first = PdfReader(BytesIO(pdf)).pages[0].extract_text()
        assert visit.case.home.name in first
