"""Letters beside the feedback letter: issued, sent with it, reviewed like it, and read by those they are for."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.letter_cases import LetterCase, make_letter_case
from tests.integration.test_letter_use_cases import TOLD_OTHERWISE
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.letter_kinds import FOR_CHILDREN_KINDS, KINDS
from tillsyn.inspect.services.check_identities import open_marks
from tillsyn.inspect.services.children_to_answer import (
    children_without_letter,
    letters_given,
    note_child_letter,
)
from tillsyn.inspect.services.communicate_facts import send_facts
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.edit_paragraph import edit_paragraph
from tillsyn.inspect.services.find_letter import find_letter, take_back_letter, the_letter
from tillsyn.inspect.services.find_obstacles import obstacles_of
from tillsyn.inspect.services.follow_up_measure import follow_up_measure
from tillsyn.inspect.services.issue_letter import issue_letter
from tillsyn.inspect.services.letter_files import FORMATS
from tillsyn.inspect.services.list_deadlines import list_deadlines
from tillsyn.inspect.services.read_sent_letter import find_sent_letter, list_sent_letters
from tillsyn.inspect.services.recognise_letter import recognise
from tillsyn.inspect.services.render_letter import render_letter
from tillsyn.inspect.services.review_letter import approve_letter, return_letter, submit_letter
from tillsyn.inspect.services.send_letter import send_letter
from tillsyn.inspect.services.tick_identities import tick_identities
from tillsyn.inspect.services.time_letters import timing_of
from tillsyn.inspect.services.view_case import find_findings
from tillsyn.inspect.services.waiting_letters import waiting_letters
from tillsyn.inspect.settings import AuthorityDetails, Settings
from tillsyn.models.decisions import Decision
from tillsyn.models.dialogue_vocabulary import Better, KnownBy
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.interviews import Interview
from tillsyn.models.letter_vocabulary import DecisionKind, GivenWay, LetterKind, LetterState, TickChoice
from tillsyn.models.letters import Letter, LetterVersion
from tillsyn.models.vocabulary import FindingKind, LegalLevel, MeasureOutcome, Role, State, TeamRole, Wish

LATER = NOW + timedelta(days=400)
"""Past every day that the provider was given."""


@dataclass
class Case:
    """A case with a composed feedback letter, and the provider of its home."""

    db: Session
    made: LetterCase
    authority: AuthorityDetails
    provider: Actor

    def compose(self, kind: LetterKind, **values: object) -> Letter:
        given = {"actor": self.made.writer, "inspection": self.made.inspection, "now": NOW, "kind": kind}
        letter = compose_letter(self.db, **given | values)  # type: ignore[arg-type]
        self.settle(letter)
        return letter

    def settle(self, letter: Letter) -> None:
        """A person has looked at every word that may tell who somebody is."""
        found = open_marks(self.db, self.made.inspection, letter)
        if found:
            tick_identities(
                self.db, actor=self.made.writer, inspection=self.made.inspection, kind=letter.kind,
                names={one.name for one in found}, choice=TickChoice.KEEP,
                reason="Det pekar inte ut någon.", now=NOW,
            )  # fmt: skip

    def issue(self, kind: LetterKind, **values: object) -> Letter:
        given = {"actor": self.made.writer, "inspection": self.made.inspection, "now": NOW, "kind": kind}
        return issue_letter(self.db, authority=self.authority, **given | values)  # type: ignore[arg-type]

    def approve(self, kind: LetterKind) -> list[LetterVersion]:
        submit_letter(self.db, actor=self.made.writer, inspection=self.made.inspection, kind=kind, now=NOW)
        return approve_letter(
            self.db, actor=self.made.approver, inspection=self.made.inspection, kind=kind, now=NOW,
            authority=self.authority,
        )  # fmt: skip

    def send(self, kind: LetterKind = LetterKind.FEEDBACK, **values: str) -> Letter:
        return send_letter(
            self.db, actor=self.made.writer, inspection=self.made.inspection, authority=self.authority,
            now=NOW, kind=kind, **values,
        )  # fmt: skip

    def come_to(self, state: State) -> None:
        self.made.inspection.state = state
        self.db.flush()

    def decide(self, kind: DecisionKind = DecisionKind.CRITICISM) -> None:
        self.come_to(State.DECISION)
        self.db.add(
            Decision(
                inspection_id=self.made.inspection.id, kind=kind, decided_on=NOW.date(),
                content="Kritik, och redovisning av åtgärder.", decider_id=self.made.supervisor.id,
                rapporteur_id=self.made.inspector.id, recorded_at=NOW,
            )
        )  # fmt: skip
        self.db.flush()

    def feedback_sent(self, **values: str) -> Letter:
        """The whole way to a sent feedback letter."""
        self.compose(LetterKind.FEEDBACK)
        self.come_to(State.REVIEW)
        self.approve(LetterKind.FEEDBACK)
        self.decide()
        sent = self.send(without_child_letter=TOLD_OTHERWISE)
        self.come_to(State.FOLLOW_UP)
        return sent


@pytest.fixture
def case(db: Session, test_settings: Settings) -> Case:
    made = make_letter_case(db)
    home = made.inspection.home
    provider = make_user(db, Role.PROVIDER, provider_id=home.provider_id)
    return Case(db, made, test_settings.authority, acting(provider))


def test_information_is_issued_by_who_leads_the_case_and_is_not_for_the_provider(case: Case) -> None:
    case.come_to(State.PREPARED)
    letter = case.compose(LetterKind.INFORMATION)
    with pytest.raises(NotAllowed):
        case.issue(LetterKind.INFORMATION, actor=acting(make_user(case.db, Role.INSPECTOR)))
    with pytest.raises(NotPossibleNow):
        submit_letter(
            case.db, actor=case.made.writer, inspection=case.made.inspection, kind=letter.kind, now=NOW
        )
    case.issue(LetterKind.INFORMATION)
    assert (letter.state, letter.issued_by_id) == (LetterState.SENT, case.made.writer.user_id)
    assert {one.language for one in letter.versions} == {"sv", "en"}
    assert all(one.sent_at == NOW and one.docx and one.html for one in letter.versions)
    with pytest.raises(NotFound):
        find_sent_letter(case.db, case.provider, letter.id)
    with pytest.raises(NotPossibleNow, match="sent already"):
        case.issue(LetterKind.INFORMATION)
    one = letter.paragraphs[0]
    with pytest.raises(NotPossibleNow):
        edit_paragraph(
            case.db, actor=case.made.writer, inspection=case.made.inspection, kind=letter.kind,
            paragraph_id=one.id, version=one.version, text="Nytt.", now=NOW,
        )  # fmt: skip


def test_every_file_of_an_issued_letter_is_given_out_as_it_was_stored_and_recognised(case: Case) -> None:
    case.come_to(State.PREPARED)
    case.compose(LetterKind.INFORMATION)
    case.issue(LetterKind.INFORMATION)
    given = {"inspection": case.made.inspection, "authority": case.authority, "kind": LetterKind.INFORMATION}
    for form in FORMATS:
        files = [
            render_letter(case.db, language="sv", form=form, now=NOW + later, **given)  # type: ignore[arg-type]
            for later in (timedelta(), timedelta(days=9))
        ]
        assert files[0] == files[1]
        found = recognise(case.db, files[0])
        assert found is not None and found.version.language == "sv"


def test_a_letter_out_of_its_time_is_neither_written_nor_issued(case: Case) -> None:
    for kind in KINDS:
        if State.WEIGHING not in KINDS[kind].states:
            with pytest.raises(NotPossibleNow, match="not the time"):
                case.compose(kind)
    case.come_to(State.FOLLOW_UP)
    case.compose(LetterKind.REMINDER)
    case.come_to(State.CLOSED)
    with pytest.raises(NotPossibleNow, match="not the time"):
        case.issue(LetterKind.REMINDER)


def test_the_letter_of_the_facts_is_frozen_when_they_are_sent_and_again_with_more_time(case: Case) -> None:
    case.come_to(State.COMMUNICATION)
    for day in (date(2026, 4, 1), date(2026, 4, 8)):
        send_facts(
            case.db, actor=case.made.writer, inspection=case.made.inspection, reply_by_on=day,
            authority=case.authority, now=NOW,
        )  # fmt: skip
    letter = the_letter(case.db, case.made.inspection, LetterKind.COMMUNICATION)
    assert letter.state is LetterState.SENT
    assert {one.number for one in letter.versions} == {1, 2}
    (read,) = list_sent_letters(case.db, case.provider).rows
    assert read.versions["sv"].number == 2
    assert "8\u00a0april 2026" in json.dumps(read.versions["sv"].content, ensure_ascii=False)
    stranger = acting(make_user(case.db, Role.PROVIDER, provider_id=None))
    with pytest.raises(NotFound):
        find_sent_letter(case.db, stranger, letter.id)


def test_no_child_who_was_heard_is_left_without_a_letter_unsaid(case: Case) -> None:
    case.db.scalars(select(Interview)).one().age_band = "10-12"
    case.compose(LetterKind.FEEDBACK)
    case.compose(LetterKind.CHILD_6_12)
    case.come_to(State.REVIEW)
    case.approve(LetterKind.FEEDBACK)
    case.decide()
    with pytest.raises(NotPossibleNow, match="no approved letter: b1"):
        case.send()
    case.approve(LetterKind.CHILD_6_12)
    case.send()
    to_children = the_letter(case.db, case.made.inspection, LetterKind.CHILD_6_12)
    assert to_children.state is LetterState.SENT
    assert {one.language for one in to_children.versions} == {"sv", "en", "ar"}
    assert not any("Bergvägen" in str(one.content) for one in to_children.versions)
    with pytest.raises(NotFound):
        find_sent_letter(case.db, case.provider, to_children.id)
    kinds = [one.kind for one in case.db.scalars(select(Event).order_by(Event.id))]
    assert EventKind.CHILD_LETTER_WAIVED not in kinds


def test_a_child_that_wants_no_letter_is_not_waited_for(case: Case) -> None:
    """It may say so before any is written; one that changes its mind is waited for again."""
    inspection = case.made.inspection
    given = {
        "actor": case.made.writer, "inspection": inspection, "way": GivenWay.NOT_WANTED,
        "given_on": NOW.date(), "now": NOW,
    }  # fmt: skip
    with pytest.raises(NotPossibleNow, match="Compose a letter first"):
        note_child_letter(case.db, resident_id=inspection.residents[0].id, **given)  # type: ignore[arg-type]
    case.compose(LetterKind.FEEDBACK)
    assert [one.person for one in children_without_letter(case.db, inspection)] == ["b1", "b2", "b3"]
    assert LetterKind.CHILD_13_20 in timing_of(case.db, inspection, now=NOW).wanted
    for left, child in enumerate(inspection.residents, start=1):
        note_child_letter(case.db, resident_id=child.id, **given)  # type: ignore[arg-type]
        assert len(children_without_letter(case.db, inspection)) == 3 - left
    assert timing_of(case.db, inspection, now=NOW).wanted == ()
    case.come_to(State.REVIEW)
    case.approve(LetterKind.FEEDBACK)
    case.decide()
    assert case.send().without_child_letter == ""


def test_a_reason_why_a_child_has_no_letter_is_kept_and_logged_without_its_words(case: Case) -> None:
    sent = case.feedback_sent()
    assert sent.without_child_letter == TOLD_OTHERWISE
    assert (
        sent.without_child_letter_sealed and TOLD_OTHERWISE.encode() not in sent.without_child_letter_sealed
    )
    event = case.db.scalars(select(Event).where(Event.kind == EventKind.CHILD_LETTER_WAIVED)).one()
    assert event.details == {"letter": str(sent.id)}


def test_how_a_child_got_its_letter_is_noted_once(case: Case) -> None:
    case.compose(LetterKind.FEEDBACK)
    case.compose(LetterKind.CHILD_13_20)
    case.come_to(State.REVIEW)
    case.approve(LetterKind.FEEDBACK)
    case.approve(LetterKind.CHILD_13_20)
    child = case.made.inspection.residents[0]
    given = {
        "actor": case.made.writer, "inspection": case.made.inspection, "resident_id": child.id,
        "way": GivenWay.READ_ALOUD, "given_on": NOW.date(), "now": NOW,
    }  # fmt: skip
    with pytest.raises(NotPossibleNow):
        note_child_letter(case.db, **given)  # type: ignore[arg-type]
    case.decide()
    case.send()
    noted = note_child_letter(case.db, **given)  # type: ignore[arg-type]
    assert note_child_letter(case.db, **given) is noted  # type: ignore[arg-type]
    assert [one.way for one in letters_given(case.db, case.made.inspection)[child.id]] == [
        GivenWay.READ_ALOUD
    ]
    tomorrow = NOW.date() + timedelta(days=1)
    with pytest.raises(Invalid):
        note_child_letter(case.db, **given | {"given_on": tomorrow})  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        note_child_letter(case.db, **given | {"actor": case.provider})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [DecisionKind.ORDER, DecisionKind.CRITICISM])
def test_an_order_has_a_document_of_its_own_and_criticism_has_none(case: Case, kind: DecisionKind) -> None:
    case.compose(LetterKind.FEEDBACK)
    case.come_to(State.REVIEW)
    case.approve(LetterKind.FEEDBACK)
    case.decide(kind)
    if kind is DecisionKind.ORDER:
        write_the_measures(case)
    case.send(without_child_letter=TOLD_OTHERWISE)
    document = find_letter(case.db, case.made.inspection, LetterKind.DECISION)
    assert (document is not None) is (kind is DecisionKind.ORDER)
    if document is not None:
        assert document.state is LetterState.SENT
        assert document.id in {one.letter.id for one in list_sent_letters(case.db, case.provider).rows}


def write_the_measures(case: Case) -> None:
    """What must be done, in both languages, in the paragraph where only the requirement stood."""
    document = case.compose(LetterKind.DECISION)
    for one in [one for one in document.paragraphs if one.key.endswith(".achieve")]:
        edit_paragraph(
            case.db, actor=case.made.writer, inspection=case.made.inspection, paragraph_id=one.id,
            version=one.version, text="Ni ska ha personal som är vaken varje natt.", kind=LetterKind.DECISION,
            now=NOW,
        )  # fmt: skip


def test_an_order_that_states_no_measure_does_not_leave(case: Case) -> None:
    """SoL 28 kap. 9 §: that a requirement must be met says nothing of what must be done."""
    case.compose(LetterKind.FEEDBACK)
    case.come_to(State.REVIEW)
    case.approve(LetterKind.FEEDBACK)
    case.decide(DecisionKind.ORDER)
    document = case.compose(LetterKind.DECISION)
    found = obstacles_of(case.db, case.made.inspection, document, now=NOW)
    bare = [one for one in found if "must state what is to be done" in one.reason.text]
    assert [one.language for one in bare] == ["sv", "en"]
    assert {one.target for one in bare} == {
        str(one.id) for one in document.paragraphs if one.key.endswith(".achieve")
    }
    with pytest.raises(NotPossibleNow, match="must state what is to be done"):
        case.send(without_child_letter=TOLD_OTHERWISE)
    case.db.rollback()


def test_a_reminder_waits_until_something_is_late_and_a_second_one_keeps_the_first(case: Case) -> None:
    case.feedback_sent()
    case.compose(LetterKind.REMINDER)
    with pytest.raises(NotPossibleNow, match="Nothing is late"):
        case.issue(LetterKind.REMINDER)
    assert [one.kind for one in _waiting(case)] == [LetterKind.REMINDER]
    case.compose(LetterKind.REMINDER, now=LATER)
    letter = case.issue(LetterKind.REMINDER, now=LATER)
    assert _waiting(case) == []
    case.compose(LetterKind.REMINDER, now=LATER + timedelta(days=30))
    assert letter.state is LetterState.DRAFT
    assert find_sent_letter(case.db, case.provider, letter.id).versions["sv"].number == 1
    case.issue(LetterKind.REMINDER, now=LATER + timedelta(days=30))
    assert find_sent_letter(case.db, case.provider, letter.id).versions["sv"].number == 2


def _waiting(case: Case) -> list[object]:
    inspection = case.made.inspection
    return list(
        waiting_letters(
            case.db, case.made.writer, {inspection.id: inspection}, list_deadlines(case.db, [inspection.id]),
            today=LATER.date(),
        )
    )  # fmt: skip


def test_a_follow_up_letter_has_four_eyes_and_comes_back_whole(case: Case) -> None:
    case.feedback_sent()
    letter = case.compose(LetterKind.FOLLOWUP)
    given = {"inspection": case.made.inspection, "kind": LetterKind.FOLLOWUP, "now": NOW}
    submit_letter(case.db, actor=case.made.writer, **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        approve_letter(case.db, actor=case.made.writer, authority=case.authority, **given)  # type: ignore[arg-type]
    return_letter(case.db, actor=case.made.approver, reason="Skriv om åtgärden.", **given)  # type: ignore[arg-type]
    before = [(one.key, one.language, one.text) for one in letter.paragraphs]
    case.approve(LetterKind.FOLLOWUP)
    with pytest.raises(NotFound):
        find_sent_letter(case.db, case.provider, letter.id)
    take_back_letter(case.db, actor=case.made.writer, **given)  # type: ignore[arg-type]
    assert [(one.key, one.language, one.text) for one in letter.paragraphs] == before
    case.approve(LetterKind.FOLLOWUP)
    case.send(LetterKind.FOLLOWUP)
    assert find_sent_letter(case.db, case.provider, letter.id).versions["sv"].number == 2
    assert all(one.sent_at is None for one in letter.versions if one.number == 1)


def test_a_case_is_not_closed_in_words_before_every_deficiency_is_followed_up(case: Case) -> None:
    feedback = case.feedback_sent()
    case.compose(LetterKind.CLOSING)
    with pytest.raises(NotPossibleNow, match="Follow up every deficiency"):
        case.approve(LetterKind.CLOSING)
    for finding in find_findings(case.db, case.made.inspection):
        if finding.kind is FindingKind.DEFICIENCY:
            follow_up_measure(
                case.db, actor=case.made.writer, inspection=case.made.inspection, letter=feedback,
                finding_id=finding.id, measure_id=None, outcome=MeasureOutcome.REMEDIED,
                shown="Schemat för fyra veckor.", children_say="De sover bättre.", asked=3,
                wish=Wish.MAY_BE_TOLD, known_by=[KnownBy.READ], better=Better.BETTER, now=NOW,
            )  # fmt: skip
    case.compose(LetterKind.CLOSING)
    case.approve(LetterKind.CLOSING)
    assert case.send(LetterKind.CLOSING).state is LetterState.SENT


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (LetterKind.CLOSING, {"state": LetterState.APPROVED}),
        (LetterKind.REMINDER, {"state": LetterState.IN_REVIEW}),
        (LetterKind.REMINDER, {"state": LetterState.SENT, "sent_at": NOW}),
    ],
)
def test_the_database_itself_refuses_a_letter_that_nobody_stands_for(
    case: Case, kind: LetterKind, values: dict[str, object]
) -> None:
    case.db.add(
        Letter(
            inspection_id=case.made.inspection.id, kind=kind, author_id=case.made.inspector.id,
            composed_at=NOW, **values,
        )
    )  # fmt: skip
    with pytest.raises(IntegrityError):
        case.db.flush()


def test_a_grave_matter_gives_the_children_the_same_care(case: Case) -> None:
    """Both ages can be composed, in every language, whatever the case holds."""
    finding = next(
        one for one in find_findings(case.db, case.made.inspection) if one.kind is FindingKind.DEFICIENCY
    )
    finding.level = LegalLevel.MALPRACTICE
    case.db.flush()
    for kind in FOR_CHILDREN_KINDS:
        letter = case.compose(kind)
        assert {one.language for one in letter.paragraphs} == set(KINDS[kind].languages)
    assert TeamRole.LAWYER not in {member.role for member in case.made.inspection.team}
