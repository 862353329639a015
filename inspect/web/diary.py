"""The register of the authority's cases, for those who keep it and those who answer for them."""

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from ..rules.access import Permission, may
from ..services.list_diary import LATEST_FIRST, SORTED, list_diary
from .access import access
from .database import db
from .forms.openness import DiaryForm
from .paging import asked_order, asked_place, more_than, sortable, turning
from .session import current_actor

diary = Blueprint("diary", __name__)


@diary.get("/diary")
@access(Permission.SEE_DIARY)
def cases() -> str:
    form = DiaryForm(request.args)
    order = asked_order(SORTED, str(LATEST_FIRST))
    text = (form.q.data or "")[:200]
    found = list_diary(db(), current_actor(), text=text, order=order, place=asked_place())
    return render_template(
        "openness/diary.html",
        form=form,
        found=found,
        columns=sortable(
            order,
            (_("Ref. no."), "number"),
            (_("Opened"), "opened"),
            (_("Subject"), "home"),
            _("Sender or receiver"),
            _("Step"),
        ),
        filtered=bool(text.strip()),
        receives=may(current_actor(), Permission.RECEIVE_REQUESTS),
        at=turning(found),
        more_than=more_than(found),
    )
