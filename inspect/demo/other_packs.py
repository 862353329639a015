"""One small case by each pack that is an example: the same way of working with other people than children.

They are led by the second inspector, so that the first one's day stays as it is.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import select

from ...models.inspections import Inspection
from ...models.register import Home, Provider
from ...models.vocabulary import ChildOutcome, Informant, InformationItem, State, Wish
from ..services.end_interview import end_interview
from ..services.find_inspection import find_inspection
from ..services.hold_interview import Conditions, find_interview, start_interview
from ..services.plan_inspection import plan_inspection
from ..services.prepare_inspection import prepare_inspection
from ..services.record_children import add_child, confirm_children, set_outcome
from ..services.register_home import register_home
from ..services.save_statement import StatementValues, save_statement
from .assessments import BJORKHAGEN
from .letters import assess_and_weigh, write_letter
from .people import EXEMPELKOPING, REGISTRAR, SECOND_INSPECTOR, SUPERVISOR
from .second_coders import code_by_two
from .story import Story, working_day


def home_care_being_prepared(story: Story) -> None:
    """Announced, in nine days: half of the information is given."""
    lead = story.people[SECOND_INSPECTOR]
    home = _registered(story, "Hemtjänsten Lönnen", "hemtjanst", 40, "Äldre i centrala delarna")
    case = _planned(
        story,
        home,
        number="01417",
        title="Tillsyn av hemtjänsten Lönnen",
        in_days=9,
        focus_areas=("KON", "TRY"),
        risk_note="Många uteblivna besök i somras enligt kommunens egen uppföljning.",
        at=story.at(-8),
    )
    case = story.move(case, lead, State.PREPARED, at=story.at(-7))
    prepare_inspection(
        story.db,
        actor=lead,
        inspection=case,
        given=(InformationItem.RIGHTS, InformationItem.SUPERVISION),
        note="Breven till de äldre är skickade, med stor text. Vi ringer och frågar om hembesök.",
        note_made_from="",
        now=story.at(-3),
    )


def school_being_visited(story: Story) -> None:
    """Today: one pupil has talked, one did not want to, two wait."""
    db, lead = story.db, story.people[SECOND_INSPECTOR]
    home = _registered(story, "Kastanjeskolan", "grundskola", 240, "Årskurs 4–9")
    case = _planned(
        story,
        home,
        number="01371",
        title="Trygghet och studiero på Kastanjeskolan",
        in_days=0,
        focus_areas=("TRY", "STU"),
        risk_note="Enkäten visar att rasterna är otryggast i årskurs 7.",
        at=story.at(-20),
    )
    case = story.move(case, lead, State.PREPARED, at=story.at(-19))
    prepare_inspection(
        db,
        actor=lead,
        inspection=case,
        given=tuple(InformationItem),
        note="Samtalen hålls i biblioteket, som är stängt för andra hela förmiddagen.",
        note_made_from="",
        now=story.at(-12),
    )
    begun = story.now - timedelta(minutes=55)
    case = story.move(case, lead, State.CHILDREN, at=begun)
    for _ in range(4):
        add_child(db, actor=lead, inspection=case, now=begun)
    confirm_children(db, actor=lead, inspection=case, now=begun + timedelta(minutes=3))
    case = find_inspection(db, case.dnr)
    _talk_with_a_pupil(story, case, begun + timedelta(minutes=8))
    set_outcome(
        db,
        actor=lead,
        inspection=case,
        resident_id=case.residents[1].id,
        outcome=ChildOutcome.DECLINED,
        note="Hade prov. Vet var vi sitter.",
        now=begun + timedelta(minutes=44),
    )


def group_home_in_review(story: Story) -> None:
    """The letter waits for the supervisor: locks that nobody had thought of, and weekends without staff."""
    lead = story.people[SECOND_INSPECTOR]
    case = story.import_visit("bjorkhagen", days_ago=18, imported=story.at(-15, 8))
    case = code_by_two(story, case, lead, at=story.at(-10, 9))
    assess_and_weigh(story, case, lead, BJORKHAGEN, at=story.at(-9, 8))
    write_letter(story, case, lead, due_on=story.today + timedelta(days=60), at=story.at(-6, 9))
    story.move(case, lead, State.REVIEW, at=story.at(-6, 15))


def _registered(story: Story, name: str, kind: str, places: int, group: str) -> UUID:
    """Put a place of the municipality in the register, of that kind of activity; gives its id."""
    number = Provider.organisation_number
    register_home(
        story.db,
        actor=story.people[REGISTRAR],
        provider=story.db.scalars(select(Provider).where(number == EXEMPELKOPING)).one(),
        name=name,
        kind=kind,
        municipality="Exempelköping",
        places=places,
        target_group=group,
        address="",
        now=story.now - timedelta(days=400),
    )
    return story.db.scalars(select(Home.id).where(Home.name == name)).one()


def _planned(
    story: Story,
    home: UUID,
    *,
    number: str,
    title: str,
    in_days: int,
    focus_areas: tuple[str, ...],
    risk_note: str,
    at: datetime,
) -> Inspection:
    """A new announced case that the supervisor plans for the second inspector; both have declared."""
    day = story.today + timedelta(days=in_days)
    planned = plan_inspection(
        story.db,
        actor=story.people[SUPERVISOR],
        home_id=home,
        dnr=f"{day.year}-{number}",
        title=title,
        announced=True,
        planned_on=working_day(day) if in_days else day,
        focus_areas=focus_areas,
        risk_note=risk_note,
        inspector_id=story.people[SECOND_INSPECTOR].user_id,
        now=at,
    )
    case = find_inspection(story.db, planned.dnr)
    for email in (SECOND_INSPECTOR, SUPERVISOR):
        story.declare(case, story.people[email], at + timedelta(hours=1))
    return find_inspection(story.db, planned.dnr)


def _talk_with_a_pupil(story: Story, case: Inspection, at: datetime) -> None:
    lead = story.people[SECOND_INSPECTOR]
    talk = start_interview(
        story.db,
        actor=lead,
        inspection=case,
        informant=Informant.CHILD,
        guide="pupils",
        resident_id=case.residents[0].id,
        conditions=Conditions(age_band="13-15", place="Biblioteket"),
        now=at,
    )
    told = (
        ("P02", "studiero", 1, "På matten är det lugnt. På engelskan går det inte att höra."),
        (
            "P04",
            "platser",
            2,
            "Jag går inte till omklädningsrummet först. Man väntar tills läraren är där.",
        ),
        ("P06", "vuxna_ser", 0, "Sara på fritids ser allt. Hon stannar kvar tills det är klart."),
        ("P11", "elevrad", 1, "Vi föreslog bord på gården. Vi vet inte vad som hände med det."),
    )
    for number, (question, theme, severity, text) in enumerate(told, start=1):
        save_statement(
            story.db,
            actor=lead,
            inspection=case,
            source=talk,
            statement_id=uuid5(talk.id, question),
            version=0,
            values=StatementValues(
                text=text,
                theme=theme,
                own_words=True,
                wish=Wish.MAY_BE_TOLD if severity == 0 else Wish.ONLY_IN_GENERAL,
                prompted=True,
                important=theme == "platser",
                severity=severity,
                question=question,
            ),
            now=at + timedelta(minutes=4 * number),
        )
    end_interview(
        story.db,
        actor=lead,
        inspection=case,
        talk=find_interview(story.db, case, talk.id),
        read_back=True,
        feedback_channel="Berätta för klassen",
        now=at + timedelta(minutes=28),
    )
