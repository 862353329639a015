"""When a person may decide otherwise than the method computed (method §8, A1–A5).

The computed result is never changed: a decided one stands beside it, with reasons, and both are
shown. Each function says what speaks against it; an empty answer means that it may stand. Who may
write at all is a matter of access and is asked there.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ...models.vocabulary import N_, OverrideReason, Resolution, Titled
from .reasons import Reason
from .weighing import ActionTrack, AreaResult, Basis, Ceiling, Position, Stamp
from .weighing.flags import Flags

LEAST_TEXT = 80
LEAST_EVIDENCE = 1
#: A position this low by T1 or T2 is a matter to act on, and cannot be put aside as not assessable.
MUST_ACT = Position.NEEDS_IMPROVEMENT


class OverrideKind(Titled):
    """The five ways in which a person acts on a computed result."""

    A1 = "A1", N_("Down one step")
    A2 = "A2", N_("Up, more than one step, or to “cannot be assessed”")
    A3 = "A3", N_("A grave account is resolved")
    A4 = "A4", N_("A coding or a check is changed")
    A5 = "A5", N_("An area on hold is released")


@dataclass(frozen=True, slots=True)
class Needs:
    """What a kind takes. `changes_input`: the method recomputes, nothing is decided beside it."""

    reason_code: bool
    evidence: bool
    second_person: bool
    changes_input: bool


NEEDS: Mapping[OverrideKind, Needs] = {
    OverrideKind.A1: Needs(reason_code=True, evidence=True, second_person=False, changes_input=False),
    OverrideKind.A2: Needs(reason_code=True, evidence=True, second_person=True, changes_input=False),
    OverrideKind.A3: Needs(reason_code=False, evidence=False, second_person=True, changes_input=True),
    OverrideKind.A4: Needs(reason_code=False, evidence=False, second_person=True, changes_input=True),
    OverrideKind.A5: Needs(reason_code=False, evidence=False, second_person=False, changes_input=False),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A position that a person would decide instead; `decided` None for "cannot be assessed yet"."""

    decided: Position | None
    reason_code: OverrideReason | None
    text: str
    evidence: tuple[str, ...]


class Recorded(Protocol):
    """A stored override, as far as the question whether it stands goes."""

    @property
    def method_version(self) -> str: ...
    @property
    def config_hash(self) -> str: ...
    @property
    def input_hash(self) -> str: ...
    @property
    def needs_countersign(self) -> bool: ...
    @property
    def by_id(self) -> UUID: ...
    @property
    def countersigned_by_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class DecidedArea:
    """Both results of one area. Flags and action are always those of the computed one."""

    computed: Position | None
    decided: Position | None
    flags: Flags
    action: ActionTrack | None


def kind_of(computed: Position | None, decided: Position | None) -> OverrideKind | None:
    """Which kind a change of position is; `None` when it is none.

    One that begins or ends at "cannot be assessed yet" has no number of steps and takes two persons.
    """
    if computed == decided:
        return None
    if computed is not None and decided is not None and decided == computed - 1:
        return OverrideKind.A1
    return OverrideKind.A2


def highest_allowed(area: AreaResult) -> Position:
    """How far up a person may go: the weighing and the breadth may be corrected, T1–T3 may not."""
    return Position(min(area.ceilings.T1, area.ceilings.T2, area.ceilings.T3))


def obstacles(area: AreaResult, proposal: Proposal) -> tuple[Reason, ...]:
    """A1 and A2: everything that speaks against deciding `proposal` for the area, at once."""
    decided = proposal.decided
    if kind_of(area.position, decided) is None:
        return (Reason(N_("The decided position is the computed one; there is nothing to decide.")),)
    found = []
    if decided is None:
        # An open account holds T1 at 2 or lower, so this covers it.
        if min(area.ceilings.T1, area.ceilings.T2) <= MUST_ACT:
            found.append(
                Reason(N_("A grave account or a deviation must be acted on: the area cannot be left aside."))
            )
    elif decided > highest_allowed(area):
        found.append(
            Reason(
                N_("A grave account, a deviation from the law or the children’s ceiling cannot be passed.")
            )
        )
    if proposal.reason_code is None:
        found.append(Reason(N_("Choose what the reason is about.")))
    if _length(proposal.text) < LEAST_TEXT:
        found.append(
            Reason(N_("Give the reason in at least %(least)s characters."), {"least": LEAST_TEXT}),
        )
    if len({one for one in proposal.evidence if one.strip()}) < LEAST_EVIDENCE:
        found.append(Reason(N_("Name at least one piece of evidence that it rests on.")))
    return tuple(found)


def needs_countersign(computed: Position | None, decided: Position | None) -> bool:
    """Whether the change holds only when a second person has signed it."""
    kind = kind_of(computed, decided)
    return kind is not None and NEEDS[kind].second_person


def countersign_obstacles(author: UUID, signer: UUID) -> tuple[Reason, ...]:
    """The second person is another than the one who wrote."""
    if author == signer:
        return (Reason(N_("Somebody else than the one who wrote it must countersign.")),)
    return ()


def why_not_standing(record: Recorded, stamp: Stamp) -> tuple[Reason, ...]:
    """Why a stored override does not hold beside the result with this stamp; empty when it does.

    It holds for exactly the input, the method version and the constants it was decided on. When
    it lapses the computed result stands until somebody decides anew.
    """
    found = []
    if record.input_hash != stamp.input_hash:
        found.append(Reason(N_("The evidence has changed since it was decided.")))
    if (record.method_version, record.config_hash) != (stamp.version, stamp.config_hash):
        found.append(Reason(N_("The method has changed since it was decided.")))
    if record.needs_countersign:
        if record.countersigned_by_id is None:
            found.append(Reason(N_("It waits for a second person to countersign.")))
        else:
            found += countersign_obstacles(record.by_id, record.countersigned_by_id)
    return tuple(found)


def decided_area(area: AreaResult, decided: Position | None) -> DecidedArea:
    """The two results side by side. What must be done never follows the decided position (I27)."""
    return DecidedArea(computed=area.position, decided=decided, flags=area.flags, action=area.action)


def resolution_obstacles(
    resolution: Resolution | None,
    *,
    record: str,
    attempt: str,
    decision: str,
    assessor: UUID,
    led_the_talk: Collection[UUID],
) -> tuple[Reason, ...]:
    """A3: what an investigation of a grave account lacks before it can be countersigned.

    `attempt` tells how the child was reached again, or that and why it could not be. Until the
    countersignature (see `countersign_obstacles`) the account is open.
    """
    found = []
    if assessor in led_the_talk:
        found.append(Reason(N_("Somebody who did not lead the talk must assess the account.")))
    if resolution is None:
        found.append(Reason(N_("Say what the investigation showed.")))
    if not record.strip():
        found.append(Reason(N_("Write down what was investigated.")))
    if not attempt.strip():
        found.append(Reason(N_("Write down how you tried to reach the child again.")))
    if not decision.strip():
        found.append(Reason(N_("Write the decision in words.")))
    return tuple(found)


def change_obstacles(
    reason: str, *, coders: Collection[UUID], agreed: Collection[UUID]
) -> tuple[Reason, ...]:
    """A4: a new version of a coding or a check takes a reason, and everybody who coded it."""
    found = []
    if not reason.strip():
        found.append(Reason(N_("Say why it is changed.")))
    if set(coders) - set(agreed):
        found.append(Reason(N_("Everybody who coded it must agree to the change.")))
    return tuple(found)


def release_obstacles(assessment: str, *, on_hold: bool) -> tuple[Reason, ...]:
    """A5: an area that waits may be told of outside after an assessment of what it would disclose."""
    if not on_hold:
        return (Reason(N_("The area is not on hold.")),)
    if not assessment.strip():
        return (Reason(N_("Write down what was assessed about disclosure.")),)
    return ()


def binding_rule(area: AreaResult) -> str:
    """What made the computed position: V0 (too little evidence), V1 (the weighing), T1, T2, T3 or T4."""
    if area.position is None or area.basis is None:
        return "V0"
    return _BINDING.get(area.basis, "V1")


_BINDING: Mapping[Basis, str] = {
    Basis.ESTABLISHED_FAILING: Ceiling.STATUTE.value,
    Basis.CORROBORATED_ACCOUNT: Ceiling.GRAVE_ACCOUNT.value,
    Basis.ACCOUNT_INVESTIGATED: Ceiling.GRAVE_ACCOUNT.value,
    Basis.CHILDRENS_PICTURE: Ceiling.CHILDREN.value,
    Basis.TOO_FEW_PERSPECTIVES: Ceiling.BREADTH.value,
}


def _length(text: str) -> int:
    """Characters that say something: a run of white space counts as one."""
    return len(" ".join(text.split()))
