"""Language of a request, and how dates, times and stored words are shown to people."""

from datetime import date, datetime
from typing import Any

from flask import Flask, g, session
from flask_babel import Babel, format_decimal, get_locale, get_translations, gettext, ngettext
from flask_babel import format_date as babel_date
from flask_babel import format_datetime as babel_datetime

from ...interview_guides.content import Text
from ..errors import TillsynError
from ..i18n import DEFAULT_LANGUAGE, LANGUAGES, TRANSLATIONS
from ..outside.clock import SWEDEN
from .database import now
from .table_labels import labelled


def init_app(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, default_locale=DEFAULT_LANGUAGE, default_timezone=str(SWEDEN), locale_selector=select_language)
    # Flask-Babel asks for the catalogue anew for each text; a page has hundreds of texts.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _catalogue().ugettext(text),
        ngettext=lambda one, many, number: _catalogue().ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.filters.update(
        ago=ago,
        exact=exact,
        day=day,
        days=days,
        clock=clock,
        label=label,
        say=say,
        labelled=labelled,
        machine_time=machine_time,
    )
    app.context_processor(lambda: {"language": current_language(), "languages": LANGUAGES})


def select_language() -> str:
    """The person's own choice: their account's, or this browser's when signed out; else Swedish."""
    user = g.get("user")
    chosen = user.language if user else session.get("language")
    return chosen if chosen in LANGUAGES else DEFAULT_LANGUAGE


def current_language() -> str:
    locale = get_locale()
    return locale.language if locale else DEFAULT_LANGUAGE


_catalogues: dict[str, Any] = {}


def _catalogue() -> Any:
    """The translations into the reader's language, read once per process."""
    locale = get_locale()
    if locale is None:
        return get_translations()
    found = _catalogues.get(locale.language)
    if found is None:
        found = _catalogues[locale.language] = get_translations()
    return found


def translate(text: str, /, **values: Any) -> str:
    """The text in the reader's language, as flask_babel.gettext says it, for pages with hundreds of texts."""
    found = str(_catalogue().ugettext(text))
    return found % values if values else found


def label(member: Any) -> str:
    """The title of an enum member of the vocabulary, in the reader's language."""
    return translate(member.title)


def say(text: Text | None) -> str:
    """Content that carries its languages side by side, in the reader's."""
    return "" if text is None else text.in_language(current_language())


def message(error: TillsynError) -> str:
    """What is refused and why, in the reader's language; large numbers are written as people read them."""
    values = {
        name: format_decimal(value) if isinstance(value, int) and value >= 10_000 else value
        for name, value in error.values.items()
    }
    return gettext(error.reason, **values)


def machine_time(value: datetime | date) -> str:
    return value.isoformat()


def exact(value: datetime | date | None) -> str:
    """Date and time in full, Swedish time: 6 oktober 2026 14.05."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        pattern = "d MMMM y HH.mm" if current_language() == "sv" else "d MMMM y, HH:mm"
        return babel_datetime(value, pattern)
    return babel_date(value, "d MMMM y")


def day(value: datetime | date | None) -> str:
    """6 oktober 2026."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(SWEDEN).date()
    return babel_date(value, "d MMMM y")


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
        f"{babel_date(one, 'd MMMM')} – {day(other)}"
        if one.year == other.year
        else f"{day(one)} – {day(other)}"
    )


def clock(value: datetime | None) -> str:
    """14:05 (Swedish 14.05), Swedish time."""
    if value is None:
        return ""
    return babel_datetime(value, "HH.mm" if current_language() == "sv" else "HH:mm")


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
