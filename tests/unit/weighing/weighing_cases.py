"""The catalogue and the building blocks that the tests of the weighing share."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from tillsyn.inspect.rules.weighing import (
    Catalogue,
    Check,
    CheckResult,
    Coding,
    Inspection,
    Interview,
    Perspective,
    Resolution,
    Status,
    Weighing,
    result_as_json,
    weigh,
)

THEMES = {
    "vald_hot": "TRY",
    "natt": "TRY",
    "inflytande": "DEL",
    "klagomal": "DEL",
    "mat": "VAR",
    "fritid": "VAR",
    "mobil": "VAR",
    "plan": "DOK",
    "register": "DOK",
}
CATALOGUE = Catalogue(
    themes=THEMES,
    requirements={
        "KR1": frozenset({"vald_hot"}),
        "KR2": frozenset({"natt"}),
        "KR3": frozenset({"inflytande"}),
        "KR4": frozenset({"klagomal"}),
        "KR5": frozenset({"plan"}),
        "KR6": frozenset({"register"}),
        "KR7": frozenset({"natt", "plan"}),
    },
    administrative_areas=frozenset({"DOK"}),
)
AREAS = ("DEL", "DOK", "TRY", "VAR")

_ROLES = {
    "b": Perspective.CHILD,
    "p": Perspective.STAFF,
    "l": Perspective.MANAGER,
    "a": Perspective.OTHER,
    "o": Perspective.OBSERVATION,
    "d": Perspective.DOCUMENT,
}


def role(source: str) -> Perspective:
    return _ROLES[source[0]]


def said(source: str, theme: str, severity: int, *, id: str | None = None, **more: object) -> Coding:
    """A first-hand coding whose perspective follows from the source's first letter."""
    coding = Coding(
        id=id or f"{source}-{theme}-{severity}",
        source=source,
        perspective=role(source),
        theme=theme,
        severity=severity,
    )
    return replace(coding, **more)  # type: ignore[arg-type]


def asked(source: str, theme: str) -> Coding:
    """Asked, and nothing to remark."""
    return said(source, theme, 0, prompted=True)


def met(requirement: str) -> Check:
    return Check(requirement, CheckResult.MET)


def deviation(requirement: str, consequence: int, **more: object) -> Check:
    return replace(Check(requirement, CheckResult.DEVIATION, consequence=consequence), **more)  # type: ignore[arg-type]


def inspection(*evidence: Coding | Check, residents: int = 6, **more: object) -> Inspection:
    """An inspection without any doubt about how it was made."""
    made = Inspection(
        id="x",
        residents=residents,
        codings=tuple(one for one in evidence if isinstance(one, Coding)),
        checks=tuple(one for one in evidence if isinstance(one, Check)),
        alpha=Fraction(41, 50),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def weighed(case: Inspection) -> Weighing:
    return weigh(CATALOGUE, case)


def without_stamp(result: Weighing) -> dict[str, object]:
    """The result as JSON without what is meant to follow the input."""
    found = result_as_json(result)
    del found["stamp"]
    return found


SOURCES = ("b1", "b2", "b3", "b4", "p1", "p2", "l1", "a1", "o1", "d1")


@st.composite
def codings(draw: st.DrawFn, *, worst: int = 4, sources: tuple[str, ...] = SOURCES) -> Coding:
    severity = draw(st.integers(0, worst))
    source = draw(st.sampled_from(sources))
    return Coding(
        id="",
        source=source,
        perspective=role(source),
        theme=draw(st.sampled_from(sorted(THEMES))),
        severity=severity,
        firsthand=draw(st.booleans()),
        status=draw(st.sampled_from(Status)),
        resolution=draw(st.none() | st.sampled_from(Resolution)) if severity >= 3 else None,
        prompted=draw(st.booleans()),
        important=draw(st.booleans()),
        concrete=draw(st.booleans()),
    )


@st.composite
def checks(draw: st.DrawFn, *, worst: int = 4) -> Check:
    result = draw(st.sampled_from(CheckResult))
    if result is not CheckResult.DEVIATION:
        return Check(draw(st.sampled_from(sorted(CATALOGUE.requirements))), result)
    return Check(
        draw(st.sampled_from(sorted(CATALOGUE.requirements))),
        result,
        consequence=draw(st.integers(0, worst)),
        extent=draw(st.integers(0, 2)),
        repeated=draw(st.booleans()),
        fixed=draw(st.booleans()),
        self_reported=draw(st.booleans()),
    )


def numbered(found: list[Coding]) -> tuple[Coding, ...]:
    return tuple(replace(coding, id=f"c{number:03}") for number, coding in enumerate(found))


@st.composite
def inspections(draw: st.DrawFn, *, worst: int = 4) -> Inspection:
    """Any inspection that could have been made, with unique ids, sources in one role and N >= n."""
    return Inspection(
        id="x",
        residents=draw(st.integers(4, 8)),
        codings=numbered(draw(st.lists(codings(worst=worst), max_size=14))),
        checks=tuple(
            draw(st.lists(checks(worst=worst), max_size=7, unique_by=lambda check: check.requirement))
        ),
        interviews=tuple(
            draw(st.lists(st.builds(Interview, st.sampled_from(SOURCES), st.booleans()), max_size=5))
        ),
        alpha=draw(st.none() | st.fractions(0, 1, max_denominator=50)),
        children_first=draw(st.booleans()),
    )
