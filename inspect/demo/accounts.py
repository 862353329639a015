"""Grave accounts of the example: one resolved, one whose investigation waits, two that others support."""

from dataclasses import dataclass
from datetime import timedelta

from ...models.inspections import Inspection
from ...models.vocabulary import ReportedTo, Resolution
from ..services.countersign_account import countersign_account
from ..services.find_accounts import find_account
from ..services.find_inspection import find_inspection
from ..services.investigate_account import investigate_account
from ..services.record_acute import record_acute
from .people import INSPECTOR, SECOND_INSPECTOR, SUPERVISOR
from .story import Story


@dataclass(frozen=True, slots=True)
class Step:
    """A noted step about some accounts, `minutes` past nine on the day when they were coded."""

    about: tuple[str, ...]
    kind: ReportedTo
    minutes: int
    note: str
    told: str = ""


STEPS = (
    Step(
        ("u1",),
        ReportedTo.SOCIAL_SERVICES,
        5,
        "Anmälan ringdes in till socialjouren i Exempelköping och skickades skriftligt samma förmiddag. "
        "Mottagare: handläggare Exempelsson, som återkommer i veckan.",
    ),
    Step(
        ("u13", "u17", "u30"),
        ReportedTo.SOCIAL_SERVICES,
        20,
        "En anmälan om rumsvisitationerna, för alla fyra barn som bor på avdelningen. Samma mottagare.",
    ),
    Step(
        ("u1", "u13", "u17", "u30"),
        ReportedTo.NO_POLICE,
        35,
        "Vi har gått igenom uppgifterna med beslutsfattaren. De rör inskränkningar utan stöd i lag, inte "
        "våld eller hot. Vi prövar frågan på nytt om utredningen visar något annat.",
    ),
    Step(
        ("u1", "u13", "u17"),
        ReportedTo.CHILD_TOLD,
        90,
        "",
        told="Maja ringde vart och ett av barnen och berättade vad vi har anmält, till vem och varför. "
        "Ingen behöver göra något mer. De har Majas direktnummer.",
    ),
    Step(
        ("u30",),
        ReportedTo.CHILD_NOT_TOLD,
        95,
        "Uppgiften kommer från personalen och gäller hela gruppen. Barnen fick veta det när vi ringde.",
    ),
)


def look_into_accounts(story: Story, case: Inspection) -> None:
    """What was done at once, then two investigations: the first countersigned, the second waiting."""
    begins = story.at(-2, 9)
    for step in STEPS:
        record_acute(
            story.db,
            actor=story.people[INSPECTOR],
            inspection=case,
            reported_to=step.kind,
            told_child=bool(step.told),
            told_child_what=step.told,
            note=step.note,
            about=step.about,
            now=min(begins + timedelta(minutes=step.minutes), story.now),
        )
    case = find_inspection(story.db, case.dnr)
    second = story.people[SECOND_INSPECTOR]
    investigate_account(
        story.db,
        actor=second,
        inspection=case,
        label="u1",
        resolution=Resolution.CONFIRMED,
        record=(
            "Hemmets egen rutin säger att permis förutsätter ett negativt prov. Journalen för de senaste två "
            "månaderna visar fyra permissioner som ställdes in sedan barn sagt nej till prov. "
            "Föreståndaren bekräftar det."
        ),
        attempt="Tore ringde barnet efter skolan. Det ville inte lägga till något men stod fast.",
        reached_child=True,
        decision=(
            "Uppgiften är bekräftad. Rutinen, journalen och föreståndaren säger samma sak som barnet. "
            "Ett villkor av det slaget har inte stöd i lag."
        ),
        now=story.at(-1, 10),
    )
    waiting = find_account(story.db, case, "u1").waiting
    if waiting is not None:
        countersign_account(
            story.db,
            actor=story.people[SUPERVISOR],
            inspection=case,
            label="u1",
            investigation_id=waiting.id,
            now=story.at(-1, 14),
        )
    investigate_account(
        story.db,
        actor=second,
        inspection=case,
        label="u13",
        resolution=Resolution.CONFIRMED,
        record=(
            "Två barn och en i personalen berättar om samma kväll. I dagboken står att alla rum söktes. "
            "Ingen misstanke mot något enskilt barn finns antecknad."
        ),
        attempt="Tore sökte barnet två gånger på telefon utan att få svar. Ett försök till görs på torsdag.",
        reached_child=False,
        decision="Uppgiften är bekräftad genom dagboken och de andras berättelser.",
        now=story.at(-1, 15),
    )
