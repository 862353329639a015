"""The first page of each person, and the two that everybody may read."""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import Blueprint, render_template
from flask_babel import gettext as _

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.vocabulary import Role, State
from ..rules import override_records, overrides
from ..rules.access import Permission, may
from ..rules.inspection_flow import Reason, Step
from ..rules.weighing import ActionTrack, GapClass, Word
from ..services.find_next_steps import find_next_steps
from ..services.list_deadlines import Deadline
from ..services.list_decisions import Waits, list_decisions
from ..services.list_inspections import Whose
from ..services.measure_lead_times import times_of_unit
from ..services.start_pages import (
    SHOWN,
    CaseWork,
    case_work,
)
from .access import access
from .case_frame import PAGE_OF_STATE, show
from .database import db, now
from .language import ago, day, label
from .lead_times import bars_of, number_in_words
from .method_page import code_of_word, method_text
from .pack_words import words_of
from .paging import asked_page
from .passing_on import pass_on_group
from .session import current_actor, settings
from .start_accounts import account_group
from .start_corrections import correction_group
from .start_devices import device_group
from .start_guides import guide_groups
from .start_letters import address_in, letter_groups, name_of_case
from .start_notes import note_group
from .start_provider import provider_groups
from .start_queue import queue_of, return_field
from .start_rows import Group, Row, account_groups, log_groups, registrar_groups, rest_of

start = Blueprint("start", __name__)

STATEMENT_LOOKED_THROUGH_ON = date(2026, 11, 22)
"""When the accessibility statement was last compared with the service."""


@start.get("/")
@access(Permission.HAVE_AN_ACCOUNT)
def home() -> str:
    actor = current_actor()
    work = case_work(db(), actor, now=now())
    supervises = Role.SUPERVISOR in actor.roles
    decisions = list_decisions(db(), actor, work, now=now())
    grave, acute, *rest = _case_groups(work, decisions)
    devices = (device_group(),) if may(actor, Permission.SEE_DEVICES) else ()
    own = _supervisor_groups(work) if supervises else ()
    groups = [grave, acute, note_group(work.open_cases), *devices, *own, *rest]
    groups += [pass_on_group(work.open_cases), *_other_groups()]
    template = "supervisor/start.html" if supervises else "inspector/start.html"
    return render_template(
        template,
        groups=[group for group in groups if group.rows],
        queue=queue_of(decisions, asked_page()),
        return_form=return_field,
        per_state=list(work.per_state.items()),
        bars=bars_of(times_of_unit(db(), actor=actor, now=now())) if supervises else [],
        number=number_in_words,
        works_in_cases=may(actor, Permission.SEE_INSPECTIONS),
        may_plan=may(actor, Permission.PLAN_INSPECTION),
    )


@start.get("/method")
@access(Permission.SIGN_IN)
def method() -> str:
    return render_template(
        "public/method.html",
        method=method_text(load_pack()),
        words=tuple((code_of_word(word), _(word.title)) for word in Word),
        gap_classes=tuple(_(one.title) for one in GapClass),
        actions=tuple(_(one.title) for one in ActionTrack),
        least_text=overrides.LEAST_TEXT,
        revise_above=round(override_records.REVISE_ABOVE * 100),
    )


@start.get("/accessibility")
@access(Permission.SIGN_IN)
def accessibility() -> str:
    return render_template(
        "public/accessibility.html",
        authority=settings().authority,
        idle=settings().session_idle // timedelta(minutes=1),
        looked_through=STATEMENT_LOOKED_THROUGH_ON,
    )


def _supervisor_groups(work: CaseWork) -> tuple[Group, ...]:
    return (
        Group(
            _("Cases to staff"),
            tuple(
                Row(
                    name_of_case(i),
                    address_in("cases.plan", i),
                    _("Somebody has a conflict of interest and must be replaced.")
                    if any(m.has_conflict for m in i.team)
                    else _("A responsible inspector or a decision-maker is missing."),
                    pill=label(i.state, i.pack),
                )
                for i in work.to_staff
            )
            + rest_of(work.to_staff, work.all_to_staff, whose=Whose.UNSTAFFED.value),
        ),
    )


def _next(inspection: Inspection, found: tuple[Step, tuple[Reason, ...]] | None) -> str:
    """What is missing first; the step itself when nothing is; where to go on when it was not asked."""
    with words_of(inspection.pack):
        if found is None:
            return _("Go on with: %(state)s", state=_(inspection.state.title))
        step, missing = found
        return show(missing[0]) if missing else _("Next: %(step)s", step=_(step.action))


def _passed(deadline: Deadline, inspection: Inspection) -> str:
    """What to do when the day has passed; nothing before that."""
    with words_of(inspection.pack):
        return _(deadline.passed) if deadline.on < now().date() else ""


def _case_groups(work: CaseWork, decisions: Sequence[Waits]) -> tuple[Group, ...]:
    """What stands in the queue of decisions stands there only."""
    asked = {one.inspection.id for one in decisions if one.accounts}
    next_steps = find_next_steps(db(), work.open_cases, now=now(), accounts=work.known_accounts)
    told = {inspection.id for inspection, _accounts in work.accounts}
    return (
        account_group([row for row in work.accounts if row[0].id not in asked]),
        Group(
            _("Acute"),
            tuple(
                Row(
                    name_of_case(w.inspection),
                    address_in("cases.acute", w.inspection),
                    _("The acute track is open since %(when)s.", when=ago(w.since)),
                    pill=_("Acute"),
                    kind="acute",
                )
                for w in work.acute
                if w.inspection.id not in told
            ),
        ),
        Group(
            _("Declare conflict of interest"),
            tuple(
                Row(
                    name_of_case(i),
                    address_in("cases.declare", i),
                    _("You are in the team. The case opens when you have declared."),
                )
                for i in work.to_declare
            ),
        ),
        *letter_groups(work),
        Group(
            _("Answers from providers that you have not seen"),
            tuple(
                Row(
                    name_of_case(w.inspection),
                    address_in(
                        "dialogue.communication"
                        if w.inspection.state is State.COMMUNICATION
                        else "dialogue.answers",
                        w.inspection,
                    ),
                    _("came %(when)s", when=ago(w.since)),
                )
                for w in work.answered
            ),
        ),
        Group(
            _("Visits"),
            tuple(
                Row(
                    name_of_case(i),
                    address_in(PAGE_OF_STATE[i.state], i),
                    ", ".join(part for part in (i.home.address, i.home.municipality) if part),
                    pill=ago(i.visit_started_at or i.planned_on),
                    kind="progress",
                )
                for i in work.visits[:SHOWN]
            )
            + rest_of(work.visits[:SHOWN], len(work.visits), whose=Whose.MINE.value, sort="visit"),
        ),
        Group(
            _("Dates this week"),
            tuple(
                Row(
                    f"{_(deadline.what)}: {name_of_case(inspection)}",
                    address_in(PAGE_OF_STATE[inspection.state], inspection),
                    f"{ago(deadline.on)} ({day(deadline.on)})",
                    note=_passed(deadline, inspection),
                    pill=_("Passed") if deadline.on < now().date() else "",
                    kind="returned",
                )
                for deadline, inspection in work.deadlines[:SHOWN]
            )
            + rest_of(work.deadlines[:SHOWN], len(work.deadlines), whose=Whose.MINE.value),
        ),
        Group(
            _("Your cases, by next step"),
            tuple(
                Row(
                    name_of_case(i),
                    address_in(PAGE_OF_STATE[i.state], i),
                    _next(i, next_steps.get(i.id)),
                    pill=label(i.state, i.pack),
                    kind="progress",
                )
                for i in work.open_cases[:SHOWN]
            )
            + rest_of(work.open_cases[:SHOWN], len(work.open_cases), whose=Whose.MINE.value),
        ),
    )


def _other_groups() -> tuple[Group, ...]:
    actor = current_actor()
    groups: list[Group] = []
    if may(actor, Permission.ASKED_OF_US):
        groups += provider_groups(actor)
    if Role.REGISTRAR in actor.roles:
        groups += registrar_groups()
    if may(actor, Permission.SEE_INSPECTIONS):
        groups.append(correction_group(actor))
    if may(actor, Permission.PUBLISH_GUIDES):
        groups += guide_groups(actor)
    if may(actor, Permission.MANAGE_USERS):
        groups += account_groups()
    if may(actor, Permission.REVIEW_LOG):
        groups += log_groups()
    return tuple(groups)
