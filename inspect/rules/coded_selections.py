"""What the codings of an exchanged selection mean here: judgements, what stands, and codes we do not know.

Our own files pair each judgement's theme with its severity by guid. Other programs put several codes on
one stretch: each theme is then a passage of its own, and the gravest severity among them holds for all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ..exchange.refi_qda_model import CodingRef
from .code_exchange import Meaning, derived
from .exchange_marks import CodingMark, Marks

THEME = "theme"
"""What the guid of a theme that stands without a judgement is derived with, from the unit's."""


def of_severity(guid: str) -> str:
    """The guid of the severity that belongs to a judgement or unit: the same, as a UUID of version 8."""
    return f"{guid[:14]}8{guid[15:]}"


@dataclass(frozen=True, slots=True)
class GivenJudgement:
    """A judgement in a file. `guid` is None when the file has no one guid for theme and severity."""

    guid: str | None
    theme: str
    severity: int
    user: str | None
    at: datetime | None
    mark: CodingMark


@dataclass(frozen=True, slots=True)
class GivenCodes:
    """What one passage gets. `theme` and `severity` stand where no judgement says so."""

    judgements: tuple[GivenJudgement, ...] = ()
    theme: str | None = None
    severity: int | None = None
    foreign: tuple[str, ...] = ()
    user: str | None = None


def codes_of(
    guid: str, refs: Sequence[CodingRef], known: Mapping[str, Meaning], marks: Marks | None
) -> tuple[GivenCodes, ...]:
    """One entry for each passage that the selection `guid` becomes; empty when there is no code on it."""
    themes = [(ref, theme) for ref in refs if (theme := known[ref.code].theme) is not None]
    steps = {ref.guid: (ref, step) for ref in refs if (step := known[ref.code].severity) is not None}
    foreign = tuple(
        dict.fromkeys(
            known[ref.code].path
            for ref in refs
            if known[ref.code].theme is None and known[ref.code].severity is None
        )
    )
    given = marks.codings if marks is not None else {}
    judgements, single = [], []
    for ref, theme in themes:
        pair = steps.pop(of_severity(ref.guid), None)
        if pair is None:
            single.append((ref, theme))
        else:
            mark = given.get(ref.guid, CodingMark())
            judgements.append(GivenJudgement(ref.guid, theme, pair[1], ref.user, ref.at, mark))
    if judgements:
        return (GivenCodes(tuple(judgements), foreign=foreign),)
    return _without_pairs(guid, single, list(steps.values()), foreign, refs)


def _without_pairs(
    guid: str,
    themes: list[tuple[CodingRef, str]],
    steps: list[tuple[CodingRef, int]],
    foreign: tuple[str, ...],
    refs: Sequence[CodingRef],
) -> tuple[GivenCodes, ...]:
    severity = max((step for _, step in steps), default=None)
    if not themes:
        if severity is None and not foreign:
            return ()
        return (GivenCodes((), None, severity, foreign, refs[0].user),)
    # What stood without a judgement in our own file is no judgement when it comes back.
    only_stands = any(ref.guid == standing_theme(guid) for ref, _ in themes)
    found: list[GivenCodes] = []
    for ref, theme in {one[1]: one for one in themes}.values():
        rest = foreign if not found else ()
        if severity is None or only_stands:
            found.append(GivenCodes((), theme, severity, rest, ref.user))
        else:
            judged = GivenJudgement(None, theme, severity, ref.user, ref.at, CodingMark())
            found.append(GivenCodes((judged,), foreign=rest, user=ref.user))
    return tuple(found)


def standing_theme(guid: str) -> str:
    """The guid of a theme that stands without a judgement, from the unit's guid."""
    try:
        return derived(UUID(guid), THEME)
    except ValueError:
        return ""


# --- Long texts --------------------------------------------------------------------------------


def pieces(text: str, most: int) -> list[tuple[int, int]]:
    """`text` in stretches of at most `most` characters, none of them blank, divided where it hurts least.

    The end of a paragraph is best, then of a line, of a sentence, of a word. White space around a
    division belongs to no piece.
    """
    found = []
    begins = 0
    while begins < len(text):
        ends = len(text) if len(text) - begins <= most else begins + _division(text[begins : begins + most])
        words = text[begins:ends]
        first = begins + len(words) - len(words.lstrip())
        last = begins + len(words.rstrip())
        if first < last:
            found.append((first, last))
        begins = ends
    return found


def _division(text: str) -> int:
    for mark in ("\n\n", "\n", ". ", " "):
        place = text.rfind(mark)
        if place > 0:
            return place + len(mark)
    return len(text)
