"""The queue of decisions on a first page: what, why, since when, by when and how grave, in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms import Field

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.vocabulary import N_
from ..outside.clock import SWEDEN
from ..rules.decision_queue import Ask
from ..rules.grave_accounts import Account, Inquiry
from ..services.list_decisions import Waits
from ..services.long_lists import number_of
from ..services.start_pages import SHOWN
from .account_words import area_name, elapsed, left_sentence
from .addresses import address_of
from .database import now
from .forms.findings import level_name
from .forms.letters import ReturnForm
from .language import label
from .pack_words import words_of
from .paging import Pages, pages_of
from .start_accounts import where_to_act, which_and_when
from .start_letters import address_in

PAGES: dict[Ask, str] = {
    Ask.REVIEW: "letters.review",
    Ask.OPINION: "letters.review",
    Ask.SANCTION: "sanctions.matters",
    Ask.SANCTION_OPINION: "sanctions.matters",
    Ask.DECISION: "dialogue.decision",
}
"""Where each is done, with its evidence; of a grave account see `where_to_act`."""

SINCE: dict[Ask, str] = {
    Ask.REVIEW: N_("The letter was handed in for review and waits for your verdict."),
    Ask.OPINION: N_("The letter was handed in for review. The decision-maker wants to know what you think."),
    Ask.SANCTION: N_("The operator shall pay if a breach is shown; dialogue does not close it."),
    Ask.SANCTION_OPINION: N_("Nothing is decided about the fee before the lawyer has spoken."),
    Ask.DECISION: N_("The right to reply is over. The case goes on when the decision is recorded (FL 31)."),
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One thing that waits. `law`: the statute that sets its day, "" for the authority's own measure."""

    ask: str
    case: str
    href: str
    why: str
    since: datetime | None
    due_on: date | None
    late: bool
    acute: bool
    gravity: str
    law: str
    decide: tuple[str | None, str] | None = None
    """Where the letter is approved (None while it cannot be), and where it is returned; None where it is not
    the person's to do."""


@dataclass(frozen=True, slots=True)
class Queue:
    """The rows of one page of it, and a sentence about all that waits."""

    rows: tuple[QueueRow, ...]
    sentence: str
    at: Pages


def queue_of(found: Sequence[Waits], page: int = 1) -> Queue | None:
    """The queue as the page shows it, SHOWN things at a time; None for one with nothing in it."""
    if not found:
        return None
    today = now().astimezone(SWEDEN).date()
    number = number_of(page, len(found), SHOWN)
    rows = tuple(_row(one, today) for one in found[(number - 1) * SHOWN : number * SHOWN])
    parts = [ngettext("%(num)s thing waits for you.", "%(num)s things wait for you.", len(found))]
    matters = [one.matter for one in found]
    acute, late = (
        sum(one.acute for one in matters),
        sum(one.is_late(today) and not one.acute for one in matters),
    )
    if acute:
        parts.append(ngettext("%(num)s is acute.", "%(num)s are acute.", acute))
    if late:
        parts.append(ngettext("%(num)s is late.", "%(num)s are late.", late))
    return Queue(rows, " ".join(parts), pages_of(number, -(-len(found) // SHOWN)))


def return_field(number: int) -> Field:
    """The reason of a return, for the row of that number: its id is the row's own."""
    reason: Field = ReturnForm(formdata=None).reason
    reason.id = reason.label.field_id = f"reason-{number}"
    return reason


def _row(one: Waits, today: date) -> QueueRow:
    case, matter = one.inspection, one.matter
    kind = {"kind": one.letter.value} if one.letter else {}
    decide = None
    if matter.ask is Ask.REVIEW:
        there = {"dnr": case.dnr, "from": "start", **kind}
        approve = None if one.lacks_lawyer else address_of("letters.approve", **there)
        decide = (approve, address_of("letters.return_", **there))
    with words_of(case.pack):
        return QueueRow(
            ask=_what(one),
            case=f"{case.home.name}, {case.dnr}",
            href=where_to_act(case, one.accounts)
            if matter.ask is Ask.ACCOUNT
            else address_in(PAGES[matter.ask], case, **kind),
            why=_why(one),
            since=matter.since,
            due_on=matter.due_on,
            late=matter.is_late(today),
            acute=matter.acute,
            gravity=_gravity(case, one),
            law=_(matter.law) if matter.law else "",
            decide=decide,
        )


def _what(one: Waits) -> str:
    title = _(one.matter.ask.title)
    if one.letter is None or one.letter is LetterKind.FEEDBACK:
        return title
    return f"{title}: {label(one.letter, one.inspection.pack)}"


def _of_account(inspection: Inspection, account: Account) -> str:
    """What is asked of the reader about it: said out where it only waits for another person's name."""
    if account.left or account.is_disputed or account.inquiry is not Inquiry.WAITING:
        return f"{which_and_when(inspection, account)} {left_sentence(account)}"
    return _(
        "Account %(label)s (%(area)s), coded %(time)s ago, has been investigated. Somebody else than the"
        " investigator now countersigns what came of it.",
        label=account.label,
        area=area_name(load_pack(inspection.pack), account.area),
        time=elapsed(account.first_coded_at),
    )


def _why(one: Waits) -> str:
    if one.matter.ask is Ask.ACCOUNT:
        said = _of_account(one.inspection, one.accounts[0])
        more = len(one.accounts) - 1
        return said + (
            " " + ngettext("%(num)s more in the case.", "%(num)s more in the case.", more) if more else ""
        )
    said = _(SINCE[one.matter.ask])
    if one.matter.ask in (Ask.REVIEW, Ask.OPINION) and one.matter.needs_lawyer:
        said += " " + (
            _("It can be approved when the lawyer has spoken: level 4 or higher, or a sanction.")
            if one.lacks_lawyer
            else _("A lawyer takes part: level 4 or higher, or a sanction.")
        )
    return said


def _gravity(case: Inspection, one: Waits) -> str:
    """How grave the case is, in the words of its pack; "" while nothing is found in it."""
    matter = one.matter
    if matter.ask is Ask.ACCOUNT:
        return _("Acute: danger or violence") if matter.acute else _("Grave account")
    parts = [level_name(case.pack, matter.level)] if matter.level else []
    if matter.sanction:
        parts.append(_("sanction fee"))
    return ", ".join(parts)
