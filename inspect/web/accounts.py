"""One grave account: its words, what supports it, its investigation, and the third eye on that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.vocabulary import Resolution
from ..errors import Conflict, Invalid, NotPossibleNow, TillsynError
from ..rules.access import Permission, may
from ..rules.grave_accounts import Account, Task, may_not_countersign, may_not_investigate
from ..services.countersign_account import countersign_account, return_account
from ..services.investigate_account import investigate_account
from ..services.plan_inspection import FINISHED
from ..services.read_account import AccountRead, read_account
from .access import access
from .account_words import area_name, clock_words, method_words, seriousness, theme_name
from .case import case_page, open_case
from .case_frame import show
from .database import db, now
from .explanation import SIGNS
from .forms.accounts import CountersignForm, InvestigationForm, ReturnInvestigationForm
from .forms.faults import put_at_field
from .forms.talks import as_typed
from .language import label as titled
from .language import message
from .session import current_actor

accounts = Blueprint("accounts", __name__, url_prefix="/inspections/<dnr>/accounts")

Page = str | Response | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of an account's history."""

    at: datetime
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """What somebody wrote that could not be taken, and why: heading and text of each field."""

    why: str
    texts: tuple[tuple[str, str], ...]


@accounts.get("/<label>", endpoint="account")
@access(Permission.READ_INSPECTION)
def account_page(dnr: str, label: str) -> Page:
    inspection = open_case(dnr)
    return _page(inspection, read_account(db(), inspection, label))


@accounts.post("/<label>/investigate")
@access(Permission.INVESTIGATE_ACCOUNT)
def investigate(dnr: str, label: str) -> Page:
    inspection = open_case(dnr, Permission.INVESTIGATE_ACCOUNT)
    form = InvestigationForm()
    if not form.validate_on_submit():
        return _page(inspection, read_account(db(), inspection, label), form), 422
    try:
        investigate_account(
            db(),
            actor=current_actor(),
            inspection=inspection,
            label=label,
            resolution=Resolution(form.resolution.data),
            record=as_typed(form.record.data),
            attempt=as_typed(form.attempt.data),
            reached_child=bool(form.reached_child.data),
            decision=as_typed(form.decision.data),
            now=now(),
        )
    except Invalid as fault:
        put_at_field(form, fault, "record")
        return _page(inspection, read_account(db(), inspection, label), form), 422
    except NotPossibleNow as fault:
        return _refused(inspection, label, fault, form), 409
    flash(_("The investigation is written. It holds when somebody else has countersigned it."), "success")
    return redirect(url_for("accounts.account", dnr=dnr, label=label), 303)


@accounts.post("/<label>/countersign")
@access(Permission.COUNTERSIGN)
def countersign(dnr: str, label: str) -> Page:
    inspection = open_case(dnr, Permission.COUNTERSIGN)
    form = CountersignForm()
    if not form.validate_on_submit():
        return _page(inspection, read_account(db(), inspection, label)), 422
    countersign_account(
        db(),
        actor=current_actor(),
        inspection=inspection,
        label=label,
        investigation_id=UUID(form.investigation.data),
        now=now(),
    )
    flash(_("Countersigned. Weigh again: the account counts differently from now on."), "success")
    return redirect(url_for("accounts.account", dnr=dnr, label=label), 303)


@accounts.post("/<label>/return")
@access(Permission.COUNTERSIGN)
def return_(dnr: str, label: str) -> Page:
    inspection = open_case(dnr, Permission.COUNTERSIGN)
    form = ReturnInvestigationForm()
    if not form.validate_on_submit():
        return _page(inspection, read_account(db(), inspection, label), back=form), 422
    try:
        return_account(
            db(),
            actor=current_actor(),
            inspection=inspection,
            label=label,
            investigation_id=UUID(form.investigation.data),
            remark=as_typed(form.remark.data),
            now=now(),
        )
    except Invalid as fault:
        put_at_field(form, fault, "remark")
        return _page(inspection, read_account(db(), inspection, label), back=form), 422
    except (Conflict, NotPossibleNow) as fault:
        return _refused(inspection, label, fault, form), 409
    flash(_("Returned with your remark. The investigation keeps its words."), "success")
    return redirect(url_for("accounts.account", dnr=dnr, label=label), 303)


def _refused(inspection: Inspection, label: str, fault: TillsynError, form: FlaskForm) -> str:
    """The page as it stands now, why it was refused, and the words that were sent, to take away."""
    texts = [(field.label.text, field.data) for field in form if isinstance(field, TextAreaField)]
    unsent = Unsent(message(fault), tuple((name, text) for name, text in texts if text))
    return _page(inspection, read_account(db(), inspection, label), unsent=unsent)


def _page(
    inspection: Inspection,
    read: AccountRead,
    form: InvestigationForm | None = None,
    back: ReturnInvestigationForm | None = None,
    unsent: Unsent | None = None,
) -> str:
    actor, account = current_actor(), read.account
    pack = load_pack(inspection.pack)
    waiting = next(
        (one for one in read.investigations if account.waiting and one.id == account.waiting.id), None
    )
    form = form or InvestigationForm(formdata=None)
    back = back or ReturnInvestigationForm(formdata=None)
    if waiting is not None:
        back.investigation.data = str(waiting.id)
    return case_page(
        "inspector/account.html",
        inspection,
        read=read,
        account=account,
        sign=SIGNS[account.perspective],
        area=area_name(pack, account.area),
        theme=theme_name(pack, account.theme),
        seriousness=seriousness(account),
        method_words=method_words(account),
        support=_support(inspection, account.supported_by),
        tasks=tuple(Task),
        clock_words=clock_words,
        history=_history(read),
        waiting=waiting,
        earlier=[one for one in reversed(read.investigations) if one is not waiting],
        form=form,
        back=back,
        unsent=unsent,
        finished=inspection.state in FINISHED,
        may_investigate=may(actor, Permission.INVESTIGATE_ACCOUNT, inspection),
        no_investigating=tuple(show(reason) for reason in may_not_investigate(account, actor.user_id)),
        no_countersigning=_no_countersigning(inspection, account),
    )


def _no_countersigning(inspection: Inspection, account: Account) -> tuple[str, ...]:
    """Why this reader does not countersign; whoever reads without a part in the case never does."""
    actor = current_actor()
    if not may(actor, Permission.COUNTERSIGN, inspection):
        return (_("Somebody in the team countersigns."),)
    return tuple(show(reason) for reason in may_not_countersign(account, actor.user_id))


def _support(inspection: Inspection, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """What corroborates the account, each with the page where it stands."""
    requirements = {one.id for one in load_pack(inspection.pack).requirements}
    page = url_for("checks.requirements", dnr=inspection.dnr)
    return [(name, f"{page}#{name}" if name in requirements else "") for name in names]


def _history(read: AccountRead) -> list[Happened]:
    """Everything that has happened to the account, the oldest first. Who coded it how is not told here:

    the second coder judges without knowing (method §2.19).
    """

    def name(key: UUID | None) -> str:
        return read.names.get(key, "") if key else ""

    lines = [Happened(read.account.first_coded_at, _("Coded as a grave account"), "")]
    lines += [Happened(step.at, titled(step.reported_to), name(step.by_id)) for step in read.steps]
    for one in read.investigations:
        lines.append(Happened(one.at, _("Investigation written"), name(one.by_id)))
        if one.returned_at:
            lines.append(Happened(one.returned_at, _("Investigation returned"), name(one.returned_by_id)))
        if one.countersigned_at:
            said = _("Countersigned: %(resolution)s", resolution=titled(one.resolution).lower())
            lines.append(Happened(one.countersigned_at, said, name(one.countersigned_by_id)))
    return sorted(lines, key=lambda line: line.at)
