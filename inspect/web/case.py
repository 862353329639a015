"""What every page of a case shares: opening it, and the frame that shows where it stands."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app, g, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ...interview_guides.content import Pack
from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection, StateChange
from ...models.vocabulary import N_, ChildOutcome, EventKind, State
from ..rules.access import Permission, may
from ..rules.inspection_flow import CaseFacts, Reason, children_first, steps_from
from ..services.find_inspection import find_inspection
from ..services.gather_facts import gather_facts
from .access import require
from .database import SAFE_METHODS, db, now, record_reading
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
    remaining_text: str


@dataclass(frozen=True, slots=True)
class CaseLink:
    title: str
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The frame of a case page (templates/case_layout.html)."""

    inspection: Inspection
    facts: CaseFacts
    pack: Pack
    steps: tuple[StepLine, ...]
    children: ChildrenStrip
    links: tuple[CaseLink, ...]
    next_title: str | None
    missing: tuple[str, ...]

    @property
    def home(self) -> str:
        return self.inspection.home.name

    @property
    def dnr(self) -> str:
        return self.inspection.dnr

    @property
    def state_title(self) -> str:
        return _(self.inspection.state.title)

    @property
    def acute(self) -> bool:
        return self.facts.acute


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

LINKS: tuple[tuple[str, str], ...] = (
    ("cases.overview", N_("Overview")),
    ("talks.talks", N_("Talks")),
    ("checks.evidence", N_("Observations and documents")),
    ("checks.requirements", N_("Requirements")),
    ("weighing.areas", N_("Weighing")),
    ("findings.findings", N_("Findings")),
    ("letters.editor", N_("Letter")),
    ("dialogue.answers", N_("Provider’s answers")),
    ("cases.log", N_("Log")),
)


def open_case(
    dnr: str, permission: Permission = Permission.READ_INSPECTION
) -> Inspection:
    """The inspection with this number, if this person may; reading it is logged."""
    inspection = find_inspection(db(), dnr)
    require(permission, inspection)
    if request.method in SAFE_METHODS:
        record_reading(
            EventKind.INSPECTION_READ,
            actor_id=current_actor().user_id,
            inspection_id=inspection.id,
            page=request.endpoint or "",
        )
    return inspection


def show(reason: Reason) -> str:
    return _(reason.text, **reason.values)


def case_frame(inspection: Inspection) -> Case:
    """The frame for `inspection` as loaded by `open_case`."""
    facts = gather_facts(db(), inspection, now=now())
    ways = steps_from(facts)
    first = ways[0] if ways else None
    return Case(
        inspection=inspection,
        facts=facts,
        pack=load_pack(inspection.pack),
        steps=_steps(inspection, facts),
        children=_children(inspection, facts),
        links=_links(inspection),
        next_title=_(first[0].action) if first else None,
        missing=tuple(show(reason) for reason in first[1]) if first else (),
    )


def case_page(template: str, inspection: Inspection, **context: object) -> str:
    """A page inside the frame of its case."""

    def allowed(name: str) -> bool:
        return may(g.actor, Permission[name], inspection)

    return render_template(template, case=case_frame(inspection), inspection=inspection, allowed=allowed, **context)


def _steps(inspection: Inspection, facts: CaseFacts) -> tuple[StepLine, ...]:
    order = list(State)
    here = order.index(inspection.state)
    left: dict[State, StateChange] = {change.from_state: change for change in inspection.changes}
    shut = children_first(facts)
    lines = []
    for number, state in enumerate(order[:-1]):
        change = left.get(state) if number < here else None
        gate = state is State.CHILDREN
        lines.append(
            StepLine(
                title=_(state.title),
                state="done" if number < here else "current" if number == here else "todo",
                href=url_for(PAGE_OF_STATE[state], dnr=inspection.dnr)
                if PAGE_OF_STATE[state] in current_app.view_functions
                else None,
                at=change.at if change else None,
                by=_name_of(inspection, change) if change else None,
                gate=gate,
                gate_text=(show(shut[0]) if shut else _("Open to talks with adults")) if gate else None,
            )
        )
    return tuple(lines)


def _name_of(inspection: Inspection, change: StateChange) -> str | None:
    return next((m.name for m in inspection.team if m.user_id == change.by_id), None)


def _children(inspection: Inspection, facts: CaseFacts) -> ChildrenStrip:
    outcomes = [resident.outcome for resident in inspection.residents]
    left = len(facts.without_outcome)
    return ChildrenStrip(
        total=facts.residents,
        offered=sum(outcome is not None for outcome in outcomes),
        talked=sum(outcome is ChildOutcome.TALKED for outcome in outcomes),
        declined=sum(outcome is ChildOutcome.DECLINED for outcome in outcomes),
        remaining_text=ngettext("%(num)s child left to ask", "%(num)s children left to ask", left)
        if left
        else _("All have been asked"),
    )


def _links(inspection: Inspection) -> tuple[CaseLink, ...]:
    return tuple(
        CaseLink(
            title=_(title),
            href=url_for(endpoint, dnr=inspection.dnr),
            current=request.endpoint == endpoint,
        )
        for endpoint, title in LINKS
        if endpoint in current_app.view_functions
    )
