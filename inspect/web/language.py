"""Language of a request, and how dates, times and stored words are shown to people."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_datetime
from babel.support import Translations
from flask import Flask, g, has_app_context, request, session
from flask_babel import Babel, format_decimal, get_locale, get_translations, gettext, ngettext
from markupsafe import Markup
from wtforms.i18n import messages_path

from ...interview_guides.content import Text
from ...interview_guides.guide import activities
from ..errors import TillsynError
from ..i18n import DEFAULT_LANGUAGE, LANGUAGES, TRANSLATIONS
from ..outside.clock import SWEDEN
from .database import now
from .pack_words import PackDomain, pack_spoken, words_of
from .table_labels import labelled
from .whole_numbers import whole_numbers


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    babel = Babel(
        app, default_locale=DEFAULT_LANGUAGE, default_timezone=str(SWEDEN), locale_selector=select_language
    )
    babel.domain_instance = PackDomain()
    # Flask-Babel asks for the catalogue anew for each text; a page has hundreds of texts.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.globals.update(_=template_text, gettext=template_text)
    app.jinja_env.filters.update(
        ago=ago,
        exact=exact,
        day=day,
        days=days,
        clock=clock,
        label=label,
        activity=activity,
        say=say,
        labelled=labelled,
        machine_time=machine_time,
        whole=whole_numbers,
    )
    app.context_processor(lambda: {"language": current_language(), "languages": LANGUAGES})


def lend_form_texts() -> None:
    """Before each request, when the reader is known: the texts of WTForms, which Flask-WTF reads from the
    disk in each request that it is not given them in. The API has no forms.
    """
    if request.blueprint == "api":
        return
    request.wtforms_translations = _form_texts(current_language())  # type: ignore[attr-defined]


@lru_cache
def _form_texts(language: str) -> Any:
    return Translations.load(messages_path(), [language], domain="wtforms")


def select_language() -> str:
    """The person's own choice: their account's, or this browser's when signed out; else Swedish."""
    user = g.get("user")
    chosen = user.language if user else session.get("language")
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def language_asked_for() -> str:
    """For pages without an account or a cookie: the language in the address; else the one chosen before,
    the browser's, or Swedish.
    """
    asked = request.args.get("language", "")
    if asked in LANGUAGES:
        return asked
    if g.get("user") is not None or "language" in session:
        return current_language()
    asked_for = (tag.partition("-")[0].lower() for tag in request.accept_languages.values())
    return next((one for one in asked_for if one in LANGUAGES), DEFAULT_LANGUAGE)


def current_language() -> str:
    """The reader's language. Found once in a request: a page asks hundreds of times."""
    found: str | None = g.get("reader_language") if has_app_context() else None
    if found is None:
        locale = get_locale()
        found = locale.language if locale else DEFAULT_LANGUAGE
        if has_app_context():
            g.reader_language = found
    return found


_catalogues: dict[tuple[str, str | None], Any] = {}


def _catalogue() -> Any:
    """The translations into the reader's language, in the words of the case's pack, read once per process."""
    if not has_app_context():
        return get_translations()
    spoken = current_language(), pack_spoken()
    found = _catalogues.get(spoken)
    if found is None:
        found = _catalogues[spoken] = get_translations()
    return found


@lru_cache(maxsize=16384)
def _text_in(language: str, pack: str | None, text: str) -> Markup:
    """A text of the catalogue. It is safe to stand in a page: what is put into it is escaped."""
    return Markup(_catalogue().ugettext(text))  # noqa: S704 - our own text


def template_text(text: str, /, **values: Any) -> Markup:
    """`_()` of the templates: as Jinja’s newstyle gettext says it, looked up once a language and pack."""
    found = _text_in(current_language(), pack_spoken(), text)
    return found % values if values or "%" in found else found


def translate(text: str, /, **values: Any) -> str:
    """The text in the reader's language, as flask_babel.gettext says it, for pages with hundreds of texts."""
    found = str(_catalogue().ugettext(text))
    return found % values if values else found


def label(member: Any, pack: str | None = None) -> str:
    """The title of an enum member of the vocabulary, in the reader's language and a pack's words."""
    if pack is None:
        return translate(member.title)
    with words_of(pack):
        return translate(member.title)


def say(text: Text | None) -> str:
    """Content that carries its languages side by side, in the reader's."""
    return "" if text is None else text.in_language(current_language())


def activity(id: str) -> str:
    """The name of a kind of activity in the register; its id, when no pack is made for it any more."""
    return next((say(one.name) for one in activities() if one.id == id), id)


def message(error: TillsynError) -> str:
    """What is refused and why, in the reader's language."""
    return message_of(error.reason, error.values)


def message_of(reason: str, values: Mapping[str, Any]) -> str:
    """A reason in the reader's language; large numbers are written as people read them."""
    written = {
        name: format_decimal(value) if isinstance(value, int) and value >= 10_000 else value
        for name, value in values.items()
    }
    return gettext(reason, **spoken(written))


def spoken(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a sentence, with days, and content that carries its languages, in the reader's."""
    return {name: _spoken(value) for name, value in values.items()}


def _spoken(value: Any) -> Any:
    if isinstance(value, Text):
        return say(value)
    return day(value) if isinstance(value, date) else value


def machine_time(value: datetime | date) -> str:
    return value.isoformat()


def exact(value: datetime | date | None) -> str:
    """Date and time in full, Swedish time: 6 oktober 2026 14.05."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        language = current_language()
        return _time_in(language, value, "d MMMM y HH.mm" if language == "sv" else "d MMMM y, HH:mm")
    return _day_in(current_language(), value)


# One page says the same times in several places, and the next page of the case says them again.
@lru_cache(maxsize=4096)
def _time_in(language: str, value: datetime, pattern: str) -> str:
    return format_datetime(value, pattern, tzinfo=SWEDEN, locale=language)


@lru_cache(maxsize=4096)
def _day_in(language: str, value: date, pattern: str = "d MMMM y") -> str:
    return format_date(value, pattern, locale=language)


def day(value: datetime | date | None) -> str:
    """6 oktober 2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(SWEDEN).date()
    return _day_in(current_language(), value)


def days(first: datetime | date | None, last: datetime | date | None) -> str:
    """From one day to another, said once where both share it: 12–13 oktober 2026."""
    one, other = (
        value.astimezone(SWEDEN).date() if isinstance(value, datetime) else value for value in (first, last)
    )
    if one is None or other is None or other <= one:
        return day(one)
    if (one.year, one.month) == (other.year, other.month):
        return f"{one.day}–{day(other)}"
    return (
        f"{_day_in(current_language(), one, 'd MMMM')} – {day(other)}"
        if one.year == other.year
        else f"{day(one)} – {day(other)}"
    )


def clock(value: datetime | None) -> str:
    """14:05 (Swedish 14.05), Swedish time."""
    if value is None:
        return ""
    language = current_language()
    return _time_in(language, value, "HH.mm" if language == "sv" else "HH:mm")


def ago(value: datetime | date | None) -> str:
    """As people say it: today 14.05, yesterday, in 3 days; further away the date itself."""
    if value is None:
        return ""
    local = value.astimezone(SWEDEN) if isinstance(value, datetime) else None
    that_day: date = local.date() if local else value
    days = (that_day - now().astimezone(SWEDEN).date()).days
    time = f" {clock(value)}" if isinstance(value, datetime) else ""
    if days == 0:
        return gettext("today%(time)s", time=time)
    if days == -1:
        return gettext("yesterday%(time)s", time=time)
    if days == 1:
        return gettext("tomorrow%(time)s", time=time)
    if 1 < days <= 14:
        return ngettext("in %(num)s day", "in %(num)s days", days)
    if -14 <= days < -1:
        return ngettext("%(num)s day ago", "%(num)s days ago", -days)
    return day(value)
