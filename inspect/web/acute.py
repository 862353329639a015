"""The acute track of a case: its grave accounts, the clock for each, and what has been done."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ...interview_guides.guide import load_pack
from ...models.inspections import AcuteStep, Inspection
from ...models.vocabulary import ReportedTo
from ..errors import Invalid, NotPossibleNow
from ..rules.access import Permission
from ..rules.grave_accounts import Account, Task
from ..services.record_acute import may_note, record_acute
from .access import access, require
from .account_words import area_name, clock_words, left_sentence, seriousness
from .case import case_page, facts_of, open_case
from .cases import Page, cases
from .database import db, now
from .forms.accounts import AcuteForm
from .forms.faults import put_at_field
from .forms.fields import choices
from .forms.talks import as_typed
from .session import current_actor


@cases.route("/acute", methods=["GET", "POST"])
@access(Permission.READ_INSPECTION)
def acute(dnr: str) -> Page:
    inspection = open_case(dnr)
    if request.method == "POST" and not may_note(current_actor(), inspection):
        require(Permission.RECORD_IN_INSPECTION, inspection)
    accounts = facts_of(inspection).accounts
    form = _form(inspection, accounts)
    if not form.validate_on_submit():
        return _page(inspection, accounts, form), 422 if form.is_submitted() else 200
    try:
        record_acute(
            db(),
            actor=current_actor(),
            inspection=inspection,
            reported_to=ReportedTo(form.reported_to.data),
            told_child=bool(form.told_child.data),
            note=as_typed(form.note.data),
            told_child_what=as_typed(form.told_child_what.data),
            about=form.about.data or (),
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "note")
        return _page(inspection, accounts, form), 422
    flash(_("Noted. The acute track is open, and the order of the talks is free."), "success")
    return redirect(url_for("cases.acute", dnr=dnr), 303)


def _form(inspection: Inspection, accounts: tuple[Account, ...]) -> AcuteForm:
    """The form; the account that a link was about is already chosen, and a single one always is."""
    pack = load_pack(inspection.pack)
    wanted = request.args.get("about", "")
    chosen = [one.label for one in accounts if one.label == wanted or (len(accounts) == 1 and one.left)]
    form = AcuteForm(about=chosen)
    form.about.choices = choices(
        (one.label, f"{one.label} – {area_name(pack, one.area)}, {seriousness(one)}") for one in accounts
    )
    return form


def _page(inspection: Inspection, accounts: tuple[Account, ...], form: AcuteForm) -> str:
    pack = load_pack(inspection.pack)
    return case_page(
        "inspector/acute.html",
        inspection,
        form=form,
        accounts=accounts,
        tasks=tuple(Task),
        area=lambda one: area_name(pack, one.area),
        clock_words=clock_words,
        seriousness=seriousness,
        left_sentence=left_sentence,
        noted=_noted(inspection, accounts),
        may_note=may_note(current_actor(), inspection),
    )


def _noted(inspection: Inspection, accounts: tuple[Account, ...]) -> list[tuple[AcuteStep, list[str]]]:
    """The steps in their order, one about several accounts once, with the labels of those it is about."""
    labels: dict[UUID | None, list[str]] = {}
    for one in accounts:
        labels.setdefault(one.statement_id, []).append(one.label)
    noted: dict[tuple[object, ...], tuple[AcuteStep, list[str]]] = {}
    for step in inspection.acute_steps:
        same = (step.reported_to, step.at, step.by_id, step.note, step.told_child_what)
        noted.setdefault(same, (step, []))[1].extend(labels.get(step.statement_id, ()))
    return list(noted.values())
