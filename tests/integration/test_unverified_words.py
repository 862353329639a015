"""Words that nobody has verified are said to be so, wherever the letter can be had."""

from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import make_letter_case
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.unverified_words import unverified_languages
from tillsyn.interview_guides.guide import available_packs
from tillsyn.models.letter_vocabulary import LetterKind

SAYS = "Orden är inte granskade"


def test_only_letters_to_children_have_words_that_wait() -> None:
    for pack in available_packs():
        assert unverified_languages(pack, LetterKind.FEEDBACK) == frozenset()
        assert not unverified_languages(pack, LetterKind.CHILD_6_12) & {"sv", "en"}
    assert unverified_languages("hvb", LetterKind.CHILD_13_20) == {"ar"}


def test_the_list_and_the_page_of_the_files_say_it(client: Browsing, db: Session) -> None:
    case = make_letter_case(db)
    for kind in (LetterKind.FEEDBACK, LetterKind.CHILD_13_20):
        compose_letter(db, actor=case.writer, inspection=case.inspection, kind=kind, now=NOW)
    db.commit()
    client.sign_in_as(case.inspector)
    base = f"/inspections/{case.inspection.dnr}/letters"
    assert client.get(base).text.count(SAYS) == 1, "once, at the letter that is in Arabic too"
    for language, is_said in (("ar", True), ("sv", False)):
        page = client.get(f"{base}/child-13-20/preview?language={language}")
        assert (SAYS in page.text) is is_said
