"""The divergence register as a to-do list: what stands apart, what speaks of it, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from ...interview_guides.guide import Pack
from ...models.inspections import Inspection
from ...models.vocabulary import RegisterAnswer
from ..errors import Conflict, TillsynError
from ..rules.divergence_register import Entry
from ..rules.weighing import Divergence, GapClass
from ..services.answer_divergence import Register, RegisterLine
from .language import message, say


@dataclass(slots=True)
class EntryCard:
    """One entry on the page. `anchor` is its id there; `chosen` and `reason` what stands in the form."""

    key: str
    anchor: str
    title: str
    about: str
    chosen: str
    reason: str
    version: int
    answered: bool
    in_letter: tuple[str, ...]
    url: str
    at: object = None
    fault: str | None = None
    theirs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterView:
    """`left` of `entries` wait; `influence` says how far the children's themes are answered."""

    entries: tuple[EntryCard, ...]
    left: int
    raised: int
    influence: str
    whole: bool

    def card(self, key: str) -> EntryCard | None:
        return next((one for one in self.entries if one.key == key), None)


def anchor_of(key: str) -> str:
    """`theme:mat` as an id: `answer-theme-mat`."""
    return f"answer-{key.replace(':', '-')}"


def register_view(inspection: Inspection, register: Register, pack: Pack) -> RegisterView:
    answered = round((register.influence or 0) * len(register.raised))
    return RegisterView(
        entries=tuple(_card(inspection, line, pack) for line in register.lines),
        left=len(register.left),
        raised=len(register.raised),
        influence=_(
            "%(num)s of the %(all)s themes that the children brought up have an answer.",
            num=answered,
            all=len(register.raised),
        )
        if register.raised
        else _("The children brought up nothing of their own."),
        whole=register.influence in (None, 1),
    )


def typed_again(card: EntryCard, given: Mapping[str, str], fault: TillsynError) -> None:
    """What was typed and could not be saved, with why, and with the other answer."""
    card.chosen = given.get("answer") or card.chosen
    card.reason = given.get("reason", card.reason)
    card.fault = message(fault)
    if isinstance(fault, Conflict) and fault.theirs:
        titles = {one.value: _(one.title) for one in RegisterAnswer}
        card.theirs = (
            (_("The other answer:"), titles.get(str(fault.theirs["answer"]), "")),
            (_("The other text:"), str(fault.theirs["reason"] or "")),
        )


def _card(inspection: Inspection, line: RegisterLine, pack: Pack) -> EntryCard:
    given, entry = line.answer, line.entry
    return EntryCard(
        key=entry.key,
        anchor=anchor_of(entry.key),
        title=say(pack.theme(entry.theme).name if entry.theme else pack.area(entry.area).name),
        about=_about(entry),
        chosen=given.answer.value if given else "",
        reason=(given.reason or "") if given else "",
        version=given.version if given else 0,
        answered=line.is_answered,
        in_letter=tuple(
            url_for("findings.findings", dnr=inspection.dnr, _anchor=str(one)) for one in line.findings
        ),
        url=url_for("weighing.answer", dnr=inspection.dnr, key=entry.key),
        at=given.at if given else None,
    )


def _about(entry: Entry) -> str:
    match entry.kind:
        case Divergence.DISSONANCE:
            return _("The children and the checks point clearly apart in this area.")
        case Divergence.PARTIAL:
            return _("The children and the checks see this area somewhat differently.")
        case GapClass.NO_REQUIREMENT:
            return _("The children bring it up, and no requirement covers it.")
        case GapClass.NOT_CHECKED:
            return _("The children bring it up. There is a requirement, but we did not check it this time.")
        case GapClass.DIFFERENT_PICTURE:
            return _("We checked it and found little; the children tell of something else.")
        case _:
            return _("The children bring it up, and no finding speaks of it.")
