"""Grave accounts in words: what is left, how long it has been left, and what the method makes of it.

Nothing here tells what somebody said, so that it can stand on every page of a case.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel.dates import format_timedelta

from ...interview_guides.guide import Pack, load_pack
from ...models.inspections import Inspection
from ...models.vocabulary import N_, Resolution
from ..rules.grave_accounts import Account, Inquiry, Task
from ..rules.weighing import Word
from .addresses import address_of
from .database import now
from .language import ago, current_language, say
from .language import translate as _

MOST = 3
"""So many accounts stand one by one in the frame of a page; the acute track has them all."""


@dataclass(frozen=True, slots=True)
class AccountFlag:
    """One account in the frame of its case: which (empty: not told), where, since when, what is left."""

    label: str
    area: str
    since: str
    left: str
    href: str
    left_href: str


@dataclass(frozen=True, slots=True)
class AccountFlags:
    """What the frame shows of a case's accounts; `others` are those that do not stand one by one."""

    lines: tuple[AccountFlag, ...]
    others: int
    href: str


def account_flags(
    inspection: Inspection, accounts: tuple[Account, ...], untold: frozenset[str] = frozenset()
) -> AccountFlags | None:
    """The flags of the accounts that are not both resolved and dealt with; None when there are none.

    Those whose label is in `untold` are flagged, but not which they are: the reader can still be their
    second coder, who judges without knowing (method §2.19).
    """
    flagged = [one for one in accounts if one.is_flagged]
    if not flagged:
        return None
    flagged.sort(key=lambda one: not has_something_left(one))
    left = sum(has_something_left(one) for one in flagged)
    pack = load_pack(inspection.pack)
    acute = address_of("cases.acute", dnr=inspection.dnr)
    shown = flagged[: left if left <= MOST else MOST - 1] or flagged[:1]
    lines = []
    for one in shown:
        if one.label in untold:
            lines.append(AccountFlag("", "", "", left_sentence(one), acute, acute))
            continue
        href = address_of("accounts.account", dnr=inspection.dnr, label=one.label)
        lines.append(
            AccountFlag(
                label=one.label,
                area=area_name(pack, one.area),
                since=ago(one.first_coded_at),
                left=left_sentence(one),
                href=href,
                left_href=f"{acute}?about={one.label}" if one.left else href,
            )
        )
    return AccountFlags(tuple(lines), len(flagged) - len(shown), acute)


def area_name(pack: Pack, area: str) -> str:
    return next((say(one.name) for one in pack.areas if one.id == area), "")


def theme_name(pack: Pack, theme: str) -> str:
    return next((say(one.name) for one in pack.themes if one.id == theme), "")


LEFT: dict[Task, str] = {
    Task.REPORT: N_("report of concern"),
    Task.POLICE: N_("police"),
    Task.CHILD: N_("what the child is told"),
}


def has_something_left(account: Account) -> bool:
    waits = account.inquiry is Inquiry.WAITING
    return bool(account.left) or account.is_disputed or waits or account.is_open


def left_sentence(account: Account) -> str:
    """What is left to do about the account, in one line."""
    left = [_(LEFT[task]) for task in account.left]
    if account.is_disputed:
        left.append(_("the coders settle how grave it is"))
    elif account.inquiry is Inquiry.WAITING:
        left.append(_("countersignature"))
    elif account.resolution is None and account.inquiry is Inquiry.RETURNED:
        left.append(_("the investigation, which was returned"))
    elif account.is_open:
        left.append(_("investigation"))
    if left:
        return _("Left: %(what)s.", what=", ".join(left))
    return _("Nothing is left to do. Supported by other evidence.")


def elapsed(since: datetime) -> str:
    """How long ago in the largest unit that says it well: 25 minutes, 3 hours, 4 days."""
    passed = max(now() - since, timedelta(minutes=1))
    return format_timedelta(passed, granularity="minute", threshold=2, locale=current_language())


def clock_words(account: Account, task: Task) -> str:
    """What is to be done about a task that is left, with the clock that runs for it."""
    return _(TO_DO[task, account.is_acute], time=elapsed(account.first_coded_at))


TO_DO: dict[tuple[Task, bool], str] = {
    (Task.REPORT, True): N_("%(time)s since it was coded. The report is to be made at once."),
    (Task.REPORT, False): N_(
        "%(time)s since it was coded. Report at once, or decide why no report is needed."
    ),
    (Task.POLICE, True): N_(
        "%(time)s since it was coded. Decide today: contact the police, or write why not now."
    ),
    (Task.POLICE, False): N_("%(time)s since it was coded. Contact the police, or write why not now."),
    (Task.CHILD, True): N_(
        "%(time)s since it was coded. Tell the child what you must do and why, or write why not now."
    ),
    (Task.CHILD, False): N_(
        "%(time)s since it was coded. Tell the child what you must do and why, or write why not now."
    ),
}

SERIOUSNESS = {True: N_("Acute: danger or violence"), False: N_("Grave")}


def seriousness(account: Account) -> str:
    return _(SERIOUSNESS[account.is_acute])


def method_words(account: Account) -> tuple[str, ...]:
    """What the weighing makes of the account as it stands, a sentence each."""
    if account.resolution is Resolution.REFUTED:
        return (_("The account is refuted. It counts for nothing in the weighing, and stays in the record."),)
    if account.is_disputed:
        return (
            _(
                "Somebody has coded it as grave, and what stands is less. "
                "It takes both coders to settle that."
            ),
        )
    said = [_state_words(account)]
    if account.ceiling is not None:
        said.append(
            _(
                "As long as that is so, the area cannot be placed higher than “%(word)s”.",
                word=_(CEILING[account.ceiling].title),
            )
        )
    if account.is_open:
        said.append(
            _(
                "The area is shown as “%(word)s”, never as a deficiency.",
                word=_(Word.ACCOUNT_INVESTIGATED.title),
            )
        )
    if account.resolution is Resolution.NOT_CONFIRMED and not account.corroborated:
        said.append(
            _(
                "If somebody else tells of the same, or a requirement on the theme is found not to be met, "
                "the account counts in full again, by itself."
            )
        )
    return tuple(said)


CEILING: dict[int, Word] = {1: Word.SERIOUS, 2: Word.NEEDS_IMPROVEMENT, 3: Word.WORKS_IN_THE_MAIN}


def _state_words(account: Account) -> str:
    if account.resolution is Resolution.CONFIRMED:
        return _("The account is confirmed by an investigation. It counts in full.")
    if account.resolution is Resolution.NOT_CONFIRMED:
        if not account.corroborated:
            return _("The investigation could not confirm it. It counts as a significant problem.")
        if not account.supported_by:
            return _(
                "The investigation could not confirm it, but we have seen it ourselves. It counts in full."
            )
        return _("The investigation could not confirm it, but other evidence supports it. It counts in full.")
    if account.is_seen and account.corroborated:
        return _("We saw it ourselves, or it stands in a document. It counts in full.")
    if account.corroborated:
        return _("Other evidence supports it. It counts in full.")
    return _("Nothing else supports it yet, and nobody has investigated it to an end.")
