"""The copy of a letter to the municipality or region concerned: to whom, its file, and that it went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from ...models.inspections import Inspection
from ...models.letter_vocabulary import CopyReader, LetterKind, LetterState
from ..errors import Invalid
from ..outside.clock import SWEDEN
from ..rules.access import Permission, may
from ..services.copy_letter import CopyAddress, CopySent, copied_to, copy_addresses, note_copy
from ..services.find_letter import the_letter
from ..services.list_case_letters import CaseLetter
from .access import access
from .addresses import address_of
from .case import open_case
from .database import db, now
from .forms.case_letters import CopyForm
from .forms.faults import put_at_field
from .language import current_language, label
from .letters import LANGUAGE_NAMES, Page, letter_kind, of_every_kind
from .session import current_actor


@dataclass(frozen=True, slots=True)
class CopyPart:
    """`to`: who gets a copy, as the letter says; `addresses`: where to send it; `files`: name and address of
    the version that is to be sent; `sent`: copies that have gone; `form`: None when all is noted."""

    to: str
    addresses: Sequence[CopyAddress]
    number: int
    files: Sequence[tuple[str, str, str]]
    sent: Sequence[CopySent]
    form: CopyForm | None


def copy_part(
    inspection: Inspection, one: CaseLetter, copies: Mapping[str, Sequence[CopySent]], tried: CopyForm | None
) -> CopyPart | None:
    """None for a letter of which nobody gets a copy, or that is not sent."""
    letter, to = one.letter, copied_to(inspection, one.row.kind, current_language())
    if letter is None or letter.state is not LetterState.SENT or not to:
        return None
    number = max(version for version, _at, _by in one.sent)
    sent = copies.get(str(letter.id), ())
    addresses = copy_addresses(db(), inspection)
    have = {copy.reader for copy in sent if copy.number == number}
    left = [address for address in addresses if address.reader not in have]
    form = None
    if left and may(current_actor(), Permission.LEAD_INSPECTION, inspection):
        form = tried or CopyForm(formdata=None, prefix=prefix(one.row.kind), sent_on=_today())
        form.reader.choices = [(one.reader.value, f"{label(one.reader)}: {one.name}") for one in left]
    return CopyPart(to, addresses, number, _files(inspection.dnr, one, number), sent, form)


def prefix(kind: LetterKind) -> str:
    return f"copy-{kind.value}-"


def _today() -> date:
    return now().astimezone(SWEDEN).date()


def _files(dnr: str, one: CaseLetter, number: int) -> list[tuple[str, str, str]]:
    """Language, its name and the address of the PDF: the very bytes that went to the provider."""
    return [
        (
            language,
            LANGUAGE_NAMES[language],
            address_of(
                "letters.file",
                dnr=dnr,
                kind=one.row.kind.value,
                letter_language=language,
                form="pdf",
                number=number,
            ),
        )
        for language in one.row.languages
    ]


@of_every_kind("/copied", methods=["POST"])
@access(Permission.LEAD_INSPECTION)
def copied(dnr: str) -> Page:
    """Note that the copy of a letter has been sent to whoever gets it by law."""
    from .case_letters import page_of_letters  # that module shows what this one makes

    inspection, kind = open_case(dnr, Permission.LEAD_INSPECTION), letter_kind()
    form = CopyForm(prefix=prefix(kind))
    form.reader.choices = [(one.value, one.title) for one in CopyReader]
    if not form.validate():
        return page_of_letters(inspection, copying=(kind, form)), 422
    try:
        note_copy(
            db(), actor=current_actor(), inspection=inspection, letter=the_letter(db(), inspection, kind),
            reader=CopyReader(form.reader.data), sent_on=form.sent_on.data, now=now(),
        )  # fmt: skip
    except Invalid as fault:
        put_at_field(form, fault, "reader")
        return page_of_letters(inspection, copying=(kind, form)), 422
    flash(_("It is noted that the copy is sent."), "success")
    return redirect(url_for("case_letters.letters", dnr=dnr, _anchor=f"letter-{kind.value}"), 303)
