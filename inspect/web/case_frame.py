"""The frame that every page of a case stands in: where it is on its way, what is next, and the rest of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask_babel import ngettext

from ...interview_guides.guide import Pack, load_pack
from ...models.inspections import Inspection, StateChange
from ...models.vocabulary import ChildOutcome, State
from ..rules.access import Permission, may
from ..rules.inspection_flow import CaseFacts, Reason, Step, children_first, steps_from
from .account_words import AccountFlags, account_flags
from .addresses import address_of, in_the_frame
from .case_tabs import CaseLink, case_links
from .language import exact, spoken
from .language import translate as _
from .session import current_actor


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the way as the page draws it. `state`: done, current, todo or locked."""

    title: str
    state: str
    href: str | None
    at: datetime | None = None
    by: str | None = None
    note: str | None = None
    gate: bool = False
    gate_text: str | None = None


@dataclass(frozen=True, slots=True)
class ChildrenStrip:
    total: int
    offered: int
    talked: int
    declined: int
    remaining_text: str | None


@dataclass(frozen=True, slots=True)
class Pointer:
    """A short text that may lead somewhere: the next step, or the acute track."""

    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class WayOut:
    """One step that can be taken from here, with what keeps it shut, in words."""

    action: str
    to: State
    needs_reason: bool
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """The frame of a case page (templates/case_layout.html)."""

    inspection: Inspection
    facts: CaseFacts
    pack: Pack
    steps: tuple[StepLine, ...]
    children: ChildrenStrip | None
    links: tuple[CaseLink, ...]
    ways: tuple[WayOut, ...]
    next_step: Pointer | None
    acute: Pointer | None
    accounts: AccountFlags | None
    missing: tuple[str, ...]

    @property
    def home(self) -> str:
        return self.inspection.home.name

    @property
    def dnr(self) -> str:
        return self.inspection.dnr

    @property
    def href(self) -> str:
        return address_of("cases.overview", dnr=self.dnr)

    @property
    def state_text(self) -> str:
        return _(self.inspection.state.title)

    @property
    def state_kind(self) -> str:
        return KIND_OF_STATE.get(self.inspection.state, "progress")


KIND_OF_STATE: dict[State, str] = {
    State.PLANNED: "neutral",
    State.REVIEW: "waiting",
    State.COMMUNICATION: "waiting",
    State.CLOSED: "done",
    State.ARCHIVED: "done",
}
"""How the pill of a state looks; every other state is in progress."""

PAGE_OF_STATE: dict[State, str] = {
    State.PLANNED: "cases.plan",
    State.PREPARED: "cases.prepare",
    State.CHILDREN: "talks.children",
    State.OTHER_TALKS: "talks.talks",
    State.DOCUMENTS: "checks.requirements",
    State.WEIGHING: "weighing.areas",
    State.REVIEW: "letters.review",
    State.COMMUNICATION: "dialogue.communication",
    State.DIALOGUE: "dialogue.meetings",
    State.DECISION: "dialogue.decision",
    State.FOLLOW_UP: "dialogue.follow_up",
    State.CLOSED: "cases.overview",
    State.ARCHIVED: "cases.overview",
}
"""Where the work of each state is done."""


def show(reason: Reason) -> str:
    return _(reason.text, **spoken(reason.values))


def case_frame(
    inspection: Inspection, facts: CaseFacts, counts: dict[str, int], untold: frozenset[str] = frozenset()
) -> Case:
    """The frame for `inspection` (loaded whole), with its facts and how much it holds of each kind.

    `untold`: labels of grave accounts that are flagged without a name.
    """
    ways = steps_from(facts)
    first = ways[0] if ways else None
    return Case(
        inspection=inspection,
        facts=facts,
        pack=load_pack(inspection.pack),
        steps=_steps(inspection, facts),
        children=_children(inspection, facts),
        links=case_links(inspection, facts, counts),
        ways=tuple(
            WayOut(_(step.action), step.to, step.needs_reason, tuple(show(reason) for reason in missing))
            for step, missing in ways
        ),
        next_step=_next_step(inspection, facts, first),
        acute=_acute(inspection),
        accounts=account_flags(inspection, facts.accounts, untold),
        missing=tuple(show(reason) for reason in first[1]) if first else (),
    )


def page_of_state(inspection: Inspection, facts: CaseFacts) -> str:
    """The address where the work of the present state is done; at the weighing, the coding comes first."""
    left = facts.unjudged or facts.without_second_coder or facts.disputed
    codes = may(current_actor(), Permission.CODE_STATEMENTS, inspection)
    if inspection.state is State.WEIGHING and left and codes:
        return address_of("coding.units", dnr=inspection.dnr)
    return in_the_frame(PAGE_OF_STATE[inspection.state], inspection.dnr)


def _next_step(
    inspection: Inspection, facts: CaseFacts, first: tuple[Step, tuple[Reason, ...]] | None
) -> Pointer | None:
    """The step in a few words, with how much is missing, and where to do it. The overview says what."""
    if first is None:
        return None
    step, missing = first
    if missing:
        left = _("%(step)s (%(num)s left)", step=_(step.action), num=len(missing))
        return Pointer(left, page_of_state(inspection, facts))
    return Pointer(_(step.action), address_of("cases.overview", dnr=inspection.dnr) + "#next")


def _acute(inspection: Inspection) -> Pointer | None:
    if not inspection.acute_steps:
        return None
    opened = inspection.acute_steps[0].at
    return Pointer(
        _("The acute track is open since %(when)s.", when=exact(opened)),
        address_of("cases.acute", dnr=inspection.dnr),
    )


def _steps(inspection: Inspection, facts: CaseFacts) -> tuple[StepLine, ...]:
    order = list(State)
    here = order.index(inspection.state)
    left: dict[State, StateChange] = {change.from_state: change for change in inspection.changes}
    shut = children_first(facts)
    names: dict[UUID | None, str] = {m.user_id: m.name for m in reversed(inspection.team) if m.user_id}
    lines = []
    for number, state in enumerate(order[:-1]):
        change = left.get(state) if number < here else None
        gate = state is State.CHILDREN
        lines.append(
            StepLine(
                title=_(state.title),
                state="done" if number < here else "current" if number == here else "todo",
                href=in_the_frame(PAGE_OF_STATE[state], inspection.dnr),
                at=change.at if change else None,
                by=names.get(change.by_id) if change else None,
                gate=gate,
                gate_text=(show(shut[0]) if shut else _("Open to talks with adults")) if gate else None,
            )
        )
    return tuple(lines)


def _children(inspection: Inspection, facts: CaseFacts) -> ChildrenStrip | None:
    """The strip of children; none before the visit, when nobody is listed yet."""
    if not facts.residents and inspection.state in (State.PLANNED, State.PREPARED):
        return None
    outcomes = [resident.outcome for resident in inspection.residents]
    left = len(facts.without_outcome)
    return ChildrenStrip(
        total=facts.residents,
        offered=sum(outcome is not None for outcome in outcomes),
        talked=sum(outcome is ChildOutcome.TALKED for outcome in outcomes),
        declined=sum(outcome is ChildOutcome.DECLINED for outcome in outcomes),
        remaining_text=ngettext("%(num)s child left to ask", "%(num)s children left to ask", left)
        if left
        else _("All have been asked")
        if facts.residents
        else _("No child is listed yet"),
    )
