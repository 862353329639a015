"""The units of the coding page as plain values: what this person may see of each, and what they may do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from ...interview_guides.guide import Pack, UnknownTheme
from ...models.codings import Coding, Memo
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.vocabulary import CodingPart, EvidenceKind, Informant
from ..errors import Conflict
from ..rules.interview_order import may_record, may_record_children
from ..rules.two_coders import (
    Segment,
    is_disputed,
    may_see_coding,
    may_settle,
    own_judgement,
    part_of,
    segments,
)
from ..rules.weighing.configuration import GRAVE
from ..services.find_codings import CodedUnit, Unit
from .case_frame import show
from .evidence_links import SIGNS
from .forms.coding import CodingForm
from .language import say


@dataclass(frozen=True, slots=True)
class JudgementLine:
    """One judgement as it is shown: by whom, when, what, with which code book, and why it was changed."""

    part: CodingPart
    by: str
    at: Any
    theme: str
    severity: int
    severity_name: str
    code_book: str
    reason: str


@dataclass(frozen=True, slots=True)
class MemoLine:
    id: UUID
    text: str
    by: str
    at: Any
    version: int
    is_mine: bool
    theme: str


@dataclass(frozen=True, slots=True)
class Card:
    """One unit on the page. `values` are those of CodingForm's fields: one's own judgement, or nothing."""

    id: UUID
    label: str
    statement_id: UUID
    is_passage: bool
    sign: str
    kind: Informant | EvidenceKind
    person: str
    title: str
    segments: tuple[Segment, ...]
    values: Mapping[str, str]
    version: int
    changes_mind: bool
    refusal: str | None
    """Why this person cannot code the unit; None when they can."""
    is_second: bool
    state: str
    """todo | done | second | hidden | disputed | parts: how it looks, never what somebody else judged."""
    lines: tuple[JudgementLine, ...]
    memos: tuple[MemoLine, ...]
    settles: bool
    seen: int
    """How many judgements the unit has, for whoever settles it."""
    removable: bool
    errors: Mapping[str, Sequence[str]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    settling: "CodingForm | None" = None


@dataclass(frozen=True, slots=True)
class Returned:
    """What was sent for one unit and could not be saved. `what`: code, settle, mark or memo."""

    unit_id: UUID
    form: Any
    what: str = "code"
    conflict: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What all cards of a page share."""

    inspection: Inspection
    pack: Pack
    person: UUID
    names: Mapping[UUID, str]
    stretches: Mapping[UUID, list[tuple[str, int, int]]]
    memos: Mapping[UUID, list[Memo]]
    rows: Mapping[UUID, list[Coding]]
    is_over: bool


def cards_of(read: Iterable[CodedUnit], around: Around, returned: Returned | None = None) -> tuple[Card, ...]:
    return tuple(_card(one, around, returned) for one in read)


def stretches_of(units: Iterable[Unit]) -> dict[UUID, list[tuple[str, int, int]]]:
    """Where the passages of each statement stand, by the statement."""
    found: defaultdict[UUID, list[tuple[str, int, int]]] = defaultdict(list)
    for unit in units:
        if unit.begins is not None and unit.ends is not None:
            found[unit.statement_id].append((unit.label, unit.begins, unit.ends))
    return dict(found)


def memo_lines(memos: Iterable[Memo], around: Around) -> tuple[MemoLine, ...]:
    return tuple(
        MemoLine(
            memo.id,
            memo.text,
            _name(memo.by_id, around),
            memo.changed_at,
            memo.version,
            memo.by_id == around.person,
            theme_name(around.pack, memo.theme) if memo.theme else "",
        )
        for memo in memos
    )


def _card(one: CodedUnit, around: Around, returned: Returned | None) -> Card:
    unit, statement, source = one.unit, one.statement, one.source
    judged = unit.judged
    kind = source.informant if isinstance(source, Interview) else source.kind
    sees = may_see_coding(judged, around.person, is_over=around.is_over)
    own = own_judgement(judged, around.person)
    part = part_of(judged, around.person)
    back = returned if returned and returned.unit_id == unit.id else None
    values = {"theme": own.theme if own else "", "severity": str(own.severity) if own else "", "reason": ""}
    mine = sum(
        row.coder_id == around.person and row.part is not CodingPart.SETTLED for row in unit.judgements
    )
    if back and back.what == "code":
        values = {name: str(back.form[name].data or "") for name in values}
        mine = back.conflict.version if back.conflict else (back.form.version.data or 0)
    visible = around.rows.get(unit.id, []) if sees else []
    memos = [m for m in around.memos.get(unit.id, []) if sees or m.by_id == around.person]
    disputed = sees and is_disputed(judged)
    return Card(
        id=unit.id,
        label=unit.label,
        statement_id=unit.statement_id,
        is_passage=unit.passage_id is not None,
        sign=SIGNS[kind],
        kind=kind,
        person=source.person,
        title="" if isinstance(source, Interview) else source.title,
        segments=segments(statement.text, around.stretches.get(unit.statement_id, [])),
        values=values,
        version=mine,
        changes_mind=own is not None,
        refusal=_refusal(around, statement, kind, part),
        is_second=part is CodingPart.SECOND and judged.first is not None,
        state=_state(unit, around, sees=sees, disputed=disputed, has_own=own is not None),
        lines=tuple(_line(row, around) for row in visible),
        memos=memo_lines(memos, around),
        settles=disputed and not may_settle(judged, around.person),
        seen=len(unit.judgements),
        removable=unit.passage_id is not None and _is_own(unit, around.person),
        errors=back.form.errors if back else {},
        faults=tuple(str(text) for text in back.form.form_errors) if back else (),
        settling=back.form if back and back.what == "settle" else None,
    )


def _is_own(unit: Unit, person: UUID) -> bool:
    """Coded by nobody else, and never as grave: the mark can be taken away (the use case asks again)."""
    others = any(row.coder_id != person for row in unit.judgements)
    return not others and not unit.judged.was_grave and (unit.severity or 0) < GRAVE


def _state(unit: Unit, around: Around, *, sees: bool, disputed: bool, has_own: bool) -> str:
    if disputed:
        return "disputed"
    if unit.judged.first is None:
        return "parts" if unit.in_parts else "todo"
    if has_own or unit.judged.is_double:
        return "done"
    return "done" if sees else "second"


def _refusal(
    around: Around, statement: Statement, kind: Informant | EvidenceKind, part: CodingPart | None
) -> str | None:
    state = around.inspection.state
    shut = may_record_children(state) if kind is Informant.CHILD else may_record(state)
    if shut:
        return show(shut[0])
    return _("Two others have already coded this.") if part is None else None


def _line(row: Coding, around: Around) -> JudgementLine:
    return JudgementLine(
        part=row.part,
        by=_name(row.coder_id, around),
        at=row.coded_at,
        theme=theme_name(around.pack, row.theme),
        severity=row.severity,
        severity_name=say(around.pack.anchor(row.severity).name),
        code_book=row.code_book,
        reason=row.reason,
    )


def _name(person: UUID | None, around: Around) -> str:
    if person is None:
        return _("Came with the file")
    return around.names.get(person) or _("Somebody no longer in the team")


def theme_name(pack: Pack, theme: str | None) -> str:
    """The theme in words; its id when the code book no longer has it."""
    try:
        return say(pack.theme(theme or "").name)
    except UnknownTheme:
        return theme or ""
