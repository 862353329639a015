"""The provider's pages: letters that have been sent, and facts to reply to before a decision."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import Response as Download
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.guide import load_pack
from ...models.letters import Letter
from ...models.vocabulary import EventKind
from ..errors import Invalid, NotFound, NotPossibleNow
from ..rules.access import Permission
from ..services.answer_letter import send_answers as send_answers_service
from ..services.communicate_facts import facts_of, find_facts, list_facts, reply_to_facts, takes_replies
from ..services.read_letter import NO_LETTER, find_letter, find_version, is_opened, list_letters
from .access import access
from .database import db, now, record_reading
from .forms.faults import put_at_field
from .forms.provider import ReplyForm
from .language import current_language, message
from .letter_page import LetterPage, letter_page
from .session import current_actor, settings

provider = Blueprint("provider", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]


@provider.get("/letters")
@access(Permission.ANSWER_LETTERS)
def letters() -> str:
    actor = current_actor()
    return render_template(
        "provider/letters.html",
        lines=list_letters(db(), actor),
        facts=[
            (communication, inspection, takes_replies(communication, inspection))
            for communication, inspection in list_facts(db(), actor)
        ],
        authority=settings().authority,
    )


@provider.get("/letters/<uuid:letter_id>")
@access(Permission.ANSWER_LETTERS)
def letter(letter_id: UUID) -> str:
    found = find_letter(db(), current_actor(), letter_id)
    note_opening(found)
    return show_letter(found)


def note_opening(found: Letter) -> None:
    """The first time somebody at the provider opens the letter is an event of the case."""
    if not is_opened(db(), found):
        record_reading(
            EventKind.LETTER_OPENED,
            actor_id=current_actor().user_id,
            inspection_id=found.inspection_id,
            letter=str(found.id),
        )


def page_of(found: Letter, typed: UUID | None = None) -> LetterPage:
    page = letter_page(found, request.args.get("in", current_language()), typed=typed)
    if page is None:
        raise NotFound(NO_LETTER)
    return page


def show_letter(found: Letter, page: LetterPage | None = None) -> str:
    return render_template("provider/letter.html", page=page or page_of(found))


@provider.get("/letters/<uuid:letter_id>/<any(sv, en):letter_language>.pdf")
@access(Permission.ANSWER_LETTERS)
def pdf(letter_id: UUID, letter_language: str) -> Response:
    found = find_letter(db(), current_actor(), letter_id)
    version = find_version(db(), found, letter_language)
    note_opening(found)
    answer = Download(version.pdf, mimetype="application/pdf")
    name = f"{found.inspection.dnr}-{letter_language}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return answer


@provider.route("/letters/<uuid:letter_id>/send", methods=["GET", "POST"])
@access(Permission.ANSWER_LETTERS)
def send_answers(letter_id: UUID) -> Page:
    """A summary to look at before sending: what is answered, what is lacking."""
    found = find_letter(db(), current_actor(), letter_id)
    fault = ""
    if found.answers_sent_at is None and request.method == "POST":
        try:
            send_answers_service(db(), actor=current_actor(), letter_id=letter_id, now=now())
        except NotPossibleNow as refusal:
            fault = message(refusal)
    if found.answers_sent_at is not None:
        return redirect(url_for("provider.receipt", letter_id=letter_id), 303)
    text = render_template("provider/send.html", page=page_of(found), fault=fault)
    return text, 409 if fault else 200


@provider.get("/letters/<uuid:letter_id>/receipt")
@access(Permission.ANSWER_LETTERS)
def receipt(letter_id: UUID) -> Page:
    found = find_letter(db(), current_actor(), letter_id)
    if found.answers_sent_at is None:
        return redirect(url_for("provider.send_answers", letter_id=letter_id), 303)
    return render_template("provider/receipt.html", page=page_of(found))


@provider.route("/facts/<uuid:communication_id>", methods=["GET", "POST"])
@access(Permission.ANSWER_LETTERS)
def communication(communication_id: UUID) -> Page:
    found, inspection = find_facts(db(), current_actor(), communication_id)
    form = ReplyForm()
    status = 200
    if request.method == "POST":
        if form.validate():
            try:
                reply_to_facts(
                    db(), actor=current_actor(), communication_id=communication_id,
                    reply=form.reply.data or "", now=now(),
                )  # fmt: skip
            except (Invalid, NotPossibleNow) as fault:
                put_at_field(form, fault, "reply")
            else:
                flash(_("Your reply has been sent."), "success")
                return redirect(url_for("provider.communication", communication_id=communication_id), 303)
        status = 422
    text = render_template(
        "provider/facts.html",
        communication=found,
        inspection=inspection,
        findings=facts_of(db(), inspection),
        pack=load_pack(inspection.pack),
        form=form,
        is_open=takes_replies(found, inspection),
        authority=settings().authority,
    )
    return text, status


from . import provider_answers  # noqa: E402, F401 - its views belong to this blueprint
