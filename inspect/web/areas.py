"""The areas of the site, and which of them each role meets in the navigation."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, g, request

from ...models.vocabulary import N_
from ..rules.access import Actor, Permission, may
from . import (
    account,
    account_ways,
    accounts,
    api,
    archive,
    break_glass,
    calendar,
    case_letters,
    cases,
    checks,
    child_identities,
    children_survey,
    choosing,
    coding,
    coding_exchange,
    colleagues,
    corrections,
    devices,
    dialogue,
    diary,
    disclosures,
    dissent,
    documents,
    enquiry,
    field_worker,
    files,
    findings,
    fresh_sign_in,
    from_field,
    genuine,
    guide_drafts,
    guide_forms,
    guides,
    homes,
    identity,
    invitations,
    lead_times,
    letters,
    log,
    log_review,
    monitoring,
    municipalities,
    notices,
    operation,
    own_account,
    own_ways,
    people,
    planning,
    portal,
    provider,
    received_requests,
    register,
    register_files,
    retention,
    role_requests,
    sanctions,
    search,
    self_assessment,
    start,
    surveys,
    talks,
    weighing,
)
from .addresses import address_of
from .language import translate as _

BLUEPRINTS = (
    start.start,
    notices.notices,
    documents.documents,
    lead_times.lead_times,
    account.account,
    account_ways.account_ways,
    register.register,
    register_files.register_files,
    homes.homes,
    municipalities.municipalities,
    choosing.choosing,
    planning.planning,
    calendar.calendar,
    cases.cases,
    break_glass.break_glass,
    talks.talks,
    child_identities.child_identities,
    checks.checks,
    files.files,
    coding.coding,
    coding_exchange.coding_exchange,
    weighing.weighing,
    accounts.accounts,
    findings.findings,
    from_field.from_field,
    letters.letters,
    case_letters.case_letters,
    dialogue.dialogue,
    dissent.dissent,
    sanctions.sanctions,
    retention.retention,
    archive.archive,
    disclosures.disclosures,
    diary.diary,
    received_requests.received_requests,
    search.search,
    corrections.corrections,
    provider.provider,
    portal.portal,
    colleagues.colleagues,
    invitations.invitations,
    own_account.own_account,
    identity.identity,
    own_ways.own_ways,
    fresh_sign_in.fresh,
    self_assessment.self_assessment,
    children_survey.children_survey,
    genuine.genuine,
    surveys.surveys,
    enquiry.enquiry,
    people.people,
    role_requests.role_requests,
    log.log,
    log_review.log_review,
    devices.devices,
    monitoring.monitoring,
    guides.guides,
    guide_drafts.guide_drafts,
    guide_forms.guide_forms,
    field_worker.field,
    api.api,
    operation.operation,
)


@dataclass(frozen=True, slots=True)
class NavigationItem:
    title: str
    href: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, as the frame shows it."""

    name: str
    role_title: str


NAVIGATION: tuple[tuple[str, str, Permission], ...] = (
    ("start.home", N_("Start"), Permission.HAVE_AN_ACCOUNT),
    ("notices.all_", N_("New for you"), Permission.HAVE_AN_ACCOUNT),
    ("planning.inspections", N_("Inspections"), Permission.SEE_INSPECTIONS),
    ("calendar.visits", N_("Calendar"), Permission.SEE_INSPECTIONS),
    ("field.shell", N_("Field mode"), Permission.CARRY_DEVICE),
    ("choosing.homes", N_("What to visit"), Permission.PLAN_INSPECTION),
    ("register.providers", N_("Providers and homes"), Permission.SEE_REGISTER),
    ("diary.cases", N_("Register of cases"), Permission.SEE_DIARY),
    ("guides.guides", N_("Guides"), Permission.READ_GUIDES),
    ("provider.letters", N_("Letters to you"), Permission.ANSWER_LETTERS),
    ("colleagues.all_", N_("Colleagues"), Permission.INVITE_COLLEAGUES),
    ("documents.to_send", N_("What we ask of you"), Permission.ASKED_OF_US),
    ("self_assessment.write", N_("Self-assessment"), Permission.ASSESS_ONESELF),
    ("guide_drafts.drafts", N_("Write guides"), Permission.WRITE_GUIDES),
    ("people.users", N_("Accounts"), Permission.MANAGE_USERS),
    ("devices.all", N_("Devices"), Permission.SEE_DEVICES),
    ("devices.mine", N_("Devices"), Permission.CARRY_DEVICE),
    ("monitoring.overrides", N_("The method in use"), Permission.SEE_MONITORING),
    ("retention.overview", N_("Keeping and disposal"), Permission.SEE_RETENTION),
    ("log.review", N_("Log review"), Permission.REVIEW_LOG),
)

FOOTER: tuple[tuple[str, str], ...] = (
    ("start.method", N_("How we weigh")),
    ("genuine.check", N_("Is this letter genuine?")),
)


def register_areas(app: Flask) -> None:
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.context_processor(_frame)


def _frame() -> dict[str, object]:
    actor: Actor | None = g.get("actor")
    user = g.get("user")
    here: Callable[[str], bool] = lambda endpoint: request.endpoint == endpoint  # noqa: E731
    return {
        "current_user": SignedIn(user.name, ", ".join(_(item.role.title) for item in user.roles))
        if user
        else None,
        "navigation": tuple(
            NavigationItem(
                _(title),
                address_of(endpoint),
                here(endpoint),
                g.get("unread") if endpoint == "notices.all_" else None,
            )
            for endpoint, title, permission in NAVIGATION
            if may(actor, permission)
            and not (endpoint == "devices.mine" and may(actor, Permission.SEE_DEVICES))  # a way from theirs
        ),
        "footer_links": tuple(
            NavigationItem(_(title), address_of(endpoint), here(endpoint)) for endpoint, title in FOOTER
        ),
    }
