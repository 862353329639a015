"""Every list of what has been sent to a provider is searched, sorted and cut before a row is read."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_inspection, make_provider, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import SentLetter, make_sent_letter
from tillsyn.inspect.services.communicate_facts import list_facts
from tillsyn.inspect.services.find_corrections import corrections_for, corrections_to_comment_on
from tillsyn.inspect.services.letters_to_provider import letters_to_provider
from tillsyn.inspect.services.long_lists import Order
from tillsyn.inspect.services.read_letter import LETTERS_A_PAGE
from tillsyn.inspect.services.read_sent_letter import letter_of_facts, list_sent_letters
from tillsyn.inspect.services.wanted_letters import WantedLetters
from tillsyn.models.base import Base
from tillsyn.models.corrections import CorrectedWords, Correction
from tillsyn.models.decisions import Communication
from tillsyn.models.letter_vocabulary import CorrectionState, LetterKind, LetterState
from tillsyn.models.letters import Letter, LetterVersion
from tillsyn.models.vocabulary import Role, State

MANY = 2 * LETTERS_A_PAGE + 5


def letter(db: Session, sent: SentLetter, home: Any, number: int, kind: LetterKind) -> Letter:
    """One more letter to the provider, sent `number` days before the first, with one version."""
    case = make_inspection(db, state=State.FOLLOW_UP, children=0, home=home)
    at = sent.letter.sent_at - timedelta(days=number)
    made = Letter(
        inspection_id=case.id, kind=kind, state=LetterState.SENT, author_id=sent.letter.author_id,
        composed_at=at, submitted_at=at, sent_at=at,
        issued_by_id=sent.letter.approved_by_id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    db.add(
        LetterVersion(
            letter_id=made.id, language="sv", number=1, letter_number=f"P{kind.value[:6]}-{number}",
            content={}, content_sha256="0" * 64, pdf=b"%PDF", pdf_sha256="0" * 64, html_sha256="0" * 64,
            at=at, by_id=sent.letter.author_id, sent_at=at,
        )
    )  # fmt: skip
    return made


@pytest.fixture
def many(db: Session) -> SentLetter:
    """A provider with so many letters, corrections and facts; half of the facts wait for its reply."""
    sent = make_sent_letter(db)
    homes = [
        make_home(db, sent.inspection.home.provider, name=name) for name in ("Åkern", "Björken", "Örnen")
    ]
    for number in range(MANY):
        made = letter(db, sent, homes[number % 3], number + 1, LetterKind.REMINDER)
        waits = number % 2 == 0
        case = make_inspection(db, state=State.COMMUNICATION, children=0, home=homes[number % 3])
        at = NOW - timedelta(days=number)
        db.add_all((
            Correction(
                letter_id=made.id, state=CorrectionState.PROPOSED, proposed_by_id=sent.inspector.id,
                proposed_at=at, comment_by_on=NOW.date() + timedelta(days=number),
                commented_at=None if waits else NOW, commented_by_id=None if waits else sent.provider.id,
            ),
            Communication(
                inspection_id=case.id, sent_at=at, reply_by_on=NOW.date(), by_id=sent.inspector.id,
                replied_at=None if waits else NOW,
            ),
        ))  # fmt: skip
    db.flush()
    db.expire_all()
    return sent


@pytest.fixture
def read() -> Iterator[Counter[str]]:
    """How many rows of each kind have been read."""
    met: Counter[str] = Counter()

    def count(one: Base, _context: Any) -> None:
        met[type(one).__name__] += 1

    event.listen(Base, "load", count, propagate=True)
    yield met
    event.remove(Base, "load", count)


def test_no_more_rows_are_read_than_are_shown(db: Session, many: SentLetter, read: Counter[str]) -> None:
    actor = acting(many.provider)
    db.expunge_all()
    read.clear()
    found = letters_to_provider(db, actor, page=1)
    assert [len(one.rows) for one in (found.others, found.corrections, found.waiting, found.earlier)] == [
        LETTERS_A_PAGE
    ] * 4
    assert (found.others.total, found.corrections.total, found.pages) == (MANY, MANY, 3)
    assert found.waiting.total + found.earlier.total == MANY
    assert read["Correction"] == LETTERS_A_PAGE and read["Communication"] == 2 * LETTERS_A_PAGE
    assert read["Letter"] <= 2 * LETTERS_A_PAGE + 1, read


@pytest.mark.parametrize("order", [Order("sent", True), Order("sent"), Order("home"), Order("home", True)])
def test_turned_through_each_row_is_met_once_in_the_order_asked_for(
    db: Session, many: SentLetter, order: Order
) -> None:
    actor, wanted = acting(many.provider), WantedLetters(order=order)
    pages = [letters_to_provider(db, actor, wanted, page=number) for number in (1, 2, 3)]
    by_home = order.key == "home"

    def place(home: Any, at: Any) -> tuple[Any, ...]:
        return (home.search_key, at) if by_home else (at,)

    others = [one for page in pages for one in page.others.rows]
    assert len({one.letter.id for one in others}) == MANY
    places = [place(one.letter.inspection.home, one.sent_at) for one in others]
    assert places == sorted(places, reverse=order.descending)
    told = [one for page in pages for one in page.corrections.rows]
    assert len({one.correction.id for one in told}) == MANY
    places = [place(one.inspection.home, one.correction.proposed_at) for one in told]
    assert places == sorted(places, reverse=order.descending)
    for name in ("waiting", "earlier"):
        facts = [one for page in pages for one in getattr(page, name).rows]
        places = [place(case.home, one.sent_at) for one, case in facts]
        assert len(places) in (MANY // 2, MANY // 2 + 1)
        assert places == sorted(places, reverse=order.descending)


def test_a_list_that_ends_before_another_is_empty_and_a_page_too_far_is_the_last(
    db: Session, many: SentLetter
) -> None:
    actor = acting(many.provider)
    last = letters_to_provider(db, actor, page=3)
    assert (len(last.others.rows), len(last.waiting.rows), len(last.letters.rows)) == (5, 0, 0)
    assert letters_to_provider(db, actor, page=99).number == 3
    empty = letters_to_provider(db, actor, WantedLetters("finns inte"), page=4)
    assert (empty.number, empty.longest, empty.pages) == (1, 0, 1)


def test_each_list_is_searched_by_home_and_what_comes_from_it_is_counted(
    db: Session, many: SentLetter, client: Browsing
) -> None:
    actor, wanted = acting(many.provider), WantedLetters("åker")
    found = letters_to_provider(db, actor, wanted)
    assert {one.letter.inspection.home.name for one in found.others.rows} == {"Åkern"}
    assert found.others.total == found.corrections.total == MANY // 3
    assert found.waiting.total + found.earlier.total == MANY // 3
    db.commit()
    client.sign_in_as(many.provider)
    first, last = client.get("/letters?sort=home"), client.get("/letters?sort=home&page=3")
    assert f"1–{LETTERS_A_PAGE} av {MANY}" in first.text and "Sida 1 av 3" in first.text
    assert f"{2 * LETTERS_A_PAGE + 1}–{MANY} av {MANY}" in last.text
    assert "sort=home" in first.html and "page=2" in first.html


def test_what_waits_for_a_comment_is_found_the_soonest_day_first_and_no_more_than_is_shown(
    db: Session, many: SentLetter
) -> None:
    waits = corrections_to_comment_on(db, acting(many.provider), 4)
    assert len(waits) == 4 and all(one.may_comment for one in waits)
    days = [one.correction.comment_by_on for one in waits]
    assert days == sorted(days)  # type: ignore[type-var]


def test_whoever_is_not_the_provider_finds_nothing_on_any_page(db: Session, many: SentLetter) -> None:
    stranger = acting(make_user(db, Role.PROVIDER, provider_id=make_provider(db).id))
    for actor in (stranger, acting(many.inspector)):
        assert letters_to_provider(db, actor).longest == 0
        assert not corrections_for(db, actor).rows and not list_sent_letters(db, actor).rows
        assert not corrections_to_comment_on(db, actor, 9)
        assert not list_facts(db, actor, waiting=True).total
        case = db.scalars(select(Communication)).first()
        assert case is not None and letter_of_facts(db, actor, case.inspection_id) is None


def test_a_correction_that_is_the_same_in_both_languages_is_shown_once(
    db: Session, many: SentLetter, client: Browsing
) -> None:
    one = db.scalars(select(Correction).order_by(Correction.proposed_at.desc())).first()
    assert one is not None
    version = db.scalars(select(LetterVersion).where(LetterVersion.letter_id == one.letter_id)).one()
    for language in ("sv", "en"):
        words = CorrectedWords(correction_id=one.id, language=language, replaces_id=version.id)
        words.wrong, words.right = "Elva signaturer", "Nio signaturer"
        db.add(words)
    db.commit()
    client.sign_in_as(many.provider)
    assert client.get("/letters").text.count("Elva signaturer") == 1
