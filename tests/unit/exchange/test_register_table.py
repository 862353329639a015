"""A file for the register, read: its form, its signs, and every fault with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.exchange.register_table import (
    COLUMNS,
    LONGEST_CELL,
    RegisterTable,
    UnusableTable,
    read_register_table,
)

HEADING = "Organisationsnummer;Huvudman;Hem;Kommun"
LINE = "556677-8899;Ängsliden Omsorg AB;Ängen;Örebro"


def faults_of(content: bytes) -> list[tuple[int, str]]:
    with pytest.raises(UnusableTable) as refused:
        read_register_table(content)
    return [(fault.line, fault.text) for fault in refused.value.faults]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("cp1252", "windows-1252")]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_delimiters_signs_and_ends_of_lines_are_told_apart(
    delimiter: str, encoding: str, named: str, end: str
) -> None:
    text = end.join((HEADING, LINE, "")).replace(";", delimiter)
    table = read_register_table(text.encode(encoding))
    assert (table.encoding, table.delimiter) == (named, delimiter)
    ((line, cells),) = table.rows
    assert line == 2
    assert cells["provider"] == "Ängsliden Omsorg AB"
    assert cells["municipality"] == "Örebro"


def test_columns_are_known_in_both_languages_in_any_order_and_others_are_listed() -> None:
    table = read_register_table(b"Colour,PROVIDER ,organisation_number\nred,Omsorg,556677-8899\n")
    assert table.unknown == ("Colour",)
    assert table.rows[0][1] == {"provider": "Omsorg", "organisation_number": "556677-8899"}
    assert table.headings == {"provider": "PROVIDER", "organisation_number": "organisation_number"}


def test_a_cell_may_hold_the_delimiter_and_a_line_break_and_lines_are_counted_as_an_editor_does() -> None:
    text = f'{HEADING}\n\n556677-8899;"Omsorg; och\nvård";;\n{LINE}\n'
    table = read_register_table(text.encode())
    assert [line for line, _cells in table.rows] == [3, 5]
    assert table.rows[0][1]["provider"] == "Omsorg; och vård"


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        (b"", 1, "empty"),
        (b"\n \n", 1, "empty"),
        ("x".encode("utf-16"), 1, "CSV UTF-8"),
        (b"PK\x03\x04\x00\x00", 1, "CSV UTF-8"),
        (HEADING.encode() + b"\n\x81\n", 2, "neither"),
        (b"Hem;Kommun\n", 1, "is missing"),
        (b"Hem;Hem;Huvudman;Organisationsnummer\n", 1, "stands twice"),
        (f"{HEADING}\n{LINE};mer\n".encode(), 2, "cells stand under"),
        (f'{HEADING}\n{LINE}\n"556677;x\n'.encode(), 3, "quotation mark"),
        (f"{HEADING}\n1;{'x' * (LONGEST_CELL + 1)};;\n".encode(), 2, "Too long"),
        (f"{HEADING}\n1;a\x07b;;\n".encode(), 2, "control character"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_every_fault_of_form_is_told_with_its_line(content: bytes, line: int, says: str) -> None:
    told = faults_of(content)
    assert any(at == line and says in text for at, text in told), told


def test_all_faults_are_told_at_once() -> None:
    assert len(faults_of(f"{HEADING}\n1;a\x07b;;\n{LINE};x\n2;c\x01;;\n".encode())) == 3


def test_every_heading_means_one_column() -> None:
    headings = [heading for known in COLUMNS.values() for heading in known]
    assert len(headings) == len(set(headings))


@given(st.binary(max_size=400))
def test_whatever_the_bytes_it_is_a_table_or_told_why_not(content: bytes) -> None:
    told: object = None
    try:
        told = read_register_table(content)
    except UnusableTable as refused:
        told = refused.faults
    assert isinstance(told, RegisterTable) or told
