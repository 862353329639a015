"""What was different in the register before, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from ...models.planning_words import PermitKind, RegisterPart
from ...models.vocabulary import N_, ProviderKind, Titled
from ..services.register_history import Changed, History, written
from ..services.register_plan import Step, before_and_after
from .language import activity, day

FIELDS: dict[str, str] = {
    "name": N_("Name"),
    "organisation_number": N_("Organisation number"),
    "kind": N_("Kind"),
    "address": N_("Address"),
    "municipality": N_("Municipality"),
    "places": N_("Number of places"),
    "target_group": N_("Target group"),
    "opened_on": N_("Opened on"),
    "closed_on": N_("Closed down on"),
    "last_visit_on": N_("Latest visit"),
    "number": N_("Registration number"),
    "from_on": N_("Holds from"),
    "to_on": N_("Holds to and including"),
    "youngest": N_("Youngest, in years"),
    "oldest": N_("Oldest, in years"),
    "terms": N_("Other terms"),
    "code": N_("Municipality code"),
    "region": N_("Region"),
    "email": N_("E-mail"),
}
WORDS: Mapping[RegisterPart, type[Titled]] = {
    RegisterPart.PROVIDER: ProviderKind,
    RegisterPart.PERMIT: PermitKind,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One change: what it is about, what stood there and what stands there; `what` alone when registered."""

    part: str
    what: str
    before: str
    after: str
    at: datetime
    by: str
    from_file: bool


@dataclass(frozen=True, slots=True)
class HistoryInWords:
    lines: tuple[Line, ...]
    total: int


def history_in_words(history: History) -> HistoryInWords:
    return HistoryInWords(tuple(_line(changed) for changed in history.lines), history.total)


def _line(changed: Changed) -> Line:
    change = changed.change
    return Line(
        part=_(change.part.title),
        what=_(FIELDS[change.field]) if change.field else _("registered"),
        before=_value(change.part, change.field, change.before),
        after=_value(change.part, change.field, change.after),
        at=change.at,
        by=changed.by,
        from_file=change.import_id is not None,
    )


def _value(part: RegisterPart, field: str, text: str) -> str:
    if not text:
        return ""
    if field == "kind" and part is RegisterPart.HOME:
        return activity(text)
    if field == "kind" and part in WORDS:
        return _(WORDS[part](text).title)
    return day(date.fromisoformat(text)) if field.endswith("_on") else text


@dataclass(frozen=True, slots=True)
class StepInWords:
    """One row that a file makes or changes. `fields`: field, what stands there, and what comes there."""

    line: int
    part: str
    name: str
    is_new: bool
    fields: tuple[tuple[str, str, str], ...]


def step_in_words(step: Step) -> StepInWords:
    return StepInWords(
        step.line,
        _(step.part.title),
        step.name,
        step.row is None,
        tuple(
            (
                _(FIELDS[name]),
                _value(step.part, name, written(before)),
                _value(step.part, name, written(after)),
            )
            for name, (before, after) in before_and_after(step).items()
        ),
    )
