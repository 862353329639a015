"""Bad inspection files: every fault is found, with its path, and said in both languages."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.example_inspection import check, small_inspection, statement
from tillsyn.inspect.i18n import translate
from tillsyn.inspect.rules.inspection_file import faults_of_file
from tillsyn.interview_guides.guide import load_pack

PACKS = {"hvb": load_pack("hvb")}

Spoil = Callable[[dict[str, Any]], object]

BAD: list[tuple[str, str, str, Spoil]] = [
    (
        "interviews[0].statements[1].theme",
        "unknown theme “vädret”",
        "okänt tema ”vädret”",
        lambda d: d["interviews"][0]["statements"][1].update(theme="vädret"),
    ),
    (
        "interviews[3].person",
        "a talk with b9, who is not among the 2 residents",
        "",
        lambda d: d["interviews"].append({**d["interviews"][0], "person": "b9", "statements": []}),
    ),
    (
        "interviews[1]",
        "a talk with an adult before these children have an outcome: b2",
        "",
        lambda d: d["residents"][1].update(outcome=None),
    ),
    (
        "checks[36].requirement",
        "two results for the requirement K08",
        "",
        lambda d: d["checks"].append(check("K08", "deviation")),
    ),
    (
        "interviews[0].statements[0].text",
        "200000 characters; at most 20000 are allowed",
        "",
        lambda d: d["interviews"][0]["statements"][0].update(text="x" * 200_000),
    ),
    (
        "visit.started_at",
        "is not a time with a time zone",
        "",
        lambda d: d["visit"].update(started_at="2026-03-03T13:00"),
    ),
    (
        "interviews[0].ended_at",
        "ends before it starts",
        "",
        lambda d: d["interviews"][0].update(ended_at="2026-03-03T12:00+01:00"),
    ),
    (
        "evidence[0].statements[1].id",
        "the id “u1” is used twice",
        "",
        lambda d: d["evidence"][0]["statements"].append(statement("u1", "rum", 0)),
    ),
    (
        "checks[0].result",
        "only a deviation has consequence",
        "",
        lambda d: d["checks"][0].update(consequence=2),
    ),
    (
        "checks[0].requirement",
        "unknown requirement “K99”",
        "",
        lambda d: d["checks"][0].update(requirement="K99"),
    ),
    (
        "residents[0].outcome",
        '"maybe" is not one of',
        "",
        lambda d: d["residents"][0].update(outcome="maybe"),
    ),
    (
        "interviews[0].person",
        "whose outcome is not “talked”",
        "",
        lambda d: d["residents"][0].update(outcome="declined"),
    ),
    (
        "residents[1].outcome",
        "b2 talked, but there is no talk",
        "",
        lambda d: d["residents"][1].update(outcome="talked"),
    ),
    ("interviews[1].person", "heard in two roles", "", lambda d: d["interviews"][2].update(person="p1")),
    (
        "interviews[0].statements[0].resolution",
        "only statements of severity 3 or 4",
        "",
        lambda d: d["interviews"][0]["statements"][0].update(resolution="confirmed"),
    ),
    (
        "interviews[0].statements[0].severity",
        "outside the scale",
        "",
        lambda d: d["interviews"][0]["statements"][0].update(severity=5),
    ),
    ("(file)", "“dnr” is missing", "", lambda d: d.pop("dnr")),
    ("(file)", "unknown: sekret", "", lambda d: d.update(sekret=1)),
    ("dnr", "does not have the right form", "", lambda d: d.update(dnr="../../etc")),
    ("pack", "there is no such domain pack here", "", lambda d: d.update(pack="zoo")),
    ("focus_areas[0]", "unknown area “ZZZ”", "", lambda d: d.update(focus_areas=["ZZZ"])),
]


def test_the_small_inspection_has_no_fault() -> None:
    assert faults_of_file(small_inspection(), PACKS) == ()


@pytest.mark.parametrize(
    ("path", "english", "swedish", "spoil"), BAD, ids=[f"{b[0]} {b[1][:30]}" for b in BAD]
)
def test_each_fault_is_told_with_its_path_in_both_languages(
    path: str, english: str, swedish: str, spoil: Spoil
) -> None:
    data = small_inspection()
    spoil(data)
    faults = faults_of_file(data, PACKS)
    told = [(fault.path, translate("en", fault.text, **fault.values)) for fault in faults]
    assert any(
        where.startswith(path.removesuffix("[1].person")) and english in what for where, what in told
    ), told
    for fault in faults:
        in_swedish = translate("sv", fault.text, **fault.values)
        assert in_swedish != translate("en", fault.text, **fault.values), "not translated"
    if swedish:
        assert swedish in [translate("sv", fault.text, **fault.values) for fault in faults]


def test_all_faults_are_told_at_once() -> None:
    data = small_inspection()
    data["interviews"][0]["statements"][0]["theme"] = "a"
    data["interviews"][1]["statements"][0]["theme"] = "b"
    data["checks"].append(check("K01"))
    assert len(faults_of_file(data, PACKS)) == 3


@pytest.mark.parametrize("rubbish", [None, 1, "text", [], {}, {"format": "other/1"}])
def test_rubbish_is_refused_and_never_raises(rubbish: object) -> None:
    assert faults_of_file(rubbish, PACKS)
