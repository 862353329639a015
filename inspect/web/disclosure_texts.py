"""Mask one text of a request, word by word if need be, and assess it. Everything works without a script."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as Answer

from ...models.inspections import Inspection
from ...models.letter_vocabulary import MarkKind
from ...models.openness import DisclosureMask, DisclosureRequest, DisclosureText
from ...models.openness_words import AskState, Assessed, Ground
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound, NotPossibleNow
from ..rules.access import Permission
from ..rules.masking import sentences_of, words_of
from ..rules.openness import USUAL, WEIGHED, WHOSE, choices_for, is_always_shown
from ..services.assess_text import assess_text
from ..services.disclosure_papers import going_out
from ..services.find_disclosure import find_disclosure, proposed, standing, text_of
from ..services.find_letter import name_of
from ..services.mask_text import mask_passages, settle_proposals, take_mask_away
from ..services.who_said import is_own_child, who_said
from .access import access
from .case import case_page, open_case
from .database import db, now
from .disclosure_choices import words_of_authority
from .disclosures import ONE, disclosures
from .forms.faults import put_at_field
from .forms.fields import choices, member_or_none
from .forms.openness import AssessForm, GroundedForm, MaskForm, ProposalsForm, WordsForm
from .language import label
from .mask_lines import around, marked
from .session import current_actor

Page = str | Answer | tuple[str, int]
TEXT = f"{ONE}/texts/<uuid:text_id>"
TICKED = frozenset({MarkKind.ROSTER, MarkKind.IDENTIFIER, MarkKind.NAME})
"""What names somebody is ticked beforehand: a mistake tells too little then, never who somebody is."""


@dataclass(frozen=True, slots=True)
class MaskLine:
    """A mask that stands, as the page lists it."""

    mask: DisclosureMask
    words: str
    by: str


@disclosures.get(TEXT)
@access(Permission.READ_INSPECTION)
def text(dnr: str, disclosure_id: UUID, text_id: UUID) -> Page:
    return _text(open_case(dnr), disclosure_id, text_id)


@disclosures.post(f"{TEXT}/proposals")
@access(Permission.DISCLOSE)
def settle(dnr: str, disclosure_id: UUID, text_id: UUID) -> Page:
    form = ProposalsForm()

    def save(inspection: Inspection) -> str:
        number = settle_proposals(
            db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id, text_id=text_id,
            shown=_ids((form.shown.data or "").split(",")), to_mask=_ids(form.masks.data),
            ground=_ground(form), reason=form.reason.data or "", now=now(),
        )  # fmt: skip
        return ngettext("%(num)s place is masked.", "%(num)s places are masked.", number)

    return _saved(dnr, disclosure_id, text_id, form, "masks", save)


@disclosures.post(f"{TEXT}/masks")
@access(Permission.DISCLOSE)
def mask(dnr: str, disclosure_id: UUID, text_id: UUID) -> Page:
    form = MaskForm()

    def save(inspection: Inspection) -> str:
        return _masked(inspection, disclosure_id, text_id, form, form.words.data or "", form.sentences.data)

    return _saved(dnr, disclosure_id, text_id, form, "words", save)


@disclosures.get(f"{TEXT}/sentences/<int:number>")
@access(Permission.READ_INSPECTION)
def sentence(dnr: str, disclosure_id: UUID, text_id: UUID, number: int) -> Page:
    """One sentence word by word, each word with its number."""
    return _sentence(open_case(dnr), disclosure_id, text_id, number)


@disclosures.post(f"{TEXT}/sentences/<int:number>")
@access(Permission.DISCLOSE)
def mask_words(dnr: str, disclosure_id: UUID, text_id: UUID, number: int) -> Page:
    inspection, form = open_case(dnr, Permission.DISCLOSE), WordsForm()
    if form.validate():
        try:
            said = _masked(inspection, disclosure_id, text_id, form, "", (), form.numbers.data)
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "numbers")
        else:
            flash(said, "success")
            return redirect(_address(inspection, disclosure_id, text_id), 303)
    return _sentence(inspection, disclosure_id, text_id, number, form), 422


@disclosures.post(f"{TEXT}/masks/<uuid:mask_id>/remove")
@access(Permission.DISCLOSE)
def unmask(dnr: str, disclosure_id: UUID, text_id: UUID, mask_id: UUID) -> Answer:
    inspection = open_case(dnr, Permission.DISCLOSE)
    take_mask_away(
        db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id, text_id=text_id,
        mask_id=mask_id, now=now(),
    )  # fmt: skip
    flash(_("The mask is taken away."), "success")
    return redirect(_address(inspection, disclosure_id, text_id), 303)


@disclosures.post(f"{TEXT}/assess")
@access(Permission.DISCLOSE)
def assess(dnr: str, disclosure_id: UUID, text_id: UUID) -> Page:
    form = AssessForm()

    def save(inspection: Inspection) -> str:
        assess_text(
            db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id, text_id=text_id,
            assessed=Assessed(form.assessed.data), ground=_ground(form), reason=form.reason.data or "",
            now=now(),
        )  # fmt: skip
        return _("What goes out of this text is decided.")

    return _saved(dnr, disclosure_id, text_id, form, "assessed", save)


def _masked(
    inspection: Inspection,
    disclosure_id: UUID,
    text_id: UUID,
    form: GroundedForm,
    words: str,
    sentences: object,
    numbers: object = (),
) -> str:
    ground = _ground(form)
    if ground is None:
        raise Invalid(N_("Choose the section that the masks rest on."), {"field": "ground"})
    number = mask_passages(
        db(), actor=current_actor(), inspection=inspection, disclosure_id=disclosure_id, text_id=text_id,
        ground=ground, reason=form.reason.data or "", words=words,
        sentence_numbers=set(sentences or ()), word_numbers=set(numbers or ()), now=now(),  # type: ignore[call-overload]
    )  # fmt: skip
    return ngettext("%(num)s place is masked.", "%(num)s places are masked.", number)


def _saved(
    dnr: str,
    disclosure_id: UUID,
    text_id: UUID,
    form: FlaskForm,
    otherwise: str,
    save: Callable[[Inspection], str],
) -> Page:
    inspection = open_case(dnr, Permission.DISCLOSE)
    if form.validate():
        try:
            said = save(inspection)
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, otherwise)
        else:
            flash(said, "success")
            return redirect(_address(inspection, disclosure_id, text_id), 303)
    return _text(inspection, disclosure_id, text_id, form), 422


def _text(inspection: Inspection, disclosure_id: UUID, text_id: UUID, typed: FlaskForm | None = None) -> str:
    request, one = _found(inspection, disclosure_id, text_id)
    said, usual = one.text, USUAL[request.kind].value
    waiting = proposed(one)
    ids = [str(mask.id) for mask in waiting]
    ticked = [str(mask.id) for mask in waiting if mask.found in TICKED]
    forms: dict[str, FlaskForm] = {
        "proposals": ProposalsForm(formdata=None, ground=usual, shown=",".join(ids), masks=ticked),
        "mask": MaskForm(formdata=None, ground=usual),
        "assess": AssessForm(
            formdata=None, ground=one.ground.value if one.ground else usual, reason=one.reason,
            assessed=one.assessed.value if one.assessed else None,
        ),
    }  # fmt: skip
    for name, blank in forms.items():
        if typed is not None and type(typed) is type(blank):
            forms[name] = typed
        _own_ids(forms[name], name)
    sentences = sentences_of(said)
    proposals, by_hand, to_assess = forms["proposals"], forms["mask"], forms["assess"]
    if isinstance(proposals, ProposalsForm):
        proposals.shown.data = ",".join(ids)
        proposals.masks.choices = choices((str(mask.id), around(said, mask)) for mask in waiting)
    if isinstance(by_hand, MaskForm):
        by_hand.sentences.choices = choices((str(piece.number), marked(one, piece)) for piece in sentences)
    if isinstance(to_assess, AssessForm):
        to_assess.assessed.choices = choices((each.value, label(each)) for each in choices_for(one.kind))
    order = list(request.texts)
    at = order.index(one)
    return case_page(
        "openness/text.html",
        inspection,
        asking=request,
        text=one,
        number=at + 1,
        count=len(order),
        next=next((other for other in order[at + 1 :] + order[:at] if other.assessed is None), None),
        weighed=WEIGHED[request.kind],
        shown_always=is_always_shown(request.kind, one.kind),
        is_open=request.state is AskState.ASSESSED,
        waiting=waiting,
        forms=forms,
        typed=typed,
        sentences=sentences,
        masks=[
            MaskLine(mask, said[mask.start : mask.end], name_of(db(), mask.by_id)) for mask in standing(one)
        ],
        goes_out=going_out(one, words_of_authority(), _("the copy")),
        source=who_said(db(), one),
        whose=WHOSE.get(is_own_child(db(), request, one)),
    )


def _sentence(
    inspection: Inspection, disclosure_id: UUID, text_id: UUID, number: int, typed: WordsForm | None = None
) -> str:
    request, one = _found(inspection, disclosure_id, text_id)
    said = one.text
    piece = next((piece for piece in sentences_of(said) if piece.number == number), None)
    if piece is None:
        raise NotFound(N_("There is no such sentence in this text."))
    form = typed or WordsForm(formdata=None, ground=USUAL[request.kind].value)
    within = [word for word in words_of(said) if piece.start <= word.start and word.end <= piece.end]
    form.numbers.choices = choices((str(word.number), marked(one, word)) for word in within)
    return case_page(
        "openness/words.html",
        inspection,
        asking=request,
        text=one,
        form=form,
        number=number,
        sentence=said[piece.start : piece.end],
        is_open=request.state is AskState.ASSESSED and not is_always_shown(request.kind, one.kind),
    )


def _found(
    inspection: Inspection, disclosure_id: UUID, text_id: UUID
) -> tuple[DisclosureRequest, DisclosureText]:
    request = find_disclosure(db(), inspection, disclosure_id)
    return request, text_of(request, text_id)


def _own_ids(form: FlaskForm, name: str) -> None:
    """Three forms on a page: each field has an id of its own."""
    for field in form:
        if field.name != "csrf_token":
            field.id = field.label.field_id = f"{name}-{field.name}"


def _ground(form: GroundedForm) -> Ground | None:
    return member_or_none(Ground, form.ground.data)


def _ids(values: list[str] | None) -> list[UUID]:
    made = []
    for value in values or ():
        try:
            made.append(UUID(value))
        except ValueError:
            continue
    return made


def _address(inspection: Inspection, disclosure_id: UUID, text_id: UUID) -> str:
    return url_for("disclosures.text", dnr=inspection.dnr, disclosure_id=disclosure_id, text_id=text_id)
