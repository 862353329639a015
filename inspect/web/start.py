"""The first page of each person, and the two that everybody may read."""

from flask import Blueprint, current_app, render_template, url_for
from flask_babel import gettext as _

from ...models.inspections import Inspection
from ...models.vocabulary import Role, State
from ..rules.access import Permission, may
from ..rules.inspection_flow import Reason, Step
from ..services.find_next_steps import find_next_steps
from ..services.start_pages import (
    CaseWork,
    ProviderCard,
    case_work,
    letters_of_provider,
    self_assessments_asked_for,
)
from .access import access
from .case_frame import PAGE_OF_STATE, show
from .database import db, now
from .language import ago, day
from .session import current_actor, settings
from .start_rows import Group, Row, account_groups, log_groups, registrar_groups

start = Blueprint("start", __name__)


@start.get("/")
@access(Permission.HAVE_AN_ACCOUNT)
def home() -> str:
    actor = current_actor()
    work = case_work(db(), actor, now=now())
    supervises = Role.SUPERVISOR in actor.roles
    first, *rest = _case_groups(work)
    groups = [first, *(_supervisor_groups(work) if supervises else ()), *rest, *_other_groups()]
    template = "supervisor/start.html" if supervises else "inspector/start.html"
    return render_template(
        template,
        groups=[group for group in groups if group.rows],
        per_state=list(work.per_state.items()),
        works_in_cases=may(actor, Permission.SEE_INSPECTIONS),
        may_plan=may(actor, Permission.PLAN_INSPECTION),
    )


@start.get("/how-we-weigh")
@access(Permission.SIGN_IN)
def method() -> str:
    return render_template("public/method.html")


@start.get("/accessibility")
@access(Permission.SIGN_IN)
def accessibility() -> str:
    return render_template("public/accessibility.html", authority=settings().authority)


def _address(endpoint: str, inspection: Inspection) -> str:
    known = endpoint if endpoint in current_app.view_functions else "cases.overview"
    return url_for(known, dnr=inspection.dnr)


def _name(inspection: Inspection) -> str:
    return f"{inspection.home.name}, {inspection.dnr}"


def _supervisor_groups(work: CaseWork) -> tuple[Group, ...]:
    return (
        Group(
            _("Decisions to record"),
            tuple(
                Row(_name(i), _address("dialogue.decision", i), _("since %(when)s", when=ago(i.state_since)))
                for i in work.to_decide
            ),
        ),
        Group(
            _("Cases to staff"),
            tuple(
                Row(
                    _name(i),
                    _address("cases.plan", i),
                    _("Somebody has a conflict of interest and must be replaced.")
                    if any(m.has_conflict for m in i.team)
                    else _("A responsible inspector or a decision-maker is missing."),
                    pill=_(i.state.title),
                )
                for i in work.to_staff
            ),
        ),
    )


def _next(inspection: Inspection, found: tuple[Step, tuple[Reason, ...]] | None) -> str:
    """What is missing first; the step itself when nothing is; where to go on when it was not asked."""
    if found is None:
        return _("Go on with: %(state)s", state=_(inspection.state.title))
    step, missing = found
    return show(missing[0]) if missing else _("Next: %(step)s", step=_(step.action))


def _case_groups(work: CaseWork) -> tuple[Group, ...]:
    next_steps = find_next_steps(db(), work.open_cases, now=now())
    return (
        Group(
            _("Acute"),
            tuple(
                Row(
                    _name(w.inspection),
                    _address("cases.acute", w.inspection),
                    _("The acute track is open since %(when)s.", when=ago(w.since)),
                    pill=_("Acute"),
                    kind="acute",
                )
                for w in work.acute
            ),
        ),
        Group(
            _("Declare conflict of interest"),
            tuple(
                Row(
                    _name(i),
                    _address("cases.declare", i),
                    _("You are in the team. The case opens when you have declared."),
                )
                for i in work.to_declare
            ),
        ),
        Group(
            _("Letters to review"),
            tuple(
                Row(
                    _name(w.inspection),
                    _address("letters.review", w.inspection),
                    _("in review since %(when)s", when=ago(w.since)),
                    pill=_("In review"),
                    kind="waiting",
                )
                for w in work.in_review
            ),
        ),
        Group(
            _("Returned to you"),
            tuple(
                Row(
                    _name(w.inspection),
                    _address("letters.editor", w.inspection),
                    _("%(name)s, %(when)s", name=w.by, when=ago(w.since)),
                    note=w.reason,
                    pill=_("Returned"),
                    kind="returned",
                )
                for w in work.returned
            ),
        ),
        Group(
            _("Answers from providers that you have not seen"),
            tuple(
                Row(
                    _name(w.inspection),
                    _address(
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
                    _name(i),
                    _address(PAGE_OF_STATE[i.state], i),
                    ", ".join(part for part in (i.home.address, i.home.municipality) if part),
                    pill=ago(i.visit_started_at or i.planned_on),
                    kind="progress",
                )
                for i in work.visits
            ),
        ),
        Group(
            _("Dates this week"),
            tuple(
                Row(
                    f"{_(deadline.what)}: {_name(inspection)}",
                    _address(PAGE_OF_STATE[inspection.state], inspection),
                    f"{ago(deadline.on)} ({day(deadline.on)})",
                    note=_(deadline.passed) if deadline.on < now().date() else "",
                    pill=_("Passed") if deadline.on < now().date() else "",
                    kind="returned",
                )
                for deadline, inspection in work.deadlines
            ),
        ),
        Group(
            _("Your cases, by next step"),
            tuple(
                Row(
                    _name(i),
                    _address(PAGE_OF_STATE[i.state], i),
                    _next(i, next_steps.get(i.id)),
                    pill=_(i.state.title),
                    kind="progress",
                )
                for i in work.open_cases
            ),
        ),
    )


def _other_groups() -> tuple[Group, ...]:
    actor = current_actor()
    groups = []
    if may(actor, Permission.ANSWER_LETTERS) and "provider.letters" in current_app.view_functions:
        groups.append(_provider_group())
    if may(actor, Permission.ASSESS_ONESELF) and "self_assessment.write" in current_app.view_functions:
        groups.append(
            Group(
                _("Before our visit"),
                tuple(
                    Row(
                        _("Write what works well and what worries you"),
                        url_for("self_assessment.write"),
                        f"{name}, {day(on)}" if on else name,
                        pill=_("Asked for"),
                        kind="waiting",
                    )
                    for name, on in self_assessments_asked_for(db(), actor)
                ),
            )
        )
    if Role.REGISTRAR in actor.roles:
        groups += registrar_groups()
    if may(actor, Permission.MANAGE_USERS):
        groups += account_groups()
    if may(actor, Permission.REVIEW_LOG):
        groups += log_groups()
    return tuple(groups)


def _due(card: ProviderCard) -> str:
    """By when an account is due, while it is not given."""
    if card.answered_at or not card.due_on:
        return ""
    return _("First account due by %(day)s.", day=day(card.due_on))


def _provider_group() -> Group:
    return Group(
        _("Letters to you"),
        tuple(
            Row(
                _("Letter about %(home)s", home=card.home),
                url_for("provider.letters"),
                _("sent %(when)s", when=ago(card.sent_at)),
                note=_due(card),
                pill=_("Answers sent") if card.answered_at else _("Answers not sent"),
                kind="done" if card.answered_at else "waiting",
            )
            for card in letters_of_provider(db(), current_actor())
        ),
    )
