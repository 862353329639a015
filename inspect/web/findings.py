"""Findings: proposals of the method, decided by a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...interview_guides.letter_wording import load_letter_wording
from ...models.assessments import Finding
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter
from ...models.vocabulary import FindingKind, Responsible
from ..errors import Conflict, Invalid, TillsynError
from ..rules.access import Permission
from ..rules.letter_obstacles import is_only
from ..rules.letter_phrases import Phrases
from ..services.find_letter import may_write
from ..services.letter_passages import letter_head
from ..services.mark_requirement import checks_of
from ..services.propose_findings import propose_findings
from ..services.view_case import find_findings
from ..services.write_finding import add_finding, edit_finding, find_finding, remove_finding
from .access import access
from .case import case_page, open_case
from .database import db, now
from .evidence_links import EvidenceBook, EvidenceLine
from .forms.faults import put_at_field
from .forms.findings import FindingForm, level_name
from .language import current_language, message
from .session import current_actor

findings = Blueprint("findings", __name__)

Page = str | Response | tuple[str, int]
BASE = "/inspections/<dnr>/findings"


@dataclass(frozen=True, slots=True)
class FindingCard:
    """One finding as the list shows it. `missing`: what the letter cannot do without."""

    finding: Finding
    level: str
    area: str
    evidence: tuple[EvidenceLine, ...]
    missing: tuple[str, ...]

    @property
    def to_committee(self) -> bool:
        return self.finding.responsible is Responsible.COMMITTEE


@findings.get(BASE, endpoint="findings")
@access(Permission.READ_INSPECTION)
def list_findings(dnr: str) -> Page:
    inspection = open_case(dnr)
    return _list(inspection)


@findings.post(f"{BASE}/propose")
@access(Permission.WRITE_LETTER)
def propose(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    made = propose_findings(db(), actor=current_actor(), inspection=inspection, now=now())
    if made:
        text = ngettext("%(num)s finding is proposed.", "%(num)s findings are proposed.", len(made))
        flash(f"{text} {_('Look at each: change it, keep it or remove it.')}", "success")
    else:
        flash(_("There is nothing new to propose. The findings you have are left as they are."), "info")
    return redirect(url_for("findings.findings", dnr=dnr), 303)


@findings.route(f"{BASE}/add", methods=["GET", "POST"])
@access(Permission.WRITE_LETTER)
def add(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    form = _form(inspection)
    if not form.is_submitted():
        return _form_page(inspection, form)
    if form.validate_on_submit():
        try:
            add_finding(
                db(), actor=current_actor(), inspection=inspection, values=form.values(None), now=now()
            )
        except TillsynError as fault:
            put_at_field(form, fault, "title")
        else:
            flash(_("The finding is added."), "success")
            return redirect(url_for("findings.findings", dnr=dnr), 303)
    return _form_page(inspection, form), 422


@findings.route(f"{BASE}/<uuid:finding_id>", methods=["GET", "POST"])
@access(Permission.WRITE_LETTER)
def edit(dnr: str, finding_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    finding = find_finding(db(), inspection, finding_id)
    form = _form(inspection, finding)
    if not form.is_submitted():
        return _form_page(inspection, form, finding)
    if not form.validate_on_submit():
        return _form_page(inspection, form, finding), 422
    try:
        edit_finding(
            db(), actor=current_actor(), inspection=inspection, finding_id=finding_id,
            version=_version(form.version.data), values=form.values(finding.theme), now=now(),
        )  # fmt: skip
    except Conflict as conflict:
        form.version.data = str(conflict.version)
        form.version.raw_data = [str(conflict.version)]
        return _form_page(inspection, form, finding, conflict), 409
    except Invalid as fault:
        put_at_field(form, fault, "title")
        return _form_page(inspection, form, finding), 422
    except TillsynError as fault:
        put_at_field(form, fault, "title")
        return _form_page(inspection, form, finding), 409
    flash(_("The finding is saved."), "success")
    return redirect(url_for("findings.findings", dnr=dnr, _anchor=str(finding_id)), 303)


@findings.post(f"{BASE}/<uuid:finding_id>/remove")
@access(Permission.WRITE_LETTER)
def remove(dnr: str, finding_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.WRITE_LETTER)
    remove_finding(db(), actor=current_actor(), inspection=inspection, finding_id=finding_id, now=now())
    flash(_("The finding is removed. Bring the letter up to date when you are ready."), "success")
    return redirect(url_for("findings.findings", dnr=dnr), 303)


def _version(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _form(inspection: Inspection, finding: Finding | None = None) -> FindingForm:
    form = FindingForm(obj=finding)
    form.offer(load_pack(inspection.pack))
    if finding is not None and request.method == "GET":
        form.level.data = str(finding.level)
        form.requirement.data = finding.requirement or ""
    return form


def why_locked(
    inspection: Inspection, letter: Letter | None, kind: LetterKind = LetterKind.FEEDBACK
) -> str | None:
    """Why findings and letter cannot be changed by this person now; None when they can."""
    try:
        may_write(current_actor(), inspection, letter, kind)
    except TillsynError as fault:
        return message(fault)
    return None


def _list(inspection: Inspection) -> str:
    pack = load_pack(inspection.pack)
    book = EvidenceBook(inspection, pack)
    labels = book.labels()
    proposed = Phrases(load_letter_wording(pack.id)).proposed_saw()
    cards = [
        FindingCard(
            finding=one,
            level=level_name(pack.id, one.level),
            area=pack.area(one.area).name.in_language(current_language()),
            evidence=book.lines(
                [labels[link.statement_id] for link in one.evidence]
                + ([one.requirement] if one.requirement else [])
            ),
            missing=_missing(one, proposed),
        )
        for one in find_findings(db(), inspection)
    ]
    groups = [
        (_("Works well"), [card for card in cards if card.finding.kind is FindingKind.STRENGTH]),
        (
            _("Advice – not a requirement"),
            [card for card in cards if card.finding.kind is FindingKind.ADVICE],
        ),
        (_("Deficiencies"), [card for card in cards if card.finding.kind is FindingKind.DEFICIENCY]),
    ]
    return case_page(
        "inspector/findings.html",
        inspection,
        groups=groups,
        any_findings=bool(cards),
        locked=why_locked(inspection, letter_head(db(), inspection)),
    )


def _missing(finding: Finding, proposed: Sequence[str]) -> tuple[str, ...]:
    """The parts of a deficiency that nobody has written. `proposed`: sentences that tell nothing seen."""
    if finding.kind is not FindingKind.DEFICIENCY:
        return ()
    parts = (
        (finding.saw and not is_only(finding.saw, proposed), _("what you saw")),
        (finding.matters, _("why it matters")),
        (finding.proportion, _("why it is proportionate")),
        (finding.achieve, _("what must be achieved")),
        (finding.due_on, _("the day")),
    )
    return tuple(name for written, name in parts if not written)


def _form_page(
    inspection: Inspection,
    form: FindingForm,
    finding: Finding | None = None,
    conflict: Conflict | None = None,
) -> str:
    pack = load_pack(inspection.pack)
    evidence: tuple[EvidenceLine, ...] = ()
    if finding is not None:
        book = EvidenceBook(inspection, pack)
        labels = book.labels()
        names = [labels[link.statement_id] for link in finding.evidence]
        evidence = book.lines(names + ([finding.requirement] if finding.requirement else []))
    return case_page(
        "inspector/finding.html", inspection, form=form, finding=finding, evidence=evidence,
        conflict=conflict, conflict_text=message(conflict) if conflict else None,
        rule=pack.requirement(finding.requirement) if finding and finding.requirement else None,
        note=_note_of(inspection, finding),
    )  # fmt: skip


def _note_of(inspection: Inspection, finding: Finding | None) -> str:
    """What was noted at the check of the finding's requirement: internal, for the writer to use."""
    check = checks_of(db(), inspection).get(finding.requirement or "") if finding else None
    return check.note if check else ""
