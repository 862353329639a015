"""The provider replies to the facts before the decision, fact by fact; saved as a draft, or sent."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...models.decisions import Communication
from ...models.inspections import Inspection
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow, TillsynError
from ..rules.access import Permission
from ..services.answer_points import points_by_fact, told_answers
from ..services.communicate_facts import find_facts, sent_facts, takes_replies
from ..services.read_sent_letter import letter_of_facts
from ..services.reply_to_facts import Draft, draft_of, reply_to_facts, save_draft
from ..services.sent_facts import Fact
from .access import access
from .database import db, now
from .forms.facts import FactForm, ReplyForm, fact_forms, said_in
from .forms.faults import put_at_field
from .forms.together import Together
from .language import message
from .pack_words import speak_of
from .provider import Page, provider
from .session import current_actor, settings

SAVE = "save"
"""The name of the button that keeps the draft without sending it."""


@provider.route("/facts/<uuid:communication_id>", methods=["GET", "POST"])
@access(Permission.ANSWER_LETTERS)
def communication(communication_id: UUID) -> Page:
    found, inspection = find_facts(db(), current_actor(), communication_id)
    speak_of(inspection.pack)
    facts = sent_facts(db(), found, inspection)
    if request.method == "GET":
        draft = draft_of(found)
        form = ReplyForm(formdata=None, reply=draft.reply, version=str(draft.version))
        return _facts(found, inspection, facts, form, fact_forms(facts, typed=False, points=draft.points))
    form, forms = ReplyForm(), fact_forms(facts, typed=True)
    theirs = None
    whole = [one.validate() for one in (form, *forms.values())]
    if all(whole):
        try:
            return _keep_or_send(found, form, forms)
        except Conflict as fault:
            theirs, form.version.data = fault.theirs, str(fault.version)
            form.version.raw_data = None
            form.reply.errors = [*form.reply.errors, message(fault)]
        except (Invalid, NotAllowed, NotPossibleNow) as fault:
            _put(form, forms, fault)
    return _facts(found, inspection, facts, form, forms, theirs), 409 if theirs is not None else 422


def _keep_or_send(found: Communication, form: ReplyForm, forms: dict[str, FactForm]) -> Page:
    """Store the draft, or send the reply; then back to the page."""
    reply, points = form.reply.data or "", said_in(forms)
    if SAVE in request.form:
        version = form.version.data or ""
        save_draft(
            db(), actor=current_actor(), communication_id=found.id, reply=reply, points=points, now=now(),
            version=int(version) if version.isdecimal() else 0,
        )  # fmt: skip
        flash(_("What you have written is kept. It is not sent yet."), "success")
    else:
        reply_to_facts(
            db(), actor=current_actor(), communication_id=found.id, reply=reply, points=points, now=now()
        )
        flash(_("Your reply has been sent."), "success")
    return redirect(url_for("provider.communication", communication_id=found.id), 303)


def _put(form: ReplyForm, forms: dict[str, FactForm], fault: TillsynError) -> None:
    """A fault at one fact stands at that fact; every other at the whole reply."""
    place = str(fault.values.get("field", ""))
    for key, one in forms.items():
        if place == f"point-{UUID(key).hex}":
            one.text.errors = [*one.text.errors, message(fault)]
            return
    put_at_field(form, fault, "reply")


def _facts(
    found: Communication,
    inspection: Inspection,
    facts: tuple[Fact, ...],
    form: ReplyForm,
    forms: dict[str, FactForm],
    theirs: dict[str, object] | None = None,
) -> str:
    return render_template(
        "provider/facts.html",
        communication=found,
        inspection=inspection,
        sent_facts=facts,
        form=form,
        forms=forms,
        together=Together((form, *forms.values())),
        theirs=theirs,
        draft=draft_of(found) if found.replied_at is None else Draft(),
        points=points_by_fact(db(), found),
        answered=told_answers(db(), inspection),
        is_open=takes_replies(found, inspection),
        letter=letter_of_facts(db(), current_actor(), inspection.id),
        authority=settings().authority,
    )
