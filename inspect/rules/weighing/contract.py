"""The JSON contract of METHOD 2.20, outwards: what `tillsyn weigh` prints."""

from collections.abc import Mapping
from dataclasses import asdict
from fractions import Fraction

from .configuration import WEIGHTED
from .results import AreaResult, Gap, Margin, Versions, Weighing


def result_as_json(weighing: Weighing, versions: Versions | None = None) -> dict[str, object]:
    """The result as plain JSON values. Fractions are text in lowest terms; what is absent is null.

    With `versions` the stamp also says which catalogue and code book it was coded by (method §2.18);
    without them the output is exactly the contract's.
    """
    return {
        "stamp": asdict(weighing.stamp) | ({} if versions is None else asdict(versions)),
        "areas": {name: _area(area) for name, area in weighing.areas.items()},
        "gap": _gap(weighing.gap),
        "profile": {str(word): count for word, count in weighing.profile.items()},
        "action": _code(weighing.action),
        "driving_areas": list(weighing.driving_areas),
    }


def _area(area: AreaResult) -> dict[str, object]:
    return {
        "position": _code(area.position),
        "word": str(area.word),
        "basis": None if area.basis is None else str(area.basis),
        "levels": {str(perspective): area.levels.get(perspective) for perspective in WEIGHTED},
        "base": area.base,
        "ceilings": asdict(area.ceilings),
        "confidence": _code(area.confidence),
        "confidence_parts": None if area.confidence_parts is None else asdict(area.confidence_parts),
        "action": _code(area.action),
        "flags": {
            "acute": area.flags.acute,
            "investigate": area.flags.investigate,
            "deepen": area.flags.deepen,
            "disclosure_risk": area.flags.disclosure_risk,
        },
        "minority": {str(perspective): list(sources) for perspective, sources in area.minority.items()},
        "bounds": None if area.bounds is None else [int(bound) for bound in area.bounds],
        "margin": _margin(area.margin),
        "divergence": _divergence(area),
        "trace": [dict(row) for row in area.trace],
    }


def _margin(margin: Margin) -> Mapping[str, str | None]:
    return {"down": _fraction(margin.down), "up": _fraction(margin.up)}


def _divergence(area: AreaResult) -> Mapping[str, object]:
    return {
        f"{first}-{second}": {"kind": str(pair.kind), "difference": pair.difference}
        for (first, second), pair in area.divergence.items()
    }


def _gap(gap: Gap) -> dict[str, object]:
    return {
        "outside": _fraction(gap.outside),
        "B1": _fraction(gap.no_requirement),
        "B2": _fraction(gap.not_checked),
        "B3": _fraction(gap.different_picture),
        "distance": _fraction(gap.distance),
        "checks_without_voice": _fraction(gap.checks_without_voice),
        "saturation": _fraction(gap.saturation),
        "themes": {
            theme: {
                "class": one.kind.value,
                "children": _fraction(one.children),
                "checks": _fraction(one.checks),
                "children_level": one.children_level,
            }
            for theme, one in gap.themes.items()
        },
    }


def _fraction(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _code(value: int | None) -> int | None:
    return None if value is None else int(value)
