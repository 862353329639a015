"""What came from the field, as a person reads it: what it is about, which field, and its value in words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from ...interview_guides.guide import Pack, UnknownContent, load_pack
from ...models.inspections import Inspection
from ...models.vocabulary import (
    N_,
    CheckResult,
    ChildOutcome,
    EvidenceKind,
    Informant,
    ReportedTo,
    StatementStatus,
    Titled,
    Wish,
)
from ..rules.field_documents import as_time
from ..services.blind_coding import JUDGED
from ..services.see_field import FromField, Named, Waiting
from ..services.settle_quarantine import Apart
from .field_words import DOCUMENT_KINDS, FIELD_NAMES
from .language import exact, say, translate

KINDS, FIELDS = dict(DOCUMENT_KINDS), dict(FIELD_NAMES)
WORDS: dict[str, type[Titled]] = {
    "outcome": ChildOutcome,
    "result": CheckResult,
    "wish": Wish,
    "status": StatementStatus,
    "informant": Informant,
    "reported_to": ReportedTo,
    "kind": EvidenceKind,
}
TIMES = frozenset({"started_at", "ended_at", "noted_at", "at"})
FLAGS = {
    "repeated": N_("Raised at the previous inspection too"),
    "fixed": N_("Put right on the spot"),
    "self_reported": N_("The home had found it and begun to put it right"),
    "told_child": N_("The child has been told what we are doing, and why"),
}
EXTENTS = (N_("Isolated"), N_("Recurring"), N_("Systematic"))
UNSAID = frozenset(
    {"resident", "person", "guide", "position", "talk", "evidence", "statement", "sha256", "bytes", "parts"}
)
"""What is in a value for the program's sake, or said of the document already."""


@dataclass(frozen=True, slots=True)
class HeldCard:
    """What was refused of one document, or of a talk with all that was noted in it."""

    title: str
    rows: tuple[Waiting, ...]

    @property
    def ops(self) -> str:
        return " ".join(str(row.op_id) for row in self.rows)

    @property
    def key(self) -> str:
        return str(self.rows[0].op_id)


def title_of(document: Named) -> str:
    """`Talk: b1`, `Requirement: K08`, `Note: b1`."""
    kind = translate(KINDS.get(document.kind, document.kind))
    return f"{kind}: {document.about}" if document.about else kind


def field_title(name: str) -> str:
    return translate(FIELDS.get(name, name))


def held_cards(seen: FromField) -> list[HeldCard]:
    """One card for each document; what was noted in a talk that was refused itself stands with the talk."""
    refused_talks = {row.doc_id for row in seen.held if (row.doc_kind, row.field) == ("talk", "start")}
    cards: dict[UUID, list[Waiting]] = {}
    names: dict[UUID, Named] = {}
    for row in seen.held:
        talk = row.belongs_to if row.belongs_to in refused_talks else None
        key = talk or row.doc_id
        cards.setdefault(key, []).append(row)
        if key == row.doc_id:
            names[key] = row.document
    return [HeldCard(title_of(names.get(key, rows[0].document)), tuple(rows)) for key, rows in cards.items()]


def value_in_words(inspection: Inspection, name: str, value: Any, *, is_blind: bool) -> str:
    """A value as text. `is_blind`: this reader can still be the second coder of the statement."""
    if name in JUDGED and is_blind:
        return _("(not shown to who can be the second coder)")
    if isinstance(value, dict):
        said = sorted(value.items(), key=lambda item: (item[0] not in WORDS, item[0]))
        parts = (_part(inspection, key, one) for key, one in said if key not in UNSAID)
        return "\n".join(part for part in parts if part) or _("(nothing)")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _part(inspection, name, value) or _("(nothing)")


def sent_in_words(inspection: Inspection, one: Apart) -> str:
    """What is in quarantine, as far as it can be read."""
    said = one.said or {}
    kind, name = str(said.get("doc_kind", "")), str(said.get("field", ""))
    title = f"{translate(KINDS.get(kind, kind))}, {field_title(name)}" if name else ""
    if one.can_be_taken_in:
        value = op_in_words(inspection, said)
    else:
        value = json.dumps(said.get("value"), ensure_ascii=False) if said else _("(it cannot be read)")
    return f"{title}\n{value}" if title else value


def op_in_words(inspection: Inspection, op: Mapping[str, Any]) -> str:
    """The value of an operation that is one. Judgements are not shown: it may be another's."""
    return value_in_words(inspection, op["field"], op["value"], is_blind=op["field"] in JUDGED)


def _part(inspection: Inspection, name: str, value: Any) -> str:
    if value is None or value == "" or isinstance(value, list):
        return ""
    if isinstance(value, bool):
        return translate(FLAGS[name]) if value and name in FLAGS else ""
    if name == "extent":
        return translate(EXTENTS[value])
    if name in TIMES:
        return exact(as_time(value))
    if name in WORDS:
        return translate(WORDS[name](value).title)
    if name == "lead":
        return next((m.name for m in inspection.team if str(m.user_id) == value), "")
    return _content(load_pack(inspection.pack), name, value)


def _content(pack: Pack, name: str, value: Any) -> str:
    """What the pack has a word for, in it; everything else as it stands."""
    try:
        if name == "theme":
            return say(pack.theme(value).name)
        if name in ("severity", "consequence"):
            return f"{value} – {say(pack.anchor(value).name)}"
    except UnknownContent:
        pass
    return str(value)
