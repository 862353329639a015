"""How long records are kept: classes, rules of disposal, proposals and receipts, legal holds."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.retention import CountedFrom, HoldKind, RecordType
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Permission
from ..services.confirm_package import confirm_package
from ..services.hold_case import lift_hold, place_hold
from ..services.keep_rules import end_rule, enter_rule
from ..services.propose_disposal import approve_disposal, propose_disposal, withdraw_disposal
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.retention import HoldForm, RuleForm
from .fresh_sign_in import fresh_sign_in
from .language import message
from .retention_pages import (
    disposal_page,
    disposals_page,
    holds_page,
    overview_page,
    packages_page,
    rule_page,
    rules_page,
)
from .session import current_actor

retention = Blueprint("retention", __name__, url_prefix="/retention")

Page = str | Response | tuple[str, int]


@retention.get("")
@access(Permission.SEE_RETENTION)
def overview() -> str:
    return overview_page()


@retention.get("/rules")
@access(Permission.SEE_RETENTION)
def rules() -> str:
    return rules_page()


@retention.get("/disposals")
@access(Permission.SEE_RETENTION)
def disposals() -> str:
    return disposals_page()


@retention.get("/packages")
@access(Permission.SEE_RETENTION)
def packages() -> str:
    return packages_page()


@retention.route("/rules/new", methods=["GET", "POST"])
@access(Permission.KEEP_RETENTION_RULES)
def new_rule() -> Page:
    form = RuleForm()
    if not form.validate_on_submit() or form.decided_on.data is None or form.years.data is None:
        return render_template("retention/rule_form.html", form=form), 422 if form.is_submitted() else 200
    try:
        rule = enter_rule(
            db(), actor=current_actor(), decision_number=form.decision_number.data or "",
            decided_on=form.decided_on.data, record_type=RecordType(form.record_type.data),
            counted_from=CountedFrom(form.counted_from.data), years=form.years.data,
            after_archiving=bool(form.after_archiving.data), now=now(),
        )  # fmt: skip
    except Invalid as fault:
        put_at_field(form, fault, "decision_number")
        return render_template("retention/rule_form.html", form=form), 422
    flash(_("The rule is entered. It disposes of nothing before two people have decided so."), "success")
    return redirect(url_for("retention.rule", rule_id=rule.id), 303)


@retention.get("/rules/<uuid:rule_id>")
@access(Permission.SEE_RETENTION)
def rule(rule_id: UUID) -> str:
    return rule_page(rule_id)


@retention.post("/rules/<uuid:rule_id>/end")
@access(Permission.KEEP_RETENTION_RULES)
def end(rule_id: UUID) -> Page:
    return _done(
        lambda: end_rule(db(), actor=current_actor(), rule_id=rule_id, now=now()),
        _("The rule is ended."),
        url_for("retention.rule", rule_id=rule_id),
        lambda fault: rule_page(rule_id, fault),
    )


@retention.post("/rules/<uuid:rule_id>/propose")
@access(Permission.SEE_RETENTION)
def propose(rule_id: UUID) -> Page:
    try:
        made = propose_disposal(db(), actor=current_actor(), rule_id=rule_id, now=now())
    except NotPossibleNow as fault:
        return rule_page(rule_id, message(fault)), 422
    flash(_("The disposal is proposed. Another person looks at it and approves."), "success")
    return redirect(url_for("retention.disposal", disposal_id=made.id), 303)


@retention.get("/disposals/<uuid:disposal_id>")
@access(Permission.SEE_RETENTION)
def disposal(disposal_id: UUID) -> str:
    return disposal_page(disposal_id)


@retention.post("/disposals/<uuid:disposal_id>/approve")
@access(Permission.APPROVE_DISPOSAL)
@fresh_sign_in
def approve(disposal_id: UUID) -> Page:
    return _done(
        lambda: approve_disposal(db(), actor=current_actor(), disposal_id=disposal_id, now=now()),
        _("The disposal is approved. It is carried out by the worker, within an hour."),
        url_for("retention.disposal", disposal_id=disposal_id),
        lambda fault: disposal_page(disposal_id, fault),
    )


@retention.post("/disposals/<uuid:disposal_id>/withdraw")
@access(Permission.SEE_RETENTION)
def withdraw(disposal_id: UUID) -> Page:
    return _done(
        lambda: withdraw_disposal(db(), actor=current_actor(), disposal_id=disposal_id, now=now()),
        _("The proposal is withdrawn. Nothing is disposed of."),
        url_for("retention.disposal", disposal_id=disposal_id),
        lambda fault: disposal_page(disposal_id, fault),
    )


@retention.get("/holds")
@access(Permission.SEE_RETENTION)
def holds() -> str:
    return holds_page(HoldForm(formdata=None))


@retention.post("/holds")
@access(Permission.SEE_RETENTION)
def hold() -> Page:
    form = HoldForm()
    if not form.validate():
        return holds_page(form), 422
    try:
        place_hold(
            db(),
            actor=current_actor(),
            dnr=form.dnr.data or "",
            reason=form.reason.data or "",
            kind=HoldKind(form.kind.data),
            now=now(),
        )
    except Invalid as fault:
        put_at_field(form, fault, "dnr")
        return holds_page(form), 422
    flash(_("The case is held. Another person can lift the hold."), "success")
    return redirect(url_for("retention.holds"), 303)


@retention.post("/holds/<uuid:hold_id>/lift")
@access(Permission.SEE_RETENTION)
@fresh_sign_in
def lift(hold_id: UUID) -> Page:
    return _done(
        lambda: lift_hold(db(), actor=current_actor(), hold_id=hold_id, now=now()),
        _("The hold is lifted."),
        url_for("retention.holds"),
        lambda fault: holds_page(HoldForm(formdata=None), fault),
    )


@retention.post("/packages/<uuid:package_id>/taken-over")
@access(Permission.SEE_RETENTION)
def taken_over(package_id: UUID) -> Page:
    try:
        confirm_package(db(), actor=current_actor(), package_id=package_id, now=now())
    except (NotPossibleNow, NotAllowed) as fault:
        flash(message(fault), "error")
    else:
        flash(_("It is noted that the e-archive has the package."), "success")
    return redirect(url_for("retention.overview"), 303)


def _done(act: Callable[[], object], said: str, address: str, show: Callable[[str], str]) -> Page:
    try:
        act()
    except (NotPossibleNow, NotAllowed) as fault:
        return show(message(fault)), 422
    flash(said, "success")
    return redirect(address, 303)
