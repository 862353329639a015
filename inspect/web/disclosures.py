"""Requests for documents of a case: begun, texts chosen, handed over, looked over, let out, decided on."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer

from ...models.inspections import Inspection
from ...models.openness_words import AskKind, AskState, TextKind
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.openness import WEIGHED, days_waited, left_to_do, outcome_of
from ..services.answer_disclosure import (
    begin_disclosure,
    decide_refusal,
    give_back,
    hand_over,
    let_out,
    look_over,
    want_decision,
)
from ..services.disclosure_papers import going_out
from ..services.find_disclosure import (
    facts_of_texts,
    find_disclosure,
    list_disclosures,
    proposed,
    standing,
)
from ..services.find_letter import name_of
from ..services.freeze_texts import take_texts
from .access import access
from .case import case_page, open_case
from .case_frame import show
from .database import db, now
from .disclosure_choices import (
    beginning,
    chosen_kinds,
    files_that_went,
    key_of,
    later_kinds,
    offer_texts,
    words_of_authority,
)
from .forms.faults import put_at_field
from .forms.fields import choices
from .forms.openness import NO_CHILD, ChildBeginForm, GiveBackForm, RefusalForm, TextsForm, WantedForm
from .forms.sanctions import VersionedForm
from .fresh_sign_in import fresh_sign_in
from .session import current_actor, settings

disclosures = Blueprint("disclosures", __name__, url_prefix="/inspections/<dnr>/disclosures")

Page = str | Answer | tuple[str, int]
ONE = "/<uuid:disclosure_id>"


@disclosures.get("")
@access(Permission.READ_INSPECTION)
def requests(dnr: str) -> Page:
    return _requests(
        open_case(dnr), ChildBeginForm(formdata=None, came_on=_today(), kind=AskKind.PUBLIC.value)
    )


@disclosures.post("")
@access(Permission.DISCLOSE)
def begin(dnr: str) -> Page:
    inspection, form = open_case(dnr, Permission.DISCLOSE), ChildBeginForm()
    if form.validate() and form.came_on.data:
        try:
            made = begin_disclosure(
                db(), actor=current_actor(), inspection=inspection, kind=AskKind(form.kind.data),
                came_on=form.came_on.data, asked=form.asked.data or "", reach=form.reach.data or "",
                resident_id=_id_or_none(form.resident.data), now=now(),
            )  # fmt: skip
        except Invalid as fault:
            put_at_field(form, fault, "asked")
        else:
            flash(_("The request is entered. Choose which texts it is about."), "success")
            return redirect(url_for("disclosures.one", dnr=dnr, disclosure_id=made.id), 303)
    return _requests(inspection, form), 422


@disclosures.get(ONE)
@access(Permission.READ_INSPECTION)
def one(dnr: str, disclosure_id: UUID) -> Page:
    return _one(open_case(dnr), disclosure_id)


@disclosures.post(f"{ONE}/texts")
@access(Permission.DISCLOSE)
def take(dnr: str, disclosure_id: UUID) -> Page:
    form = TextsForm()

    def save(inspection: Inspection) -> object:
        return take_texts(
            db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id,
            version=form.seen, keys=set(form.texts.data or ()), kinds=chosen_kinds(form.kinds.data),
            words=words_of_authority(), now=now(),
        )  # fmt: skip

    return _saved(dnr, disclosure_id, form, "texts", save, _("The texts are frozen as they stand now."))


@disclosures.post(f"{ONE}/hand-over")
@access(Permission.DISCLOSE)
def hand(dnr: str, disclosure_id: UUID) -> Page:
    form = VersionedForm()

    def save(inspection: Inspection) -> object:
        return hand_over(
            db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id,
            version=form.seen, now=now(),
        )  # fmt: skip

    return _saved(
        dnr, disclosure_id, form, "version", save, _("Somebody else in the team looks it over now.")
    )


@disclosures.post(f"{ONE}/look-over")
@access(Permission.DISCLOSE)
def look(dnr: str, disclosure_id: UUID) -> Page:
    form = VersionedForm()

    def save(inspection: Inspection) -> object:
        return look_over(
            db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id,
            version=form.seen, now=now(),
        )  # fmt: skip

    return _saved(dnr, disclosure_id, form, "version", save, _("Looked over. The answer can go out."))


@disclosures.post(f"{ONE}/give-back")
@access(Permission.DISCLOSE)
def return_(dnr: str, disclosure_id: UUID) -> Page:
    form = GiveBackForm()

    def save(inspection: Inspection) -> object:
        return give_back(
            db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id,
            version=form.seen, remark=form.remark.data or "", now=now(),
        )  # fmt: skip

    return _saved(dnr, disclosure_id, form, "remark", save, _("Given back, with what is to be changed."))


@disclosures.post(f"{ONE}/let-out")
@access(Permission.DISCLOSE)
@fresh_sign_in
def leave(dnr: str, disclosure_id: UUID) -> Page:
    form = VersionedForm()

    def save(inspection: Inspection) -> object:
        return let_out(
            db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id,
            version=form.seen, authority=settings().authority, now=now(),
        )  # fmt: skip

    said = _("The answer is made and kept as it is. Send the file now, the same day.")
    return _saved(dnr, disclosure_id, form, "version", save, said)


@disclosures.post(f"{ONE}/wanted")
@access(Permission.DISCLOSE)
def want(dnr: str, disclosure_id: UUID) -> Page:
    form = WantedForm()

    def save(inspection: Inspection) -> object:
        return form.wanted_on.data and want_decision(
            db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id,
            wanted_on=form.wanted_on.data, now=now(),
        )  # fmt: skip

    return _saved(dnr, disclosure_id, form, "wanted_on", save, _("Noted. The decision-maker decides now."))


@disclosures.post(f"{ONE}/refusal")
@access(Permission.DECIDE)
@fresh_sign_in
def refuse(dnr: str, disclosure_id: UUID) -> Page:
    form = RefusalForm()

    def save(inspection: Inspection) -> object:
        return decide_refusal(
            db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id,
            reasons=form.reasons.data or "", authority=settings().authority, now=now(),
        )  # fmt: skip

    said = _("The decision is made, with how to appeal. Send it to the one who asked.")
    return _saved(dnr, disclosure_id, form, "reasons", save, said, Permission.DECIDE)


def _saved(
    dnr: str,
    disclosure_id: UUID,
    form: FlaskForm,
    otherwise: str,
    save: Callable[[Inspection], object],
    said: str,
    permission: Permission = Permission.DISCLOSE,
) -> Page:
    """Back to the request; what was typed stays on the page whatever is refused."""
    inspection = open_case(dnr, permission)
    if form.validate():
        try:
            save(inspection)
        except (Invalid, NotPossibleNow, NotAllowed, Conflict) as fault:
            put_at_field(form, fault, otherwise)
        else:
            flash(said, "success")
            return redirect(url_for("disclosures.one", dnr=dnr, disclosure_id=disclosure_id), 303)
    return _one(inspection, disclosure_id, form), 422


def _requests(inspection: Inspection, form: ChildBeginForm) -> str:
    today = _today()
    children = ((str(child.id), child.person) for child in inspection.residents)
    form.resident.choices = choices(children, first=NO_CHILD)
    return case_page(
        "openness/requests.html",
        inspection,
        form=form,
        found=[(made, days_waited(made.came_on, today)) for made in list_disclosures(db(), inspection)],
    )


def _one(inspection: Inspection, disclosure_id: UUID, typed: FlaskForm | None = None) -> str:
    made = find_disclosure(db(), inspection, disclosure_id)
    facts = facts_of_texts(made)
    actor = current_actor()
    forms: dict[str, FlaskForm] = {
        "texts": TextsForm(
            formdata=None,
            texts=[key_of(text.kind, text.source_id) for text in made.texts],
            kinds=[] if made.texts or made.kind is not AskKind.PARTY else [one.value for one in TextKind],
        ),
        "back": GiveBackForm(formdata=None),
        "wanted": WantedForm(formdata=None, wanted_on=_today()),
        "refusal": RefusalForm(formdata=None),
    }
    for name, blank in forms.items():
        if typed is not None and type(typed) is type(blank):
            forms[name] = typed
    offer_texts(inspection, made, forms["texts"])
    return case_page(
        "openness/request.html",
        inspection,
        asking=made,
        weighed=WEIGHED[made.kind],
        waited=days_waited(made.came_on, _today()),
        texts=[(text, len(standing(text)), len(proposed(text)), beginning(text.text)) for text in made.texts],
        shown=[(text, going_out(text, words_of_authority(), _("the file"))) for text in made.texts],
        child=next((one.person for one in inspection.residents if one.id == made.resident_id), ""),
        files=files_that_went(made),
        later=later_kinds(inspection) if made.state is AskState.ASSESSED else (),
        left=[show(reason) for reason in left_to_do(facts)],
        outcome=outcome_of(facts) if facts else None,
        forms=forms,
        typed=typed,
        is_own=made.handed_by_id == actor.user_id,
        names={
            key: name_of(db(), getattr(made, f"{key}_by_id"))
            for key in ("begun", "handed", "looked", "left", "decided")
        },
        states=AskState,
    )


def _id_or_none(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _today() -> date:
    return now().astimezone(SWEDEN).date()


from . import disclosure_files, disclosure_texts  # noqa: E402, F401 - its views belong to this blueprint
