"""What a first page says of letters: those to send and those returned."""

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ..services.start_pages import CaseWork
from ..services.waiting_letters import WaitingLetter
from .language import ago, day, label
from .pack_words import words_of
from .start_rows import Group, Row


def address_in(endpoint: str, inspection: Inspection, **values: Any) -> str:
    """The address of a page of the case; of its overview where the page is not there."""
    if endpoint not in current_app.view_functions:
        return url_for("cases.overview", dnr=inspection.dnr)
    return url_for(endpoint, dnr=inspection.dnr, **values)


def name_of_case(inspection: Inspection) -> str:
    return f"{inspection.home.name}, {inspection.dnr}"


def letter_groups(work: CaseWork) -> tuple[Group, ...]:
    return (
        Group(_("Letters to send"), tuple(_to_send(w) for w in work.to_send)),
        Group(
            _("Returned to you"),
            tuple(
                Row(
                    _letter_name(w.inspection, w.kind),
                    address_in("letters.editor", w.inspection, kind=w.kind.value),
                    _("%(name)s, %(when)s", name=w.by, when=ago(w.since)),
                    note=w.reason,
                    pill=_("Returned"),
                    kind="returned",
                )
                for w in work.returned
            ),
        ),
    )


def _letter_name(inspection: Inspection, kind: LetterKind) -> str:
    """The case; of another letter than the main one, the kind too."""
    if kind is LetterKind.FEEDBACK:
        return name_of_case(inspection)
    return f"{label(kind, inspection.pack)}: {name_of_case(inspection)}"


def _to_send(waiting: WaitingLetter) -> Row:
    address = address_in("case_letters.letters", waiting.inspection, _anchor=f"letter-{waiting.kind.value}")
    name = _letter_name(waiting.inspection, waiting.kind)
    if waiting.late is None:
        return Row(
            name, address, _("approved %(when)s", when=ago(waiting.since)), pill=_("Approved"), kind="done"
        )
    with words_of(waiting.inspection.pack):
        what = _(waiting.late.what)
    return Row(name, address, f"{what}: {day(waiting.late.on)}", pill=_("Passed"), kind="returned")
