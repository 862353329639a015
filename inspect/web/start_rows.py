"""The rows of a first page, and those of the people who keep the register, the log and the accounts."""

from collections.abc import Sized
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ...models.event_kinds import EventKind
from ..services.start_office import Reader, accounts, readings, registry
from .database import db, now
from .language import ago, day


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do: what, where it leads, why and since when; `kind` is the look of its pill."""

    title: str
    href: str
    about: str = ""
    note: str = ""
    pill: str = ""
    kind: str = "neutral"


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    rows: tuple[Row, ...]


def rest_of(shown: Sized, total: int, **filtered: Any) -> tuple[Row, ...]:
    """The way to the whole list of inspections, filtered; nothing when all of them are shown."""
    if total <= len(shown):
        return ()
    return (Row(_("Show all %(total)s", total=total), url_for("planning.inspections", **filtered)),)


def registrar_groups() -> tuple[Group, ...]:
    held = registry(db(), now=now())
    about = _("%(providers)s providers, %(homes)s homes", providers=held.providers, homes=held.homes)
    return (
        Group(_("The register"), (Row(_("Providers and homes"), url_for("register.providers"), about),)),
        Group(
            _("Homes added last"),
            tuple(
                Row(
                    home.name,
                    url_for("register.provider", provider_id=home.provider_id),
                    _("%(provider)s, added %(when)s", provider=home.provider.name, when=ago(home.created_at)),
                )
                for home in held.new_homes
            ),
        ),
        Group(
            _("Case numbers of the last 30 days, to check against the registry"),
            tuple(Row(dnr, "", _("registered here %(when)s", when=ago(at))) for dnr, at in held.new_numbers),
        ),
    )


def account_groups() -> tuple[Group, ...]:
    held = accounts(db())
    about = ngettext("%(num)s open account", "%(num)s open accounts", held.open)
    if held.closed:
        about += ", " + ngettext("%(num)s closed", "%(num)s closed", held.closed)
    return (
        Group(
            _("Accounts"),
            (
                Row(_("Open and close accounts"), url_for("people.users"), about),
                Row(
                    _("Open an account"),
                    url_for("people.add"),
                    _("For somebody who begins or gets a new role."),
                ),
            ),
        ),
        Group(
            _("Accounts added last"),
            tuple(
                Row(
                    user.name,
                    "",
                    ", ".join([*(_(item.role.title) for item in user.roles), ago(user.created_at)]),
                    pill=_("Closed %(when)s", when=day(user.disabled_at)) if user.disabled_at else "",
                    kind="locked",
                )
                for user in held.latest
            ),
        ),
    )


def log_groups() -> tuple[Group, ...]:
    held = readings(db(), now=now())
    since = held.since.isoformat()
    counted = _(
        "Readings of cases: %(today)s today, %(week)s in seven days. All events in seven days: %(all)s.",
        today=held.today,
        week=held.week,
        all=held.all_events,
    )
    nights = url_for("log.review", hours="night", kind=EventKind.INSPECTION_READ.value, first=since)

    def address(reader: Reader) -> str:
        kind = EventKind.INSPECTION_READ.value
        return url_for("log.review", person=reader.user_id, kind=kind, first=since)

    return (
        Group(
            _("Log review"),
            (
                Row(
                    _("Review what was drawn"),
                    url_for("log_review.overview"),
                    _("Draw readings by lot and by reason, look at each, and sign what came of it."),
                ),
                Row(_("Read the log"), url_for("log.review"), counted),
                Row(_("Sample: nights"), nights, _("Cases read between 22 and 06 in the last seven days.")),
            ),
        ),
        Group(
            _("Most different cases opened in seven days"),
            tuple(
                Row(reader.name, address(reader), ngettext("%(num)s case", "%(num)s cases", reader.cases))
                for reader in held.most
            ),
        ),
    )
