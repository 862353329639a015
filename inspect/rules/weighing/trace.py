"""The explanation trace: enough to recompute the position from it alone (METHOD 2.16)."""

from collections.abc import Iterable, Mapping

from .configuration import HIGHEST_LEVEL, WEIGHTS
from .levels import Levels
from .position import StateWeighed, is_enough, present_weight, weight_reaching

#: One row: `rule` (P, V1, T1, T2, T3, T4, V0 or L) and that rule's facts, as plain JSON values.
TraceRow = Mapping[str, str | int | bool | None]


def trace_of(levels: Levels, weighed: StateWeighed) -> tuple[TraceRow, ...]:
    """The rows in the order in which the method reasons."""
    weight = present_weight(levels)
    limits = weighed.ceilings
    rows: list[TraceRow] = [
        {"rule": "P", "perspective": str(perspective), "level": level, "weight": WEIGHTS[perspective]}
        for perspective, level in levels.items()
    ]
    for level in range(HIGHEST_LEVEL, 1, -1):
        reaching = weight_reaching(levels, level)
        rows.append(
            {"rule": "V1", "level": level, "for": reaching, "of": weight, "reached": 2 * reaching > weight}
        )
    rows += [
        {"rule": "T1", "at_most": limits.T1},
        {"rule": "T2", "at_most": limits.T2},
        {"rule": "T3", "at_most": limits.T3},
        {"rule": "T4", "at_most": limits.T4},
        {"rule": "V0", "weight": weight, "enough": weighed.enough},
        {"rule": "L", "position": None if weighed.position is None else int(weighed.position)},
    ]
    return tuple(rows)


def replay(trace: Iterable[TraceRow]) -> int | None:
    """Recompute the position (1–4, or `None`) from the voices and the ceilings in a trace.

    What the trace says about majorities, sufficiency and the position itself is not believed.
    Raises ValueError when a ceiling is missing or a value has the wrong type.
    """
    voices: list[tuple[int, int]] = []
    at_most: dict[str, int] = {}
    for row in trace:
        rule = row.get("rule")
        if rule == "P":
            voices.append((_whole(row, "level"), _whole(row, "weight")))
        elif rule in ("T1", "T2", "T3", "T4"):
            at_most[str(rule)] = _whole(row, "at_most")
    if len(at_most) != 4:
        raise ValueError("the trace lacks a ceiling")
    total = sum(weight for _, weight in voices)
    if not is_enough(total, account=at_most["T1"], statute=at_most["T2"]):
        return None
    reached = [
        level
        for level in range(1, HIGHEST_LEVEL + 1)
        if 2 * sum(weight for own, weight in voices if own >= level) > total
    ]
    return min(max(reached, default=1), *at_most.values())


def _whole(row: TraceRow, key: str) -> int:
    value = row.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"the trace has no whole number for {key}")
    return value
