"""What files a case takes in, and how large they may be. Sizes are in bytes, parts count from 1."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...models.vocabulary import N_, MediaType
from .reasons import Reason

MEBIBYTE = 1024 * 1024
MOST_IN_PART = 3_000_000
"""One request carries one part, and some words about it."""

PART = MEBIBYTE
"""What a file that comes whole is divided into, to be sealed."""

MOST_PARTS = 1000
MOST_BYTES: dict[MediaType, int] = {
    MediaType.JPEG: 15 * MEBIBYTE,
    MediaType.PNG: 15 * MEBIBYTE,
    MediaType.WEBP: 15 * MEBIBYTE,
    MediaType.PDF: 25 * MEBIBYTE,
    MediaType.WEBM: 200 * MEBIBYTE,
    MediaType.OGG: 200 * MEBIBYTE,
    MediaType.MP4: 200 * MEBIBYTE,
}
"""A sound recording of an hour is about 15 MB."""

LARGEST_SENT = max(MOST_BYTES[one] for one in (MediaType.JPEG, MediaType.PNG, MediaType.WEBP, MediaType.PDF))
"""The largest file that a page takes in; recordings come from the field app, in parts."""


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a file before it comes."""

    media_type: MediaType
    size: int
    parts: int
    of_talk: bool


def refused_file(file: Described) -> Reason | None:
    """Why such a file is not taken in; None when it is."""
    if file.media_type in _SOUND and not file.of_talk:
        return Reason(N_("A sound recording belongs to a talk."))
    most = MOST_BYTES[file.media_type]
    if file.size > most:
        return too_large(file.size, most)
    if file.parts > MOST_PARTS or file.parts > file.size:
        return Reason(N_("The file is divided into more parts than it can have."))
    if file.size > file.parts * MOST_IN_PART:
        return Reason(N_("The parts of the file are too large. At most %(num)s MB fit in one."), {"num": 3})
    return None


def too_large(size: int, most: int) -> Reason:
    return Reason(
        N_("The file has %(num)s MB; at most %(limit)s MB fit."),
        {"num": -(-size // MEBIBYTE), "limit": most // MEBIBYTE},
    )


def divided(content: bytes, parts: int = 0) -> Sequence[bytes]:
    """`content` in `parts` pieces of nearly one size, or in pieces of PART when no number is given."""
    each = -(-len(content) // parts) if parts else PART
    pieces = [content[at : at + each] for at in range(0, len(content), each)]
    return pieces + [b""] * (parts - len(pieces))


_SOUND = frozenset({MediaType.WEBM, MediaType.OGG, MediaType.MP4})
