"""Observations and documents, and what they show."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.base import new_id
from ...models.inspections import Inspection
from ...models.interviews import Evidence
from ...models.vocabulary import EvidenceKind
from ..errors import Invalid, NotPossibleNow
from ..rules.access import Permission, may
from ..rules.interview_order import may_record
from ..services.add_evidence import add_evidence as add_evidence_service
from ..services.add_evidence import find_evidence, list_evidence
from .access import access
from .case import case_page, open_case
from .case_frame import show
from .database import db, now
from .file_cards import file_cards
from .forms.checks import EvidenceForm
from .forms.talks import as_typed
from .in_letters import in_letters
from .session import current_actor
from .statements import Card, cards, pattern, save
from .talks import put_at_field

checks = Blueprint("checks", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]
ITEM = "/inspections/<dnr>/evidence/<uuid:evidence_id>"


def refusal_of(inspection: Inspection) -> str | None:
    """Why this person cannot record here now; None when they can."""
    if not may(current_actor(), Permission.RECORD_IN_INSPECTION, inspection):
        return _("You can read this. Only the inspectors of the case record in it.")
    shut = may_record(inspection.state)
    return show(shut[0]) if shut else None


def _page(inspection: Inspection, form: EvidenceForm) -> str:
    found = list_evidence(db(), inspection)
    return case_page(
        "inspector/evidence.html",
        inspection,
        kinds=[(kind, [item for item in found if item.kind is kind]) for kind in EvidenceKind],
        form=form,
        refusal=refusal_of(inspection),
    )


@checks.get("/inspections/<dnr>/evidence")
@access(Permission.READ_INSPECTION)
def evidence(dnr: str) -> Page:
    return _page(open_case(dnr), EvidenceForm(formdata=None, evidence_id=str(new_id())))


@checks.post("/inspections/<dnr>/evidence")
@access(Permission.RECORD_IN_INSPECTION)
def add_evidence(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    form = EvidenceForm()
    if form.validate():
        try:
            item = add_evidence_service(
                db(),
                actor=current_actor(),
                inspection=inspection,
                kind=EvidenceKind(form.kind.data),
                title=as_typed(form.title.data),
                produced=not form.missing.data,
                evidence_id=_id(form.evidence_id.data),
                now=now(),
            )
            return redirect(url_for("checks.evidence_item", dnr=dnr, evidence_id=item.id), 303)
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault)
    return _page(inspection, form), 422


def _id(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError:
        return new_id()


def _url(dnr: str, item: Evidence, statement_id: UUID) -> str:
    return url_for("checks.save_statement", dnr=dnr, evidence_id=item.id, statement_id=statement_id)


def _item_page(inspection: Inspection, item: Evidence, returned: Card | None = None) -> str:
    def url(statement_id: UUID) -> str:
        return _url(inspection.dnr, item, statement_id)

    return case_page(
        "inspector/evidence_item.html",
        inspection,
        item=item,
        cards=cards(inspection, item, url, returned=returned),
        pattern=pattern(inspection, item, url),
        returned=returned,
        files=file_cards(item),
        refusal=refusal_of(inspection),
        in_letters=in_letters(inspection),
        is_child=False,
    )


@checks.get(ITEM)
@access(Permission.READ_INSPECTION)
def evidence_item(dnr: str, evidence_id: UUID) -> Page:
    inspection = open_case(dnr)
    return _item_page(inspection, find_evidence(db(), inspection, evidence_id))


@checks.route(f"{ITEM}/statements/<uuid:statement_id>", methods=["PUT", "POST"])
@access(Permission.RECORD_IN_INSPECTION)
def save_statement(dnr: str, evidence_id: UUID, statement_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    item = find_evidence(db(), inspection, evidence_id)
    return save(
        inspection,
        item,
        statement_id,
        done=url_for("checks.evidence_item", dnr=dnr, evidence_id=evidence_id, _anchor="ready"),
        again=lambda card: _item_page(inspection, item, card),
        url=_url(dnr, item, statement_id),
    )


from . import requirements  # noqa: E402, F401 - its views belong to this blueprint
