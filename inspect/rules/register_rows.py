"""The rows of a file for the register, checked one by one and against each other; no database is asked."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from stdnum.se import orgnr

from ...models.planning_words import PermitKind
from ...models.vocabulary import N_, ProviderKind

MOST_PLACES = 500
OLDEST = 120

KINDS_OF_PROVIDER: dict[str, ProviderKind] = {
    "privat": ProviderKind.PRIVATE, "enskild": ProviderKind.PRIVATE, "private": ProviderKind.PRIVATE,
    "kommunal": ProviderKind.MUNICIPAL, "kommun": ProviderKind.MUNICIPAL,
    "municipal": ProviderKind.MUNICIPAL, "municipality": ProviderKind.MUNICIPAL,
    "statlig": ProviderKind.STATE, "stat": ProviderKind.STATE, "state": ProviderKind.STATE,
}  # fmt: skip
KINDS_OF_PERMIT: dict[str, PermitKind] = {
    "tillstånd": PermitKind.PERMIT, "permit": PermitKind.PERMIT,
    "anmälan": PermitKind.NOTIFICATION, "notification": PermitKind.NOTIFICATION,
}  # fmt: skip
LONGEST = {
    "provider": 200, "provider_address": 500, "home": 200, "municipality": 100, "target_group": 500,
    "address": 500, "permit_number": 60, "permit_target_group": 500,
}  # fmt: skip
OF_A_HOME = (
    "kind", "municipality", "municipality_code", "places", "target_group", "address", "opened_on",
    "closed_on", "last_visit_on", "permit_kind", "permit_number", "permit_from", "permit_to", "permit_places",
    "permit_target_group", "youngest", "oldest",
)  # fmt: skip
OF_A_PERMIT = tuple(name for name in OF_A_HOME if name.startswith("permit_") and name != "permit_from")


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in one cell of one line; `column` is a name of exchange/register_table.COLUMNS, or ""."""

    line: int
    column: str
    text: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One line, read: only what stands there has a value. `home` is "" in a line of a provider alone."""

    line: int
    number: str
    provider: Mapping[str, Any]
    home: str
    values: Mapping[str, Any]
    permit: Mapping[str, Any]
    municipality_code: str | None


def read_rows(
    rows: Iterable[tuple[int, Mapping[str, str]]], activities: Mapping[str, str]
) -> tuple[list[ReadRow], list[RowFault]]:
    """Each line read, and every fault. `activities`: the id of a kind of activity by its id and names."""
    read: list[ReadRow] = []
    faults: list[RowFault] = []
    for line, cells in rows:
        reader = _Reader(line, cells)
        read.append(_row(reader, activities))
        faults += reader.faults
    return read, faults + _between(read)


class _Reader:
    """Reads the cells of one line and remembers what cannot be read."""

    def __init__(self, line: int, cells: Mapping[str, str]) -> None:
        self.line, self.cells = line, cells
        self.faults: list[RowFault] = []

    def fault(self, column: str, text: str, **values: Any) -> None:
        self.faults.append(RowFault(self.line, column, text, values))

    def text(self, name: str) -> str | None:
        text = self.cells.get(name)
        if text is not None and len(text) > LONGEST.get(name, 500):
            long = N_("Too long: %(count)s characters, and %(limit)s fit.")
            self.fault(name, long, count=len(text), limit=LONGEST.get(name, 500))
        return text

    def day(self, name: str) -> date | None:
        text = self.cells.get(name)
        if text is None:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
                return date.fromisoformat(text)
        except ValueError:
            pass  # a day that no month has: told as what is no day at all
        self.fault(name, N_("Write the day as year-month-day, for example 2026-10-06."))
        return None

    def number(self, name: str, first: int, last: int) -> int | None:
        text = self.cells.get(name)
        if text is None:
            return None
        if not re.fullmatch(r"\d{1,4}", text) or not first <= int(text) <= last:
            self.fault(name, N_("Write a whole number from %(first)s to %(last)s."), first=first, last=last)
            return None
        return int(text)

    def word(self, name: str, known: Mapping[str, Any], text: str, shown: Sequence[str]) -> Any:
        written = self.cells.get(name)
        if written is None:
            return None
        found = known.get(written.casefold())
        if found is None:
            self.fault(name, text, known=", ".join(shown))
        return found


def _row(reader: _Reader, activities: Mapping[str, str]) -> ReadRow:
    home = reader.text("home") or ""
    provider = {
        "name": reader.text("provider"),
        "kind": reader.word(
            "provider_kind", KINDS_OF_PROVIDER, N_("Not a kind of provider. Known: %(known)s."),
            ("privat", "kommunal", "statlig"),
        ),
        "address": reader.text("provider_address"),
    }  # fmt: skip
    if provider["name"] is None:
        reader.fault("provider", N_("The provider’s name is missing."))
    values = {
        "kind": reader.word(
            "kind", activities, N_("Not a kind of activity here. Known: %(known)s."),
            sorted(set(activities.values())),
        ),
        "municipality": reader.text("municipality"),
        "places": reader.number("places", 1, MOST_PLACES),
        "target_group": reader.text("target_group"),
        "address": reader.text("address"),
        "opened_on": reader.day("opened_on"),
        "closed_on": reader.day("closed_on"),
        "last_visit_on": reader.day("last_visit_on"),
    }  # fmt: skip
    code = reader.cells.get("municipality_code")
    if code is not None and not re.fullmatch(r"\d{4}", code):
        reader.fault(
            "municipality_code", N_("Write the municipality’s code with four digits, for example 1880.")
        )
        code = None
    if not home and any(name in reader.cells for name in OF_A_HOME):
        reader.fault("home", N_("The name of the home is missing, though the line says more about it."))
    _in_order(reader, values["opened_on"], values["closed_on"], "closed_on")
    return ReadRow(
        reader.line,
        _number(reader),
        {name: value for name, value in provider.items() if value is not None},
        home,
        {name: value for name, value in values.items() if value is not None},
        _permit(reader),
        code,
    )


def _number(reader: _Reader) -> str:
    """The organisation number as NNNNNN-NNNN; the check digit is checked (Luhn)."""
    text = reader.cells.get("organisation_number")
    if text is None:
        reader.fault("organisation_number", N_("The organisation number is missing."))
        return ""
    digits = re.sub(r"[\s\-–]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        reader.fault(
            "organisation_number",
            N_("Write the organisation number with ten digits, for example 556677-8899."),
        )
        return ""
    if not orgnr.is_valid(digits):
        reader.fault(
            "organisation_number",
            N_("The last digit does not fit the others. Compare with the registration certificate."),
        )
        return ""
    return str(orgnr.format(digits))


def _permit(reader: _Reader) -> Mapping[str, Any]:
    values = {
        "kind": reader.word(
            "permit_kind", KINDS_OF_PERMIT, N_("Neither a permit nor a notification. Known: %(known)s."),
            ("tillstånd", "anmälan"),
        ),
        "number": reader.text("permit_number"),
        "from_on": reader.day("permit_from"),
        "to_on": reader.day("permit_to"),
        "places": reader.number("permit_places", 1, MOST_PLACES),
        "target_group": reader.text("permit_target_group"),
        "youngest": reader.number("youngest", 0, OLDEST),
        "oldest": reader.number("oldest", 0, OLDEST),
    }  # fmt: skip
    if "permit_from" not in reader.cells and any(name in reader.cells for name in OF_A_PERMIT):
        reader.fault("permit_from", N_("The day that the permit holds from is missing."))
    _in_order(reader, values["from_on"], values["to_on"], "permit_to")
    if values["youngest"] is not None and values["oldest"] is not None:
        _in_order(reader, values["youngest"], values["oldest"], "oldest")
    return {name: value for name, value in values.items() if value is not None}


def _in_order(reader: _Reader, first: Any, last: Any, column: str) -> None:
    if first is not None and last is not None and last < first:
        reader.fault(column, N_("The last comes before the first."))


def _between(rows: Sequence[ReadRow]) -> list[RowFault]:
    """What one line says against another: one provider with two names, one home twice for the same permit."""
    faults: list[RowFault] = []
    providers: dict[tuple[str, str], tuple[int, Any]] = {}
    homes: dict[tuple[str, str, Any], int] = {}
    for row in rows:
        if not row.number:
            continue
        for name, value in row.provider.items():
            line, said = providers.setdefault((row.number, name), (row.line, value))
            if said != value:
                column = {"name": "provider", "kind": "provider_kind", "address": "provider_address"}[name]
                differs = N_("The same organisation number has something else on line %(line)s.")
                faults.append(RowFault(row.line, column, differs, {"line": line}))
        if row.home:
            key = (row.number, row.home.casefold(), row.permit.get("from_on"))
            if key in homes:
                twice = N_(
                    "The home stands on line %(line)s too. Give each permit of a home a line of its own."
                )
                faults.append(RowFault(row.line, "home", twice, {"line": homes[key]}))
            homes.setdefault(key, row.line)
    return faults
