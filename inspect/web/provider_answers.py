"""Answering a letter: its points, and the measures of each."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _

from ...models.letter_vocabulary import Stance
from ...models.letters import Answer, Letter
from ..errors import Conflict, Invalid, NotFound, NotPossibleNow
from ..rules.access import Permission
from ..services.answer_letter import save_answer as save_answer_service
from ..services.propose_measure import change_measure as change_measure_service
from ..services.propose_measure import propose_measure
from ..services.propose_measure import remove_measure as remove_measure_service
from ..services.read_letter import find_point
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import member_or_none
from .forms.provider import PointForm
from .language import message
from .letter_page import LetterPage, PointPart
from .provider import Page, letter_of, page_of, provider, show_letter
from .session import current_actor

LOOK_THROUGH = "look_through"
"""The name of the button that saves all and goes on to the page where the answer is sent."""

ATTACH = "attach"
"""The name of the buttons that save all and go on to the page where a file is chosen."""


@provider.route("/letters/<uuid:letter_id>/points/<uuid:finding_id>", methods=["PUT", "POST"])
@access(Permission.ANSWER_LETTERS)
def save_answer(letter_id: UUID, finding_id: UUID) -> Page:
    """Save the answer to one point: by script (PUT, JSON), or as a form, with all else that is typed."""
    if request.method == "PUT":
        return _save_by_script(letter_id, finding_id)
    sent = SentPage.of(letter_id)
    part = sent.part(finding_id)
    sent.keep(but=finding_id)
    if ATTACH not in request.form or part.form.is_touched:
        sent.do(part, lambda: _save(letter_id, finding_id, part.form))
    if part.form.measure_is_begun:
        sent.do(part, lambda: _propose(letter_id, finding_id, part.form))
    if ATTACH in request.form and not sent.faulty:
        return _choose_a_file(letter_id, finding_id)
    return sent.answer(finding_id, _("Your answer is saved. It is not sent yet."))


@provider.post("/letters/<uuid:letter_id>/points")
@access(Permission.ANSWER_LETTERS)
def save_answers(letter_id: UUID) -> Page:
    """Save all that is typed on the page; then back to the letter, or on to look it through."""
    sent = SentPage.of(letter_id)
    sent.keep()
    if LOOK_THROUGH not in request.form:
        return sent.answer(None, _("All that you have written is saved. It is not sent yet."))
    if not sent.faulty:
        return redirect(url_for("provider.send_answers", letter_id=letter_id), 303)
    return sent.answer(None, "")


@provider.post("/letters/<uuid:letter_id>/points/<uuid:finding_id>/measures")
@access(Permission.ANSWER_LETTERS)
def add_measure(letter_id: UUID, finding_id: UUID) -> Page:
    """Add a measure; all else that is typed on the page is saved with it."""
    sent = SentPage.of(letter_id)
    part = sent.part(finding_id)
    sent.keep(but=finding_id)
    if part.form.is_touched:
        sent.do(part, lambda: _save(letter_id, finding_id, part.form))
    sent.do(part, lambda: _propose(letter_id, finding_id, part.form))
    return sent.answer(finding_id, _("The measure is added."))


@provider.post("/letters/<uuid:letter_id>/measures/<uuid:measure_id>")
@access(Permission.ANSWER_LETTERS)
def change_measure(letter_id: UUID, measure_id: UUID) -> Page:
    sent = SentPage.of(letter_id)
    part = sent.part_of_measure(measure_id)
    sent.keep(but=measure_id)
    sent.change(part, measure_id)
    if ATTACH in request.form and not sent.faulty:
        return _choose_a_file(letter_id, part.point.finding.id, measure=measure_id)
    return sent.answer(part.point.finding.id, _("The measure is changed."))


@provider.post("/letters/<uuid:letter_id>/measures/<uuid:measure_id>/remove")
@access(Permission.ANSWER_LETTERS)
def remove_measure(letter_id: UUID, measure_id: UUID) -> Page:
    sent = SentPage.of(letter_id)
    part = sent.part_of_measure(measure_id)
    sent.keep(but=measure_id)
    remove_measure_service(db(), actor=current_actor(), letter_id=letter_id, measure_id=measure_id, now=now())
    return sent.answer(part.point.finding.id, _("The measure is removed."))


@dataclass(slots=True)
class SentPage:
    """The page as it was sent: one form with everything that is typed. All of it is stored, or none.

    Without scripts a point is saved by sending the page: what is typed at other points is saved with it.
    """

    letter: Letter
    page: LetterPage
    conflict: bool = False
    faulty: bool = False

    @classmethod
    def of(cls, letter_id: UUID) -> "SentPage":
        """Raises NotFound."""
        found = letter_of(letter_id)
        return cls(found, page_of(found, typed=True))

    def part(self, finding_id: UUID) -> PointPart:
        part = self.page.part(finding_id)
        if part is None:
            raise NotFound("The letter has no such point.")
        return part

    def part_of_measure(self, measure_id: UUID) -> PointPart:
        part = next((part for part in self.page.parts if measure_id in part.measure_forms), None)
        if part is None:
            raise NotFound("There is no such measure; it may have been removed.")
        return part

    def keep(self, *, but: UUID | None = None) -> None:
        """Store what is typed; not what is at the point or measure `but`."""
        for part in self.page.parts:
            finding_id = part.point.finding.id
            if finding_id != but and part.form.is_touched:
                if _is_changed(part):
                    self.do(part, partial(_save, self.letter.id, finding_id, part.form))
                if part.form.measure_is_begun:
                    self.do(part, partial(_propose, self.letter.id, finding_id, part.form))
            for measure_id, form in part.measure_forms.items():
                if measure_id != but and form.is_touched:
                    self.change(part, measure_id)

    def do(self, part: PointPart, save: Callable[[], object]) -> None:
        """Save at a point, if its form is whole; a fault is put at its field."""
        if part.form.errors or not part.form.validate():
            self.faulty = True
            return
        try:
            save()
        except Conflict as fault:
            part.theirs, part.by = fault.theirs, fault.by
            part.form.version.data = fault.version
            part.form.version.raw_data = None
            part.form.text.errors = [*part.form.text.errors, message(fault)]
            self.faulty = self.conflict = True
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(part.form, fault, "text")
            self.faulty = True
            self.conflict = self.conflict or isinstance(fault, NotPossibleNow)

    def change(self, part: PointPart, measure_id: UUID) -> None:
        form = part.measure_forms[measure_id]
        if not form.validate():
            self.faulty = True
            return
        try:
            change_measure_service(
                db(), actor=current_actor(), letter_id=self.letter.id, measure_id=measure_id, now=now(),
                description=form.description.data or "", owner=form.owner.data or "", due_on=form.due_on.data,
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "description")
            self.faulty = True

    def answer(self, finding_id: UUID | None, said: str) -> Page:
        """Back to the point or the letter; with any fault, the whole page: nothing stored, nothing lost."""
        if not self.faulty:
            flash(said, "success")
            return _back(self.letter.id, finding_id)
        letter_id = self.letter.id
        db().rollback()
        found = letter_of(letter_id)
        again = page_of(found, typed=True)
        for part in again.parts:
            sent = self.page.part(part.point.finding.id)
            if sent is not None:
                part.form, part.theirs, part.by = sent.form, sent.theirs, sent.by
                part.measure_forms |= {
                    one: form for one, form in sent.measure_forms.items() if one in part.measure_forms
                }
        return show_letter(found, again), 409 if self.conflict else 422


def _choose_a_file(letter_id: UUID, finding_id: UUID, measure: UUID | None = None) -> Page:
    address = url_for("portal.add_file", letter_id=letter_id, finding_id=finding_id, measure=measure)
    return redirect(address, 303)


def _back(letter_id: UUID, finding_id: UUID | None) -> Page:
    values: dict[str, Any] = {"in": request.args["in"]} if "in" in request.args else {}
    place = f"point-{finding_id.hex}" if finding_id else None
    address = url_for("provider.letter", letter_id=letter_id, _anchor=place, **values)
    return redirect(address, 303)


def _save_by_script(letter_id: UUID, finding_id: UUID) -> Page:
    """Only what changed is sent; the rest stays as it is stored."""
    point = find_point(db(), letter_of(letter_id), finding_id)
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict) or not isinstance(sent.get("fields"), dict):
        raise Invalid("The request could not be understood")
    fields, version = sent["fields"], sent.get("version")
    stance = fields.get("stance", point.stance.value if point.stance else None)
    saved = save_answer_service(
        db(), actor=current_actor(), letter_id=letter_id, finding_id=finding_id, now=now(),
        version=version if isinstance(version, int) else 0,
        stance=_stance(stance), text=str(fields.get("text", point.text) or ""),
    )  # fmt: skip
    return jsonify(version=saved.version, saved_at=now().isoformat()), 200


def _stance(value: object) -> Stance | None:
    chosen = member_or_none(Stance, str(value) if value else None)
    return Stance(chosen) if chosen else None


def _save(letter_id: UUID, finding_id: UUID, form: PointForm) -> Answer:
    return save_answer_service(
        db(), actor=current_actor(), letter_id=letter_id, finding_id=finding_id, now=now(),
        version=form.version.data or 0, stance=_stance(form.stance.data), text=form.text.data or "",
    )  # fmt: skip


def _is_changed(part: PointPart) -> bool:
    typed = (part.form.text.data or "").strip().replace("\r\n", "\n")
    stored = part.point.text.replace("\r\n", "\n")
    return (_stance(part.form.stance.data), typed) != (part.point.stance, stored)


def _propose(letter_id: UUID, finding_id: UUID, form: PointForm) -> None:
    propose_measure(
        db(), actor=current_actor(), letter_id=letter_id, finding_id=finding_id, now=now(),
        description=form.description.data or "", owner=form.owner.data or "", due_on=form.due_on.data,
    )  # fmt: skip
