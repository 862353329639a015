"""docs/threat-model.md and docs/asvs.md keep what they say: each test that is named exists, nothing is left out."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THREATS = ROOT / "docs/threat-model.md"
ASVS = ROOT / "docs/asvs.md"

NAMED = re.compile(r"`((?:unit|integration|browser|independent)/[\w/]+|test_\w+)(?:::(test_\w+))?`")
THREAT = re.compile(r"\| (T\d+) \|")
REQUIREMENT = re.compile(r"\| V(\d+\.\d+\.\d+) \|")

LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223",
    "6.7": "33", "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22",
    "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
"""OWASP ASVS 5.0.0: the level of each requirement of each section, in their order."""

SECRECY = ("14.2", "16.5", "8.2", "6.3", "11.3", "7.5", "5.2")
"""Sections of which level 3 is judged too: they concern secrecy."""


@cache
def named_in(file: str) -> frozenset[str]:
    """The names of the tests in a file below tests/, those in classes too."""
    tree = ast.parse((ROOT / "tests" / f"{file}.py").read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def rows(page: Path, begins: re.Pattern[str]) -> dict[str, str]:
    """The rows of a page's tables by their number; a number that stands twice is a fault."""
    found: dict[str, str] = {}
    for line in page.read_text(encoding="utf-8").splitlines():
        match = begins.match(line)
        if match:
            assert match[1] not in found, f"{match[1]} stands twice"
            found[match[1]] = line
    return found


@pytest.mark.parametrize("page", [THREATS, ASVS], ids=lambda page: page.stem)
def test_every_test_that_is_named_exists(page: Path) -> None:
    named = NAMED.findall(page.read_text(encoding="utf-8"))
    assert len(named) > 40
    lost = [
        f"{file}::{name}"
        for file, name in named
        if not (ROOT / "tests" / f"{file}.py").exists() or (name and name not in named_in(file))
    ]
    assert not lost, "\n".join(lost)


def test_every_threat_names_a_test_or_is_open() -> None:
    threats = rows(THREATS, THREAT)
    assert len(threats) > 40
    assert [
        number for number, row in threats.items() if not NAMED.search(row) and "**open**" not in row
    ] == []
    for number, row in threats.items():
        assert row.count("|") == 7, f"{number} has other columns than its table"


def test_every_requirement_of_level_2_is_judged_once_and_nothing_else_is() -> None:
    wanted, known = set(), set()
    for section, levels in LEVELS.items():
        for number, level in enumerate(levels, start=1):
            known.add(f"{section}.{number}")
            if level < "3" or section in SECRECY:
                wanted.add(f"{section}.{number}")
    judged = rows(ASVS, REQUIREMENT)
    assert wanted - judged.keys() == set(), "not judged"
    assert judged.keys() - known == set(), "no such requirement"


def test_what_is_met_says_by_what_and_what_is_open_says_what_is_lacking() -> None:
    for number, row in rows(ASVS, REQUIREMENT).items():
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 5, number
        _, level, _words, judged, evidence = cells
        assert judged in ("met", "partly", "open", "n/a", "site"), (number, judged)
        section, _, place = number.rpartition(".")
        assert level == LEVELS[section][int(place) - 1], f"the level of {number}"
        assert evidence, f"{number} says nothing"
        if judged == "met":
            files = re.findall(
                r"`((?:inspect|models|reports|docs|static|requirements|tests|\.ci)/[\w./-]+|pyproject\.toml|README\.md)`",
                evidence,
            )
            assert NAMED.search(evidence) or files, f"{number} is met by what?"
            lost = [file for file in files if not (ROOT / file).exists()]
            assert not lost, (number, lost)


def test_the_count_at_the_top_is_that_of_the_rows() -> None:
    counted: dict[str, int] = {}
    for row in rows(ASVS, REQUIREMENT).values():
        judged = row.split("|")[4].strip()
        counted[judged] = counted.get(judged, 0) + 1
    text = ASVS.read_text(encoding="utf-8")
    for judged, number in counted.items():
        assert f"**{number} {judged}**" in text, (judged, number)
