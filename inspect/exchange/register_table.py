"""A table of providers and homes as text (CSV), read into rows; every fault is told with its line.

Comma, semicolon and tab are told apart by the heading; the text is UTF-8, or Windows-1252 as older versions
of Excel save it. Columns are known by their headings in Swedish or English, in any order; others are left
aside and listed.
"""

import csv
import io
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ...models.vocabulary import N_

COLUMNS: dict[str, tuple[str, ...]] = {
    "organisation_number": ("organisationsnummer", "orgnr", "organisation number"),
    "provider": ("huvudman", "huvudmannens namn", "provider"),
    "provider_kind": ("typ av huvudman", "huvudmannatyp", "kind of provider"),
    "provider_address": ("huvudmannens adress", "provider address"),
    "home": ("hem", "hemmets namn", "verksamhetens namn", "home"),
    "kind": ("typ av verksamhet", "verksamhet", "kind of activity"),
    "municipality": ("kommun", "municipality"),
    "municipality_code": ("kommunkod", "municipality code"),
    "places": ("platser", "antal platser", "places"),
    "target_group": ("målgrupp", "target group"),
    "address": ("besöksadress", "adress", "address"),
    "opened_on": ("öppnade", "startdatum", "opened on"),
    "closed_on": ("upphörde", "slutdatum", "closed on"),
    "last_visit_on": ("senaste besök", "senaste tillsyn", "latest visit"),
    "permit_kind": ("tillstånd eller anmälan", "permit or notification"),
    "permit_number": ("tillståndsnummer", "permit number"),
    "permit_from": ("tillstånd från", "permit from"),
    "permit_to": ("tillstånd till", "permit to"),
    "permit_places": ("tillståndets platser", "permit places"),
    "permit_target_group": ("tillståndets målgrupp", "permit target group"),
    "youngest": ("yngsta", "ålder från", "youngest"),
    "oldest": ("äldsta", "ålder till", "oldest"),
}
"""Each column and the headings it is known by; the first is the one that is written."""

NEEDED = ("organisation_number", "provider")
MOST_LINES = 50_000
LONGEST_CELL = 2_000
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
DELIMITERS = ";,\t"


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong in one place: `line` as an editor counts, `column` the heading as it stands, or ""."""

    line: int
    column: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


class UnusableTable(Exception):
    """The file is no such table; `faults` say why, in places."""

    def __init__(self, *faults: LineFault) -> None:
        super().__init__(faults[0].text)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """`rows`: line number and what stands in each column; empty cells are left out.

    `encoding` is "utf-8" or "windows-1252"; `headings` the heading of each column as it stands in the file;
    `unknown` the headings that mean nothing here.
    """

    encoding: str
    delimiter: str
    headings: Mapping[str, str]
    unknown: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_register_table(content: bytes) -> RegisterTable:
    """Raises UnusableTable with every fault of form; what the cells say is checked by the use case."""
    text, encoding = _decoded(content)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if not first:
        raise UnusableTable(LineFault(1, "", N_("The file is empty.")))
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    heading: list[str] | None = None
    known: dict[int, str] = {}
    rows: list[tuple[int, Mapping[str, str]]] = []
    faults: list[LineFault] = []
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if heading is None:
                heading = cells
                known = _known(cells, line)
                continue
            rows.append((line, _row(cells, known)))
            faults += _faults_of(line, cells, heading)
            if len(rows) > MOST_LINES:
                too_many = N_("More than %(most)s lines. Divide the file.")
                raise UnusableTable(LineFault(line, "", too_many, {"most": MOST_LINES}))
    except csv.Error:
        broken = N_("A quotation mark is opened and not closed, or stands in the middle of a cell.")
        raise UnusableTable(*faults, LineFault(begins, "", broken)) from None
    if faults:
        raise UnusableTable(*faults)
    heading = heading or []
    return RegisterTable(
        encoding,
        delimiter,
        {name: heading[at].strip() for at, name in known.items()},
        tuple(cell.strip() for at, cell in enumerate(heading) if at not in known and cell.strip()),
        tuple(rows),
    )


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(BYTE_ORDER_MARKS) or b"\x00" in content[:4096]:
        raise UnusableTable(
            LineFault(1, "", N_("This is not a text file in UTF-8. Save it as “CSV UTF-8” and try again."))
        )
    try:
        return content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), "windows-1252"
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        unreadable = N_("A sign here can be read neither as UTF-8 nor as Windows-1252. Save as “CSV UTF-8”.")
        raise UnusableTable(LineFault(line, "", unreadable)) from None


def _known(cells: list[str], line: int) -> dict[int, str]:
    """Which column stands where. Raises UnusableTable on a heading that stands twice, or is missing."""
    names = {_plain(heading): name for name, headings in COLUMNS.items() for heading in headings}
    found: dict[int, str] = {}
    faults: list[LineFault] = []
    for at, cell in enumerate(cells):
        name = names.get(_plain(cell))
        if name is None:
            continue
        if name in found.values():
            faults.append(LineFault(line, cell.strip(), N_("This column stands twice.")))
        found[at] = name
    for name in NEEDED:
        if name not in found.values():
            missing = N_("The column “%(column)s” is missing in the first line.")
            faults.append(LineFault(line, "", missing, {"column": COLUMNS[name][0]}))
    if faults:
        raise UnusableTable(*faults)
    return found


def _plain(heading: str) -> str:
    words = unicodedata.normalize("NFC", heading).replace("_", " ").strip("\ufeff \t").casefold()
    return " ".join(words.split())


def _row(cells: list[str], known: Mapping[int, str]) -> Mapping[str, str]:
    texts = ((name, " ".join(cells[at].split())) for at, name in known.items() if at < len(cells))
    return {name: unicodedata.normalize("NFC", text) for name, text in texts if text}


def _faults_of(line: int, cells: list[str], heading: list[str]) -> list[LineFault]:
    if len(cells) > len(heading):
        extra = N_(
            "%(cells)s cells stand under %(columns)s headings. Is a separator missing its quotation marks?"
        )
        return [LineFault(line, "", extra, {"cells": len(cells), "columns": len(heading)})]
    faults = []
    for title, cell in zip(heading, cells, strict=False):
        if len(cell) > LONGEST_CELL:
            long = N_("Too long: %(count)s characters, and %(limit)s fit.")
            faults.append(LineFault(line, title.strip(), long, {"count": len(cell), "limit": LONGEST_CELL}))
        if any(unicodedata.category(sign) == "Cc" and sign not in "\t\r\n" for sign in cell):
            faults.append(LineFault(line, title.strip(), N_("There is a control character in the cell.")))
    return faults
