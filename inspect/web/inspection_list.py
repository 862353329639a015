"""The list of inspections: its view belongs to the blueprint of planning."""

from uuid import UUID

from flask import render_template, request
from flask_babel import gettext as _

from ...models.vocabulary import Role, State
from ..rules.access import Permission, may
from ..services.list_inspections import LATEST_FIRST, SORTED, Whose, search_inspections
from ..services.notes_waiting import notes_waiting
from ..services.plan_inspection import active_users
from .access import access
from .database import db
from .forms.fields import choices
from .forms.planning import InspectionFilterForm
from .paging import asked_order, asked_place, more_than, sortable, turning
from .planning import planning
from .session import current_actor


@planning.get("/inspections")
@access(Permission.SEE_INSPECTIONS)
def inspections() -> str:
    form = _filter_form()
    order = asked_order(SORTED, str(LATEST_FIRST))
    found = search_inspections(
        db(),
        current_actor(),
        text=(form.q.data or "")[:200],
        state=form.state.data or "",
        whose=_whose(form.whose.data) if form.whose is not None else Whose.ALL,
        inspector=_person(form.inspector.data) if form.inspector is not None else None,
        order=order,
        place=asked_place(),
    )
    return render_template(
        "inspector/inspections.html",
        form=form,
        found=found,
        notes=notes_waiting(db(), [line.inspection.id for line in found.rows if line.is_mine]),
        columns=sortable(
            order,
            (_("Home"), "home"),
            (_("Ref. no."), "number"),
            (_("Step"), "since"),
            (_("Visit"), "visit"),
            _("Next date"),
        ),
        filtered=any(one.data for one in form if one.name != "sort"),
        at=turning(found),
        more_than=more_than(found),
        may_plan=may(current_actor(), Permission.PLAN_INSPECTION),
        may_break_glass=may(current_actor(), Permission.BREAK_GLASS),
    )


def _filter_form() -> InspectionFilterForm:
    """What one may choose among; whose cases they are is a choice for those who see others' cases too."""
    form = InspectionFilterForm(request.args)
    form.state.choices = choices(
        [("all", _("All, also closed")), *((state.value, _(state.title)) for state in State)],
        first=_("All that are going on"),
    )
    if Role.SUPERVISOR not in current_actor().roles:
        del form.whose, form.inspector
        return form
    form.whose.choices = choices(
        [(Whose.MINE.value, _("Those I am in the team of")), (Whose.UNSTAFFED.value, _("Those to staff"))],
        first=_("The whole unit’s"),
    )
    form.inspector.choices = choices(
        ((str(user.id), user.name) for user in active_users(db(), Role.INSPECTOR)), first=_("Everybody")
    )
    return form


def _whose(text: str | None) -> Whose:
    return next((one for one in Whose if one == text), Whose.ALL)


def _person(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
