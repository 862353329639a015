"""The prepared text of a report of concern: read, completed by hand and sent by a person."""

from datetime import datetime

from babel.dates import format_datetime

from ..i18n import translate_for
from ..outside.clock import SWEDEN
from ..rules.access import Permission
from ..rules.concern_report import Line, Message
from ..services.prepare_concern_report import prepare_concern_report
from .access import access
from .case import case_page, open_case
from .cases import Page, cases
from .database import db, now
from .session import current_actor, settings

LANGUAGE = "sv"
"""The report goes to a Swedish committee, whatever language its writer reads in (språklagen 10 §)."""


@cases.get("/acute/report")
@access(Permission.RECORD_ACUTE)
def concern_report(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.RECORD_ACUTE)
    lines = prepare_concern_report(
        db(), actor=current_actor(), inspection=inspection, authority=settings().authority.name, now=now()
    )
    return case_page(
        "inspector/concern_report.html",
        inspection,
        lines=[(line, _in_words(inspection.pack, line)) for line in lines],
        written_in=LANGUAGE,
    )


def _in_words(pack: str, line: Line) -> str:
    values = {name: _value(pack, value) for name, value in line.values.items()}
    return translate_for(pack, LANGUAGE, line.text, **values)


def _value(pack: str, value: object) -> object:
    if isinstance(value, Message):
        return translate_for(pack, LANGUAGE, value.text)
    if isinstance(value, datetime):
        return format_datetime(value, "d MMMM y 'kl.' HH.mm", tzinfo=SWEDEN, locale=LANGUAGE)
    return value
