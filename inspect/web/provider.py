"""The provider's pages: letters that have been sent, and facts to reply to before a decision."""

from functools import partial
from typing import cast
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter
from ...models.vocabulary import N_
from ...reports.letter_data import from_data
from ...reports.letter_html import render_fragment
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Permission, may
from ..rules.letter_kinds import KINDS
from ..services.answer_letter import WHO_SENDS
from ..services.answer_letter import send_answers as send_answers_service
from ..services.letter_files import FORMATS, Format, file_of, render_content
from ..services.letters_to_provider import letters_to_provider
from ..services.open_letter import is_opened, open_letter
from ..services.read_letter import NO_LETTER, find_letter
from ..services.read_sent_letter import SentLetter, find_sent_letter
from ..services.wanted_letters import NEWEST_FIRST, ORDERS, WantedLetters
from .access import access
from .database import db, now, record_reading_with
from .forms.lists import LettersFilterForm
from .language import current_language, message, message_of
from .letter_page import LetterPage, letter_page
from .letter_papers import file_answer
from .letters import LANGUAGE_NAMES
from .pack_words import speak_of
from .paging import asked_order, asked_page, pages_of
from .session import current_actor, settings

provider = Blueprint("provider", __name__)

Page = str | Response | tuple[str, int] | tuple[Response, int]

MANY = 6
"""From more rows than these in a list it can be searched: a provider with few letters is not asked how."""


@provider.get("/letters")
@access(Permission.ANSWER_LETTERS)
def letters() -> str:
    """Each list of the page is searched, sorted and cut alike: what is new stands on the first page."""
    actor, form = current_actor(), LettersFilterForm(request.args)
    wanted = WantedLetters((form.q.data or "")[:200], asked_order(ORDERS, str(NEWEST_FIRST)))
    form.sort.data = str(wanted.order)
    found = letters_to_provider(db(), actor, wanted, page=asked_page())
    return render_template(
        "provider/letters.html",
        found=found,
        at=pages_of(found.number, found.pages),
        authority=settings().authority,
        form=form,
        searched=bool(wanted.text.strip()),
        many=found.longest > MANY,
    )


def letter_of(letter_id: UUID) -> Letter:
    """The provider's letter; from here on the request speaks in the words of its inspection's pack."""
    found = find_letter(db(), current_actor(), letter_id)
    speak_of(found.inspection.pack)
    return found


@provider.get("/letters/<uuid:letter_id>")
@access(Permission.ANSWER_LETTERS)
def letter(letter_id: UUID) -> str:
    found = letter_of(letter_id)
    note_opening(found)
    return show_letter(found)


def note_opening(found: Letter) -> None:
    """The first time somebody at the provider opens the letter is an event of the case."""
    if not is_opened(db(), found):
        opened = partial(open_letter, actor=current_actor(), letter_id=found.id, now=now())
        record_reading_with(opened)


def page_of(found: Letter, *, typed: bool = False) -> LetterPage:
    page = letter_page(found, request.args.get("in", current_language()), typed=typed)
    if page is None:
        raise NotFound(NO_LETTER)
    return page


def show_letter(found: Letter, page: LetterPage | None = None) -> str:
    return render_template("provider/letter.html", page=page or page_of(found))


@provider.get("/letters/<uuid:letter_id>/read")
@access(Permission.ANSWER_LETTERS)
def read(letter_id: UUID) -> Page:
    """A letter that asks for no answer here; the feedback letter has a page of its own."""
    found = _sent_letter(letter_id)
    if found.letter.kind is LetterKind.FEEDBACK:
        return redirect(url_for("provider.letter", letter_id=letter_id), 303)
    wanted = request.args.get("in", current_language())
    chosen = wanted if wanted in found.versions else min(found.versions, key=lambda one: one != "sv")
    content = from_data(found.versions[chosen].content)
    note_opening(found.letter)
    return render_template(
        "provider/read.html",
        found=found,
        content=content,
        kind=KINDS[found.letter.kind],
        fragment=Markup(render_fragment(content, 2)),  # noqa: S704 - reports escapes all text itself
        formats=FORMATS,
        language_names=LANGUAGE_NAMES,
    )


@provider.get("/letters/<uuid:letter_id>/<any(sv, en):letter_language>.pdf")
@access(Permission.ANSWER_LETTERS)
def pdf(letter_id: UUID, letter_language: str) -> Response:
    return _file(letter_id, letter_language, "pdf")


@provider.get("/letters/<uuid:letter_id>/<any(sv, en):letter_language>.<any(html, docx):form>")
@access(Permission.ANSWER_LETTERS)
def file(letter_id: UUID, letter_language: str, form: str) -> Response:
    return _file(letter_id, letter_language, cast(Format, form))


def _sent_letter(letter_id: UUID) -> SentLetter:
    found = find_sent_letter(db(), current_actor(), letter_id)
    speak_of(found.letter.inspection.pack)
    return found


def _file(letter_id: UUID, language: str, form: Format) -> Response:
    """Any letter that has reached the provider, as it was frozen."""
    found = _sent_letter(letter_id)
    if language not in found.versions:
        raise NotFound(N_("The letter does not exist in that language."))
    version = found.versions[language]
    data = file_of(version, form) or render_content(from_data(version.content), form)
    note_opening(found.letter)
    name = f"{found.letter.inspection.dnr}-{found.letter.kind.value}-{language}"
    return file_answer(data, form, name)


@provider.route("/letters/<uuid:letter_id>/send", methods=["GET", "POST"])
@access(Permission.ANSWER_LETTERS)
def send_answers(letter_id: UUID) -> Page:
    """A summary to look at before sending: what is answered, what is lacking."""
    found = letter_of(letter_id)
    fault = "" if may(current_actor(), Permission.SEND_ANSWERS) else message_of(WHO_SENDS, {})
    if found.answers_sent_at is None and request.method == "POST":
        try:
            send_answers_service(db(), actor=current_actor(), letter_id=letter_id, now=now())
        except (NotPossibleNow, NotAllowed) as refusal:
            fault = message(refusal)
    if found.answers_sent_at is not None:
        return redirect(url_for("provider.receipt", letter_id=letter_id), 303)
    may_send = may(current_actor(), Permission.SEND_ANSWERS)
    text = render_template("provider/send.html", page=page_of(found), fault=fault, may_send=may_send)
    return text, 409 if request.method == "POST" else 200


@provider.get("/letters/<uuid:letter_id>/receipt")
@access(Permission.ANSWER_LETTERS)
def receipt(letter_id: UUID) -> Page:
    found = letter_of(letter_id)
    if found.answers_sent_at is None:
        return redirect(url_for("provider.send_answers", letter_id=letter_id), 303)
    return render_template("provider/receipt.html", page=page_of(found))


from . import (  # noqa: E402 - their views belong to this blueprint
    provider_answers,  # noqa: F401
    provider_facts,  # noqa: F401
    provider_meetings,  # noqa: F401
)
