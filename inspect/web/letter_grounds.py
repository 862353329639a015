"""What a letter rests on: tie a paragraph to evidence, and answer for what the letter lacks."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.letter_history import ObstacleAnswer
from ...models.letters import Letter, Paragraph
from ..errors import Conflict, Invalid, TillsynError
from ..rules.access import Permission
from ..rules.letter_gaps import Gap, GapKind, gap_obstacles, without_evidence
from ..services.answer_obstacle import answer_obstacle, find_gap, find_obstacle_answer
from ..services.edit_paragraph import is_fixed
from ..services.find_gaps import gap_names
from ..services.find_letter import name_of, paragraph_of, the_letter
from ..services.tie_paragraph import Choices, choices_for, tie_paragraph
from .access import access
from .case import case_page, open_case
from .case_frame import show
from .database import db, now
from .evidence_links import EvidenceBook, EvidenceLine
from .findings import why_locked
from .forms.faults import put_at_field
from .forms.letters import GapForm, TieForm, number_in
from .language import say
from .letter_cards import place_of
from .letters import PARAGRAPH, Page, letter_kind, of_every_kind
from .session import current_actor


@of_every_kind(f"{PARAGRAPH}/evidence", methods=["GET", "POST"])
@access(Permission.READ_INSPECTION)
def evidence(dnr: str, paragraph_id: UUID) -> Page:
    """What the paragraph rests on, and for its writers: choose among the evidence of the case."""
    inspection = open_case(
        dnr, Permission.WRITE_LETTER if request.method == "POST" else Permission.READ_INSPECTION
    )
    letter = the_letter(db(), inspection, letter_kind())
    paragraph = paragraph_of(letter, paragraph_id)
    choices = choices_for(db(), inspection, paragraph)
    book = EvidenceBook(inspection, load_pack(inspection.pack))
    reads = request.method == "GET"
    form = TieForm(formdata=None, chosen=paragraph.tied, version=paragraph.version) if reads else TieForm()
    form.chosen.choices = [(name, name) for name in choices.names]
    if not reads and form.validate():
        try:
            saved = tie_paragraph(
                db(), actor=current_actor(), inspection=inspection, paragraph_id=paragraph_id,
                version=number_in(form.version.data),
                chosen=form.chosen.data or [], now=now(), kind=letter_kind(),
            )  # fmt: skip
        except Conflict as fault:
            put_at_field(form, fault, "chosen")
            form.version.data = str(fault.version)
        else:
            flash(_("The paragraph is tied to what you chose."), "success")
            anchor = f"paragraph-{paragraph_id}"
            return redirect(url_for("letters.editor", dnr=dnr, language=saved.language, _anchor=anchor), 303)
    page = case_page(
        "inspector/letter_evidence.html",
        inspection,
        paragraph=paragraph,
        form=form,
        offers=_offers(inspection, book, choices),
        composed=book.lines(paragraph.evidence),
        tied=book.lines(paragraph.tied),
        bare=without_evidence(paragraph),
        locked=_locked(inspection, letter, paragraph),
    )
    return (page, 422) if form.errors else page


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be chosen in one area; `near`: it is the one that the paragraph is about."""

    name: str
    lines: tuple[EvidenceLine, ...]
    near: bool


def _offers(inspection: Inspection, book: EvidenceBook, choices: Choices) -> list[Offer]:
    """By area, that of the paragraph first."""
    pack = load_pack(inspection.pack)
    made = [
        Offer(say(pack.area(area).name) if area else _("No area"), book.lines(names), area == choices.area)
        for area, names in choices.by_area.items()
    ]
    return sorted(made, key=lambda one: not one.near)


def _locked(inspection: Inspection, letter: Letter, paragraph: Paragraph) -> str | None:
    if is_fixed(paragraph):
        return _("This follows from the finding or the weighing. Change it there.")
    return why_locked(inspection, letter, letter_kind())


@of_every_kind("/missing/<missing>", methods=["GET", "POST"])
@access(Permission.READ_INSPECTION)
def gap(dnr: str, missing: str) -> Page:
    """One thing that the letter lacks: where it is mended, and why it may be so."""
    inspection = open_case(
        dnr, Permission.WRITE_LETTER if request.method == "POST" else Permission.READ_INSPECTION
    )
    letter = the_letter(db(), inspection, letter_kind())
    found = find_gap(db(), inspection, letter, missing)
    answer = find_obstacle_answer(db(), letter, missing)
    form, theirs = GapForm(), None
    if request.method == "GET":
        form = GapForm(
            formdata=None,
            reason=answer.reason if answer else "",
            version=str(answer.version if answer else 0),
        )
    elif form.validate():
        try:
            answer_obstacle(
                db(), actor=current_actor(), inspection=inspection, key=missing,
                version=number_in(form.version.data), reason=form.reason.data or "", now=now(),
                kind=letter_kind(),
            )  # fmt: skip
        except (Invalid, Conflict) as fault:
            put_at_field(form, fault, "reason")
            theirs = _theirs(form, fault)
        else:
            flash(_("Your answer is kept. The reviewer reads it."), "success")
            return redirect(url_for("letters.editor", dnr=dnr), 303)
    page = _gap_page(inspection, letter, found, answer, form, theirs)
    return (page, 422) if form.errors else page


def _theirs(form: GapForm, fault: TillsynError) -> str | None:
    if not isinstance(fault, Conflict):
        return None
    form.version.data = str(fault.version)
    return str(fault.theirs.get("reason", ""))


def _gap_page(
    inspection: Inspection, letter: Letter, missing: Gap, answer: ObstacleAnswer | None, form: GapForm,
    theirs: str | None,
) -> str:  # fmt: skip
    (obstacle,) = gap_obstacles([missing], gap_names(inspection, [missing]))
    return case_page(
        "inspector/letter_gap.html",
        inspection,
        missing=missing,
        what=show(obstacle.reason),
        place=place_of(inspection, obstacle),
        tie=url_for("letters.evidence", dnr=inspection.dnr, paragraph_id=missing.paragraph_id)
        if missing.kind is GapKind.SENTENCE
        else "",
        form=form,
        theirs=theirs,
        answer=answer,
        by=name_of(db(), answer.by_id) if answer else "",
        locked=why_locked(inspection, letter, letter_kind()),
    )
