"""The divergence register of a case: what must be answered before the letter can be approved (method §11)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...models.assessments import Finding
from ...models.divergences import DivergenceAnswer
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterState
from ...models.people import User
from ...models.vocabulary import N_, RegisterAnswer
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.divergence_register import Entry, child_raised_themes, influence, register_entries, unanswered
from ..rules.weighing import GapClass, Weighing
from .find_letter import letter_state
from .record_event import record_event
from .weigh_inspection import catalogue_of, weighed

LEAST_WORDS = 5
"""A reason that is shorter is kept while it is written, but does not yet answer."""

MAX_REASON = 5_000
CLOSED = frozenset({LetterState.APPROVED, LetterState.SENT})


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One entry, the answer it has got, and the findings that speak of its theme."""

    entry: Entry
    answer: DivergenceAnswer | None
    findings: tuple[UUID, ...] = ()

    @property
    def is_answered(self) -> bool:
        return self.answer is not None and answers(self.answer)


@dataclass(frozen=True, slots=True)
class Register:
    """What is to be answered, sharpest first; `raised` are the themes children brought up."""

    lines: tuple[RegisterLine, ...]
    raised: tuple[str, ...]
    influence: Fraction | None

    @property
    def left(self) -> tuple[Entry, ...]:
        """The entries that still wait for an answer."""
        answered = {line.entry.key for line in self.lines if line.is_answered}
        return unanswered([line.entry for line in self.lines], answered)


def answers(answer: DivergenceAnswer) -> bool:
    """Whether the answer counts: one of the five, with a reason of at least LEAST_WORDS words."""
    return len((answer.reason or "").split()) >= LEAST_WORDS


def find_register(db: Session, inspection: Inspection, result: Weighing | None = None) -> Register:
    """The register of the case as its evidence stands now. `result`: the weighing, when at hand.

    An entry is answered by a person's answer only: also where a finding speaks of the matter, somebody
    says what the authority thinks. A theme that children raised is answered when a finding of the case is
    on it (its own theme, or one that its requirement covers; the letter tells of every finding), or when
    the register has an answer on the theme. A theme that is no blind spot and that no finding is on
    would be answered by nothing: it stands last in the register, so that influence can be whole.
    """
    if result is None:
        result = weighed(db, inspection).result
    pack = load_pack(inspection.pack)
    catalogue = catalogue_of(pack)
    raised = child_raised_themes(result)
    found = themes_of_findings(db, inspection, pack)
    given = {
        one.key: one
        for one in db.scalars(select(DivergenceAnswer).where(DivergenceAnswer.inspection_id == inspection.id))
    }
    entries = register_entries(result, catalogue)
    known = {entry.theme for entry in entries}
    rest = tuple(
        Entry(f"theme:{theme}", GapClass.SAME_PICTURE, catalogue.themes[theme], theme)
        for theme in raised
        if theme not in known and theme not in found
    )
    lines = tuple(
        RegisterLine(entry, given.get(entry.key), found.get(entry.theme or "", ()))
        for entry in (*entries, *rest)
    )
    by_register = {
        key.partition(":")[2] for key, one in given.items() if key.startswith("theme:") and answers(one)
    }
    return Register(lines, raised, influence(raised, {*found, *by_register}))


def unanswered_keys(db: Session, inspection: Inspection, result: Weighing | None = None) -> tuple[str, ...]:
    """Keys of what keeps the letter from approval, in the register's order."""
    return tuple(entry.key for entry in find_register(db, inspection, result).left)


def themes_of_findings(db: Session, inspection: Inspection, pack: Pack) -> Mapping[str, tuple[UUID, ...]]:
    """Per theme, the findings on it."""
    rows = db.execute(
        select(Finding.id, Finding.theme, Finding.requirement)
        .where(Finding.inspection_id == inspection.id)
        .order_by(Finding.position, Finding.id)
    )
    found: dict[str, tuple[UUID, ...]] = {}
    for row in rows:
        for theme in _themes(row.theme, row.requirement, pack):
            found[theme] = (*found.get(theme, ()), row.id)
    return found


def _themes(theme: str | None, requirement: str | None, pack: Pack) -> Iterable[str]:
    covered: Sequence[str] = pack.requirement(requirement).themes if requirement else ()
    return dict.fromkeys([*([theme] if theme else ()), *covered])


def answer_divergence(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    key: str,
    version: int,
    answer: RegisterAnswer | None = None,
    reason: str | None = None,
    now: datetime,
) -> DivergenceAnswer:
    """Answer one entry, or change the answer. `version` is 0 for the first; None leaves a part as it is.

    A reason that is still short is kept (so that nothing typed is lost) and answers when it is whole.
    Raises Conflict, with the other answer, when somebody has answered since `version`.
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case answer its register."))
    state = letter_state(db, inspection)
    if state in CLOSED:
        raise NotPossibleNow(N_("The letter is approved. The register stays as it was when it was."))
    if key not in {line.entry.key for line in find_register(db, inspection).lines}:
        raise NotFound(N_("There is no such entry in the register."))
    if reason is not None and len(reason) > MAX_REASON:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "reason", "num": len(reason), "most": MAX_REASON},
        )
    row = find_answer(db, inspection, key)
    if (row.version if row else 0) != version:
        raise _conflict(db, row)
    if row is None:
        if answer is None:
            raise Invalid(N_("Choose an answer."), {"field": "answer"})
        row = DivergenceAnswer(inspection_id=inspection.id, key=key, answer=answer, version=0)
        db.add(row)
    row.answer = answer or row.answer
    row.reason = (row.reason or "") if reason is None else reason.strip()
    row.by_id, row.at = actor.user_id, now
    row.version += 1
    db.flush()
    record_event(
        db, EventKind.REGISTER_ANSWERED, actor=actor, now=now, inspection_id=inspection.id,
        entry=key, answer=row.answer.value, version=row.version,
    )  # fmt: skip
    return row


def find_answer(db: Session, inspection: Inspection, key: str) -> DivergenceAnswer | None:
    return db.scalar(
        select(DivergenceAnswer).where(
            DivergenceAnswer.inspection_id == inspection.id, DivergenceAnswer.key == key
        )
    )


def _conflict(db: Session, row: DivergenceAnswer | None) -> Conflict:
    theirs: dict[str, Any] = {"answer": row.answer.value, "reason": row.reason} if row else {}
    writer = db.get(User, row.by_id) if row else None
    return Conflict(
        N_("Somebody else has written here since you opened the page. Both texts are kept below."),
        theirs=theirs,
        version=row.version if row else 0,
        by=writer.name if writer else "",
    )
