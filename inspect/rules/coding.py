"""How grave a passage stands, as one or two coders judged it (method §2.3, S1, and §2.19)."""

from .weighing.configuration import GRAVE

#: From this severity on, two people code, apart from each other.
SECOND_CODER_FROM = 2


def needs_second_coder(severity: int) -> bool:
    """Whether a judgement of this severity (0–4) must be made by a second person too."""
    return severity >= SECOND_CODER_FROM


def standing_severity(first: int, second: int | None, settled: int | None) -> int:
    """The severity that counts: what they settled; until then the higher of the two.

    `second` is `None` until a second person has coded, `settled` until the two have agreed.
    """
    if settled is not None:
        return settled
    return first if second is None else max(first, second)


def disagrees(first: int, second: int | None) -> bool:
    """Whether two coders judged differently; nobody disagrees with a coder who has not coded yet."""
    return second is not None and first != second


def crosses_the_grave_boundary(first: int, second: int | None) -> bool:
    """Whether the coders disagree on whether it is grave at all, which decides T1: settle this first."""
    return second is not None and (first >= GRAVE) != (second >= GRAVE)
