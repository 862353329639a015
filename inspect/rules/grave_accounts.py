"""Grave accounts: what counts as one, what is left to do about it, and who may end it (method §2.6, §8 A3).

An account is a statement, or a passage of one, that somebody has judged as grave (severity 3) or acute
(4). It stays one when the person takes it back or says that it is over: recanting is common among
accounts that turn out to be true. One coder alone cannot make it smaller either; the two settle it
together. Otherwise only an investigation by a second person, countersigned by a third, resolves it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from ...models.vocabulary import N_, CodingPart, ReportedTo, Resolution, Titled
from .reasons import Reason, reasons
from .weighing import ActiveCoding, Perspective
from .weighing.configuration import ACUTE, DIRECT_EVIDENCE, GRAVE
from .weighing.severity import RequirementResult


class Task(Titled):
    """What is done about every grave account, in this order."""

    REPORT = "report", N_("Report of concern")
    POLICE = "police", N_("Police")
    CHILD = "child", N_("What the child was told")


SETTLED_BY: dict[Task, tuple[ReportedTo, ...]] = {
    Task.REPORT: (ReportedTo.SOCIAL_SERVICES, ReportedTo.NO_REPORT),
    Task.POLICE: (ReportedTo.POLICE, ReportedTo.NO_POLICE),
    Task.CHILD: (ReportedTo.CHILD_TOLD, ReportedTo.CHILD_NOT_TOLD),
}
"""The steps by which each task is done, or decided against with a reason."""


DECIDED_AGAINST = frozenset({ReportedTo.NO_REPORT, ReportedTo.NO_POLICE, ReportedTo.CHILD_NOT_TOLD})
"""What may be decided instead, each with a reason of at least SHORTEST_REASON characters."""

SHORTEST_REASON = 20
BOTH = 2


class Inquiry(StrEnum):
    """How far the investigation of an account has come."""

    NOT_BEGUN = "not_begun"
    WAITING = "waiting"
    RETURNED = "returned"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How grave a unit is to one of its two coders, or what they settled together."""

    severity: int
    at: datetime
    part: CodingPart = CodingPart.FIRST
    theme: str = ""


@dataclass(frozen=True, slots=True)
class AcuteDone:
    """One noted step. `told_child`: the child was told in the same breath."""

    kind: ReportedTo
    at: datetime
    by_id: UUID | None
    told_child: bool = False


@dataclass(frozen=True, slots=True)
class Inquired:
    """One investigation of an account; `returned` when the one asked to countersign did not agree."""

    id: UUID
    by_id: UUID
    at: datetime
    signed: bool
    returned: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A grave account as every page of its case needs it. No words of what was said.

    `label` is the statement's or the passage's short name; `source` the teller's pseudonym.
    `standing` is the severity that the weighing reads; `severity` the highest that anybody has given
    and that the two coders have not settled otherwise. `supported_by` names what corroborates it
    (S4): labels of other statements and requirements. `ceiling` is the highest position it allows its
    area (T1), None where it counts for nothing. `steps` are those noted about it, oldest first.
    """

    label: str
    statement_id: UUID
    passage_id: UUID | None
    perspective: Perspective
    source: str
    theme: str
    area: str
    severity: int
    standing: int | None
    first_coded_at: datetime
    resolution: Resolution | None
    withdrawn: bool
    corroborated: bool
    supported_by: tuple[str, ...]
    ceiling: int | None
    steps: tuple[AcuteDone, ...]
    inquiries: tuple[Inquired, ...]
    led_by_id: UUID | None
    recorded_by_id: UUID | None

    @property
    def unit_id(self) -> UUID:
        """The id that codings name: the passage's, or the statement's."""
        return self.passage_id or self.statement_id

    @property
    def is_acute(self) -> bool:
        return self.severity >= ACUTE

    @property
    def is_seen(self) -> bool:
        """We saw it ourselves, or it stands in a document: that needs no other support (S4)."""
        return self.perspective in DIRECT_EVIDENCE

    @property
    def done(self) -> dict[Task, AcuteDone]:
        """The first step that did each task; a task that is left is not in it."""
        found: dict[Task, AcuteDone] = {}
        for step in self.steps:
            for task in tasks_of(step):
                found.setdefault(task, step)
        return found

    @property
    def left(self) -> tuple[Task, ...]:
        done = self.done
        return tuple(task for task in Task if task not in done)

    @property
    def inquiry(self) -> Inquiry:
        if not self.inquiries:
            return Inquiry.NOT_BEGUN
        last = self.inquiries[-1]
        return Inquiry.SIGNED if last.signed else Inquiry.RETURNED if last.returned else Inquiry.WAITING

    @property
    def waiting(self) -> Inquired | None:
        """The investigation that waits for its countersignature."""
        return self.inquiries[-1] if self.inquiry is Inquiry.WAITING else None

    @property
    def is_disputed(self) -> bool:
        """Somebody has judged it as grave, and what stands is less: the two coders settle it first."""
        return self.standing is None or self.standing < GRAVE

    @property
    def is_open(self) -> bool:
        """Unresolved and supported by nothing: it must be resolved by a record (method §2.8 `utred`)."""
        return self.resolution is None and not self.corroborated

    @property
    def is_flagged(self) -> bool:
        """Whether the pages of the case still tell of it: until it is resolved and everything is done."""
        return self.resolution is None or bool(self.left) or self.inquiry is Inquiry.WAITING


def tasks_of(step: AcuteDone) -> tuple[Task, ...]:
    """The tasks that one step does."""
    done = tuple(task for task, kinds in SETTLED_BY.items() if step.kind in kinds)
    return (*done, Task.CHILD) if step.told_child and Task.CHILD not in done else done


def grave_judgement(
    standing: int | None, judgements: Iterable[Judgement], *, recorded_at: datetime
) -> tuple[int, datetime] | None:
    """The severity of a unit that is an account and since when it is one; None when it is none.

    `standing` is what the weighing reads. A severity without a coding behind it counts from when the
    words were recorded. One coder alone never ends an account: it takes both to judge it below grave,
    or to settle it so; a grave judgement after that makes it one again. Settling 4 as 3 changes how grave
    it is, not since when: the clock of the acute track goes on.
    """
    grave: list[Judgement] = []
    since: datetime | None = None
    latest: dict[CodingPart, Judgement] = {}
    for one in sorted(judgements, key=lambda one: one.at):
        if one.part is CodingPart.SETTLED:
            grave = [before for before in grave if before.severity <= one.severity]
        else:
            latest[one.part] = one
        if one.severity >= GRAVE:
            grave.append(one)
        elif len(latest) == BOTH and all(now.severity < GRAVE for now in latest.values()):
            grave.clear()
        since = (since or one.at) if grave else None
    severities = [one.severity for one in grave] + ([standing] if standing and standing >= GRAVE else [])
    if not severities:
        return None
    return max(severities), since or recorded_at


def support_of(
    active: ActiveCoding,
    others: Sequence[ActiveCoding],
    requirements: Sequence[RequirementResult],
    covered: Mapping[str, frozenset[str]],
) -> tuple[str, ...]:
    """What corroborates an account (S4): labels of other sources' own words, then failed requirements.

    Empty when nothing does, and when the account needs nothing: confirmed, or seen by ourselves.
    """
    coding = active.coding
    told = (
        other.coding.id
        for other in others
        if other.coding.theme == coding.theme
        and other.coding.source != coding.source
        and other.effective >= 2
        and (other.coding.firsthand or other.coding.perspective in DIRECT_EVIDENCE)
    )
    failed = (
        result.requirement
        for result in requirements
        if result.severity >= 2 and coding.theme in covered.get(result.requirement, ())
    )
    return (*told, *failed)


def may_not_investigate(account: Account, user_id: UUID) -> tuple[Reason, ...]:
    """Why this person cannot be the second assessor of `account` now; empty when they can."""
    return reasons(
        (
            user_id == account.led_by_id,
            Reason(N_("You led the talk. Somebody else investigates what was said in it.")),
        ),
        (
            user_id == account.recorded_by_id and user_id != account.led_by_id,
            Reason(N_("You recorded the statement. Somebody else investigates it.")),
        ),
        (
            account.is_disputed,
            Reason(N_("The coders do not agree on how grave it is. They settle that first.")),
        ),
        (
            account.waiting is not None,
            Reason(N_("An investigation waits for its countersignature.")),
        ),
    )


def may_not_countersign(account: Account, user_id: UUID) -> tuple[Reason, ...]:
    """Why this person cannot be the third eye on the investigation that waits; empty when they can."""
    waiting = account.waiting
    if waiting is None:
        return (Reason(N_("No investigation waits for a countersignature.")),)
    return reasons(
        (
            user_id == waiting.by_id,
            Reason(N_("You wrote the investigation. Somebody else countersigns it.")),
        ),
        (
            user_id in (account.led_by_id, account.recorded_by_id),
            Reason(N_("You led the talk or recorded the statement. A third person countersigns.")),
        ),
        (
            account.is_disputed,
            Reason(N_("The coders do not agree on how grave it is. They settle that first.")),
        ),
    )


def close_obstacles(accounts: Iterable[Account]) -> tuple[Reason, ...]:
    """Why a case with these accounts cannot be closed: one to investigate, or something left to do."""
    accounts = tuple(accounts)
    to_resolve = [one.label for one in accounts if one.is_open or one.waiting is not None]
    to_do = [one.label for one in accounts if one.left]
    return reasons(
        (
            bool(to_resolve),
            Reason(
                N_("Investigate every grave account and have it countersigned. Left: %(which)s."),
                {"which": ", ".join(to_resolve)},
            ),
        ),
        (
            bool(to_do),
            Reason(
                N_("Report, or decide with a reason, about every grave account. Left: %(which)s."),
                {"which": ", ".join(to_do)},
            ),
        ),
    )
