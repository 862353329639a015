"""Notes from devices that wait to be taken into their cases, on the first page of those who work in them."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from ...models.inspections import Inspection
from ..services.notes_waiting import notes_waiting
from .database import db
from .language import ago
from .start_letters import address_in, name_of_case
from .start_rows import Group, Row


def note_group(cases: Sequence[Inspection]) -> Group:
    """One row for each of these cases for which notes wait. Opening the case takes them in."""
    by_id = {inspection.id: inspection for inspection in cases}
    return Group(
        _("Notes from devices"),
        tuple(
            Row(
                name_of_case(by_id[case]),
                address_in("from_field.waiting", by_id[case]),
                ngettext(
                    "%(num)s note waits to be taken into the case.",
                    "%(num)s notes wait to be taken into the case.",
                    waiting.number,
                ),
                note=_("Received %(when)s. It is taken in when you open the case.", when=ago(waiting.since)),
                pill=_("received"),
                kind="waiting",
            )
            for case, waiting in notes_waiting(db(), list(by_id)).items()
        ),
    )
