"""What to visit: where each home stands, what speaks for a visit, and how much each reason says."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import Form

from ...models.planning_words import VisitReason, Weight
from ..errors import Conflict, Invalid
from ..rules.access import Permission, may
from ..rules.visit_reasons import MEANT
from ..rules.yearly_duty import DutyState
from ..services.choose_visits import Wanted, list_homes_to_visit
from ..services.weigh_reasons import list_weightings, weigh_reasons, weighting_in_force
from .access import access
from .database import db, now
from .forms.choosing import VisitFilterForm, WhyForm, sent_weights, weights_form
from .forms.faults import put_at_field
from .forms.fields import choices, member_or_none
from .language import message
from .paging import asked_order, asked_place, more_than, sortable, turning
from .session import current_actor
from .visit_words import asking, sentence, setting_in_force, today

choosing = Blueprint("choosing", __name__, url_prefix="/what-to-visit")

Page = str | Response | tuple[str, int]
choosing.add_app_template_filter(sentence, "reason_sentence")

PLANNED = {"yes": True, "no": False}


@choosing.get("")
@access(Permission.PLAN_INSPECTION)
def homes() -> str:
    form = _filter_form()
    order = asked_order(("visit", "home", "municipality"), "visit")
    wanted = Wanted(
        text=(form.q.data or "")[:200],
        duty=member_or_none(DutyState, form.duty.data),
        reason=member_or_none(VisitReason, form.reason.data),
        planned=PLANNED.get(form.planned.data or ""),
    )
    found = list_homes_to_visit(db(), asking(), wanted, order=order, place=asked_place())
    return render_template(
        "register/what_to_visit.html",
        form=form,
        found=found,
        filtered=wanted != Wanted(),
        columns=sortable(
            order,
            (_("Home"), "home"),
            _("What speaks for a visit now"),
            (_("Latest visit"), "visit"),
        ),
        at=turning(found),
        more_than=more_than(found),
        setting=setting_in_force(),
        today=today(),
        may_weigh=may(current_actor(), Permission.WEIGH_REASONS),
    )


def _filter_form() -> VisitFilterForm:
    form = VisitFilterForm(request.args)
    form.duty.choices = choices(((one.value, _(one.title)) for one in DutyState), first=_("All"))
    form.reason.choices = choices(((one.value, _(one.title)) for one in VisitReason), first=_("All reasons"))
    form.planned.choices = choices(
        (("no", _("No visit planned")), ("yes", _("A visit is planned"))), first=_("All")
    )
    return form


@choosing.get("/weights")
@access(Permission.PLAN_INSPECTION)
def weights() -> str:
    held = weighting_in_force(db())
    why = WhyForm(formdata=None, made_from=str(held.number))
    return _weights_page(weights_form(held.weighting), why)


@choosing.post("/weights")
@access(Permission.WEIGH_REASONS)
def set_weights() -> Page:
    form, why = weights_form(weighting_in_force(db()).weighting, request.form), WhyForm()
    if not (form.validate() and why.validate()):
        return _weights_page(form, why), 422
    try:
        weigh_reasons(
            db(),
            actor=current_actor(),
            weighting=sent_weights(form),
            why=why.why.data or "",
            made_from=int(why.made_from.data or 0),
            now=now(),
        )
    except Conflict as fault:
        why.made_from.data = str(fault.version)
        why.why.errors = [message(fault)]
        return _weights_page(form, why), 422
    except Invalid as fault:
        named = fault.values.get("field", "why")
        put_at_field(form if named in form else why, fault, "why")
        return _weights_page(form, why), 422
    flash(_("The weights are changed, and hold from now on."), "success")
    return redirect(url_for("choosing.weights"), 303)


def _weights_page(form: Form, why: WhyForm) -> str:
    versions = list_weightings(db())
    return render_template(
        "register/weights.html",
        form=form,
        why=why,
        reasons=[(reason, MEANT[reason]) for reason in VisitReason],
        weights=tuple(Weight),
        versions=versions,
        earlier=[*versions[1:], None],
        may_weigh=may(current_actor(), Permission.WEIGH_REASONS),
    )
