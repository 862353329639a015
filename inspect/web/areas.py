"""The areas of the site, and which of them each role meets in the navigation."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, g, request, url_for
from flask_babel import gettext as _

from ...models.vocabulary import N_
from ..rules.access import Actor, Permission, may
from . import (
    account,
    cases,
    checks,
    dialogue,
    findings,
    letters,
    log,
    people,
    planning,
    provider,
    register,
    self_assessment,
    start,
    talks,
    weighing,
)

BLUEPRINTS = (
    start.start,
    account.account,
    register.register,
    planning.planning,
    cases.cases,
    talks.talks,
    checks.checks,
    weighing.weighing,
    findings.findings,
    letters.letters,
    dialogue.dialogue,
    provider.provider,
    self_assessment.self_assessment,
    people.people,
    log.log,
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
    ("planning.inspections", N_("Inspections"), Permission.SEE_INSPECTIONS),
    ("register.providers", N_("Providers and homes"), Permission.SEE_REGISTER),
    ("provider.letters", N_("Letters to you"), Permission.ANSWER_LETTERS),
    ("self_assessment.write", N_("Self-assessment"), Permission.ASSESS_ONESELF),
    ("people.users", N_("Accounts"), Permission.MANAGE_USERS),
    ("log.review", N_("Log review"), Permission.REVIEW_LOG),
)

FOOTER: tuple[tuple[str, str], ...] = (("start.method", N_("How we weigh")),)


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
            NavigationItem(_(title), url_for(endpoint), here(endpoint))
            for endpoint, title, permission in NAVIGATION
            if may(actor, permission)
        ),
        "footer_links": tuple(
            NavigationItem(_(title), url_for(endpoint), here(endpoint)) for endpoint, title in FOOTER
        ),
    }
