"""The rows of a file for the register: every cell checked, and lines against each other."""

import pytest

from tillsyn.inspect.rules.register_rows import ReadRow, RowFault, read_rows
from tillsyn.models.planning_words import PermitKind
from tillsyn.models.vocabulary import ProviderKind

ACTIVITIES = {"hvb": "hvb", "hem för vård eller boende (hvb)": "hvb"}
WHOLE = {
    "organisation_number": "5566778899", "provider": "Omsorg AB", "provider_kind": "Privat", "home": "Ängen",
    "kind": "HVB", "municipality": "Örebro", "municipality_code": "1880", "places": "8",
    "opened_on": "2024-01-01", "permit_from": "2024-01-01", "permit_places": "8", "youngest": "13",
    "oldest": "17",
}  # fmt: skip


def read(*rows: dict[str, str]) -> tuple[list[ReadRow], list[RowFault]]:
    return read_rows(list(enumerate(rows, start=2)), ACTIVITIES)


def test_a_whole_line_is_read() -> None:
    (row,), faults = read(WHOLE)
    assert not faults
    assert row.number == "556677-8899"
    assert row.provider == {"name": "Omsorg AB", "kind": ProviderKind.PRIVATE}
    assert row.values["places"] == 8
    assert (row.permit["places"], row.permit["youngest"], row.municipality_code) == (8, 13, "1880")
    assert read(WHOLE | {"permit_kind": "Anmälan"})[0][0].permit["kind"] is PermitKind.NOTIFICATION


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"organisation_number": "556677-8898"}, "organisation_number"),
        ({"organisation_number": "5566"}, "organisation_number"),
        ({"organisation_number": ""}, "organisation_number"),
        ({"provider": ""}, "provider"),
        ({"provider_kind": "okänd"}, "provider_kind"),
        ({"kind": "fyr"}, "kind"),
        ({"places": "0"}, "places"),
        ({"places": "åtta"}, "places"),
        ({"places": "501"}, "places"),
        ({"opened_on": "2024-13-01"}, "opened_on"),
        ({"opened_on": "1/2 2024"}, "opened_on"),
        ({"closed_on": "2023-12-31"}, "closed_on"),
        ({"municipality_code": "188"}, "municipality_code"),
        ({"permit_from": ""}, "permit_from"),
        ({"permit_to": "2023-01-01"}, "permit_to"),
        ({"oldest": "12"}, "oldest"),
        ({"oldest": "121"}, "oldest"),
        ({"home": ""}, "home"),
        ({"home": "x" * 201}, "home"),
        ({"permit_kind": "lov"}, "permit_kind"),
    ],
    ids=lambda value: str(value),
)
def test_each_fault_is_told_at_its_line_and_column(changed: dict[str, str], column: str) -> None:
    cells = {name: text for name, text in (WHOLE | changed).items() if text}
    _rows, faults = read(cells)
    assert (2, column) in {(fault.line, fault.column) for fault in faults}


def test_one_number_has_one_name_and_a_home_stands_once_for_each_permit() -> None:
    _rows, faults = read(WHOLE, WHOLE | {"provider": "En annan"}, WHOLE | {"permit_from": "2025-01-01"})
    told = {(fault.line, fault.column): fault.values for fault in faults}
    assert told == {(3, "provider"): {"line": 2}, (3, "home"): {"line": 2}}
