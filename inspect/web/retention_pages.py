"""The pages of keeping and disposal. What is looked for stands in the address: numbers, never a reason.

Where something was refused, the list is shown from its beginning.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from ...models.retention import RecordType
from ..rules.access import Permission, may
from ..services.find_disposable import (
    AT_A_TIME,
    CLOSED_FIRST,
    DUE_SORTED,
    WantedDue,
    count_disposable,
    list_disposable,
)
from ..services.keep_rules import find_rule
from ..services.list_retention import (
    BY_NUMBER,
    DISPOSALS_SORTED,
    HOLDS_SORTED,
    LATEST_HELD,
    LATEST_MADE,
    LATEST_PROPOSED,
    PACKAGES_SORTED,
    RULES_SORTED,
    DisposalStep,
    cases_of_disposal,
    list_disposals,
    list_holds,
    list_packages,
    list_rules,
)
from ..services.long_lists import Order, Paged
from ..services.propose_disposal import find_disposal
from ..services.see_retention import names_of, receipt_of, tables_by_keeping
from ..services.turn_pages import COUNTED
from ..services.what_served import count_served
from .database import db, now
from .forms.retention import HoldForm
from .forms.retention_lists import CaseFilterForm, DisposalsFilterForm, DueFilterForm, RulesFilterForm
from .paging import asked_order, asked_page, asked_place, more_than, pages_of, sortable, turning
from .session import current_actor

SHOWN = 10
"""Of each list, on the page that tells of them all."""
STEPS_BY_WORD: Mapping[str, DisposalStep] = {step.value: step for step in DisposalStep}
IN_FORCE: Mapping[str, bool] = {"in_force": True, "ended": False}
MAY_GO: Mapping[str, bool] = {"free": True, "kept": False}


def overview_page() -> str:
    return render_template(
        "retention/overview.html",
        rules=list_rules(db(), per_page=SHOWN),
        disposals=list_disposals(db(), per_page=SHOWN),
        holds=list_holds(db(), per_page=1).total,
        packages=list_packages(db(), per_page=SHOWN),
        own=current_actor().user_id,
        classes=list(tables_by_keeping().items()),
        may_enter=may(current_actor(), Permission.KEEP_RETENTION_RULES),
    )


def rules_page() -> str:
    order, form = asked_order(RULES_SORTED, str(BY_NUMBER)), RulesFilterForm(request.args)
    found = list_rules(
        db(), text=_searched(), in_force=IN_FORCE.get(form.show.data or ""), order=order, page=asked_page()
    )
    columns = sortable(
        order, (_("Decision"), "number"), (_("Day of the decision"), "decided"), _("What"),
        (_("Years"), "years"), _("Counted from"), _("In force"), numeric=("years",),
    )  # fmt: skip
    return render_template("retention/rules.html", **_listed(form, found, columns))


def disposals_page() -> str:
    order, form = asked_order(DISPOSALS_SORTED, str(LATEST_PROPOSED)), DisposalsFilterForm(request.args)
    found = list_disposals(
        db(),
        text=_searched(),
        step=STEPS_BY_WORD.get(form.show.data or ""),
        order=order,
        page=asked_page(),
    )
    columns = [
        *sortable(order, (_("Proposed"), "proposed"), (_("Decision"), "number")),
        {"title": _("Cases"), "numeric": True},
        _("How far it has come"),
    ]
    return render_template("retention/disposals.html", **_listed(form, found, columns))


def packages_page() -> str:
    order = asked_order(PACKAGES_SORTED, str(LATEST_MADE))
    found = list_packages(db(), text=_searched(), order=order, page=asked_page())
    columns = sortable(
        order, (_("Ref. no."), "number"), (_("Made"), "made"), _("SHA-256 of METS.xml"), _("Confirmed")
    )
    form = CaseFilterForm(request.args)
    return render_template(
        "retention/packages.html", own=current_actor().user_id, **_listed(form, found, columns)
    )


def rule_page(rule_id: UUID, fault: str = "") -> str:
    rule, form = find_rule(db(), rule_id), DueFilterForm(request.args)
    of_no_case = rule.record_type is RecordType.SIGN_INS
    order = asked_order(DUE_SORTED, str(CLOSED_FIRST))
    wanted = WantedDue(MAY_GO.get(form.show.data or ""), _searched(), order)
    found = list_disposable(db(), rule, now=now(), wanted=wanted, place=asked_place())
    columns = _linked(
        fault,
        order,
        (_("Ref. no."), "number"),
        (_("Closed"), "closed"),
        _("May go from"),
        _("What stands in the way"),
    )
    free = count_disposable(db(), rule, now=now())
    return render_template(
        "retention/rule.html",
        rule=rule,
        names=names_of(db(), {rule.entered_by_id, rule.ended_by_id}),
        form=form,
        found=found,
        filtered=bool(wanted.text or wanted.free is not None),
        columns=columns,
        at=pages_of(1, 1) if fault else turning(found),
        more_than=more_than(found),
        free=free,
        more_may_go=format_decimal(COUNTED) if free > COUNTED else None,
        at_a_time=AT_A_TIME,
        served=sorted(count_served(db(), rule, now=now()).items()) if of_no_case else None,
        fault=fault,
        may_end=may(current_actor(), Permission.KEEP_RETENTION_RULES) and rule.ended_at is None,
    )


def disposal_page(disposal_id: UUID, fault: str = "") -> str:
    shown, actor = find_disposal(db(), disposal_id), current_actor()
    found = cases_of_disposal(db(), shown, text=_searched(), page=asked_page())
    return render_template(
        "retention/disposal.html",
        disposal=shown,
        receipt=receipt_of(shown),
        form=CaseFilterForm(request.args),
        found=found,
        text=_searched(),
        at=pages_of(1, 1) if fault else pages_of(found.number, found.pages),
        names=names_of(db(), {shown.proposed_by_id, shown.approved_by_id, shown.withdrawn_by_id}),
        fault=fault,
        is_own=shown.proposed_by_id == actor.user_id,
        may_approve=may(actor, Permission.APPROVE_DISPOSAL),
        waits=shown.approved_at is None and shown.withdrawn_at is None,
    )


def holds_page(form: HoldForm, fault: str = "") -> str:
    order = asked_order(HOLDS_SORTED, str(LATEST_HELD))
    found = list_holds(db(), text=_searched(), order=order, page=asked_page())
    columns = _linked(
        fault, order, (_("Ref. no."), "number"), _("Held for"), (_("Held since"), "since"), _("By whom"),
        _("Why"), _("Lift"),
    )  # fmt: skip
    return render_template(
        "retention/holds.html",
        form=form,
        filter=CaseFilterForm(request.args),
        found=found,
        columns=columns,
        filtered=bool(_searched()),
        at=pages_of(1, 1) if fault else pages_of(found.number, found.pages),
        names=names_of(db(), {one.placed_by_id for one in found.rows}),
        own=current_actor().user_id,
        fault=fault,
    )


def _searched() -> str:
    return request.args.get("q", "").strip()[:100]


def _linked(fault: str, order: Order, *columns: tuple[str, str] | str) -> list[Any]:
    """Columns that sort, unless the page answers what cannot be asked for again by an address."""
    if fault:
        return [one if isinstance(one, str) else one[0] for one in columns]
    return sortable(order, *columns)


def _listed(form: FlaskForm, found: Paged[Any], columns: list[Any]) -> dict[str, Any]:
    return {
        "form": form,
        "found": found,
        "columns": columns,
        "filtered": bool(_searched() or request.args.get("show")),
        "at": pages_of(found.number, found.pages),
    }
