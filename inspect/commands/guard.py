"""`tillsyn guard`."""

import json
from pathlib import Path

import click

from ..exchange.plain_text import ReadText, UnreadableFile, read_plain_text
from ..i18n import LANGUAGES, translate
from ..outside import clock
from ..rules.access import Permission
from ..rules.reidentification import (
    LIMITS,
    NO_DICTIONARY,
    Guard,
    Known,
    Lexicon,
    Mark,
    Passage,
    Roster,
    Who,
)
from ..services.gather_roster import gather_roster
from ..services.guard_words import lexicon_of
from ..settings import read_settings
from .letting_out import FOR_WHOM, case_for
from .terminal import UNUSABLE, language_of_terminal
from .work import transaction

MOST_NAMES = 10_000


@click.command("guard")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--roster", "names", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Names to look for, one a line; a line that begins with # is a remark.",
)  # fmt: skip
@click.option(
    "--case", "dnr", metavar="DNR", help="Look for the names, labels and withheld words of this case."
)
@click.option(
    "--as", "email", metavar="EMAIL",
    help="With --case: the account that it is for, with a part in the case; the log names it.",
)  # fmt: skip
@click.option(
    "--language", type=click.Choice((*LANGUAGES, "auto")), default="auto", show_default=True,
    help="The language of the text.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def guard(
    file: Path, names: Path | None, dnr: str | None, email: str | None, language: str, as_json: bool
) -> int:
    """Mark what in FILE (text, HTML, DOCX, PDF) may tell who somebody is.

    Each mark is a line: line and column, the words, and why. Exit 0 when nothing is marked, 1 when something
    is, 2 when FILE cannot be used. What it cannot see is said at the end; a person decides.
    """
    terminal = language_of_terminal()
    if dnr is not None and not email:
        raise click.UsageError(FOR_WHOM)
    try:
        read = read_plain_text(file.read_bytes(), file.name)
        listed = _listed(names)
    except UnreadableFile as fault:
        click.echo(f"{file.name}: {fault}", err=True)
        return UNUSABLE
    roster, lexicon = Roster(people=listed), lexicon_of(None)
    if dnr is not None and email:
        with transaction() as db:
            _actor, inspection = case_for(
                db, email=email, dnr=dnr, permission=Permission.READ_INSPECTION, command="guard",
                now=clock.now(),
            )  # fmt: skip
            of_case = gather_roster(db, inspection)
            roster = Roster(
                people=(*of_case.people, *listed),
                phrases=(*of_case.phrases, *_of_authority()), dates=of_case.dates,
                municipality=of_case.municipality, withheld=of_case.withheld, standing=of_case.standing,
            )  # fmt: skip
    spoken = _language_of(read.text) if language == "auto" else language
    found = Guard(roster, lexicon).look(Passage(read.text, spoken))
    for mark in found:
        click.echo(_line(mark, read, terminal, as_json))
    _limits(lexicon, terminal, len(found))
    return 1 if found else 0


def _of_authority() -> tuple[str, ...]:
    """What stands in the head of every letter."""
    own = read_settings().authority
    lines = [own.name, own.unit, own.web, *own.address.replace(",", "\n").split("\n")]
    lines += own.contact.replace(",", "\n").split("\n")
    return tuple(line.strip() for line in lines if line.strip())


def _listed(names: Path | None) -> tuple[Known, ...]:
    if names is None:
        return ()
    lines = [line.strip() for line in read_plain_text(names.read_bytes(), "names.txt").text.splitlines()]
    kept = [line for line in lines if line and not line.startswith("#")]
    if len(kept) > MOST_NAMES:
        raise UnreadableFile(f"{names.name} has more than {MOST_NAMES} names")
    return tuple(Known(line, Who.LABEL if _is_label(line) else Who.CHILD) for line in kept)


def _is_label(line: str) -> bool:
    return len(line) <= 4 and any(sign.isdigit() for sign in line)


def _language_of(text: str) -> str:
    """Swedish, unless the small words are English."""
    low = f" {' '.join(text.lower().split())} "
    swedish = sum(low.count(f" {word} ") for word in ("och", "att", "som", "det", "är", "inte"))
    english = sum(low.count(f" {word} ") for word in ("and", "the", "of", "is", "that", "not"))
    return "en" if english > swedish else "sv"


def _line(mark: Mark, read: ReadText, language: str, as_json: bool) -> str:
    line, column = read.place(mark.start)
    values = {
        name: translate(language, value) if isinstance(value, str) else value
        for name, value in mark.why.values.items()
    }
    why = translate(language, mark.why.text, **values)
    if as_json:
        told = {"line": line, "column": column, "kind": mark.kind.value, "weight": mark.weight.value,
                "words": mark.words, "why": why, "sentence": mark.sentence}  # fmt: skip
        return json.dumps(told, ensure_ascii=False)
    words = " ".join(mark.words.split())
    return f"{line}:{column}: {translate(language, mark.kind.title)}: {words} – {why}"


def _limits(lexicon: Lexicon, language: str, marks: int) -> None:
    click.echo(f"{marks} marks" if marks != 1 else "1 mark", err=True)
    for limit in LIMITS if lexicon.has_dictionary else (*LIMITS, NO_DICTIONARY):
        click.echo(f"  {translate(language, limit)}", err=True)


COMMANDS = (guard,)
