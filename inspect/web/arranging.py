"""What both sides do about a meeting, each on its own page: times, agenda, and what they say of the note."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from ...models.decisions import DialogueMeeting
from ...models.dialogue import AgendaItem, MeetingConfirmation, MeetingTime
from ...models.inspections import Inspection
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound, NotPossibleNow, TillsynError
from ..services.arrange_meeting import agree_time, open_times, propose_times, withdraw_time
from ..services.both_sides import SPEAKS_NOT, only_helps, why_not_arrange
from ..services.confirm_note import confirm_note, confirmations, is_confirmed, share_note
from ..services.find_letter import name_of
from ..services.note_dialogue import list_meetings
from ..services.set_agenda import add_to_agenda, agenda, open_questions, remove_from_agenda
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import choices
from .forms.meetings import AgendaForm, RemarkForm, TimesForm
from .forms.together import Together
from .language import message
from .session import current_actor


@dataclass(slots=True)
class NotedMeeting:
    """A meeting that has been held: its note, the matters it took up, and what the sides say of the note."""

    meeting: DialogueMeeting
    by: str
    items: tuple[AgendaItem, ...]
    said: tuple[tuple[MeetingConfirmation, str], ...]
    is_confirmed: bool
    days_until_noted: int
    form: RemarkForm

    def has_confirmed(self, *, by_provider: bool) -> bool:
        last = [one.agrees for one, _who in self.said if one.by_provider is by_provider]
        return bool(last) and last[-1]


@dataclass(slots=True)
class Arranging:
    """All that a page about the meetings of a case shows."""

    times: tuple[MeetingTime, ...]
    agreed: MeetingTime | None
    items: tuple[AgendaItem, ...]
    noted: tuple[NotedMeeting, ...]
    times_form: TimesForm
    agenda_form: AgendaForm
    refusal: str
    """Why nothing can be arranged now, in words; "" when it can."""
    speaks_not: str
    """Why the reader agrees to no time and confirms no note; "" when they do."""

    @property
    def together(self) -> Together:
        return Together((self.times_form, self.agenda_form, *(one.form for one in self.noted)))


def arranging(inspection: Inspection, *, for_provider: bool) -> Arranging:
    """What stands about the meetings; forms as they were sent with this request, when they were."""
    typed = request.form if request.method == "POST" else None
    held = list_meetings(db(), inspection)
    times = tuple(one for one in open_times(db(), inspection) if one.starts_at > now())
    refused = why_not_arrange(db(), current_actor(), inspection)
    questions = () if for_provider else open_questions(db(), inspection)
    form = AgendaForm(formdata=typed, prefix="g-")
    form.questions.choices = choices((one.key, one.text) for one in questions)
    return Arranging(
        times=times,
        agreed=next((one for one in times if one.agreed_at is not None), None),
        items=tuple(agenda(db(), inspection)),
        noted=tuple(_noted(inspection, one) for one in held if one.shared_at is not None or not for_provider),
        times_form=TimesForm(formdata=typed, prefix="t-"),
        agenda_form=form,
        refusal=message(refused) if refused is not None else "",
        speaks_not=_(SPEAKS_NOT) if only_helps(current_actor(), inspection) else "",
    )


def _noted(inspection: Inspection, meeting: DialogueMeeting) -> NotedMeeting:
    said = tuple(confirmations(db(), meeting))
    return NotedMeeting(
        meeting=meeting,
        by=name_of(db(), meeting.by_id),
        items=tuple(agenda(db(), inspection, meeting_id=meeting.id)),
        said=tuple((one, name_of(db(), one.by_id)) for one in said),
        is_confirmed=is_confirmed(said),
        days_until_noted=(meeting.noted_at - meeting.held_at).days,
        form=RemarkForm(
            formdata=request.form if request.method == "POST" else None, prefix=f"m{meeting.id.hex}-"
        ),
    )


def act(inspection: Inspection, page: Arranging) -> str:
    """Do what the button asks (`what`, and `id` of what it is about); "" when it was refused at a field.

    The forms of `page` are those that were sent. Raises NotAllowed, NotFound.
    """
    deeds: dict[str, Callable[[Inspection, Arranging], str]] = {
        "propose": _propose, "agree": _agree, "withdraw": _withdraw, "add": _add, "remove": _remove,
        "share": _share, "confirm": _confirm, "otherwise": _otherwise,
    }  # fmt: skip
    deed = deeds.get(request.form.get("what", ""))
    if deed is None:
        _put(page, Invalid(N_("Choose what you want to do, and send again.")))
        return ""
    form = {"propose": page.times_form, "add": page.agenda_form}.get(request.form["what"])
    if form is not None and not form.validate():
        return ""
    try:
        with db().begin_nested():
            return deed(inspection, page)
    except (Invalid, NotPossibleNow) as fault:
        _put(page, fault)
        return ""


def _put(page: Arranging, fault: TillsynError) -> None:
    """A fault stands at the form it came from."""
    what = request.form.get("what")
    remark = next((one.form for one in page.noted if request.form.get("id") == str(one.meeting.id)), None)
    if what == "add":
        put_at_field(page.agenda_form, fault, "text")
    elif what == "otherwise" and remark is not None:
        put_at_field(remark, fault, "remark")
    elif fault.values.get("field") == "times":
        page.times_form.first_day.errors = [*page.times_form.first_day.errors, message(fault)]
    else:
        put_at_field(page.times_form, fault, "place")


def _id() -> UUID:
    try:
        return UUID(request.form.get("id", ""))
    except ValueError:
        raise NotFound("There is no such page.") from None


def _propose(inspection: Inspection, page: Arranging) -> str:
    form = page.times_form
    if form.halves:
        raise Invalid(N_("Write both the day and the hour of each time."), {"field": "times"})
    propose_times(
        db(), actor=current_actor(), inspection=inspection, times=form.times, place=form.place.data or "",
        now=now(),
    )  # fmt: skip
    return _("The times are proposed. The other side is told.")


def _agree(inspection: Inspection, page: Arranging) -> str:
    agree_time(db(), actor=current_actor(), inspection=inspection, time_id=_id(), now=now())
    return _("The time is agreed. The other side is told.")


def _withdraw(inspection: Inspection, page: Arranging) -> str:
    withdraw_time(db(), actor=current_actor(), inspection=inspection, time_id=_id(), now=now())
    return _("The time is taken away.")


def _add(inspection: Inspection, page: Arranging) -> str:
    form = page.agenda_form
    add_to_agenda(
        db(), actor=current_actor(), inspection=inspection, text=form.text.data or "",
        questions=form.questions.data or (), now=now(),
    )  # fmt: skip
    return _("It is on the agenda.")


def _remove(inspection: Inspection, page: Arranging) -> str:
    remove_from_agenda(db(), actor=current_actor(), inspection=inspection, item_id=_id(), now=now())
    return _("It is taken off the agenda.")


def _share(inspection: Inspection, page: Arranging) -> str:
    share_note(db(), actor=current_actor(), inspection=inspection, meeting_id=_id(), now=now())
    return _("The provider can read the note now, and is asked to confirm it.")


def _confirm(inspection: Inspection, page: Arranging) -> str:
    confirm_note(db(), actor=current_actor(), inspection=inspection, meeting_id=_id(), agrees=True, now=now())
    return _("You have confirmed the note.")


def _otherwise(inspection: Inspection, page: Arranging) -> str:
    key = _id()
    form = next((one.form for one in page.noted if one.meeting.id == key), None)
    if form is None:
        raise NotFound("There is no such meeting.")
    confirm_note(
        db(), actor=current_actor(), inspection=inspection, meeting_id=key, agrees=False,
        remark=form.remark.data or "", now=now(),
    )  # fmt: skip
    return _("What you remember stands beside the note.")
