"""When what is recorded: from the first day of the visit until the case is handed over to review.

Talks with children stay open longer: a child that was offered another time may call later, and the
follow-up asks the children again. Whether adults may be interviewed yet is another question
(`inspection_flow.may_interview_adults`).
"""

from ...models.vocabulary import N_, ChildOutcome, Informant, State
from .inspection_flow import CaseFacts, Reason, may_interview_adults

BEFORE_VISIT = frozenset({State.PLANNED, State.PREPARED})
RECORDING = frozenset({State.CHILDREN, State.OTHER_TALKS, State.DOCUMENTS, State.WEIGHING})
OVER = frozenset({State.CLOSED, State.ARCHIVED})

NEEDS_NOTE = frozenset({ChildOutcome.NOT_HEARD_HARM, ChildOutcome.OFFERED_LATER})
"""Outcomes that say nothing without a note: the assessment (SoL 28 kap. 4 §), or when and how."""


def may_record(state: State) -> tuple[Reason, ...]:
    """Why nothing can be recorded but what the children tell; empty when everything can."""
    if state in BEFORE_VISIT:
        return (Reason(N_("Recording opens when the visit starts. Prepare the case, then start the visit.")),)
    if state in OVER:
        return (Reason(N_("The case is closed. What was recorded can be read, not changed.")),)
    if state not in RECORDING:
        return (Reason(N_("The evidence is weighed and handed over. Take the case back to record more.")),)
    return ()


def may_record_children(state: State) -> tuple[Reason, ...]:
    """Why nothing can be recorded of the children; empty when it can."""
    return may_record(state) if state in BEFORE_VISIT | OVER else ()


def may_record_talk(state: State, informant: Informant) -> tuple[Reason, ...]:
    return may_record_children(state) if informant is Informant.CHILD else may_record(state)


def refused_talk(case: CaseFacts, informant: Informant) -> tuple[Reason, ...]:
    """Why a talk of this kind cannot begin now; empty when it can."""
    shut = may_record_talk(case.state, informant)
    if shut or not waits_for_children(case, informant):
        return shut
    return may_interview_adults(case)


def waits_for_children(case: CaseFacts, informant: Informant) -> bool:
    """Is every child to be offered a talk before talks of this kind? The gate of the pack says."""
    return informant.value in case.talk_order.before


def is_before_children(case: CaseFacts, informant: Informant) -> bool:
    """Is a talk that begins now held with somebody who should wait until every child has an outcome?"""
    return waits_for_children(case, informant) and (not case.children_confirmed or bool(case.without_outcome))
