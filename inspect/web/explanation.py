"""One area of a weighing as its page shows it: who sees what, the position, and why it is so."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import ngettext

from ...interview_guides.content import Area
from ...interview_guides.guide import Pack
from ..rules.weighing import AreaResult, Inspection, Perspective, Word
from ..rules.weighing.patterns import Pattern
from ..rules.weighing.sensitivity import Sensitivity
from .certainty_words import Concern, bounds_in_words, concerns, how_sure, steady_in_words, word_of
from .language import translate as _
from .why_words import pattern_in_words, trace_in_words, what_binds, what_would_change

SIGNS: dict[Perspective, str] = {
    Perspective.CHILD: "B",
    Perspective.STAFF: "P",
    Perspective.MANAGER: "L",
    Perspective.OBSERVATION: "O",
    Perspective.DOCUMENT: "D",
    Perspective.COMPLIANCE: "K",
}
"""The constant sign of each perspective, in the order in which they are always shown."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One perspective on one area: its word, how many stand behind it, and who sees it worse.

    `said`: labels of what was said, seen or checked, each with whether it pulls the level down.
    """

    perspective: str
    present: bool
    code: int | None = None
    word: str = ""
    people: str = ""
    minority: str = ""
    said: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class AreaView:
    """One area of the weighing as the page shows it. `steady`: how much it hangs on a single thing."""

    area: Area
    result: AreaResult
    code: int | str
    word: str
    basis: str
    confidence: str
    action: str
    cells: tuple[Cell, ...]
    binds: tuple[str, ...]
    change: str
    sure: str
    concerns: tuple[Concern, ...]
    bounds: str
    steps: tuple[str, ...]
    asks: tuple[str, ...]
    steady: str = ""


def code_of(result: AreaResult) -> int | str:
    """What `position_pill` draws."""
    if result.word is Word.ACCOUNT_INVESTIGATED:
        return "under_investigation"
    return int(result.position) if result.position else "none"


def area_view(
    area: Area,
    result: AreaResult,
    case: Inspection,
    pack: Pack,
    steady: Sensitivity | None = None,
    pattern: Pattern | None = None,
) -> AreaView:
    """`pattern`: what stands behind the flag *mönster*, if it is raised."""
    return AreaView(
        area=area,
        result=result,
        code=code_of(result),
        word=_(result.word.title),
        basis=_(result.basis.title) if result.basis else "",
        confidence=_(result.confidence.title) if result.confidence and result.position else "",
        action=_(result.action.title) if result.action is not None else "",
        cells=tuple(_cell(result, perspective) for perspective in SIGNS),
        binds=what_binds(result, pack),
        change=what_would_change(result),
        sure=how_sure(result, case),
        concerns=concerns(result, case) if result.position else (),
        bounds=bounds_in_words(result, case),
        steps=trace_in_words(result),
        asks=(*_asks(result), *pattern_in_words(pattern, pack)),
        steady=steady_in_words(steady),
    )


def _cell(result: AreaResult, perspective: Perspective) -> Cell:
    level = result.levels.get(perspective)
    if level is None:
        return Cell(perspective.value, present=False)
    if perspective is Perspective.COMPLIANCE:
        found = [one.requirement for one in result.requirements]
        low = {one.requirement for one in result.requirements if one.severity > 0}
        people = ngettext("%(num)s requirement", "%(num)s requirements", len(found))
        minority = ""
    else:
        codings = [one for one in result.codings if one.coding.perspective is perspective]
        found = [one.coding.id for one in codings]
        low = {one.coding.id for one in codings if one.level < level}
        fewer = result.minority.get(perspective, ())
        people = _people(perspective, len(result.voices.get(perspective, {})))
        minority = _("Sees it worse: %(who)s", who=", ".join(fewer)) if fewer else ""
    return Cell(
        perspective=perspective.value,
        present=True,
        code=level,
        word=word_of(level),
        people=people,
        minority=minority,
        said=tuple((one, one in low) for one in found),
    )


def _people(perspective: Perspective, count: int) -> str:
    match perspective:
        case Perspective.CHILD:
            return ngettext("%(num)s child", "%(num)s children", count)
        case Perspective.OBSERVATION:
            return ngettext("%(num)s observation", "%(num)s observations", count)
        case Perspective.DOCUMENT:
            return ngettext("%(num)s document", "%(num)s documents", count)
        case _:
            return ngettext("%(num)s person", "%(num)s people", count)


def _asks(result: AreaResult) -> Iterator[str]:
    """What the flags ask of a person (method §2.8); nothing follows from them by itself."""
    if result.flags.deepen:
        yield _("Check again, in practice this time: people tell of something that the requirement covers.")
    if result.flags.disclosure_risk:
        yield _("A grave account rests on few people: disclosure is assessed before anything leaves us.")
