"""What files a case takes in, and how large they may be. Sizes are in bytes, parts count from 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

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
class FileQuota:
    """How much room a case has for files, and how much of it one person fills in a day; in bytes."""

    case: int = 10_000 * MEBIBYTE
    day: int = 2_000 * MEBIBYTE

    def of_devices(self) -> "FileQuota":
        """Twice as much: what was recorded on a visit is not refused for what pages have filled."""
        return FileQuota(2 * self.case, 2 * self.day)


DAY = timedelta(hours=24)


def read_file_quota(environment: Mapping[str, str]) -> FileQuota:
    """Of TILLSYN_FILES_CASE_MB and TILLSYN_FILES_DAY_MB. Raises ValueError with what to set."""
    usual, found = FileQuota(), {}
    for name, key, mb in (
        ("case", "TILLSYN_FILES_CASE_MB", usual.case), ("day", "TILLSYN_FILES_DAY_MB", usual.day),
    ):  # fmt: skip
        told = environment.get(key) or str(mb // MEBIBYTE)
        if not told.isdecimal() or int(told) < 1:
            raise ValueError(f"{key} is {told!r}: set it to a whole number of megabytes, at least 1.")
        found[name] = int(told) * MEBIBYTE
    return FileQuota(**found)


def over_quota(quota: FileQuota, size: int, *, in_case: int, of_person: int) -> Reason | None:
    """Why there is no room for a file of `size`: `in_case` are there already, `of_person` since a DAY ago."""
    if in_case + size > quota.case:
        return Reason(
            N_(
                "There is no room for the file: the case has %(num)s MB of files, and %(limit)s MB fit."
                " Whoever runs the service can make more room."
            ),
            {"num": in_case // MEBIBYTE, "limit": quota.case // MEBIBYTE},
        )
    if of_person + size > quota.day:
        return Reason(
            N_(
                "You have put %(num)s MB of files into the case in a day, and %(limit)s MB fit. Go on"
                " tomorrow; whoever runs the service can make more room."
            ),
            {"num": of_person // MEBIBYTE, "limit": quota.day // MEBIBYTE},
        )
    return None


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
