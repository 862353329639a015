"""A guide as plain fields, for a database and for a digest, and back again with its faults by path.

The plain form is the one that the file of the guide has (:mod:`.guide_writing`), so that there is one form
only: what is kept can be exported as a file, and what is read from a file can be kept.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from .content import Guide
from .faults import FaultList
from .guide_files import read_guide
from .guide_writing import Path, Plain, guide_as_written, write_guide
from .nodes import read_file
from .places import Places


@dataclass(frozen=True, slots=True, order=True)
class GuideFault:
    """What is wrong in a guide, and where: ``("questions", 3, "text", "sv")``; an empty path is the whole."""

    path: Path
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'guide'}: {self.message}"


class BrokenGuide(ValueError):
    """Plain fields that are no guide. ``faults`` holds every fault."""

    def __init__(self, faults: tuple[GuideFault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


def guide_as_plain(guide: Guide) -> Plain:
    """The fields of the guide: texts, lists and mappings only; what it does not have is left out."""
    return guide_as_written(guide)


def guide_from_plain(plain: Mapping[str, Any]) -> Guide:
    """The guide that the fields say. ``guide_from_plain(guide_as_plain(guide)) == guide``.

    Whether it fits its pack (themes, areas, the rules of good questions) is for the checks of the pack.

    :raises BrokenGuide: a field is missing, unknown, or of another kind than it must be.
    """
    written = write_guide(plain)
    faults = FaultList()
    entry = read_file(FilePath("guide.yaml"), faults, instead=written.text)
    guide = read_guide(entry, Places())
    entry.finish()
    found = {GuideFault(written.place_of(fault.line), fault.message) for fault in faults.in_order()}
    if found:
        raise BrokenGuide(tuple(sorted(found, key=lambda fault: (list(map(str, fault.path)), fault.message))))
    return guide


def canonical_json(plain: Mapping[str, Any]) -> str:
    """The one way in which the fields are written for a digest: names in order, no space, UTF-8 as it is."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(plain: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(plain).encode()).hexdigest()
