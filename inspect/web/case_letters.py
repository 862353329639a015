"""All letters of a case: what each is for, how far it has come, what it waits for, and sending it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _

from ...models.inspections import Inspection
from ...models.letter_vocabulary import GivenWay, LetterKind, LetterState
from ...models.letters import ChildLetterGiven, Letter
from ..errors import Invalid, NotPossibleNow
from ..rules.access import Permission, may
from ..rules.child_letters import HeardChild
from ..rules.letter_kinds import FOR_CHILDREN_KINDS, KINDS, KindOfLetter
from ..services.children_to_answer import (
    children_heard,
    children_without_letter,
    letters_given,
    note_child_letter,
)
from ..services.copy_letter import CopySent, copies_sent
from ..services.find_letter import name_of
from ..services.issue_letter import issue_letter
from ..services.letter_files import FORMATS
from ..services.list_case_letters import CaseLetter, list_case_letters
from ..services.route_to_committees import points_of
from ..services.send_letter import send_letter
from ..services.unverified_words import UNVERIFIED, unverified_languages
from .access import access
from .addresses import address_of
from .case import case_page, facts_of, open_case
from .case_frame import show
from .copies import CopyPart, copy_part
from .database import db, now
from .forms.case_letters import CopyForm, GivenForm, SendLetterForm
from .forms.faults import put_at_field
from .fresh_sign_in import fresh_sign_in
from .language import label
from .letter_cards import STATE_KINDS, state_of
from .letters import LANGUAGE_NAMES, Page, letter_kind, not_sent, of_every_kind
from .session import current_actor, settings
from .ways_in import provider_to_invite

case_letters = Blueprint("case_letters", __name__)


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One kind of letter. `waits`: why it is not made now.

    `not_sent`: why it does not leave now, None when it can be sent from here. `files`: per language its name
    and the addresses of its files. `unverified`: the languages whose words nobody has verified.
    `copy`: the copy of it to the municipality, None when nobody gets one or it is not sent.
    `to_route`: points wait for somebody to say which committee they go to.
    """

    kind: KindOfLetter
    letter: Letter | None
    state_text: str
    state_kind: str
    since: datetime | None
    waits: str | None
    may_compose: bool
    not_sent: str | None
    files: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]
    unverified: Collection[str]
    sent: Sequence[tuple[int, datetime, str]]
    copy: CopyPart | None
    to_route: bool

    @property
    def is_now(self) -> bool:
        """Whether there is something to do with it, or it is there."""
        return self.letter is not None or self.waits is None

    @property
    def title(self) -> str:
        return label(self.kind.kind)


@dataclass(frozen=True, slots=True)
class ChildLine:
    """A child who was heard, by pseudonym; `letter`: what answers it, "" while nothing does."""

    child: HeardChild
    letter: str
    given: Sequence[tuple[ChildLetterGiven, str]]
    form: GivenForm | None
    is_sent: bool


@case_letters.get("/inspections/<dnr>/letters")
@access(Permission.READ_INSPECTION)
def letters(dnr: str) -> str:
    return page_of_letters(open_case(dnr))


@of_every_kind("/send", methods=["POST"])
@access(Permission.LEAD_INSPECTION)
@fresh_sign_in
def send(dnr: str) -> Page:
    """Send an approved letter, or issue one that is not reviewed."""
    inspection = open_case(dnr, Permission.LEAD_INSPECTION)
    kind = letter_kind()
    form = SendLetterForm()
    if not KINDS[kind].reviewed:
        issue_letter(
            db(), actor=current_actor(), inspection=inspection, kind=kind, authority=settings().authority,
            now=now(),
        )  # fmt: skip
    elif not form.validate():
        return page_of_letters(inspection, sending=form), 422
    else:
        try:
            send_letter(
                db(), actor=current_actor(), inspection=inspection, authority=settings().authority, now=now(),
                kind=kind, without_child_letter=form.without_child_letter.data or "",
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "without_child_letter")
            return page_of_letters(inspection, sending=form), 422 if isinstance(fault, Invalid) else 409
    flash(_said(kind), "success")
    if kind is LetterKind.FEEDBACK:
        return redirect(url_for("letters.editor", dnr=dnr), 303)
    if kind is LetterKind.COMMITTEE:
        return redirect(url_for("case_letters.of_case", dnr=dnr, _anchor="letter"), 303)
    return redirect(url_for("case_letters.letters", dnr=dnr, _anchor=f"letter-{kind.value}"), 303)


def _said(kind: LetterKind) -> str:
    if kind is LetterKind.COMMITTEE:
        return _("The letters are ready. Send one to each committee, and note it here when it is done.")
    if kind is LetterKind.FEEDBACK:
        return _("The letter is sent. The provider can read and answer it now.")
    if KINDS[kind].for_provider:
        return _("The letter is sent. The provider can read it now.")
    return _("The letter is issued. Print it or send it to those it is for.")


@case_letters.post("/inspections/<dnr>/letters/given/<uuid:resident_id>")
@access(Permission.RECORD_IN_INSPECTION)
def note_given(dnr: str, resident_id: UUID) -> Page:
    """Note how a child got its letter."""
    inspection = open_case(dnr, Permission.RECORD_IN_INSPECTION)
    form = GivenForm(request.form, prefix=_prefix(resident_id))
    if form.validate() and form.given_on.data is not None:
        try:
            note_child_letter(
                db(), actor=current_actor(), inspection=inspection, resident_id=resident_id,
                way=GivenWay(form.way.data), given_on=form.given_on.data, now=now(),
            )  # fmt: skip
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault, "given_on")
        else:
            flash(_("It is noted how the letter was given."), "success")
            return redirect(url_for("case_letters.letters", dnr=dnr, _anchor="children"), 303)
    return page_of_letters(inspection, noting=(resident_id, form)), 422


def _prefix(resident_id: UUID) -> str:
    return f"g{resident_id.hex}-"


def page_of_letters(
    inspection: Inspection,
    *,
    sending: SendLetterForm | None = None,
    noting: tuple[UUID, GivenForm] | None = None,
    copying: tuple[LetterKind, CopyForm] | None = None,
) -> str:
    sending = sending or SendLetterForm(formdata=None)
    sending.without_child_letter.flags.asked = True
    found = list_case_letters(db(), inspection, facts_of(inspection), now=now())
    copies = copies_sent(db(), inspection)
    lines = [_line(inspection, one, copies, copying) for one in found]
    left = children_without_letter(db(), inspection)
    states = {one.row.kind: one.letter.state for one in found if one.letter}
    return case_page(
        "inspector/letters.html",
        inspection,
        now_lines=[line for line in lines if line.is_now],
        other_lines=[line for line in lines if not line.is_now],
        children=_children(inspection, states, noting),
        without_letter=left,
        unverified_says=UNVERIFIED,
        send_form=sending,
        copy_form=copying[1] if copying else None,
        to_invite=provider_to_invite(inspection),
        feedback_ready=states.get(LetterKind.FEEDBACK) is LetterState.APPROVED,
        without_reason=next(
            (
                one.letter.without_child_letter
                for one in found
                if one.letter and one.letter.without_child_letter
            ),
            "",
        ),
    )


def _line(
    inspection: Inspection,
    one: CaseLetter,
    copies: Mapping[str, Sequence[CopySent]],
    copying: tuple[LetterKind, CopyForm] | None,
) -> LetterLine:
    letter, row = one.letter, one.row
    state, since = state_of(letter) if letter else (_("Not written"), None)
    if letter and letter.state is LetterState.SENT and not row.for_provider:
        state = _("Issued")
    may_write = may(current_actor(), Permission.WRITE_LETTER, inspection)
    again = letter is not None and letter.state is LetterState.SENT and row.again and not row.rides_on
    return LetterLine(
        kind=row,
        letter=letter,
        state_text=state,
        state_kind=STATE_KINDS[letter.state] if letter else "neutral",
        since=since,
        waits=show(one.why_not_yet) if one.why_not_yet else None,
        may_compose=may_write and one.why_not_yet is None and (letter is None or again),
        not_sent=not_sent(inspection, letter) if letter and letter.state is not LetterState.SENT else None,
        files=_files(inspection.dnr, row) if letter else (),
        unverified=unverified_languages(inspection.pack, row.kind),
        sent=one.sent,
        copy=copy_part(inspection, one, copies, copying[1] if copying and copying[0] is row.kind else None),
        to_route=row.kind is LetterKind.COMMITTEE and bool(points_of(db(), inspection)),
    )


def _files(dnr: str, row: KindOfLetter) -> tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]:
    return tuple(
        (
            language,
            LANGUAGE_NAMES[language],
            tuple(
                (
                    form.upper(),
                    address_of(
                        "letters.file", dnr=dnr, kind=row.kind.value, letter_language=language, form=form
                    ),
                )
                for form in FORMATS
            ),
        )
        for language in row.languages
    )


def _children(
    inspection: Inspection, states: dict[LetterKind, LetterState], noting: tuple[UUID, GivenForm] | None
) -> list[ChildLine]:
    """The children who were heard; none before there is a letter to any of them, or to the provider."""
    if not any(kind in states for kind in (*FOR_CHILDREN_KINDS, LetterKind.FEEDBACK)):
        return []
    given = letters_given(db(), inspection)
    may_note = may(current_actor(), Permission.RECORD_IN_INSPECTION, inspection)
    lines = []
    for child in children_heard(db(), inspection):
        kind = next((one for one in child.kinds if one in states), None)
        sent = kind is not None and states[kind] is LetterState.SENT
        form = None
        if may_note:
            typed = noting is not None and noting[0] == child.resident_id
            form = (
                noting[1] if noting and typed else GivenForm(formdata=None, prefix=_prefix(child.resident_id))
            )
            if not sent:
                form.way.choices = [(GivenWay.NOT_WANTED.value, label(GivenWay.NOT_WANTED))]
        said = [(one, name_of(db(), one.by_id)) for one in given.get(child.resident_id, ())]
        lines.append(ChildLine(child, label(kind) if kind else "", said, form, sent))
    return lines


from . import committees  # noqa: E402, F401 - its views belong to this blueprint
