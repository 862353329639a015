"""What waits to be passed on, in words and with the way to it: on the page of the case and on first pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from ...models.inspections import Inspection
from ..rules.access import Permission, may
from ..services.left_to_pass_on import PassOn, ToPassOn, left_to_pass_on
from .database import db
from .language import label
from .session import current_actor
from .start_letters import address_in, name_of_case
from .start_rows import Group, Row


@dataclass(frozen=True, slots=True)
class PassOnLine:
    text: str
    href: str


def pass_on_lines(inspection: Inspection) -> tuple[PassOnLine, ...]:
    """Of one case, for its page."""
    return tuple(
        PassOnLine(_said(one, inspection), _address(one, inspection))
        for one in left_to_pass_on(db(), [inspection]).get(inspection.id, ())
    )


def pass_on_group(cases: Sequence[Inspection]) -> Group:
    """Of the cases that this person leads: a row for each thing to do."""
    led = {one.id: one for one in cases if may(current_actor(), Permission.LEAD_INSPECTION, one)}
    return Group(
        _("To pass on"),
        tuple(
            Row(
                name_of_case(led[case]),
                _address(one, led[case]),
                _said(one, led[case]),
                pill=_("Committees") if one.what is not PassOn.COPY else _("Copy"),
                kind="waiting",
            )
            for case, those in left_to_pass_on(db(), list(led.values())).items()
            for one in those
        ),
    )


def _said(one: ToPassOn, inspection: Inspection) -> str:
    match one.what:
        case PassOn.COPY:
            return _(
                "%(letter)s, version %(number)s: a copy waits to be sent to %(municipality)s.",
                letter=label(one.kind, inspection.pack),
                number=one.number,
                municipality=inspection.home.municipality,
            )
        case PassOn.ROUTE:
            return ngettext(
                "%(num)s point belongs to a placing committee, and it is not said to which.",
                "%(num)s points belong to placing committees, and it is not said to which.",
                one.number,
            )
        case PassOn.WRITE:
            return ngettext(
                "%(num)s committee waits for the letter with its points.",
                "%(num)s committees wait for the letter with their points.",
                one.number,
            )
    return ngettext(
        "%(num)s letter to a committee is ready: send it, and note when it has left.",
        "%(num)s letters to committees are ready: send them, and note when they have left.",
        one.number,
    )


def _address(one: ToPassOn, inspection: Inspection) -> str:
    if one.what is PassOn.COPY:
        return address_in("case_letters.letters", inspection, _anchor=f"letter-{one.kind.value}")
    return address_in("case_letters.of_case", inspection)
