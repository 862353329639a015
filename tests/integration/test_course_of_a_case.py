"""What letters see of what has passed between the authority and the provider: sent, decided, promised, found."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.sent_letters import DUE, SentLetter, make_sent_letter
from tillsyn.inspect.rules.case_course import Course
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.sent_facts import facts_from, frozen
from tillsyn.inspect.services.view_case import view_case
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.decisions import Communication, Decision
from tillsyn.models.letter_vocabulary import DecisionKind, LetterKind, Stance
from tillsyn.models.letters import Answer, Measure
from tillsyn.models.vocabulary import MeasureOutcome

TODAY = DUE + timedelta(days=1)


@pytest.fixture
def sent(db: Session) -> SentLetter:
    return make_sent_letter(db)


def course(db: Session, sent: SentLetter) -> Course:
    db.flush()
    return view_case(db, find_inspection(db, sent.inspection.dnr), today=TODAY).course


def promise(db: Session, sent: SentLetter, **values: object) -> Measure:
    """A measure and an answer, as the provider writes them."""
    row = Measure(
        letter_id=sent.letter.id, finding_id=sent.deficiency.id, description="Vi schemalägger fast personal.",
        owner="Verksamhetschefen", due_on=DUE, proposed_at=NOW, by_id=sent.provider.id, **values,
    )  # fmt: skip
    db.add(row)
    db.add(
        Answer(
            letter_id=sent.letter.id, finding_id=sent.deficiency.id, stance=Stance.AGREES, text="Ja.",
            saved_at=NOW, by_id=sent.provider.id,
        )
    )  # fmt: skip
    return row


def test_a_draft_of_the_providers_is_its_own_until_it_is_sent(db: Session, sent: SentLetter) -> None:
    promise(db, sent)
    drafted = course(db, sent)
    assert (drafted.measures, drafted.answers, drafted.answered_on) == ((), (), None)
    sent.letter.answers_sent_at, sent.letter.answers_sent_by_id = NOW, sent.provider.id
    given = course(db, sent)
    assert [one.promised for one in given.measures] == [True]
    assert [one.text for one in given.answers] == ["Ja."]
    assert given.passed(given.measures[0].due_on)


def test_what_stands_in_for_a_promise_is_no_promise(db: Session, sent: SentLetter) -> None:
    made = promise(db, sent)
    made.outcome, made.evidence, made.followed_up_at = MeasureOutcome.REMEDIED, "Schemat.", NOW
    made.children_say = "De sover bättre."
    (found,) = course(db, sent).measures
    assert (found.promised, found.shown, found.children_say) == (False, "Schemat.", "De sover bättre.")


def test_what_was_sent_and_decided_is_seen_as_it_was_then(db: Session, sent: SentLetter) -> None:
    sent_for_reply = Communication(
        inspection_id=sent.inspection.id, sent_at=NOW, reply_by_on=DUE, by_id=sent.inspector.id
    )
    db.add(sent_for_reply)
    db.flush()
    sent_for_reply.facts = frozen(facts_from(sent.findings.values(), load_pack()))
    sent.deficiency.saw = "Något annat."
    db.add(
        Decision(
            inspection_id=sent.inspection.id, kind=DecisionKind.CRITICISM, decided_on=NOW.date(),
            content="Kritik.", decider_id=sent.decider.id, rapporteur_id=sent.inspector.id, recorded_at=NOW,
        )
    )  # fmt: skip
    found = course(db, sent)
    assert "Två nätter i veckan saknas känd personal." in [one.saw for one in found.facts]
    assert found.decided is not None
    assert (found.decided.kind, found.decided.decider) == (DecisionKind.CRITICISM, "Doris Dal")
    assert found.decided.rapporteur == "Ingrid Ek" and found.team == ("Ingrid Ek",)
    assert LetterKind.FEEDBACK in found.sent
