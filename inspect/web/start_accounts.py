"""The rows of a first page that tell of grave accounts: which case, since when, what is left."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ..rules.grave_accounts import Account
from .account_words import area_name, elapsed, left_sentence
from .addresses import address_of
from .pack_words import words_of
from .start_rows import Group, Row


def account_group(found: Sequence[tuple[Inspection, Sequence[Account]]]) -> Group:
    """One row a case: its one account, or how many and the clock of the oldest that has something left."""
    return Group(
        _("Grave accounts"), tuple(_row_in_words(inspection, accounts) for inspection, accounts in found)
    )


def _row_in_words(inspection: Inspection, accounts: Sequence[Account]) -> Row:
    with words_of(inspection.pack):
        return _row(inspection, accounts)


def _row(inspection: Inspection, accounts: Sequence[Account]) -> Row:
    first = accounts[0]
    acute = first.is_acute
    about = which_and_when(inspection, first)
    more = len(accounts) - 1
    if more:
        about += " " + ngettext("%(num)s more in the case.", "%(num)s more in the case.", more)
    dnr = inspection.dnr
    return Row(
        f"{inspection.home.name}, {dnr}",
        where_to_act(inspection, accounts),
        about,
        note=left_sentence(first),
        pill=_("Acute") if acute else _("Grave account"),
        kind="acute" if acute else "waiting",
    )


def which_and_when(inspection: Inspection, account: Account) -> str:
    """Which account it is, what it is about and how long it has been known; nothing of what was said."""
    return _(
        "%(label)s, %(area)s: coded %(time)s ago.",
        label=account.label,
        area=area_name(load_pack(inspection.pack), account.area),
        time=elapsed(account.first_coded_at),
    )


def where_to_act(inspection: Inspection, accounts: Sequence[Account]) -> str:
    """The account itself, when it is the only one and is left to countersign; else the acute track."""
    first = accounts[0]
    if len(accounts) > 1 or first.left:
        return address_of("cases.acute", dnr=inspection.dnr)
    return address_of("accounts.account", dnr=inspection.dnr, label=first.label)
