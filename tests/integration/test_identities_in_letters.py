"""Words of a letter that may tell who somebody is: found, decided on by a person, and in the way until then."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.services.check_identities import Checked, checked_marks, open_marks
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.edit_paragraph import edit_paragraph
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.find_obstacles import obstacles_of
from tillsyn.inspect.services.gather_roster import gather_roster
from tillsyn.inspect.services.review_letter import submit_letter
from tillsyn.inspect.services.tick_identities import tick_identities
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.identities import MAX_TICK_REASON, IdentityTick
from tillsyn.models.letter_vocabulary import LetterState, MarkKind, TickChoice
from tillsyn.models.letters import Letter, Paragraph
from tillsyn.models.vocabulary import Role

KEY = "summary.lead"
WHY = "Det är vaktmästarens katt, som alla känner till."


@pytest.fixture
def case(db: Session) -> LetterCase:
    return make_letter_case(db)


@pytest.fixture
def letter(db: Session, case: LetterCase) -> Letter:
    made = compose_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    db.commit()
    return made


def write(db: Session, case: LetterCase, said: str, *, add: bool = True) -> None:
    paragraph = next(
        one for one in the_letter(db, case.inspection).paragraphs if one.key == KEY and one.language == "sv"
    )
    edit_paragraph(
        db, actor=case.writer, inspection=case.inspection, paragraph_id=paragraph.id, version=paragraph.version,
        text=f"{paragraph.composed} {said}" if add else said, now=NOW,
    )  # fmt: skip
    db.commit()


def left(db: Session, case: LetterCase) -> list[tuple[str, str]]:
    found = open_marks(db, case.inspection, the_letter(db, case.inspection))
    return [(one.mark.kind.value, one.mark.words) for one in found]


def marked(db: Session, case: LetterCase, words: str) -> Checked:
    found = checked_marks(db, case.inspection, the_letter(db, case.inspection))
    return next(one for one in found if one.mark.words == words)


def decide(
    db: Session, case: LetterCase, *names: str, choice: TickChoice = TickChoice.KEEP, reason: str = WHY
) -> None:
    tick_identities(
        db, actor=case.writer, inspection=case.inspection, names=names, choice=choice, reason=reason, now=NOW
    )  # fmt: skip
    db.commit()


def test_what_is_composed_of_a_case_holds_nothing_to_decide_on(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    assert left(db, case) == []


def test_the_case_itself_says_whom_it_is_about(db: Session, case: LetterCase) -> None:
    manager = make_user(db, Role.HOME_MANAGER)
    manager.home_id, manager.name = case.inspection.home_id, "Solbritt Hägermark"
    db.flush()
    roster = gather_roster(db, case.inspection)
    names = {known.name for known in roster.people}
    assert {"b1", "u1", "u3", "Kim", "Solbritt Hägermark"} <= names
    assert case.inspection.home.name in roster.phrases
    assert [one.not_at_all for one in roster.withheld] == [True]


def test_a_name_that_was_told_in_a_talk_is_found_and_so_are_withheld_words(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    write(db, case, "Kims rum är litet. Bara jag och Kim vet om det, sa b1.")
    assert ("roster", "Kims") in left(db, case)
    assert ("roster", "b1") in left(db, case)
    assert any(kind == "wish" for kind, _words in left(db, case))


def test_the_letter_waits_until_a_person_has_decided(db: Session, case: LetterCase, letter: Letter) -> None:
    write(db, case, "Katten Zvonko bor där.", add=False)
    assert left(db, case) == [("capital", "Zvonko")]
    with pytest.raises(NotPossibleNow):
        submit_letter(db, actor=case.writer, inspection=case.inspection, now=NOW)
    pages = [one.page for one in obstacles_of(db, case.inspection, the_letter(db, case.inspection), now=NOW)]
    assert "identities" in pages
    decide(db, case, marked(db, case, "Zvonko").name)
    assert left(db, case) == []
    pages = [one.page for one in obstacles_of(db, case.inspection, the_letter(db, case.inspection), now=NOW)]
    assert "identities" not in pages


def test_a_decision_holds_as_long_as_the_words_and_their_sentence_stand(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    write(db, case, "Katten Zvonko bor där.", add=False)
    decide(db, case, marked(db, case, "Zvonko").name)
    write(db, case, "En ny mening. Katten  Zvonko bor där. Och en till.", add=False)
    assert left(db, case) == []
    write(db, case, "Katten Zvonko bor inte där.", add=False)
    assert left(db, case) == [("capital", "Zvonko")]
    write(db, case, "Katten Zvonko bor där.", add=False)
    assert left(db, case) == []


@pytest.mark.parametrize("choice", [TickChoice.REPHRASE, TickChoice.REMOVE])
def test_to_rephrase_or_remove_is_a_promise_and_the_words_stay_open(
    db: Session, case: LetterCase, letter: Letter, choice: TickChoice
) -> None:
    write(db, case, "Katten Zvonko bor där.", add=False)
    decide(db, case, marked(db, case, "Zvonko").name, choice=choice, reason="")
    [one] = open_marks(db, case.inspection, the_letter(db, case.inspection))
    assert one.tick is not None and one.tick.choice is choice
    write(db, case, "En katt bor där.", add=False)
    assert left(db, case) == []


def test_one_word_in_many_places_is_decided_at_once_and_the_last_decision_holds(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    write(db, case, "Katten Zvonko bor där. Vi såg Zvonkos skål.", add=False)
    found = open_marks(db, case.inspection, the_letter(db, case.inspection))
    assert len({one.mark.group for one in found}) == 1
    decide(db, case, *(one.name for one in found))
    assert left(db, case) == []
    tick_identities(
        db, actor=case.approver, inspection=case.inspection, names=[found[0].name], choice=TickChoice.REMOVE,
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    assert left(db, case) == [("capital", "Zvonko")]
    assert len(db.scalars(select(IdentityTick)).all()) == 3


def test_who_decided_when_and_why_is_kept_sealed_and_the_log_tells_of_it_without_words(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    write(db, case, "Katten Zvonko bor där.", add=False)
    decide(db, case, marked(db, case, "Zvonko").name)
    [tick] = db.scalars(select(IdentityTick))
    assert (tick.kind, tick.choice, tick.by_id, tick.at) == (
        MarkKind.CAPITAL, TickChoice.KEEP, case.inspector.id, NOW,
    )  # fmt: skip
    assert (tick.words, tick.sentence, tick.reason) == ("Zvonko", "Katten Zvonko bor där.", WHY)
    row = str(db.execute(text("SELECT * FROM identity_ticks")).one())
    assert "Zvonko" not in row and "katt" not in row
    [event] = db.scalars(select(Event).where(Event.kind == EventKind.IDENTITIES_TICKED))
    assert event.details == {"letter": str(letter.id), "choice": "keep", "number": 1}


def test_refusals_are_said_in_words(db: Session, case: LetterCase, letter: Letter) -> None:
    write(db, case, "Katten Zvonko bor där.", add=False)
    name = marked(db, case, "Zvonko").name
    with pytest.raises(Invalid):
        decide(db, case, name, reason="  ja ")
    with pytest.raises(Invalid):
        decide(db, case, name, reason="x" * (MAX_TICK_REASON + 1))
    with pytest.raises(NotFound):
        decide(db, case, "nothing")
    stranger = replace(case, inspector=make_user(db, Role.INSPECTOR))
    with pytest.raises(NotAllowed):
        decide(db, stranger, name)
    the_letter(db, case.inspection).state = LetterState.IN_REVIEW
    tick_identities(
        db, actor=acting(case.supervisor), inspection=case.inspection, names=[name], choice=TickChoice.KEEP,
        reason=WHY, now=NOW,
    )  # fmt: skip


def test_a_sent_letter_is_not_decided_on(db: Session, case: LetterCase, letter: Letter) -> None:
    write(db, case, "Katten Zvonko bor där.", add=False)
    name = marked(db, case, "Zvonko").name
    found = the_letter(db, case.inspection)
    found.state, found.sent_at, found.issued_by_id = LetterState.SENT, NOW, case.inspector.id
    with db.no_autoflush, pytest.raises(NotPossibleNow):
        decide(db, case, name)
    db.rollback()


def test_the_page_shows_each_word_in_its_sentence_and_keeps_what_was_decided(
    client: Browsing, db: Session, case: LetterCase, letter: Letter
) -> None:
    write(db, case, "Katten Zvonko bor <där>. Vi såg Zvonkos skål.", add=False)
    address = f"/inspections/{case.inspection.dnr}/identities"
    client.sign_in_as(case.inspector)
    page = client.get(address)
    assert "Vad kontrollen kan missa" in page.text
    assert "<mark>Zvonko</mark> bor &lt;där&gt;." in page.html
    form = marked(db, case, "Zvonko").name[:12]
    both = [marked(db, case, words).name for words in ("Zvonko", "Zvonkos")]
    refused = client.submit(
        page, action="/identities", status=422, **{f"w{form}-choice": "keep", f"w{form}-names": both}
    )
    assert "Skriv med några ord varför ingen kan kännas igen på det." in refused.text
    client.submit(
        refused,
        action="/identities",
        status=303,
        **{f"w{form}-choice": "keep", f"w{form}-reason": WHY, f"w{form}-names": both},
    )
    after = client.get(address)
    assert "Inget markerat ord är kvar" in after.text and WHY in after.text
    db.rollback()
    ticks = db.scalars(select(IdentityTick)).all()
    assert [(tick.words, tick.choice) for tick in ticks] == [
        ("Zvonko", TickChoice.KEEP),
        ("Zvonkos", TickChoice.KEEP),
    ]


def test_the_editor_leads_to_the_words_that_are_in_the_way(
    client: Browsing, db: Session, case: LetterCase, letter: Letter
) -> None:
    write(db, case, "Katten Zvonko bor där.", add=False)
    client.sign_in_as(case.inspector)
    page = client.get(f"/inspections/{case.inspection.dnr}/letter").html
    assert "Ta ställning till de ord som kan röja vem någon är. Kvar: 1." in page
    assert f'href="/inspections/{case.inspection.dnr}/identities"' in page


def test_a_letter_that_is_not_composed_has_no_words_to_decide_on(client: Browsing, case: LetterCase) -> None:
    client.sign_in_as(case.inspector)
    for path in ("identities", "letters/reminder/identities"):
        assert client.get(f"/inspections/{case.inspection.dnr}/{path}").status == 200


def test_the_page_reads_in_english(client: Browsing, db: Session, case: LetterCase, letter: Letter) -> None:
    case.inspector.language = "en"
    write(db, case, "Katten Zvonko bor där.", add=False)
    client.sign_in_as(case.inspector)
    page = client.get(f"/inspections/{case.inspection.dnr}/identities").text
    assert "Can anybody be recognised?" in page and "is no word that we know" in page


def test_a_paragraph_that_is_left_out_is_not_looked_through(
    db: Session, case: LetterCase, letter: Letter
) -> None:
    write(db, case, "Katten Zvonko bor där.", add=False)
    paragraph = db.scalars(select(Paragraph).where(Paragraph.key == KEY, Paragraph.language == "sv")).one()
    paragraph.removed = True
    db.commit()
    assert left(db, case) == []
