"""A weighing in words: what decided, who stands behind it, how the weight fell. No digits of positions."""

from dataclasses import dataclass
from typing import cast

from flask_babel import ngettext

from ...interview_guides.content import Area
from ...interview_guides.guide import Pack
from ..rules.weighing import (
    AreaResult,
    Ceiling,
    DecidingCircumstances,
    Perspective,
    Position,
    Word,
    deciding_circumstances,
)
from ..rules.weighing.circumstances import BindingCeiling
from ..rules.weighing.scales import WORD_OF_POSITION
from .language import say
from .language import translate as _

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
    """One perspective on one area: its word, how many stand behind it, and who sees it worse."""

    sign: str
    title: str
    present: bool
    code: int | None = None
    word: str = ""
    people: str = ""
    minority: str = ""
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaView:
    """One area of the weighing as the page shows it."""

    area: Area
    result: AreaResult
    code: int | str
    word: str
    basis: str
    action: str
    cells: tuple[Cell, ...]
    reasons: tuple[str, ...]
    steps: tuple[str, ...]
    grave: tuple[str, ...]


def word_of(level: int) -> str:
    return _(WORD_OF_POSITION[Position(level)].title)


def area_view(area: Area, result: AreaResult, pack: Pack) -> AreaView:
    investigated = result.word is Word.ACCOUNT_INVESTIGATED
    return AreaView(
        area=area,
        result=result,
        code="under_investigation" if investigated else int(result.position) if result.position else "none",
        word=_(result.word.title),
        basis=_(result.basis.title) if result.basis else "",
        action=_(result.action.title) if result.action is not None else "",
        cells=tuple(_cell(result, perspective) for perspective in SIGNS),
        reasons=reasons(result, pack),
        steps=trace_in_words(result),
        grave=tuple(account.coding.id for account in result.accounts),
    )


def _cell(result: AreaResult, perspective: Perspective) -> Cell:
    title = _(perspective.title)
    level = result.levels.get(perspective)
    if level is None:
        return Cell(sign=SIGNS[perspective], title=title, present=False)
    voices = result.voices.get(perspective, {})
    fewer = result.minority.get(perspective, ())
    count = len(voices) if perspective is not Perspective.COMPLIANCE else len(result.requirements)
    return Cell(
        sign=SIGNS[perspective],
        title=title,
        present=True,
        code=level,
        word=word_of(level),
        people=ngettext("%(num)s source", "%(num)s sources", count)
        if perspective is not Perspective.COMPLIANCE
        else ngettext("%(num)s requirement", "%(num)s requirements", count),
        minority=_("Sees it worse: %(who)s", who=", ".join(fewer)) if fewer else "",
        statements=tuple(
            active.coding.id for active in result.codings if active.coding.perspective is perspective
        ),
    )


def reasons(result: AreaResult, pack: Pack) -> tuple[str, ...]:
    """The deciding circumstances: at most a handful of sentences (FL 32 §: what decided)."""
    why = deciding_circumstances(result)
    if why is None:
        return (_("Too little is known: the perspectives present do not carry enough weight together."),)
    lines = [_ceiling(binding, result, pack) for binding in why.ceilings]
    lines.append(_majority(why))
    return tuple(line for line in lines if line)


def _ceiling(binding: BindingCeiling, result: AreaResult, pack: Pack) -> str:
    word = word_of(binding.at_most)
    match binding.ceiling:
        case Ceiling.GRAVE_ACCOUNT:
            return _(
                "A grave account (%(which)s) holds the area at “%(word)s”, however good the rest is.",
                which=", ".join(binding.codings),
                word=word,
            )
        case Ceiling.STATUTE:
            titles = [f"{name} {say(pack.requirement(name).title)}" for name in binding.requirements]
            return _(
                "A deviation from the law holds it at “%(word)s”: %(which)s.",
                word=word,
                which="; ".join(titles),
            )
        case Ceiling.CHILDREN if not binding.sources:
            return _("No child was heard here, so the area stops at “%(word)s”.", word=word)
        case Ceiling.CHILDREN:
            return _("What the children tell holds it at “%(word)s”; only children can lift it.", word=word)
        case _:
            return _(
                "The highest word needs at least two perspectives, so the area stops at “%(word)s”.",
                word=word,
            )


def _majority(why: DecidingCircumstances) -> str:
    won = ", ".join(_(one.title).lower() for one in why.won.reaching)
    below = ", ".join(_(one.title).lower() for one in why.won.below)
    if why.decided_by_ceiling and why.won.level < 4 and why.next_step and not why.next_step.missing:
        return _("Without that, the weighing would have been higher.")
    if below:
        return _(
            "More than half of the weight reaches it: %(won)s. Below it: %(below)s.", won=won, below=below
        )
    return _("All that was heard and seen reaches it: %(won)s.", won=won) if won else ""


def trace_in_words(result: AreaResult) -> tuple[str, ...]:
    """Each step of the method, in order, as sentences."""
    lines = []
    titles = {str(one): _(one.title) for one in Perspective}
    ceilings = {str(one.value): _(one.title) for one in Ceiling}
    for row in result.trace:
        match row["rule"]:
            case "P":
                lines.append(f"{titles[str(row['perspective'])]}: {word_of(_whole(row['level']))}")
            case "V1":
                words = {"word": word_of(_whole(row["level"])), "part": row["for"], "whole": row["of"]}
                text = (
                    _("“%(word)s”: %(part)s of %(whole)s in weight reach it, more than half.", **words)
                    if row["reached"]
                    else _(
                        "“%(word)s”: %(part)s of %(whole)s in weight reach it, not more than half.", **words
                    )
                )
                lines.append(text)
            case "T1" | "T2" | "T3" | "T4" if _whole(row["at_most"]) < 4:
                name = ceilings[str(row["rule"])]
                lines.append(
                    _("%(ceiling)s: at most “%(word)s”.", ceiling=name, word=word_of(_whole(row["at_most"])))
                )
            case "V0" if not row["enough"]:
                lines.append(_("There is not enough evidence to assess the area yet."))
            case "L" if row["position"] is not None:
                lines.append(_("The lowest of these decides: “%(word)s”.", word=_(result.word.title)))
    return tuple(lines)


def _whole(value: object) -> int:
    return cast(int, value)
