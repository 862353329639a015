"""Who may be told of what, how soon it goes by mail, and when a mail is sent. Pure.

A notice says that something has happened in a case; that is itself something only those may know who may read
the case (SoLPuL 10 §), and of an unannounced visit nobody outside the team (OSL 17:1).
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from ...models.notices import MailWay, NoticeKind
from ...models.vocabulary import Role
from .access import Actor, Case, Permission, may
from .case_parts import has_conflict, is_secret
from .deadlines import is_working_day

BEFORE_DECLARING = frozenset({NoticeKind.ADDED_TO_TEAM})
"""What a member of the team is told before they have declared: only that there is a case to declare in."""
TO_WHO_STAFFS = frozenset({NoticeKind.CONFLICT_FOUND, NoticeKind.GLASS_BROKEN})
"""What those are told who see that the case is there, so that they can staff it."""
OUTSIDE = frozenset(
    {
        NoticeKind.LETTER_CAME,
        NoticeKind.FACTS_CAME,
        NoticeKind.CORRECTION_PROPOSED,
        NoticeKind.CORRECTION_SETTLED,
        NoticeKind.MEETING_PROPOSED,
        NoticeKind.MEETING_AGREED,
        NoticeKind.MEETING_NOTED,
        NoticeKind.MEASURES_FOLLOWED_UP,
        NoticeKind.SELF_ASSESSMENT_ASKED,
        NoticeKind.DOCUMENTS_ASKED,
        NoticeKind.DEADLINE_SOON,
        NoticeKind.DEADLINE_PASSED,
    }
)
"""What the provider and the manager of the home can be told of, in a case they know of."""
URGENT = frozenset(
    {
        NoticeKind.ACUTE_OPENED,
        NoticeKind.GLASS_BROKEN,
        NoticeKind.IDENTITY_ASKED,
        NoticeKind.IDENTITY_OPENED,
        NoticeKind.WAYS_IN_CHANGED,
        NoticeKind.CODES_GUESSED,
        NoticeKind.ROLE_WAITS,
    }
)
"""What is mailed at once to everybody who has mail at all."""
EACH_TIME = frozenset(
    {
        NoticeKind.GLASS_BROKEN,
        NoticeKind.IDENTITY_OPENED,
        NoticeKind.WAYS_IN_CHANGED,
        NoticeKind.CODES_GUESSED,
        NoticeKind.ROLE_WAITS,
    }
)
"""What is told again though the same has not been read yet: each is an alarm of its own."""

DIGEST_AT = time(7, 0)
"""When the mail of the day is sent, Swedish time, on working days."""
APART = timedelta(minutes=30)
"""The least time between two mails to one person: what happens in between is told by one."""
STALE = timedelta(days=7)
"""A mail that could not be sent for so long is given up: the list in the program has told it."""
LEASE = timedelta(minutes=5)
"""How long a worker may be at a mail before another takes it."""
LONGEST_WAIT = timedelta(hours=6)


class KnownCase(Case, Protocol):
    """What is asked of a case besides its team and its visit: which home it is about."""

    @property
    def home_id(self) -> UUID: ...


def may_be_told(actor: Actor, kind: NoticeKind, case: KnownCase | None, provider_id: UUID | None) -> bool:
    """May `actor` be told this of `case`, whose home belongs to the provider `provider_id`? Unknown means no.

    Without a case it is about the person's own work, and everybody with an account may be told.
    """
    if case is None:
        return True
    if may(actor, Permission.SEE_INSPECTIONS):
        return _at_the_authority(actor, kind, case)
    if kind not in OUTSIDE or is_secret(case):
        return False
    ours = actor.provider_id is not None and actor.provider_id == provider_id
    here = actor.home_id is not None and actor.home_id == case.home_id
    if Role.PROVIDER in actor.roles and ours and (here or actor.home_id is None):
        return True
    return Role.HOME_MANAGER in actor.roles and here


def _at_the_authority(actor: Actor, kind: NoticeKind, case: Case) -> bool:
    if kind in BEFORE_DECLARING:
        return may(actor, Permission.DECLARE_CONFLICT, case) and not has_conflict(actor, case)
    if kind in TO_WHO_STAFFS:
        return may(actor, Permission.SEE_IN_LIST, case)
    return may(actor, Permission.READ_INSPECTION, case)


def usual_way(roles: Collection[Role]) -> MailWay:
    """Before a person has chosen: those who seldom sign in hear at once, the others once a working day."""
    return MailWay.AT_ONCE if {Role.PROVIDER, Role.HOME_MANAGER} & set(roles) else MailWay.DAILY


def goes_at_once(kind: NoticeKind, way: MailWay) -> bool:
    return way is MailWay.AT_ONCE or (way is MailWay.DAILY and kind in URGENT)


def next_mail_at(last_made_at: datetime | None, now: datetime) -> datetime:
    """When a mail made now is sent: at once, unless one was made a moment ago."""
    return now if last_made_at is None else max(now, last_made_at + APART)


def digest_since(now: datetime, zone: ZoneInfo) -> datetime | None:
    """The latest time of the day's mail, when `now` is a working day and past it; otherwise None."""
    local = now.astimezone(zone)
    at = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    return at if local >= at and is_working_day(local.date()) else None


def wait_after(attempts: int) -> timedelta:
    """How long to wait when a mail could not be sent: one minute, doubled each time, at most six hours."""
    return min(timedelta(minutes=2 ** max(0, min(attempts, 12) - 1)), LONGEST_WAIT)
