"""Cases with a letter: one in review, one sent, one answered, one closed last year."""

from datetime import datetime, timedelta

from ...models.inspections import Inspection
from ...models.letters import Letter
from ...models.vocabulary import DecisionKind, EventKind, MeasureOutcome, Stance, State
from ..rules.access import Actor
from ..services.answer_letter import save_answer, send_answers
from ..services.communicate_facts import list_facts, reply_to_facts, send_facts
from ..services.find_letter import the_letter
from ..services.follow_up_measure import follow_up_measure
from ..services.note_dialogue import note_dialogue
from ..services.propose_measure import propose_measure
from ..services.record_decision import record_decision
from ..services.record_event import record_event
from ..services.review_letter import approve_letter, make_remark, resolve_remark, return_letter, submit_letter
from ..services.send_letter import send_letter
from .assessments import GRANHOLMEN, LAST_YEAR, STRANDANGEN, TALLASEN, AreaText
from .letters import assess_and_weigh, deficiencies_of, first_of_section, improve_paragraph, write_letter
from .people import INSPECTOR, PEER_REVIEWER, PROVIDER, SECOND_INSPECTOR, SECOND_PROVIDER, SUPERVISOR
from .story import Story

DECIDED = (
    "Vi riktar kritik mot bristerna i brevet. Ni ska redovisa vad ni har gjort åt dem senast den dag som "
    "står vid varje brist."
)
REPLY = "Vi känner igen bilden och har inget att invända mot uppgifterna. Vi har redan börjat med åtgärderna."


def waiting_for_the_supervisor(story: Story) -> None:
    """In review for the second time: the peer reviewer's remark led to a clearer paragraph."""
    db, inspector = story.db, story.people[INSPECTOR]
    reviewer, supervisor = story.people[PEER_REVIEWER], story.people[SUPERVISOR]
    case = story.import_visit("granholmen", days_ago=24, imported=story.at(-20, 8))
    assess_and_weigh(story, case, inspector, GRANHOLMEN, at=story.at(-12, 8))
    letter = write_letter(story, case, inspector, due_on=story.today + timedelta(days=70), at=story.at(-9, 9))
    case = story.move(case, inspector, State.REVIEW, at=story.at(-9, 15))
    first = first_of_section(letter, "children")
    remark = make_remark(
        db,
        actor=reviewer,
        inspection=case,
        paragraph_id=first.id,
        text="Skriv ut att vi har vägt in vad de unga sade om vikarierna. De ska känna igen sig i brevet.",
        now=story.at(-6),
    )
    db.flush()
    return_letter(
        db,
        actor=supervisor,
        inspection=case,
        reason="Bra brev. Se granskarens anmärkning om barnens röster och lämna in det igen.",
        now=story.at(-5),
    )
    improve_paragraph(
        story,
        case,
        inspector,
        first.key,
        {
            "sv": "Det ni sade om vikarierna har haft stor betydelse för vår bedömning.",
            "en": "What you said about the temporary staff has mattered greatly to our assessment.",
        },
        at=story.at(-4),
    )
    resolve_remark(db, actor=inspector, inspection=case, remark_id=remark.id, now=story.at(-4, 11))
    db.flush()
    submit_letter(db, actor=inspector, inspection=case, now=story.at(-4, 13))


def sent_to_the_provider(story: Story) -> None:
    """The provider has the letter since three days and has not answered."""
    _sent(
        story,
        "strandangen",
        STRANDANGEN,
        inspector=SECOND_INSPECTOR,
        provider=PROVIDER,
        days_ago=60,
        sent_days_ago=3,
        due_in_days=45,
    )


def answered_by_the_provider(story: Story) -> None:
    """The provider has answered with measures; one is followed up, the rest wait for the inspector."""
    db, provider, inspector = story.db, story.people[SECOND_PROVIDER], story.people[INSPECTOR]
    case = _sent(
        story,
        "tallasen",
        TALLASEN,
        inspector=INSPECTOR,
        provider=SECOND_PROVIDER,
        days_ago=120,
        sent_days_ago=40,
        due_in_days=9,
    )
    letter = the_letter(db, case)
    _answer(
        story,
        case,
        letter,
        provider,
        {
            "K27": (
                "De unga ska kunna klaga och få svar. Vi har tagit fram ett sätt tillsammans med dem.",
                "En synpunktsbok och ett möte varje fredag, där varje synpunkt får ett svar.",
            ),
            "K33": (
                "Läkemedlen delas nu av en person i taget, på förmiddagen.",
                "Ny rutin för delning och signering, och en egenkontroll varje vecka.",
            ),
        },
        at=story.at(-6),
    )
    done = next(one for one in deficiencies_of(story, case) if one.requirement == "K33")
    follow_up_measure(
        db,
        actor=inspector,
        inspection=case,
        letter=letter,
        finding_id=done.id,
        measure_id=None,
        outcome=MeasureOutcome.REMEDIED,
        shown="Signeringslistan för de senaste fyra veckorna är hel. Personalen känner till rutinen.",
        children_say="De unga får sina läkemedel i lugn och ro och vet vad de tar.",
        now=story.at(-1, 15),
    )


def closed_last_year(story: Story) -> None:
    """The inspection before the one that is ready to weigh: one deficiency, remedied."""
    db, inspector, provider = story.db, story.people[INSPECTOR], story.people[PROVIDER]
    case = _sent(
        story,
        "nyponbacken-last-year",
        LAST_YEAR,
        inspector=INSPECTOR,
        provider=PROVIDER,
        days_ago=390,
        sent_days_ago=330,
        due_in_days=-240,
    )
    letter = the_letter(db, case)
    _answer(
        story,
        case,
        letter,
        provider,
        {"K17": ("Vi delar bilden.", "De unga skriver om reglerna under våren, med stöd av personalen.")},
        at=story.at(-310),
    )
    for finding in deficiencies_of(story, case):
        follow_up_measure(
            db,
            actor=inspector,
            inspection=case,
            letter=letter,
            finding_id=finding.id,
            measure_id=None,
            outcome=MeasureOutcome.REMEDIED,
            shown="De nya reglerna, undertecknade av alla som bor på hemmet.",
            children_say="De unga vi talade med per telefon är nöjda och kan berätta vad de ändrade.",
            now=story.at(-230),
        )
    story.move(case, inspector, State.CLOSED, at=story.at(-229))


def _sent(
    story: Story,
    name: str,
    texts: dict[str, AreaText],
    *,
    inspector: str,
    provider: str,
    days_ago: int,
    sent_days_ago: int,
    due_in_days: int,
) -> Inspection:
    """A case the whole way to a letter in the provider's hands; it has replied to the facts, and met us."""
    db, lead, supervisor = story.db, story.people[inspector], story.people[SUPERVISOR]
    case = story.import_visit(name, days_ago=days_ago, imported=story.at(-days_ago + 3, 8))
    assess_and_weigh(story, case, lead, texts, at=story.at(-days_ago + 9, 8))
    due_on = story.today + timedelta(days=due_in_days)
    write_letter(story, case, lead, due_on=due_on, at=story.at(-days_ago + 12, 9))
    case = story.move(case, lead, State.REVIEW, at=story.at(-days_ago + 12, 15))
    approve_letter(
        db, actor=supervisor, inspection=case, authority=story.authority, now=story.at(-days_ago + 14)
    )
    db.flush()
    case = _heard(story, case, lead, story.people[provider], days_ago)
    record_decision(
        db,
        actor=supervisor,
        inspection=case,
        kind=DecisionKind.CRITICISM,
        decided_on=story.today - timedelta(days=sent_days_ago + 1),
        content=DECIDED,
        now=story.at(-sent_days_ago - 1, 13),
    )
    send_letter(db, actor=lead, inspection=case, authority=story.authority, now=story.at(-sent_days_ago, 9))
    db.flush()
    return story.move(case, lead, State.FOLLOW_UP, at=story.at(-sent_days_ago, 9, 30))


def _heard(story: Story, case: Inspection, lead: Actor, provider: Actor, days_ago: int) -> Inspection:
    """The right to reply (FL 25 §), a reply, and a meeting."""
    db = story.db
    case = story.move(case, lead, State.COMMUNICATION, at=story.at(-days_ago + 14, 14))
    send_facts(
        db,
        actor=lead,
        inspection=case,
        reply_by_on=story.today - timedelta(days=days_ago - 36),
        now=story.at(-days_ago + 15),
    )
    communication, _ = next(row for row in list_facts(db, provider) if row[1].id == case.id)
    reply_to_facts(
        db, actor=provider, communication_id=communication.id, reply=REPLY, now=story.at(-days_ago + 30)
    )
    case = story.move(case, lead, State.DIALOGUE, at=story.at(-days_ago + 31))
    note_dialogue(
        db,
        actor=lead,
        inspection=case,
        held_at=story.at(-days_ago + 40, 13),
        present=f"{lead.name}, {provider.name} och föreståndaren",
        note="Vi gick igenom brevet punkt för punkt. Huvudmannen berättade om vad som redan är på gång.",
        now=story.at(-days_ago + 40, 15),
    )
    db.flush()
    return story.move(case, lead, State.DECISION, at=story.at(-days_ago + 41))


def _answer(
    story: Story,
    case: Inspection,
    letter: Letter,
    provider: Actor,
    answers: dict[str, tuple[str, str]],
    *,
    at: datetime,
) -> None:
    """Open the letter, agree to each deficiency in words, with one measure each, and send."""
    record_event(
        story.db,
        EventKind.LETTER_OPENED,
        actor=provider,
        now=at - timedelta(days=4),
        inspection_id=case.id,
        letter=letter.id,
    )
    for number, finding in enumerate(deficiencies_of(story, case)):
        text, measure = answers[finding.requirement or ""]
        moment = at + timedelta(minutes=10 * number)
        save_answer(
            story.db,
            actor=provider,
            letter_id=letter.id,
            finding_id=finding.id,
            version=0,
            stance=Stance.AGREES,
            text=text,
            now=moment,
        )
        propose_measure(
            story.db,
            actor=provider,
            letter_id=letter.id,
            finding_id=finding.id,
            description=measure,
            owner="Föreståndaren",
            due_on=finding.due_on,
            now=moment,
        )
    send_answers(story.db, actor=provider, letter_id=letter.id, now=at + timedelta(hours=1))
    story.db.flush()
