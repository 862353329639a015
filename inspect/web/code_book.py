"""The code book to read: themes and their limits, severity with examples, versions, and how alike we code."""

from dataclasses import dataclass
from fractions import Fraction

from flask import render_template, request
from flask_babel import format_decimal
from flask_babel import gettext as _
from sqlalchemy import func, select

from ...interview_guides.content import Requirement
from ...interview_guides.guide import Pack, available_packs, default_pack, load_pack, pack_cards
from ...models.codings import Coding
from ...models.reached_rows import RELIABILITY
from ...models.vocabulary import N_
from ..errors import NotFound
from ..outside.reach import reaching_also
from ..rules.access import Permission
from ..rules.weighing.configuration import ALPHA_GOOD, ALPHA_TENTATIVE
from ..services.code_statement import code_book_of
from ..services.measure_reliability import Reliability, reliability_by_quarter
from .access import access
from .coding import Page, coding
from .database import db


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure of one quarter: in words, and as it is for those who want the figure."""

    about: str
    words: str
    figure: str


@dataclass(frozen=True, slots=True)
class QuarterLine:
    title: str
    pairs: int
    agreements: tuple[Agreement, ...]


@coding.get("/codebook")
@access(Permission.SEE_INSPECTIONS)
def code_book() -> Page:
    name = request.args.get("pack") or default_pack()
    if name not in available_packs():
        raise NotFound(N_("There is no such code book."))
    pack = load_pack(name)
    return render_template(
        "inspector/code_book.html",
        pack=pack,
        version=code_book_of(pack),
        packs=pack_cards(),
        requirements=_by_theme(pack),
        used=_used(pack),
        quarters=tuple(_line(one) for one in reliability_by_quarter(db())),
    )


def _by_theme(pack: Pack) -> dict[str, list[Requirement]]:
    """The requirements that cover each theme; a theme without any is a blind spot of the supervision."""
    found: dict[str, list[Requirement]] = {theme.id: [] for theme in pack.themes}
    for requirement in pack.requirements:
        for theme in requirement.themes:
            found[theme].append(requirement)
    return found


def _used(pack: Pack) -> dict[str, int]:
    """How many codings were made with each version of this code book; no case is told."""
    with reaching_also(db(), RELIABILITY):
        rows = db().execute(select(Coding.code_book, func.count()).group_by(Coding.code_book)).all()
    counted: dict[str, int] = {row[0]: row[1] for row in rows}
    return {change.version: counted.get(f"{pack.id} {change.version}", 0) for change in pack.changes}


def _line(one: Reliability) -> QuarterLine:
    return QuarterLine(
        _("Quarter %(number)s %(year)s", number=one.quarter.number, year=one.quarter.year),
        one.pairs,
        (
            Agreement(_("Severity"), _words(one.severity), _figure(one.severity)),
            Agreement(_("Grave or not (between 2 and 3)"), _words(one.boundary), _figure(one.boundary)),
            Agreement(_("Theme"), _words(one.theme), _figure(one.theme)),
        ),
    )


def _words(alpha: Fraction | None) -> str:
    if alpha is None:
        return _("Cannot be said: too few, or all alike")
    if alpha >= ALPHA_GOOD:
        return _("The coders judge alike")
    if alpha >= ALPHA_TENTATIVE:
        return _("The coders judge mostly alike: conclude with care")
    return _("The coders judge too differently: meet and calibrate")


def _figure(alpha: Fraction | None) -> str:
    return "–" if alpha is None else f"{format_decimal(round(float(alpha), 3))} ({alpha})"
