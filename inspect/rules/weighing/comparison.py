"""Two results for one input, side by side: what another version of the method says differently (§2.18).

Results are never recomputed in place. A new method version gives a parallel result, and this list.
Both are taken as JSON, since the old one is a stored result: see `result_as_json`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .scales import ActionTrack

#: What is explained by the rest (the trace) or meant to differ (the stamp).
_LEFT_OUT = frozenset({"trace", "stamp"})


@dataclass(frozen=True)
class Difference:
    """One value that is not the same. `path` leads to it (`("areas", "TRY", "position")`).

    `None` stands for null and for a value that only one of the results has.
    """

    path: tuple[str, ...]
    old: object
    new: object

    @property
    def is_position(self) -> bool:
        return len(self.path) == 3 and self.path[0] == "areas" and self.path[2] == "position"


@dataclass(frozen=True)
class Comparison:
    """The differences in the order of the contract, and what the results were made by.

    `same_method`: the same version with the same constants; then a difference is a fault in the program.
    """

    old_version: str
    new_version: str
    same_method: bool
    differences: tuple[Difference, ...]

    @property
    def moved_areas(self) -> tuple[str, ...]:
        """The areas whose position is another one."""
        return tuple(one.path[1] for one in self.differences if one.is_position)

    @property
    def action_before_and_after(self) -> tuple[ActionTrack | None, ActionTrack | None] | None:
        """The highest action step before and after, where the new method would act differently."""
        found = next((one for one in self.differences if one.path == ("action",)), None)
        return None if found is None else (_step(found.old), _step(found.new))


def compare(old: Mapping[str, object], new: Mapping[str, object]) -> Comparison:
    """What differs between two results for the same input.

    Raises ValueError when the inputs differ: then nobody can say what the method did.
    """
    before, after = _stamp(old), _stamp(new)
    if before["input_hash"] != after["input_hash"]:
        raise ValueError("the two results are not for the same input")
    same = all(before[key] == after[key] for key in ("method", "version", "config_hash"))
    differences = tuple(_differences((), old, new))
    return Comparison(str(before["version"]), str(after["version"]), same, differences)


def _differences(path: tuple[str, ...], old: object, new: object) -> Iterator[Difference]:
    if not isinstance(old, Mapping) or not isinstance(new, Mapping):
        if old != new:
            yield Difference(path, old, new)
        return
    for key in [*new, *(key for key in old if key not in new)]:
        if key not in _LEFT_OUT:
            yield from _differences((*path, key), old.get(key), new.get(key))


def _stamp(result: Mapping[str, object]) -> Mapping[str, object]:
    stamp = result.get("stamp")
    if not isinstance(stamp, Mapping):
        raise TypeError("a result without a stamp cannot be compared")
    return stamp


def _step(value: object) -> ActionTrack | None:
    return ActionTrack(value) if isinstance(value, int) else None
