"""The way of an example's letter to the provider: sent for reply, met about, decided, sent, answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ...models.dialogue_vocabulary import FactStance, PointVerdict
from ...models.inspections import Inspection
from ...models.letter_vocabulary import DecisionKind, LetterKind, Stance
from ...models.letters import Letter
from ...models.vocabulary import State
from ..rules.access import Actor
from ..services.answer_letter import save_answer, send_answers
from ..services.answer_points import answer_point, list_points
from ..services.communicate_facts import list_facts, send_facts
from ..services.note_dialogue import note_dialogue
from ..services.open_letter import open_letter
from ..services.propose_measure import propose_measure
from ..services.record_decision import record_decision
from ..services.reply_to_facts import SaidOfFact, reply_to_facts
from ..services.review_letter import give_opinion
from ..services.send_letter import send_letter
from ..services.write_finding import FindingValues
from .assessments import AreaText
from .letters import assess_and_weigh, deficiencies_of, write_letter
from .other_letters import answer_children, approve
from .people import LAWYER, SUPERVISOR
from .second_coders import code_by_two
from .story import Story

DECIDED = (
    "Vi riktar kritik mot bristerna i brevet. Vi begär att ni redovisar vad ni har gjort åt dem senast den "
    "dag som står vid varje brist (28\u00a0kap. 5\u00a0§ socialtjänstlagen)."
)
ORDERED = (
    "Vi förelägger er att genast sluta med de åtgärder som brevet kallar missförhållande, att gå igenom "
    "husets regler tillsammans med de unga och att se till att all personal vet vad den får göra "
    "(28\u00a0kap. 9\u00a0§ socialtjänstlagen). Vi begär att ni redovisar vad ni har gjort senast den "
    "dag som står vid varje åtgärd (28\u00a0kap. 5\u00a0§ socialtjänstlagen)."
)
REPLY = "Vi känner igen bilden och har inget att invända mot uppgifterna. Vi har redan börjat med åtgärderna."


@dataclass(frozen=True, slots=True)
class Wrong:
    """What the provider calls wrong about one requirement, why we correct it, and how it reads then."""

    requirement: str
    said: str
    why: str
    saw: str
    english: str


def sent(
    story: Story,
    name: str,
    texts: dict[str, AreaText],
    *,
    inspector: str,
    provider: str,
    days_ago: int,
    sent_days_ago: int,
    due_in_days: int,
    grave: str = "",
    wrong: Wrong | None = None,
    for_committee: FindingValues | None = None,
) -> Inspection:
    """A case the whole way to a letter in the provider's hands; it has replied to the facts, and met us.

    `grave`: the requirement whose deficiency is malpractice: a lawyer takes part and an order is decided.
    `wrong`: what the provider corrected before the decision. `for_committee`: a point that is not the home's.
    """
    db, lead, supervisor = story.db, story.people[inspector], story.people[SUPERVISOR]
    case = story.import_visit(name, days_ago=days_ago, imported=story.at(-days_ago + 3, 8))
    case = code_by_two(story, case, lead, at=story.at(-days_ago + 8, 9))
    assess_and_weigh(story, case, lead, texts, at=story.at(-days_ago + 9, 8))
    due_on = story.today + timedelta(days=due_in_days)
    if grave:
        case = story.add_lawyer(case, lead, at=story.at(-days_ago + 10))
    write_letter(
        story,
        case,
        lead,
        due_on=due_on,
        at=story.at(-days_ago + 12, 9),
        grave=grave,
        for_committee=for_committee,
    )
    case = story.move(case, lead, State.REVIEW, at=story.at(-days_ago + 12, 15))
    to_children = answer_children(story, case, lead, at=story.at(-days_ago + 13))
    if grave:
        give_opinion(
            db, actor=story.people[LAWYER], inspection=case, supports=True,
            reason="Föreläggandet anger åtgärderna och vilar på det som är utrett.",
            now=story.at(-days_ago + 13, 15),
        )  # fmt: skip
    for kind in (LetterKind.FEEDBACK, *to_children):
        approve(story, case, supervisor, kind, at=story.at(-days_ago + 14))
    case = heard(story, case, lead, story.people[provider], days_ago, wrong)
    record_decision(
        db,
        actor=supervisor,
        inspection=case,
        kind=DecisionKind.ORDER if grave else DecisionKind.CRITICISM,
        decided_on=story.today - timedelta(days=sent_days_ago + 1),
        content=ORDERED if grave else DECIDED,
        now=story.at(-sent_days_ago - 1, 13),
    )
    send_letter(
        db,
        actor=lead,
        inspection=case,
        authority=story.authority,
        now=story.at(-sent_days_ago, 9),
    )
    db.flush()
    return story.move(case, lead, State.FOLLOW_UP, at=story.at(-sent_days_ago, 9, 30))


def heard(
    story: Story, case: Inspection, lead: Actor, provider: Actor, days_ago: int, wrong: Wrong | None
) -> Inspection:
    """The right to reply (FL 25 §), a reply, and a meeting."""
    db = story.db
    case = story.move(case, lead, State.COMMUNICATION, at=story.at(-days_ago + 14, 14))
    send_facts(
        db,
        actor=lead,
        inspection=case,
        reply_by_on=story.today - timedelta(days=days_ago - 36),
        authority=story.authority,
        now=story.at(-days_ago + 15),
    )
    communication, _ = next(
        row for row in list_facts(db, provider, waiting=True).rows if row[1].id == case.id
    )
    facts = {one.requirement: one.id for one in deficiencies_of(story, case)}
    reply_to_facts(
        db,
        actor=provider,
        communication_id=communication.id,
        reply=REPLY,
        points={facts[wrong.requirement]: SaidOfFact(FactStance.WRONG, wrong.said)} if wrong else {},
        now=story.at(-days_ago + 30),
    )
    if wrong:
        for point in list_points(db, communication):
            answer_point(
                db, actor=lead, inspection=case, point_id=point.id, verdict=PointVerdict.PARTLY,
                why=wrong.why, saw=wrong.saw, english=wrong.english, looked=True,
                now=story.at(-days_ago + 30, 14),
            )  # fmt: skip
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


def answer(
    story: Story,
    case: Inspection,
    letter: Letter,
    provider: Actor,
    answers: dict[str, tuple[str, str]],
    *,
    at: datetime,
) -> None:
    """Open the letter, agree to each deficiency in words, with one measure each, and send."""
    open_letter(story.db, actor=provider, letter_id=letter.id, now=at - timedelta(days=4))
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
