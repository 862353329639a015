"""From the log to the records of the case: what stands in each field is taken in by the pages' use cases.

What a use case refuses stays in the log with its reason; the rest is not kept waiting by it. The other way,
from the records to the log: services/absorb_pages.py.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from ...models.among import among
from ...models.field import FieldHead, FieldOp, HeldOp, Settlement
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ...models.people import User
from ...models.vocabulary import N_
from ..errors import NotAllowed, NotPossibleNow, TillsynError
from ..rules.access import Actor
from .absorb_pages import absorb_page_changes as absorb_page_changes
from .absorb_pages import remember, same
from .find_inspection import find_inspection
from .judge_order import judge_talks
from .next_name import hold_case
from .read_documents import Document, Head, read_documents, waiting_documents
from .record_values import stamps_of, tell
from .take_in_documents import PARTS, TakeIn
from .take_in_talks import take_statement
from .take_in_visit import take_override
from .taking import Around, NotYet, Taking

CONTRADICTS = N_("It contradicts something that stands in the case.")


@dataclass(frozen=True, slots=True)
class _Part:
    """Some fields of one document that one use case takes; `turn` and `number` say when."""

    turn: int
    number: int
    document: Document
    fields: tuple[str, ...]
    heads: tuple[Head, ...]
    take: TakeIn


def apply_documents(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    doc_ids: Collection[UUID],
    now: datetime,
    as_actor: bool = False,
) -> dict[UUID, TillsynError]:
    """Bring the records of these documents to what their heads say, through the use cases of the pages.

    Each value is taken in as by its writer; with `as_actor`, when a person tries again what was refused its
    writer, as by `actor`. Whatever waits in the same case is tried again too. Returns the operations of
    `doc_ids` that a use case refused, and what it said. Safe to repeat. Who calls it holds the lock of the
    case and writes down what was refused: services/hold_ops.py.
    """
    waiting = {*doc_ids, *waiting_documents(db, inspection)}
    documents = read_documents(db, inspection, waiting)
    parts = sorted(_parts(documents.values()), key=lambda part: (part.turn, part.number))
    refused: dict[UUID, TillsynError] = {}
    if parts:
        hold_case(db, inspection)
    run = _Run(
        db, _Actors(db, actor, as_actor=as_actor), inspection, Around.of(db, inspection, documents), now
    )
    for _, some in groupby(parts, key=lambda part: part.take is take_statement):
        refused |= run.take(list(some))
    _mark_applied(db, [head for part in parts for head in part.heads if head.applied])
    touched = {part.document.id for part in parts}
    if touched:
        judge_talks(db, actor=actor, inspection=inspection, now=now)
        _see(db, inspection, documents, touched)
    asked = {head.op_id for key in doc_ids for head in _heads(documents.get(key))}
    _settle_others(db, inspection, parts, refused, asked, now)
    return {op_id: error for op_id, error in refused.items() if op_id in asked}


def _heads(document: Document | None) -> Iterator[Head]:
    if document is not None:
        for heads in document.heads.values():
            yield from heads


def _parts(documents: Collection[Document]) -> Iterator[_Part]:
    for document in documents:
        for turn, names, take in PARTS.get(document.kind, ()):
            fields = document.pending(*names)
            if fields:
                heads = tuple(head for name in fields if (head := document.standing(name)) is not None)
                number = max(head.server_seq for head in heads)
                yield _Part(turn, number, document, tuple(fields), heads, take)
        for head in document.heads.get("override", ()):
            if not head.applied and document.kind == "visit":
                take_one: Callable[[Taking], None] = partial(take_override, head=head)
                yield _Part(2, head.server_seq, document, ("override",), (head,), take_one)


class _Actors:
    """Who acts: the writer of a value, as they are now; the person at hand when that is the same."""

    def __init__(self, db: Session, actor: Actor, *, as_actor: bool) -> None:
        self.db, self.at_hand, self.as_actor = db, actor, as_actor
        self.known: dict[UUID, Actor] = {actor.user_id: actor}

    def writer(self, heads: Sequence[Head]) -> Actor:
        """The one who wrote the latest of these."""
        author = max(heads, key=lambda head: head.server_seq).author_id
        if author is None:
            return self.at_hand
        if author not in self.known:
            query = select(User).where(User.id == author).options(selectinload(User.roles))
            user = self.db.scalars(query).one()
            self.known[author] = Actor(user.id, user.name, frozenset(item.role for item in user.roles))
        return self.known[author]


@dataclass(frozen=True, slots=True)
class _Run:
    """Parts being taken in, one after the other."""

    db: Session
    actors: _Actors
    inspection: Inspection
    around: Around
    now: datetime

    def take(self, parts: Sequence[_Part]) -> dict[UUID, TillsynError]:
        """Take in some parts; what was refused. Statements are taken together, and when that goes wrong in
        two halves, so that what is wrong is found in a few steps and refused alone."""
        if len(parts) > 1 and parts[0].take is take_statement:
            if self._taken_together(parts):
                return {}
            half = len(parts) // 2
            return self.take(parts[:half]) | self.take(parts[half:])
        refused: dict[UUID, TillsynError] = {}
        for part in parts:
            refused |= self._take_one(part)
        return refused

    def _taken_together(self, parts: Sequence[_Part]) -> bool:
        """All of them in one savepoint, or none. One that has to wait for more leaves nothing behind."""
        before = dict(self.around.together.standing)
        taken: list[_Part] = []
        try:
            with self.db.begin_nested():
                for part in parts:
                    with suppress(NotYet):
                        part.take(self._taking(part, part.fields, self.actors.writer(part.heads)))
                        taken.append(part)
                self.db.flush()
        except Exception:  # noqa: BLE001 - whatever it is comes again when each is taken alone
            self._undone(before)
            return False
        for part in taken:
            _applied(part.heads)
        return True

    def _take_one(self, part: _Part) -> dict[UUID, TillsynError]:
        """Take in one part; of several fields, one that is refused by name does not keep the others out."""
        left = dict(zip(part.fields, part.heads, strict=True))
        refused: dict[UUID, TillsynError] = {}
        actors = self.actors
        while left:
            actor = actors.writer(list(left.values()))
            try:
                self._try(self._taking(part, tuple(left), actor), part.take)
            except NotYet:
                return refused
            except TillsynError as error:
                if isinstance(error, NotAllowed) and actors.as_actor and actor is not actors.at_hand:
                    actors.known[actor.user_id] = actors.at_hand
                    continue
                named = str(error.values.get("field", ""))
                if named not in left or len(left) == 1 or named == "text":
                    return refused | {head.op_id: error for head in left.values()}
                refused[left.pop(named).op_id] = error
            except IntegrityError:
                return refused | {head.op_id: NotPossibleNow(CONTRADICTS) for head in left.values()}
            else:
                _applied(left.values())
                return refused
        return refused

    def _try(self, taking: Taking, take: TakeIn) -> None:
        before = dict(self.around.together.standing)
        try:
            with self.db.begin_nested():
                take(taking)
                self.db.flush()
        except NotYet:
            raise
        except Exception:
            self._undone(before)
            raise

    def _taking(self, part: _Part, fields: Collection[str], actor: Actor) -> Taking:
        return Taking(self.db, actor, self.inspection, part.document, fields, self.around, self.now)

    def _undone(self, standing: Mapping[UUID, Statement]) -> None:
        """What the savepoint took back is read anew."""
        self.around.together.undone(standing)
        find_inspection(self.db, self.inspection.dnr)


def _applied(heads: Iterable[Head]) -> None:
    for head in heads:
        head.applied = True


def _mark_applied(db: Session, applied: Sequence[Head]) -> None:
    ids = [head.op_id for head in applied]
    for first in range(0, len(ids), 500):
        db.execute(
            update(FieldHead)
            .where(among(FieldHead.op_id, ids[first : first + 500]))
            .values(applied=True)
            .execution_options(synchronize_session=False)
        )


def _see(
    db: Session, inspection: Inspection, documents: dict[UUID, Document], touched: Collection[UUID]
) -> None:
    """Note that the log has seen what it wrote itself. What followed from it is left to be absorbed, and so
    told to devices: a child who has told something has talked."""
    keys = {*touched, inspection.id}
    told = tell(db, inspection, [one.id for one in inspection.residents if one.id in touched])
    for key, record in told.items():
        said = documents[key].value("outcome")
        if not same("child", "outcome", said, record.values["outcome"]):
            keys.discard(key)
    remember(db, inspection, keys, stamps_of(db, inspection))


def _settle_others(
    db: Session,
    inspection: Inspection,
    parts: Collection[_Part],
    refused: dict[UUID, TillsynError],
    asked: Collection[UUID],
    now: datetime,
) -> None:
    """What was held in other documents and has now been taken in is held no more."""
    done = {
        head.op_id
        for part in parts
        for head in part.heads
        if head.applied and head.op_id not in refused and head.op_id not in asked
    }
    if not done:
        return
    docs = select(FieldOp.doc_id).where(among(FieldOp.id, done))
    held = db.scalars(
        select(HeldOp)
        .join(FieldOp, FieldOp.id == HeldOp.id)
        .where(HeldOp.inspection_id == inspection.id, HeldOp.settlement.is_(None), FieldOp.doc_id.in_(docs))
    )
    for row in held:
        if row.id not in refused:
            row.settlement, row.settled_at, row.tried_at = Settlement.TAKEN_IN, now, now


__all__ = ["absorb_page_changes", "apply_documents"]
