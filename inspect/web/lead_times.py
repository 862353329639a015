"""Lead times of cases and the time providers take: for supervisors, as a picture and as tables."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal
from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from ...models.vocabulary import N_, State
from ..rules.access import Permission
from ..rules.lead_times import FEWEST, WAITS_ON, LeadTime, On
from ..services.measure_lead_times import measure_lead_times
from .access import access
from .database import db, now
from .language import current_language, translate
from .session import current_actor

lead_times = Blueprint("lead_times", __name__)

ON_WHOM: dict[On, str] = {
    On.INSPECTORS: N_("The inspectors"),
    On.REVIEWERS: N_("Those who review"),
    On.PROVIDER: N_("The provider"),
    On.DECIDER: N_("The decision-maker"),
}
WIDTH = 100
"""Of a bar, in units of the drawing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One step in the picture: to its median, and on to what nine of ten are done within."""

    title: str
    time: LeadTime
    median: float
    most: float


@lead_times.get("/monitoring/lead-times")
@access(Permission.SEE_MONITORING)
def figures() -> str:
    own = request.args.get("of") == "unit"
    found = measure_lead_times(db(), actor=current_actor(), own_unit=own, now=now())
    return render_template(
        "supervisor/lead_times.html",
        figures=found,
        bars=bars_of(found.times),
        own=own,
        on_whom={state: translate(ON_WHOM[on]) for state, on in WAITS_ON.items()},
        number=number_in_words,
        few=FEWEST,
        steps=[state for state in State if state in found.times or state in found.waiting],
    )


def bars_of(times: Mapping[State, LeadTime]) -> list[Bar]:
    """The steps with figures, the longest of them across the whole drawing."""
    shown = {state: one for state, one in times.items() if one.median is not None and one.most is not None}
    longest = max((one.most or 0 for one in shown.values()), default=0) or 1
    return [
        Bar(
            _(state.title),
            one,
            round(WIDTH * (one.median or 0) / longest, 1),
            round(WIDTH * (one.most or 0) / longest, 1),
        )
        for state, one in shown.items()
    ]


def number_in_words(value: float) -> str:
    """As people read it: whole from ten on, else with one decimal."""
    return format_decimal(round(value) if value >= 10 else round(value, 1), locale=current_language())
