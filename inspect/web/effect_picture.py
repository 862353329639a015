"""A home over its visits as a picture: per area a step for each visit, beside the words of the table."""

from dataclasses import dataclass

from ..rules.weighing.scales import WORD_OF_POSITION, Position, Word
from ..services.see_effect import Effect
from .language import say
from .language import translate as _

LEFT, STEP, ROW, TOP, LADDER = 270, 150, 64, 34, 12


@dataclass(frozen=True, slots=True)
class Mark:
    """One visit of one area. `x`, `y`: in units of the drawing; `code`: 4–1, or "none"."""

    x: int
    y: int
    code: str
    word: str


@dataclass(frozen=True, slots=True)
class Line:
    """One area: its marks by visit, the line between those that have a position, and what is answered now."""

    name: str
    top: int
    marks: tuple[Mark, ...]
    points: str
    better: str


@dataclass(frozen=True, slots=True)
class EffectPicture:
    lines: tuple[Line, ...]
    width: int
    height: int
    columns: tuple[int, ...]
    """Where each visit stands."""


def word_of(position: int | None) -> str:
    return _((WORD_OF_POSITION[Position(position)] if position else Word.NOT_ASSESSABLE).title)


def effect_picture(effect: Effect) -> EffectPicture:
    """The lines in the order of the pack. Higher is better; what could not be assessed stands at the foot."""
    columns = tuple(LEFT + STEP * number + STEP // 2 for number in range(len(effect.visits)))
    lines = []
    for number, area in enumerate(effect.areas):
        top = TOP + ROW * number
        marks = tuple(
            Mark(x, _height(top, visit.positions.get(area.id)), str(visit.positions.get(area.id) or "none"),
                 word_of(visit.positions.get(area.id)))
            for x, visit in zip(columns, effect.visits, strict=True)
        )  # fmt: skip
        known = [one for one in marks if one.code != "none"]
        better = effect.better.get(area.id)
        lines.append(
            Line(
                name=say(area.name),
                top=top,
                marks=marks,
                points=" ".join(f"{one.x},{one.y}" for one in known) if len(known) > 1 else "",
                better=_(better.title) if better else "",
            )
        )
    return EffectPicture(
        tuple(lines), LEFT + STEP * max(1, len(effect.visits)), TOP + ROW * len(lines) + 8, columns
    )


def _height(top: int, position: int | None) -> int:
    return top + 10 + LADDER * (4 - (position or 1))
