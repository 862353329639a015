"""A package is what METS, PREMIS and E-ARK CSIP 2.1 ask for, and every planted defect is found."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.csip_rules import rule_faults, schema_faults
from tillsyn.inspect.exchange.csip import (
    DATA,
    DOCUMENTATION,
    PRESERVATION,
    SCHEMAS,
    Contents,
    Happening,
    PackageFile,
)
from tillsyn.inspect.exchange.csip_check import check_package
from tillsyn.inspect.exchange.csip_mets import build_package

AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
LETTER, RECORD = f"{DATA}letters/feedback-sv.pdf", f"{DATA}case-record.json"


def contents(label: str = "2026-00001 Tillsyn", letter: bytes = b"%PDF-1.7 x") -> Contents:
    return Contents(
        name="tillsyn-1", label=label, software="Tillsyn", version="0.1.0", authority="Inspektionen",
        made_at=AT, about=(("title", label), ("identifier", "2026-00001"), ("language", "sv")),
        files=(
            PackageFile(LETTER, "application/pdf", letter, AT),
            PackageFile(RECORD, "application/json", b"{}", AT),
            PackageFile(f"{SCHEMAS}case-record-1.schema.json", "application/json", b"{}", AT),
            PackageFile(f"{DOCUMENTATION}README.md", "text/markdown", "# Ärendet".encode(), AT),
        ),
        happened=(Happening("1", "moved", AT, "decision → closed"),),
    )  # fmt: skip


def package(**values: object) -> dict[str, bytes]:
    return dict(build_package(contents(**values)))  # type: ignore[arg-type]


def test_a_package_fits_the_schemas_and_the_rules_and_is_whole() -> None:
    made = package()
    assert schema_faults(made["METS.xml"], made[PRESERVATION]) == []
    assert rule_faults(made["METS.xml"]) == set()
    assert check_package(made) == []


@given(st.text(min_size=1), st.binary())
def test_whatever_a_case_is_called_and_holds_its_package_is_well_formed(label: str, letter: bytes) -> None:
    made = package(label=label, letter=letter)
    assert schema_faults(made["METS.xml"], made[PRESERVATION]) == []
    assert check_package(made) == []


@pytest.mark.parametrize("path", ["METS.xml", "elsewhere/file.pdf", f"{DATA}../../file.pdf", RECORD])
def test_a_file_without_a_place_of_its_own_is_refused(path: str) -> None:
    plain = contents()
    odd = PackageFile(path, "application/json", b"", AT)
    with pytest.raises(ValueError, match="no place"):
        build_package(
            Contents(plain.name, "x", "T", "1", "I", AT, (), files=(*plain.files, odd))
        )  # fmt: skip


def _mets(pattern: str, by: str = "") -> Callable[[dict[str, bytes]], object]:
    def spoil(files: dict[str, bytes]) -> None:
        text = files["METS.xml"].decode()
        spoilt = re.sub(pattern, by, text, count=1)
        assert spoilt != text, pattern
        files["METS.xml"] = spoilt.encode()

    return spoil


def _premis(pattern: str, by: str) -> Callable[[dict[str, bytes]], object]:
    def spoil(files: dict[str, bytes]) -> None:
        files[PRESERVATION] = re.sub(pattern, by, files[PRESERVATION].decode(), count=1).encode()

    return spoil


DEFECTS: Mapping[str, Callable[[dict[str, bytes]], object]] = {
    "no METS": lambda files: files.pop("METS.xml"),
    "a file is missing": lambda files: files.pop(LETTER),
    "PREMIS is missing": lambda files: files.pop(PRESERVATION),
    "Dublin Core is missing": lambda files: files.pop("metadata/descriptive/dc.xml"),
    "a schema is missing": lambda files: files.pop(f"{SCHEMAS}case-record-1.schema.json"),
    "a byte is changed": lambda files: files.update({LETTER: b"%PDF-1.7 y"}),
    "a file is cut off": lambda files: files.update({LETTER: b"%PDF"}),
    "two files have changed places": lambda files: files.update(
        {LETTER: files[RECORD], RECORD: files[LETTER]}
    ),
    "a file nobody names": lambda files: files.update({f"{DATA}extra.txt": b"x"}),
    "wrong checksum in METS": _mets(r'CHECKSUM="[0-9a-f]{64}"', f'CHECKSUM="{"0" * 64}"'),
    "wrong size in METS": _mets(r' SIZE="\d+"', ' SIZE="7"'),
    "another checksum type": _mets("SHA-256", "MD5"),
    "wrong digest in PREMIS": _premis(r"[0-9a-f]{64}", "0" * 64),
    "METS without OBJID": _mets(r' OBJID="[^"]*"'),
    "a file without ID": _mets(r' ID="file-1"'),
    "a group without ID": _mets(r' ID="group-1"'),
    "a division without ID": _mets(r' ID="div-metadata"'),
    "an ID twice": _mets('ID="file-2"', 'ID="file-1"'),
    "a reference to nothing": _mets('FILEID="group-1"', 'FILEID="group-9"'),
    "a file without location": _mets(r"<mets:FLocat[^>]*/>"),
    "METS is no XML": lambda files: files.update({"METS.xml": b"<mets"}),
    "METS with a document type": _mets("<mets:mets", "<!DOCTYPE a []><mets:mets"),
    "PREMIS is no XML": lambda files: files.update({PRESERVATION: b"<premis"}),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_every_planted_defect_is_found(defect: str) -> None:
    made = package()
    DEFECTS[defect](made)
    assert check_package(made), defect


RULES = {
    "CSIP1": r' OBJID="[^"]*"',
    "CSIP6": r' PROFILE="[^"]*"',
    "CSIP7": r' CREATEDATE="[^"]*"',
    "CSIP9": r' csip:OAISPACKAGETYPE="[^"]*"',
    "CSIP16": r' csip:NOTETYPE="[^"]*"',
    "CSIP18": r' ID="dmd-1"',
    "CSIP25": r' MDTYPE="DC"',
    "CSIP29": r'(?<=MDTYPE="DC")([^>]*) CHECKSUM="[^"]*"',
    "CSIP33": r' ID="digiprov-1"',
    "CSIP60": r'(?<=USE=")Documentation',
    "CSIP65": r' ID="group-1"',
    "CSIP67": r' ID="file-1"',
    "CSIP82": r'(?<= )LABEL="CSIP"',
    "CSIP103": r'(?<=LABEL=")Representations(?=")',
}


@pytest.mark.parametrize("number", RULES)
def test_the_rules_of_csip_find_what_metadata_lacks(number: str) -> None:
    """That they are the rules: each finds its own defect."""
    made = package()
    by = r"\1" if "(" in RULES[number].replace("(?", "") else ""
    _mets(RULES[number], by)(made)
    found = rule_faults(made["METS.xml"]) | set(map(str, schema_faults(made["METS.xml"], made[PRESERVATION])))
    assert number in found
