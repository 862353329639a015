"""How long records are kept: classes, rules of disposal, proposals and receipts, legal holds."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.retention import CountedFrom, Disposal, HoldKind, RecordType
from ..errors import Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Permission, may
from ..services.confirm_package import confirm_package
from ..services.find_disposable import find_disposable
from ..services.hold_case import lift_hold, list_holds, place_hold
from ..services.keep_rules import end_rule, enter_rule, find_rule, list_rules
from ..services.propose_disposal import (
    approve_disposal,
    find_disposal,
    list_disposals,
    propose_disposal,
    withdraw_disposal,
)
from ..services.see_retention import list_packages, names_of, receipt_of, tables_by_keeping
from ..services.what_served import count_served
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.retention import HoldForm, RuleForm
from .fresh_sign_in import fresh_sign_in
from .language import message
from .session import current_actor

retention = Blueprint("retention", __name__, url_prefix="/retention")

Page = str | Response | tuple[str, int]


@retention.get("")
@access(Permission.SEE_RETENTION)
def overview() -> str:
    actor = current_actor()
    return render_template(
        "retention/overview.html",
        rules=list_rules(db()),
        disposals=[(one, receipt_of(one)) for one in list_disposals(db())],
        holds=len(list_holds(db())),
        packages=[(one, one.made_by_id == actor.user_id) for one in list_packages(db())],
        classes=[(keeping, tables) for keeping, tables in tables_by_keeping().items()],
        may_enter=may(actor, Permission.KEEP_RETENTION_RULES),
    )


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
    return _rule(rule_id)


@retention.post("/rules/<uuid:rule_id>/end")
@access(Permission.KEEP_RETENTION_RULES)
def end(rule_id: UUID) -> Page:
    return _done(
        lambda: end_rule(db(), actor=current_actor(), rule_id=rule_id, now=now()),
        _("The rule is ended."),
        url_for("retention.rule", rule_id=rule_id),
        lambda fault: _rule(rule_id, fault),
    )


@retention.post("/rules/<uuid:rule_id>/propose")
@access(Permission.SEE_RETENTION)
def propose(rule_id: UUID) -> Page:
    try:
        made = propose_disposal(db(), actor=current_actor(), rule_id=rule_id, now=now())
    except NotPossibleNow as fault:
        return _rule(rule_id, message(fault)), 422
    flash(_("The disposal is proposed. Another person looks at it and approves."), "success")
    return redirect(url_for("retention.disposal", disposal_id=made.id), 303)


@retention.get("/disposals/<uuid:disposal_id>")
@access(Permission.SEE_RETENTION)
def disposal(disposal_id: UUID) -> str:
    return _disposal(disposal_id)


@retention.post("/disposals/<uuid:disposal_id>/approve")
@access(Permission.APPROVE_DISPOSAL)
@fresh_sign_in
def approve(disposal_id: UUID) -> Page:
    return _done(
        lambda: approve_disposal(db(), actor=current_actor(), disposal_id=disposal_id, now=now()),
        _("The disposal is approved. It is carried out by the worker, within an hour."),
        url_for("retention.disposal", disposal_id=disposal_id),
        lambda fault: _disposal(disposal_id, fault),
    )


@retention.post("/disposals/<uuid:disposal_id>/withdraw")
@access(Permission.SEE_RETENTION)
def withdraw(disposal_id: UUID) -> Page:
    return _done(
        lambda: withdraw_disposal(db(), actor=current_actor(), disposal_id=disposal_id, now=now()),
        _("The proposal is withdrawn. Nothing is disposed of."),
        url_for("retention.disposal", disposal_id=disposal_id),
        lambda fault: _disposal(disposal_id, fault),
    )


@retention.get("/holds")
@access(Permission.SEE_RETENTION)
def holds() -> str:
    return _holds(HoldForm(formdata=None))


@retention.post("/holds")
@access(Permission.SEE_RETENTION)
def hold() -> Page:
    form = HoldForm()
    if not form.validate():
        return _holds(form), 422
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
        return _holds(form), 422
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
        lambda fault: _holds(HoldForm(formdata=None), fault),
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


def _rule(rule_id: UUID, fault: str = "") -> str:
    shown = find_rule(db(), rule_id)
    found = find_disposable(db(), shown, now=now())
    of_no_case = shown.record_type is RecordType.SIGN_INS
    return render_template(
        "retention/rule.html",
        rule=shown,
        names=names_of(db(), {shown.entered_by_id, shown.ended_by_id}),
        free=[one for one in found if one.left is None],
        left=[one for one in found if one.left is not None],
        served=sorted(count_served(db(), shown, now=now()).items()) if of_no_case else None,
        fault=fault,
        may_end=may(current_actor(), Permission.KEEP_RETENTION_RULES) and shown.ended_at is None,
    )


def _disposal(disposal_id: UUID, fault: str = "") -> str:
    shown: Disposal = find_disposal(db(), disposal_id)
    actor = current_actor()
    return render_template(
        "retention/disposal.html",
        disposal=shown,
        receipt=receipt_of(shown),
        names=names_of(db(), {shown.proposed_by_id, shown.approved_by_id, shown.withdrawn_by_id}),
        fault=fault,
        is_own=shown.proposed_by_id == actor.user_id,
        may_approve=may(actor, Permission.APPROVE_DISPOSAL),
        waits=shown.approved_at is None and shown.withdrawn_at is None,
    )


def _holds(form: HoldForm, fault: str = "") -> str:
    found = list_holds(db())
    return render_template(
        "retention/holds.html",
        form=form,
        holds=found,
        names=names_of(db(), {one.placed_by_id for one in found}),
        own=current_actor().user_id,
        fault=fault,
    )
