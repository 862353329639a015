"""What committees answer for in a case: who has placed whom, which points go to whom, what has been sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ...models.assessments import Finding
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.register import Committee
from ...models.vocabulary import Responsible
from ..errors import Invalid, NotPossibleNow
from ..rules.access import Permission, may
from ..services.find_letter import letter_state
from ..services.route_to_committees import (
    SentToCommittee,
    committees,
    committees_to_write_to,
    note_placing,
    note_told,
    points_of,
    route_point,
    routed_points,
    sent_to_committees,
)
from ..services.time_letters import why_not_yet
from .access import access
from .addresses import address_of
from .case import case_page, facts_of, open_case
from .case_frame import show
from .case_letters import case_letters
from .database import db, now
from .forms.committees import PlacedByForm, PointForm
from .language import message
from .letters import LANGUAGE_NAMES, Page
from .session import current_actor

KIND = LetterKind.COMMITTEE.value


@dataclass(frozen=True, slots=True)
class PointLine:
    """One point. `shared`: the provider answers for its own part of it; `to`: the committees it goes to."""

    finding: Finding
    shared: bool
    to: Sequence[Committee]
    form: PointForm


@case_letters.get("/inspections/<dnr>/letters/committees")
@access(Permission.READ_INSPECTION)
def of_case(dnr: str) -> Page:
    return _page(open_case(dnr))


@case_letters.post("/inspections/<dnr>/letters/committees/placed")
@access(Permission.WRITE_LETTER)
def placed(dnr: str) -> Page:
    """Note which committee has placed each of those who live there."""
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    known = {str(one.id): one.id for one in committees(db())}
    try:
        for resident in inspection.residents:
            chosen = PlacedByForm(request.form, prefix=_prefix(resident.id)).committee.data
            note_placing(
                db(), actor=current_actor(), inspection=inspection, resident_id=resident.id,
                committee_id=known.get(chosen or ""), now=now(),
            )  # fmt: skip
    except NotPossibleNow as fault:
        db().rollback()
        return _page(open_case(dnr, Permission.WRITE_LETTER), refused=message(fault)), 409
    flash(_("It is noted which committee it is."), "success")
    return redirect(url_for("case_letters.of_case", dnr=dnr, _anchor="points"), 303)


@case_letters.post("/inspections/<dnr>/letters/committees/points")
@access(Permission.WRITE_LETTER)
def routed(dnr: str) -> Page:
    """Say which committees each point goes to."""
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    known = {str(one.id): one.id for one in committees(db())}
    try:
        for finding in points_of(db(), inspection):
            chosen = PointForm(request.form, prefix=_prefix(finding.id)).to.data or []
            route_point(
                db(), actor=current_actor(), inspection=inspection, finding_id=finding.id,
                committee_ids={known[one] for one in chosen if one in known}, now=now(),
            )  # fmt: skip
    except (Invalid, NotPossibleNow) as fault:
        db().rollback()
        return _page(open_case(dnr, Permission.WRITE_LETTER), refused=message(fault)), 409
    flash(_("It is noted where each point goes."), "success")
    return redirect(url_for("case_letters.of_case", dnr=dnr, _anchor="letter"), 303)


@case_letters.post("/inspections/<dnr>/letters/committees/told/<int:number>")
@access(Permission.LEAD_INSPECTION)
def told(dnr: str, number: int) -> Page:
    """Note that the letter to one committee has left the authority."""
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    note_told(db(), actor=current_actor(), inspection=inspection, number=number, now=now())
    flash(_("It is noted that the letter is sent."), "success")
    return redirect(url_for("case_letters.of_case", dnr=dnr, _anchor="letter"), 303)


def _prefix(id: UUID) -> str:
    return f"c{id.hex}-"


def _page(inspection: Inspection, *, refused: str = "") -> str:
    known = committees(db())
    names = [(str(one.id), f"{one.municipality.name}: {one.name}") for one in known]
    placing = {one.placed_by_id for one in inspection.residents if one.placed_by_id}
    early = why_not_yet(db(), inspection, LetterKind.COMMITTEE, now=now(), facts=facts_of(inspection))
    return case_page(
        "inspector/committees.html",
        inspection,
        known=known,
        children=[(one, _child_form(one.id, one.placed_by_id, names, one.person))
                  for one in inspection.residents],
        points=_points(inspection, [one for one in known if one.id in placing]),
        placing=[one for one in known if one.id in placing],
        may_write=may(current_actor(), Permission.WRITE_LETTER, inspection),
        refused_because=refused,
        letter_state=letter_state(db(), inspection, LetterKind.COMMITTEE),
        waits=show(early) if early else "",
        sent=[(one, _files(inspection.dnr, one)) for one in sent_to_committees(db(), inspection)],
        previews=[(one, address_of("letters.preview", dnr=inspection.dnr, kind=KIND, to=str(one.id)))
                  for one in committees_to_write_to(db(), inspection.id)],
        kind=KIND,
    )  # fmt: skip


def _child_form(id: UUID, placed_by: UUID | None, names: list[tuple[str, str]], person: str) -> PlacedByForm:
    form = PlacedByForm(formdata=None, prefix=_prefix(id), committee=str(placed_by or ""))
    form.committee.label.text = person
    form.committee.choices = [("", _("Not known")), *names]
    form.committee.flags.asked = True
    return form


def _points(inspection: Inspection, placing: Sequence[Committee]) -> list[PointLine]:
    to = routed_points(db(), inspection.id)
    lines = []
    for finding in points_of(db(), inspection):
        chosen = to.get(finding.id, frozenset())
        form = PointForm(formdata=None, prefix=_prefix(finding.id), to=[str(one) for one in chosen])
        form.to.label.text = finding.title
        form.to.choices = [(str(one.id), f"{one.municipality.name}: {one.name}") for one in placing]
        form.to.flags.asked = True
        shared = finding.responsible is Responsible.BOTH
        lines.append(PointLine(finding, shared, [one for one in placing if one.id in chosen], form))
    return lines


def _files(dnr: str, sent: SentToCommittee) -> list[tuple[str, str, str]]:
    """Language, its name and the address of the PDF as it went."""
    return [
        (
            language,
            LANGUAGE_NAMES[language],
            address_of(
                "letters.file",
                dnr=dnr,
                kind=KIND,
                letter_language=language,
                form="pdf",
                number=sent.number,
            ),
        )
        for language in ("sv", "en")
    ]
