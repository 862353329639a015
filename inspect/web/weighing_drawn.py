"""What the weighing page shows of a weighing, put into words and drawn once for each evidence and language.

It depends on the evidence, the method and the reader's language alone, so it is kept under the stamp. What
people said is no part of it: texts are opened for each reading and stay nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from markupsafe import Markup

from ...interview_guides.guide import Pack
from ..rules.weighing import Stamp
from ..rules.weighing.patterns import pattern_in
from ..services.see_sensitivity import see_sensitivity
from ..services.weigh_inspection import Weighed
from .explanation import AreaView, area_view
from .gap_picture import gap_picture
from .language import current_language, say

MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """One cell: what stands before and after its list of who said what, and the labels in that list."""

    before: Markup
    said: tuple[tuple[str, bool], ...]
    after: Markup
    is_requirement: bool


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """One area's row: its cells, the pill of its position, and “Why?”."""

    view: AreaView
    cells: tuple[DrawnCell, ...]
    pill: Markup
    why: Markup


@dataclass(frozen=True, slots=True)
class DrawnWeighing:
    """Every area, and the section of the gap."""

    areas: Mapping[str, DrawnArea]
    gap: Markup


_kept: dict[tuple[Stamp, frozenset[str], str, str, str], DrawnWeighing] = {}


def drawn_weighing(found: Weighed, pack: Pack) -> DrawnWeighing:
    """The page's picture of `found`; drawn when it is first asked for."""
    key = (found.result.stamp, found.earlier_minor_themes, pack.id, pack.version, current_language())
    drawn = _kept.get(key)
    if drawn is None:
        drawn = _draw(found, pack)
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[key] = drawn
    return drawn


def _draw(found: Weighed, pack: Pack) -> DrawnWeighing:
    pens: Any = current_app.jinja_env.get_template("inspector/_weighing_drawn.html").module
    steady = see_sensitivity(found)
    areas = {}
    for area in pack.areas:
        result = found.result.areas.get(area.id)
        if result is None:
            continue
        pattern = pattern_in(found.case.catalogue, result, found.earlier_minor_themes)
        view = area_view(area, result, found.case.inspection, pack, steady.get(area.id), pattern)
        name = say(area.name)
        areas[area.id] = DrawnArea(
            view,
            cells=tuple(
                DrawnCell(
                    before=pens.cell_before(area.id, name, cell),
                    said=cell.said,
                    after=pens.cell_after(area.id, cell),
                    is_requirement=cell.perspective == "compliance",
                )
                for cell in view.cells
            ),
            pill=pens.pill(view),
            why=pens.why(name, view),
        )
    return DrawnWeighing(areas, pens.gap_section(gap_picture(found.result.gap, pack)))
