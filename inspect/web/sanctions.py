"""The sanction track of a case: its breaches, the operator heard, the lawyer, the decision."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.inspections import Inspection
from ...models.sanctions import ReductionGround, SanctionGround, SanctionMatter, SanctionOutcome
from ..errors import Conflict, Invalid, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.sanctions import REDUCTIONS, bars, hear_by, lapses_after
from ..services.find_letter import name_of
from ..services.pursue_sanction import (
    Outcome,
    advise_on_matter,
    breach_of,
    change_matter,
    decide_matter,
    findings_with_sanction,
    list_matters,
    note_final,
    note_hearing,
    open_matter,
)
from .access import access
from .case import case_page, open_case
from .case_frame import show
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import choices, member_or_none
from .forms.sanctions import (
    AdviceForm,
    BreachForm,
    FinalForm,
    HearingForm,
    MatterForm,
    OutcomeForm,
    VersionedForm,
)
from .fresh_sign_in import fresh_sign_in
from .session import current_actor

sanctions = Blueprint("sanctions", __name__, url_prefix="/inspections/<dnr>/sanctions")

Page = str | Response | tuple[str, int]
ONE = "/<uuid:matter_id>"
FORMS: dict[str, type[VersionedForm]] = {
    "breach": BreachForm,
    "hearing": HearingForm,
    "advice": AdviceForm,
    "outcome": OutcomeForm,
    "final": FinalForm,
}
"""The forms of one matter, by the name that their page has for them."""


@sanctions.get("")
@access(Permission.READ_INSPECTION)
def matters(dnr: str) -> Page:
    return _matters(open_case(dnr), MatterForm(formdata=None))


@sanctions.post("")
@access(Permission.LEAD_INSPECTION)
def begin(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    form = MatterForm()
    _offer_findings(form, inspection)
    if form.validate() and form.breach_on.data:
        try:
            made = open_matter(
                db(), actor=current_actor(), inspection=inspection, finding_id=UUID(form.finding.data),
                ground=SanctionGround(form.ground.data), breach_on=form.breach_on.data,
                since_on=form.since_on.data, what=form.what.data or "",
                under_penalty_order=bool(form.under_penalty_order.data), now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "what")
        else:
            flash(_("The matter is open. Give the operator the opportunity to comment."), "success")
            return redirect(url_for("sanctions.matter", dnr=dnr, matter_id=made.id), 303)
    return _matters(inspection, form), 422


@sanctions.get(ONE)
@access(Permission.READ_INSPECTION)
def matter(dnr: str, matter_id: UUID) -> Page:
    return _matter(open_case(dnr), matter_id)


@sanctions.post(f"{ONE}/breach")
@access(Permission.LEAD_INSPECTION)
def change(dnr: str, matter_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    form = BreachForm()

    def save() -> object:
        return form.breach_on.data and change_matter(
            db(), actor=current_actor(), inspection=inspection, matter_id=matter_id, version=form.seen,
            breach_on=form.breach_on.data, since_on=form.since_on.data, what=form.what.data or "",
            under_penalty_order=bool(form.under_penalty_order.data), now=now(),
        )  # fmt: skip

    return _saved(inspection, matter_id, "breach", form, "what", save, _("The breach is described anew."))


@sanctions.post(f"{ONE}/hearing")
@access(Permission.LEAD_INSPECTION)
def hear(dnr: str, matter_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    form = HearingForm()

    def save() -> object:
        return form.heard_on.data and note_hearing(
            db(), actor=current_actor(), inspection=inspection, matter_id=matter_id, version=form.seen,
            heard_on=form.heard_on.data, now=now(),
        )  # fmt: skip

    return _saved(inspection, matter_id, "hearing", form, "heard_on", save, _("The day is noted."))


@sanctions.post(f"{ONE}/advice")
@access(Permission.ADVISE_ON_SANCTION)
def advise(dnr: str, matter_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.ADVISE_ON_SANCTION)
    form = AdviceForm()

    def save() -> object:
        return advise_on_matter(
            db(), actor=current_actor(), inspection=inspection, matter_id=matter_id, version=form.seen,
            opinion=form.opinion.data or "", now=now(),
        )  # fmt: skip

    return _saved(inspection, matter_id, "advice", form, "opinion", save, _("Your opinion is noted."))


@sanctions.post(f"{ONE}/outcome")
@access(Permission.DECIDE)
@fresh_sign_in
def decide(dnr: str, matter_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.DECIDE)
    form = OutcomeForm()
    form.offer(tuple(ReductionGround))

    def save() -> object:
        return form.decided_on.data and decide_matter(
            db(), actor=current_actor(), inspection=inspection, matter_id=matter_id, version=form.seen,
            given=Outcome(
                SanctionOutcome(form.outcome.data), form.reasons.data or "", form.decided_on.data,
                form.amount.data, member_or_none(ReductionGround, form.reduction.data),
            ),
            now=now(),
        )  # fmt: skip

    return _saved(inspection, matter_id, "outcome", form, "outcome", save, _("The decision is recorded."))


@sanctions.post(f"{ONE}/final")
@access(Permission.LEAD_INSPECTION)
def final(dnr: str, matter_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    form = FinalForm()

    def save() -> object:
        return form.final_on.data and note_final(
            db(), actor=current_actor(), inspection=inspection, matter_id=matter_id, version=form.seen,
            final_on=form.final_on.data, now=now(),
        )  # fmt: skip

    return _saved(inspection, matter_id, "final", form, "final_on", save, _("The day is noted."))


def _saved(
    inspection: Inspection,
    matter_id: UUID,
    name: str,
    form: VersionedForm,
    otherwise: str,
    save: Callable[[], object],
    said: str,
) -> Page:
    """What was typed stays on the page whatever is refused; another's text is shown beside it."""
    theirs: Conflict | None = None
    if form.validate():
        try:
            save()
        except Conflict as conflict:
            theirs = conflict
            form.version.data = str(conflict.version)
            put_at_field(form, conflict, otherwise)
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, otherwise)
        else:
            flash(said, "success")
            return redirect(url_for("sanctions.matter", dnr=inspection.dnr, matter_id=matter_id), 303)
    return _matter(inspection, matter_id, name, form, theirs), 422


def _offer_findings(form: MatterForm, inspection: Inspection) -> bool:
    found = findings_with_sanction(db(), inspection)
    form.finding.choices = choices((str(one.id), f"{one.requirement}: {one.title}") for one in found)
    return bool(found)


def _matters(inspection: Inspection, form: MatterForm) -> str:
    found = list_matters(db(), inspection)
    today = now().astimezone(SWEDEN).date()
    return case_page(
        "supervisor/sanctions.html",
        inspection,
        matters=[(one, hear_by(breach_of(one)), bool(bars(breach_of(one), today))) for one in found],
        form=form,
        has_findings=_offer_findings(form, inspection),
        today=today,
    )


def _matter(
    inspection: Inspection,
    matter_id: UUID,
    name: str = "",
    typed: VersionedForm | None = None,
    theirs: Conflict | None = None,
) -> str:
    one = next((row for row in list_matters(db(), inspection) if row.id == matter_id), None)
    if one is None:
        raise NotFound("There is no such matter of sanction in this case.")
    today = now().astimezone(SWEDEN).date()
    forms = {key: typed if key == name and typed else _blank(kind, one) for key, kind in FORMS.items()}
    outcome = forms["outcome"]
    if isinstance(outcome, OutcomeForm):
        outcome.offer(REDUCTIONS[one.ground])
    return case_page(
        "supervisor/sanction.html",
        inspection,
        matter=one,
        forms=forms,
        typed=typed,
        theirs=theirs,
        hear_by=hear_by(breach_of(one)),
        lapses_after=lapses_after(one.final_on) if one.final_on else None,
        bars=[show(reason) for reason in bars(breach_of(one), today)],
        today=today,
        lawyer=name_of(db(), one.lawyer_id),
        decider=name_of(db(), one.decided_by_id),
        opened_by=name_of(db(), one.opened_by_id),
    )


def _blank(kind: type[VersionedForm], one: SanctionMatter) -> VersionedForm:
    values: dict[str, object] = {"version": str(one.version)}
    if kind is BreachForm:
        values |= {
            "breach_on": one.breach_on, "since_on": one.since_on, "what": one.what,
            "under_penalty_order": one.under_penalty_order,
        }  # fmt: skip
    if kind is AdviceForm:
        values["opinion"] = one.lawyer_says
    form = kind(formdata=None, **values)
    for field in form:
        if field.name != "csrf_token":
            field.id = field.label.field_id = f"{kind.__name__[:-4].lower()}-{field.name}"
    return form
