"""The paths of SVG files as lines through points; curves become many short lines."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import atan2, cos, pi, sin, sqrt

Point = tuple[float, float]
_LETTER = re.compile(r"[\s,]*([MmLlHhVvCcSsQqTtAaZz])")
_NUMBER = re.compile(r"[\s,]*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_FLAG = re.compile(r"[\s,]*([01])")
_NOTHING = re.compile(r"(?!)")
_COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_STEPS = 24
"""Short lines to a curve: at the size of a letterhead no corner can be seen."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Points that are gone through in order, and back to the first when it is closed."""

    points: tuple[Point, ...]
    closed: bool


def ellipse(x: float, y: float, wide: float, tall: float) -> Ring:
    """Round a point, with these radii."""
    turns = (2 * pi * step / (4 * _STEPS) for step in range(4 * _STEPS))
    return Ring(tuple((x + wide * cos(turn), y + tall * sin(turn)) for turn in turns), True)


def rings_of(path: str) -> tuple[Ring, ...]:
    """The rings of the attribute `d`. `ValueError` for what is no path."""
    pen = _Pen()
    command, numbers, at = "", list[float](), 0
    while path[at:].strip(" \t\r\n,"):
        if not numbers and (found := _LETTER.match(path, at)):
            command = found.group(1)
            if command in "Zz":
                pen.close()
        elif found := _next_number(command, len(numbers)).match(path, at):
            numbers.append(float(found.group(1)))
        else:
            raise ValueError(f"a path with {path[at : at + 20]!r}")
        at = found.end()
        if numbers and len(numbers) == _COUNT[command.upper()]:
            pen.follow(command, numbers)
            numbers = []
            command = {"M": "L", "m": "l"}.get(command, command)
    if numbers:
        raise ValueError("a path that breaks off")
    pen.lift()
    return tuple(pen.rings)


def _next_number(command: str, had: int) -> re.Pattern[str]:
    """What the next number looks like. The flags of an arc are one digit each, and may stand together."""
    if not _COUNT.get(command.upper()):
        return _NOTHING
    return _FLAG if command in "Aa" and had in (3, 4) else _NUMBER


class _Pen:
    def __init__(self) -> None:
        self.rings: list[Ring] = []
        self.points: list[Point] = []
        self.at: Point = (0.0, 0.0)
        self.start: Point = (0.0, 0.0)
        self.handle: Point | None = None
        self.drawn = ""

    def lift(self, closed: bool = False) -> None:
        if len(self.points) > 1:
            self.rings.append(Ring(tuple(self.points), closed))
        self.points = []

    def close(self) -> None:
        self.lift(closed=True)
        self.at, self.drawn = self.start, ""

    def follow(self, command: str, numbers: list[float]) -> None:
        """One command with its numbers, which count from where the pen is when it is a small letter."""
        kind = command.upper()
        x, y = self.at if command.islower() else (0.0, 0.0)
        match kind:
            case "M":
                self.lift()
                self.at = self.start = (x + numbers[0], y + numbers[1])
                self.points = [self.at]
            case "H":
                self._to((x + numbers[0], self.at[1]))
            case "V":
                self._to((self.at[0], y + numbers[0]))
            case "A":
                end = (x + numbers[5], y + numbers[6])
                self._along(_arc(self.at, numbers, end), end)
            case _:
                places = [(x + numbers[n], y + numbers[n + 1]) for n in range(0, len(numbers), 2)]
                self._curve(kind, places)
        self.drawn = kind

    def _curve(self, kind: str, places: list[Point]) -> None:
        before = (
            self.handle if self.handle and self.drawn in {"S": "CS", "T": "QT"}.get(kind, "") else self.at
        )
        if kind in "ST":
            places = [(2 * self.at[0] - before[0], 2 * self.at[1] - before[1]), *places]
        if kind == "L":
            self._to(places[-1])
            return
        begin, end = self.at, places[-1]
        self.handle = places[-2]
        if kind in "QT":
            (x, y) = places[0]
            places = [
                (begin[0] + 2 * (x - begin[0]) / 3, begin[1] + 2 * (y - begin[1]) / 3),
                (end[0] + 2 * (x - end[0]) / 3, end[1] + 2 * (y - end[1]) / 3),
                end,
            ]
        first, second = places[0], places[1]

        def on(share: float) -> Point:
            rest = 1 - share
            weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
            four = (begin, first, second, end)
            return (
                sum(weight * point[0] for weight, point in zip(weights, four, strict=True)),
                sum(weight * point[1] for weight, point in zip(weights, four, strict=True)),
            )

        self._along(on, end)

    def _along(self, on: Callable[[float], Point], end: Point) -> None:
        self._begin()
        self.points += [on(step / _STEPS) for step in range(1, _STEPS)]
        self._to(end)

    def _to(self, point: Point) -> None:
        self._begin()
        self.points.append(point)
        self.at = point

    def _begin(self) -> None:
        if not self.points:
            self.points = [self.at]


def _arc(begin: Point, numbers: list[float], end: Point) -> Callable[[float], Point]:
    """A part of an ellipse by its ends (SVG 2, appendix B.2.4)."""
    wide, tall, turn = abs(numbers[0]), abs(numbers[1]), numbers[2] * pi / 180
    if not wide or not tall or begin == end:
        return lambda share: (begin[0] + share * (end[0] - begin[0]), begin[1] + share * (end[1] - begin[1]))
    half_x, half_y = (begin[0] - end[0]) / 2, (begin[1] - end[1]) / 2
    x = cos(turn) * half_x + sin(turn) * half_y
    y = -sin(turn) * half_x + cos(turn) * half_y
    grown = sqrt(max(1.0, (x / wide) ** 2 + (y / tall) ** 2))
    wide, tall = wide * grown, tall * grown
    over = max(0.0, (wide * tall) ** 2 - (wide * y) ** 2 - (tall * x) ** 2)
    share_ = sqrt(over / ((wide * y) ** 2 + (tall * x) ** 2)) * (-1 if numbers[3] == numbers[4] else 1)
    centre_x, centre_y = share_ * wide * y / tall, -share_ * tall * x / wide
    middle = (
        cos(turn) * centre_x - sin(turn) * centre_y + (begin[0] + end[0]) / 2,
        sin(turn) * centre_x + cos(turn) * centre_y + (begin[1] + end[1]) / 2,
    )
    first = atan2((y - centre_y) / tall, (x - centre_x) / wide)
    sweep = (atan2((-y - centre_y) / tall, (-x - centre_x) / wide) - first) % (2 * pi)
    if not numbers[4]:
        sweep -= 2 * pi

    def on(share: float) -> Point:
        angle = first + share * sweep
        along, across = wide * cos(angle), tall * sin(angle)
        return (
            middle[0] + cos(turn) * along - sin(turn) * across,
            middle[1] + sin(turn) * along + cos(turn) * across,
        )

    return on
