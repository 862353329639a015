"""Cases before the letter: one to weigh, one visit today, one unannounced, one being prepared."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid5

from sqlalchemy import select

from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.letter_vocabulary import LetterKind
from ...models.register import Home
from ...models.vocabulary import ChildOutcome, Informant, InformationItem, State, TeamRole, Wish
from ..services.end_interview import end_interview
from ..services.find_inspection import find_inspection
from ..services.hold_interview import Conditions, find_interview, start_interview
from ..services.plan_inspection import plan_inspection
from ..services.prepare_inspection import prepare_inspection
from ..services.record_children import add_child, confirm_children, set_outcome
from ..services.save_statement import StatementValues, save_statement
from ..services.staff_inspection import add_member
from .accounts import look_into_accounts
from .other_letters import issue
from .people import (
    EKORRGARDEN,
    INSPECTOR,
    MOSSEBO,
    PEER_REVIEWER,
    SECOND_INSPECTOR,
    SUPERVISOR,
    TALLASEN,
)
from .second_coders import code_by_two
from .story import Story, working_day
from .surveys import seven_have_answered, three_have_answered


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of a child; `severity` is None while nobody has judged it."""

    question: str
    theme: str
    severity: int | None
    text: str
    important: bool = False


def ready_to_weigh(story: Story) -> None:
    """The first case to try: everything is gathered and judged, no area has an own view yet.

    The second coder is almost done, and the two have disagreements to talk over.
    """
    inspector = story.people[INSPECTOR]
    case = story.import_visit("nyponbacken", days_ago=5, imported=story.at(-2, 8))
    case = code_by_two(story, case, inspector, at=story.at(-2, 9), leave=3)
    add_member(
        story.db,
        actor=inspector,
        inspection=case,
        user_id=story.people[PEER_REVIEWER].user_id,
        role=TeamRole.PEER_REVIEWER,
        now=story.at(-1),
    )
    look_into_accounts(story, case)


def asked_for_self_assessment(story: Story) -> None:
    """Announced, in twelve days: half of the information is given, the manager has not written yet."""
    inspector = story.people[INSPECTOR]
    case = _planned(
        story,
        planner=INSPECTOR,
        home=MOSSEBO,
        number="01391",
        title="Tillsyn av HVB Mossebo",
        announced=True,
        in_days=12,
        focus_areas=("VAS", "SKO"),
        risk_note="Nytt hem sedan i våras. Ingen tidigare tillsyn att jämföra med.",
        at=story.at(-9),
    )
    story.declare(case, inspector, story.at(-9, 11))
    case = story.move(case, inspector, State.PREPARED, at=story.at(-9, 12))
    add_member(
        story.db,
        actor=inspector,
        inspection=case,
        user_id=story.people[SUPERVISOR].user_id,
        role=TeamRole.DECISION_MAKER,
        now=story.at(-8),
    )
    prepare_inspection(
        story.db,
        actor=inspector,
        inspection=case,
        given=(InformationItem.RIGHTS, InformationItem.SUPERVISION),
        note="Breven till barn och vårdnadshavare är skickade. Tolk i tigrinja är bokad till förmiddagen.",
        note_made_from="",
        now=story.at(-3),
    )
    issue(story, case, inspector, LetterKind.INFORMATION, at=story.at(-3, 9))
    seven_have_answered(story, case)


def unannounced_next_week(story: Story) -> None:
    """Not shown to anybody outside its team, and open first when the inspector has declared."""
    _planned(
        story,
        planner=SUPERVISOR,
        home=TALLASEN,
        number="01402",
        title="Oanmält besök på HVB Tallåsen",
        announced=False,
        in_days=7,
        focus_areas=("TRY", "BEM"),
        risk_note="Två samtal till barn- och ungdomslinjen om hur personalen väcker de unga på morgnarna.",
        at=story.at(-1, 14),
    )


def visit_going_on(story: Story) -> None:
    """Today: one child has talked, one did not want to, one talk is going on, two children wait."""
    db, inspector = story.db, story.people[INSPECTOR]
    case = _planned(
        story,
        planner=SUPERVISOR,
        home=EKORRGARDEN,
        number="01366",
        title="Tillsyn av HVB Ekorrgården",
        announced=True,
        in_days=0,
        focus_areas=("TRY", "BEM", "VAR"),
        risk_note="Årlig tillsyn. Föreståndaren är ny sedan i augusti.",
        at=story.at(-21),
    )
    add_member(
        db,
        actor=story.people[SUPERVISOR],
        inspection=case,
        user_id=story.people[SECOND_INSPECTOR].user_id,
        role=TeamRole.CO_INSPECTOR,
        now=story.at(-21, 11),
    )
    for email in (INSPECTOR, SECOND_INSPECTOR, SUPERVISOR):
        story.declare(case, story.people[email], story.at(-20))
    case = story.move(case, inspector, State.PREPARED, at=story.at(-19))
    prepare_inspection(
        db,
        actor=inspector,
        inspection=case,
        given=tuple(InformationItem),
        note="Ritmaterial och bildkort är med. Barnen äter mellanmål klockan tre.",
        note_made_from="",
        now=story.at(-12),
    )
    three_have_answered(story, case)
    begun = story.now - timedelta(minutes=70)
    case = story.move(case, inspector, State.CHILDREN, at=begun)
    for _ in range(5):
        add_child(db, actor=inspector, inspection=case, now=begun)
    confirm_children(db, actor=inspector, inspection=case, now=begun + timedelta(minutes=4))
    case = find_inspection(db, case.dnr)
    _finished_talk(story, case, begun + timedelta(minutes=10))
    set_outcome(
        db,
        actor=inspector,
        inspection=case,
        resident_id=case.residents[1].id,
        outcome=ChildOutcome.DECLINED,
        note="Ville hellre spela fotboll. Vet att vi är kvar hela dagen.",
        now=begun + timedelta(minutes=46),
    )
    _talk_going_on(story, case, story.now - timedelta(minutes=14))


def _planned(
    story: Story,
    *,
    planner: str,
    home: str,
    number: str,
    title: str,
    announced: bool,
    in_days: int,
    focus_areas: tuple[str, ...],
    risk_note: str,
    at: datetime,
) -> Inspection:
    """A new case; the supervisor plans for an inspector: the first announced, the second unannounced."""
    led_by = INSPECTOR if announced else SECOND_INSPECTOR
    day = story.today + timedelta(days=in_days)
    if in_days:
        day = working_day(day)
    planned = plan_inspection(
        story.db,
        actor=story.people[planner],
        home_id=story.db.scalars(select(Home.id).where(Home.name == home)).one(),
        dnr=f"{day.year}-{number}",
        title=title,
        announced=announced,
        planned_on=day,
        focus_areas=focus_areas,
        risk_note=risk_note,
        inspector_id=story.people[led_by].user_id,
        now=at,
    )
    return find_inspection(story.db, planned.dnr)


def _finished_talk(story: Story, case: Inspection, at: datetime) -> None:
    """Half an hour with b1, judged and read back."""
    talk = start_interview(
        story.db,
        actor=story.people[INSPECTOR],
        inspection=case,
        informant=Informant.CHILD,
        guide="child_6_12",
        resident_id=case.residents[0].id,
        conditions=Conditions(age_band="10-12", place="Kojan i trädgården"),
        now=at,
    )
    told = (
        Told("C02", "fritid", 0, "Vi har byggt kojan själva. Bosse hjälpte till med taket.", important=True),
        Told(
            "C03", "natt", 1, "Jag gillar inte korridoren när det är släckt. Men Mona låter lampan vara tänd."
        ),
        Told("C05", "fortroende", 0, "Mona. Hon blir inte arg, hon blir lite ledsen, och så pratar vi."),
        Told("C08", "inflytande", 0, "Jag ville ha en hund här. Vi röstade och fick en kanin."),
        Told("C14", "familj", 0, "Jag ringer mormor på söndagar."),
    )
    _save(story, case, talk, told, at)
    end_interview(
        story.db,
        actor=story.people[INSPECTOR],
        inspection=case,
        talk=find_interview(story.db, case, talk.id),
        read_back=True,
        feedback_channel="Kom tillbaka och berätta",
        now=at + timedelta(minutes=32),
    )


def _talk_going_on(story: Story, case: Inspection, at: datetime) -> None:
    """With b3: three statements so far, not judged yet."""
    talk = start_interview(
        story.db,
        actor=story.people[INSPECTOR],
        inspection=case,
        informant=Informant.CHILD,
        guide="child_6_12",
        resident_id=case.residents[2].id,
        conditions=Conditions(age_band="6-9", place="Lekrummet, med dörren på glänt"),
        now=at,
    )
    told = (
        Told("C01", "rutiner", None, "Först är det frukost och sedan buss. Jag sitter alltid bredvid Bosse."),
        Told(
            "C04",
            "krankningar",
            None,
            "När de stora bråkar går jag till mitt rum tills det blir tyst.",
            important=True,
        ),
        Told("C13", "halsa", None, "Jag hade ont i magen hela natten men ville inte väcka någon."),
    )
    _save(story, case, talk, told, at)


def _save(story: Story, case: Inspection, talk: Interview, told: tuple[Told, ...], at: datetime) -> None:
    for number, one in enumerate(told, start=1):
        save_statement(
            story.db,
            actor=story.people[INSPECTOR],
            inspection=case,
            source=talk,
            statement_id=uuid5(talk.id, one.question),
            version=0,
            values=StatementValues(
                text=one.text,
                theme=one.theme,
                own_words=True,
                wish=Wish.MAY_BE_TOLD if one.severity == 0 else Wish.ONLY_IN_GENERAL,
                prompted=True,
                important=one.important,
                severity=one.severity,
                question=one.question,
            ),
            now=at + timedelta(minutes=4 * number),
        )
