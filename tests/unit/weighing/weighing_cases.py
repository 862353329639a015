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
THEMES_OF = {area: sorted(theme for theme, of in THEMES.items() if of == area) for area in AREAS}

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


def adding(case: Inspection, *more: Coding) -> Inspection:
    new = tuple(replace(coding, id=f"new{number}") for number, coding in enumerate(more))
    return replace(case, codings=(*case.codings, *new))


def positions(case: Inspection) -> dict[str, int | None]:
    return {name: area.position for name, area in weighed(case).areas.items()}


def without_stamp(result: Weighing) -> dict[str, object]:
    """The result as JSON without what is meant to follow the input."""
    found = result_as_json(result)
    del found["stamp"]
    return found


SOURCES = ("b1", "b2", "b3", "b4", "p1", "p2", "l1", "a1", "o1", "d1")


# Few draws per record: the switches of a coding or a check come from one number, because drawing
# them one by one takes most of the time that the properties take.


@st.composite
def codings(draw: st.DrawFn, *, worst: int = 4, sources: tuple[str, ...] = SOURCES) -> Coding:
    severity = draw(st.integers(0, worst))
    source = draw(st.sampled_from(sources))
    theme = draw(st.sampled_from(sorted(THEMES)))
    switches = draw(st.integers(0, 16 * 3 * 4 - 1))
    rest, bits = divmod(switches, 16)
    resolution, status = divmod(rest, 3)
    return Coding(
        id="",
        source=source,
        perspective=role(source),
        theme=theme,
        severity=severity,
        firsthand=not bits & 1,
        status=list(Status)[status],
        resolution=[None, *Resolution][resolution] if severity >= 3 else None,
        prompted=bool(bits & 2),
        important=bool(bits & 4),
        concrete=not bits & 8,
    )


@st.composite
def checks(draw: st.DrawFn, *, worst: int = 4) -> Check:
    requirement = draw(st.sampled_from(sorted(CATALOGUE.requirements)))
    result = draw(st.sampled_from(CheckResult))
    if result is not CheckResult.DEVIATION:
        return Check(requirement, result)
    extent, bits = divmod(draw(st.integers(0, 8 * 3 - 1)), 8)
    return Check(
        requirement,
        result,
        consequence=draw(st.integers(0, worst)),
        extent=extent,
        repeated=bool(bits & 1),
        fixed=bool(bits & 2),
        self_reported=bool(bits & 4),
    )


def numbered(found: list[Coding]) -> tuple[Coding, ...]:
    return tuple(replace(coding, id=f"c{number:03}") for number, coding in enumerate(found))


@st.composite
def inspections(draw: st.DrawFn, *, worst: int = 4) -> Inspection:
    """Any inspection that could have been made, with unique ids, sources in one role and N >= n."""
    return Inspection(
        id="x",
        residents=draw(st.integers(4, 8)),
        codings=numbered(draw(st.lists(codings(worst=worst), max_size=10))),
        checks=tuple(
            draw(st.lists(checks(worst=worst), max_size=5, unique_by=lambda check: check.requirement))
        ),
        interviews=tuple(
            draw(st.lists(st.builds(Interview, st.sampled_from(SOURCES), st.booleans()), max_size=3))
        ),
        alpha=draw(st.sampled_from([None, Fraction(1, 2), Fraction(7, 10), Fraction(41, 50)])),
        children_first=draw(st.booleans()),
    )
