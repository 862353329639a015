"""Talks: the list of them, children first, and the beginning of a new one."""

from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.base import new_id
from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.vocabulary import ChildOutcome, Informant
from ..errors import Invalid, NotFound, NotPossibleNow, TillsynError
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.interview_order import refused_talk
from ..services.find_guides import offered_guides
from ..services.hold_interview import Conditions, list_interviews, start_interview
from .access import access
from .case import case_page, facts_of, open_case
from .case_frame import show
from .database import db, now
from .forms.talks import StartForm, as_typed
from .language import message
from .session import current_actor

talks = Blueprint("talks", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]
ADULTS = (Informant.STAFF, Informant.MANAGER, Informant.OTHER)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of talk as the page lists it; `refusal` says why none can begin now."""

    informant: Informant
    talks: list[Interview]
    refusal: str | None


def kinds_of_talks(inspection: Inspection) -> dict[Informant, Kind]:
    held = list_interviews(db(), inspection)
    kinds = {}
    for informant in Informant:
        shut = refused_talk(facts_of(inspection), informant)
        kinds[informant] = Kind(
            informant,
            [talk for talk in held if talk.informant is informant],
            show(shut[0]) if shut else None,
        )
    return kinds


@talks.get("/inspections/<dnr>/talks", endpoint="talks")
@access(Permission.READ_INSPECTION)
def list_talks(dnr: str) -> Page:
    inspection = open_case(dnr)
    kinds = kinds_of_talks(inspection)
    return case_page(
        "inspector/talks.html",
        inspection,
        children=kinds[Informant.CHILD],
        adults=[kinds[informant] for informant in ADULTS],
        residents={resident.id: resident for resident in inspection.residents},
        guides=offered_guides(db(), inspection.pack, on=now().astimezone(SWEDEN).date()),
    )


@talks.route("/inspections/<dnr>/talks/start", methods=["GET", "POST"])
@access(Permission.RECORD_IN_INSPECTION)
def start(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    informant = _informant()
    form = _start_form(inspection, informant)
    shut = refused_talk(facts_of(inspection), informant)
    if form.is_submitted() and form.validate():
        try:
            talk = start_interview(
                db(),
                actor=current_actor(),
                inspection=inspection,
                informant=informant,
                guide=form.guide.data,
                resident_id=_id(form.resident.data) if informant is Informant.CHILD else None,
                person=form.person.data if informant is not Informant.CHILD else "",
                conditions=_conditions(form, informant),
                interview_id=_id(form.interview_id.data),
                now=now(),
            )
            return redirect(url_for("talks.interview", dnr=dnr, talk_id=talk.id), 303)
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault)
    page = case_page(
        "inspector/start_talk.html",
        inspection,
        form=form,
        informant=informant,
        refusal=show(shut[0]) if shut else None,
    )
    return (page, 422) if form.is_submitted() else page


def _informant() -> Informant:
    try:
        return Informant(request.values.get("informant", Informant.CHILD.value))
    except ValueError:
        raise NotFound("There is no such kind of talk.") from None


def _start_form(inspection: Inspection, informant: Informant) -> StartForm:
    form = StartForm(
        informant=informant.value,
        interview_id=str(new_id()),
        resident=request.args.get("resident", ""),
        language="sv",
    )
    young = [
        (str(resident.id), resident.person)
        for resident in inspection.residents
        if resident.outcome is not ChildOutcome.NOT_HEARD_HARM
    ]
    people = {talk.person for talk in list_interviews(db(), inspection) if talk.informant is informant}
    guides = offered_guides(db(), inspection.pack, informant.value, on=now().astimezone(SWEDEN).date())
    form.offer(informant, young, sorted(people), guides)
    if informant is not Informant.CHILD:
        form.language.label.text = _("Language of the talk")
    return form


def _conditions(form: StartForm, informant: Informant) -> Conditions:
    return Conditions(
        age_band=(form.age_band.data or "") if informant is Informant.CHILD else "",
        language=form.language.data,
        interpreter=form.interpreter.data,
        place=as_typed(form.place.data).strip(),
        chose_company=form.chose_company.data,
        own_recording=form.own_recording.data,
    )


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def put_at_field(form: object, fault: TillsynError) -> None:
    """Show what a use case refused at the field it names, or above the form when it names none."""
    field = getattr(form, str(fault.values.get("field", "")), None)
    if field is not None and hasattr(field, "errors"):
        field.errors = [*field.errors, message(fault)]
    else:
        form.form_errors.append(message(fault))  # type: ignore[attr-defined]


from . import children, interviews  # noqa: E402, F401 - their views belong to this blueprint
