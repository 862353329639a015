"""What one file says about a thing, element by element: who made it, when, with which codes and notes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import TypedDict

from ...models.vocabulary import N_
from .refi_qda_archive import Archive, FileText
from .refi_qda_model import CodingRef, ExchangeFault, VariableValue
from .refi_qda_xml import Node

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Made(TypedDict):
    """Who made a thing, when, and when it was last changed."""

    user: str | None
    created_at: datetime | None
    changed_at: datetime | None


@lru_cache(32768)
def plain_guid(text: str) -> str:
    """A GUID in lower case without braces; what is no GUID as it stands."""
    bare = text.strip().strip("{}")
    return bare.lower() if _GUID.fullmatch(bare) else text.strip()


@lru_cache(8192)
def _moment(text: str) -> datetime:
    """The time in UTC; one without a zone is in UTC already. Raises ValueError or OverflowError."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@dataclass(slots=True)
class Reading:
    """One file while it is read: collects faults, and what is not taken in.

    `codes` and `cases` are the guids met so far, `linked` the notes that hang on a thing by a link.
    """

    archive: Archive | None
    origin: str = ""
    faults: list[ExchangeFault] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    codes: set[str] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    linked: dict[str, list[str]] = field(default_factory=dict)

    def fault(self, node: Node, text: str, **values: object) -> None:
        self.faults.append(ExchangeFault(node.path, text, values, node.line))

    def codings(self, node: Node) -> Iterator[CodingRef]:
        for one in node.all("Coding"):
            ref = one.first("CodeRef")
            code = plain_guid(ref.attributes.get("targetGUID", "")) if ref is not None else ""
            if code not in self.codes:
                if code in self.cases:
                    self.left_out["Case"] += 1
                else:
                    self.fault(one, N_("refers to a code that the file does not have: “%(code)s”"), code=code)
                continue
            yield CodingRef(
                guid=self.guid(one),
                code=code,
                user=plain_guid(one.attributes.get("creatingUser", "")) or None,
                at=self.time(one, "creationDateTime"),
                notes=self.notes_of(one),
            )

    def text(self, node: Node, *, is_source: bool = False) -> FileText | None:
        """The text of a source or note. A source whose text is not there is a fault, if anything is on it."""
        inside = node.first("PlainTextContent")
        path = node.attributes.get("plainTextPath", "").strip()
        found = self.archive.text(path) if self.archive is not None and path else None
        if found is not None:
            return found
        if inside is not None:
            return FileText(inside.text)
        if path:
            self.fault(
                node,
                N_("its text “%(path)s” is not in the file; export again with the texts inside"),
                path=path,
            )
        elif is_source and (node.all("PlainTextSelection") or node.all("Coding")):
            self.fault(node, N_("has selections but no plain text"))
        elif is_source:
            self.left_out[node.name] += 1
        return None

    def guid(self, node: Node) -> str:
        return plain_guid(node.attributes.get("guid", ""))

    def identity(self, node: Node) -> str:
        guid = self.guid(node)
        if not guid:
            self.fault(node, N_("has no guid"))
        return guid

    def notes_of(self, node: Node, guid: str = "") -> tuple[str, ...]:
        refs = [plain_guid(ref.attributes.get("targetGUID", "")) for ref in node.all("NoteRef")]
        return tuple(dict.fromkeys(refs + self.linked.get(guid, [])))

    def values(self, node: Node) -> tuple[VariableValue, ...]:
        found = []
        for one in node.all("VariableValue"):
            ref = one.first("VariableRef")
            told = next((child.text for child in one.children if child.name.endswith("Value")), "")
            if ref is not None:
                found.append(VariableValue(plain_guid(ref.attributes.get("targetGUID", "")), told))
        return tuple(found)

    def made(self, node: Node) -> Made:
        user = node.attributes.get("creatingUser") or node.attributes.get("modifyingUser") or ""
        return {
            "user": plain_guid(user) or None,
            "created_at": self.time(node, "creationDateTime"),
            "changed_at": self.time(node, "modifiedDateTime"),
        }

    def time(self, node: Node, name: str) -> datetime | None:
        text = node.attributes.get(name, "").strip()
        if not text:
            return None
        try:
            return _moment(text)
        except (ValueError, OverflowError):
            self.fault(node, N_("%(name)s is not a time: “%(value)s”"), name=name, value=text)
            return None
