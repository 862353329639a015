"""Three texts of one paragraph: what an edit began from, what a person wrote, what the data give now.

Pure. Texts are merged sentence by sentence and compared word by word. A merged text is only ever offered:
a person chooses it, or their own, or that of the data.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .readability import sentence_spans


class Change(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that follow on each other and share a fate, without the blanks around them."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """One sentence, and the blanks between it and the next."""

    said: str
    gap: str


@dataclass(frozen=True, slots=True)
class _Changed:
    """Sentences `begins` to `ends` of the base are said by `pieces` instead."""

    begins: int
    ends: int
    pieces: tuple[_Piece, ...]

    def said(self) -> tuple[str, ...]:
        return tuple(one.said for one in self.pieces)


def merged(base: str, mine: str, theirs: str) -> str | None:
    """What `mine` and `theirs` both made of `base`; None when they changed the same place differently.

    Every sentence that one of them added stands in the result, and none that one of them took away. Blanks
    between sentences are those of the text that a sentence is taken from.
    """
    begun, my_pieces, their_pieces = _pieces(base), _pieces(mine), _pieces(theirs)
    ours, others = _changes(begun, my_pieces), _changes(begun, their_pieces)
    begun = _regapped(begun, my_pieces, their_pieces)
    if any(_meet(one, other) and not _alike(one, other) for one in ours for other in others):
        return None
    wanted = sorted(
        [*ours, *(one for one in others if not any(_alike(one, own) for own in ours))],
        key=lambda one: (one.begins, one.ends),
    )
    found: list[_Piece] = []
    at = 0
    for change in wanted:
        found += begun[at : change.begins]
        found += change.pieces
        at = change.ends
    return _joined([*found, *begun[at:]])


def word_changes(old: str, new: str) -> tuple[Stretch, ...]:
    """How `new` differs from `old`, word by word, in reading order: what went before what came."""
    before, after = old.split(), new.split()
    found: list[Stretch] = []
    for name, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if name == "equal":
            found.append(Stretch(Change.SAME, " ".join(before[a:b])))
            continue
        if b > a:
            found.append(Stretch(Change.REMOVED, " ".join(before[a:b])))
        if d > c:
            found.append(Stretch(Change.ADDED, " ".join(after[c:d])))
    return tuple(found)


def sentences_added(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The sentences of `text` that stand in none of the `known` texts, in their order."""
    there = {_plain(one.said) for other in known for one in _pieces(other)}
    return tuple(one.said for one in _pieces(text) if _plain(one.said) not in there)


def is_like_one_of(sentence: str, texts: Sequence[str], least: float) -> bool:
    """Whether a sentence of the texts shares at least that part of its words with this one, in order."""
    words = _plain(sentence).lower().split()
    return any(
        SequenceMatcher(None, _plain(one.said).lower().split(), words, autojunk=False).ratio() >= least
        for text in texts
        for one in _pieces(text)
    )


def _plain(sentence: str) -> str:
    return " ".join(sentence.split()).rstrip(".!?:")


def _pieces(text: str) -> list[_Piece]:
    """The whole of the text: nothing but the blanks before its first sign and after its last is left out."""
    starts = [begins for begins, _ends in sentence_spans(text)] or ([0] if text.strip() else [])
    if not starts:
        return []
    starts[0] = 0
    found = []
    for begins, ends in zip(starts, [*starts[1:], len(text)], strict=True):
        part = text[begins:ends]
        said = part.strip()
        found.append(_Piece(said, part[len(part.rstrip()) :]))
    return found


def _changes(base: Sequence[_Piece], text: Sequence[_Piece]) -> list[_Changed]:
    matcher = SequenceMatcher(None, [one.said for one in base], [one.said for one in text], autojunk=False)
    return [_Changed(a, b, tuple(text[c:d])) for name, a, b, c, d in matcher.get_opcodes() if name != "equal"]


def _regapped(base: list[_Piece], *texts: Sequence[_Piece]) -> list[_Piece]:
    """The base with the blanks that one of the texts has put after a sentence that it has kept."""
    gaps = [one.gap for one in base]
    for text in texts:
        matcher = SequenceMatcher(
            None, [one.said for one in base], [one.said for one in text], autojunk=False
        )
        for begins, there, size in matcher.get_matching_blocks():
            for at in range(size):
                gap = text[there + at].gap
                if gap and gap != base[begins + at].gap:
                    gaps[begins + at] = gap
    return [_Piece(one.said, gap) for one, gap in zip(base, gaps, strict=True)]


def _meet(one: _Changed, other: _Changed) -> bool:
    """Whether both say something of the same place. Side by side is not the same place, nor is an addition
    before or after what the other changed."""
    if one.begins == one.ends and other.begins == other.ends:
        return one.begins == other.begins
    overlap = max(one.begins, other.begins) < min(one.ends, other.ends)
    return overlap or _inside(one, other) or _inside(other, one)


def _inside(added: _Changed, other: _Changed) -> bool:
    return added.begins == added.ends and other.begins < added.begins < other.ends


def _alike(one: _Changed, other: _Changed) -> bool:
    return (one.begins, one.ends, one.said()) == (other.begins, other.ends, other.said())


def _joined(pieces: Sequence[_Piece]) -> str:
    return "".join(_with_gaps(pieces)).strip()


def _with_gaps(pieces: Sequence[_Piece]) -> Iterator[str]:
    for one in pieces:
        yield one.said
        yield one.gap or " "
