"""Cases come in and results go out as the contract says, and every fault is told with its path."""

import copy
import json
from typing import Any

import pytest

from tests.unit.weighing.weighing_cases import CATALOGUE, inspection, said, weighed
from tillsyn.inspect.rules.weighing import UnusableCase, parse_case, replay, result_as_json, weigh

CASE: dict[str, Any] = {
    "catalogue": {
        "themes": {"vald_hot": "TRY", "natt": "TRY", "mat": "VAR", "register": "DOK"},
        "requirements": {"KR1": ["vald_hot"], "KR2": ["natt", "register"]},
        "administrative_areas": ["DOK"],
    },
    "inspection": {
        "id": "x",
        "residents": 4,
        "children_first": True,
        "alpha": "41/50",
        "interviews": [{"source": "b1", "deviation": False}],
        "codings": [
            {
                "id": f"c{number}",
                "source": source,
                "perspective": perspective,
                "theme": theme,
                "severity": severity,
                "firsthand": True,
                "status": "active",
                "resolution": None,
                "prompted": False,
                "important": False,
                "concrete": True,
                "release": False,
            }
            for number, (source, perspective, theme, severity) in enumerate(
                [("b1", "child", "vald_hot", 3), ("b2", "child", "mat", 1), ("p1", "staff", "natt", 0)]
            )
        ],
        "checks": [
            {
                "requirement": "KR1",
                "result": "deviation",
                "consequence": 1,
                "extent": 0,
                "repeated": False,
                "fixed": False,
                "self_reported": False,
            },
            {"requirement": "KR2", "result": "met"},
        ],
    },
}


def faults(case: object) -> list[str]:
    with pytest.raises(UnusableCase) as refused:
        parse_case(case)
    return [str(fault) for fault in refused.value.faults]


def changed(path: str, value: object) -> dict[str, Any]:
    """The case with the value at a dotted path replaced; `...` removes it."""
    case = copy.deepcopy(CASE)
    *parents, last = path.split(".")
    at: Any = case
    for step in parents:
        at = at[int(step)] if step.isdigit() else at[step]
    if value is ...:
        del at[last]
    else:
        at[last] = value
    return case


def test_a_case_goes_in_and_the_whole_contract_comes_out() -> None:
    case = parse_case(CASE)
    result = json.loads(json.dumps(result_as_json(weigh(case.catalogue, case.inspection))))
    assert list(result) == ["stamp", "areas", "gap", "profile", "action", "driving_areas"]
    assert list(result["stamp"]) == ["method", "version", "config_hash", "input_hash"]
    assert (result["stamp"]["method"], result["stamp"]["version"]) == ("HVB-VM", "1.0.0")
    assert list(result["areas"]) == ["DOK", "TRY", "VAR"]
    area = result["areas"]["TRY"]
    assert list(area) == [
        "position",
        "word",
        "basis",
        "levels",
        "base",
        "ceilings",
        "confidence",
        "confidence_parts",
        "action",
        "flags",
        "minority",
        "bounds",
        "margin",
        "divergence",
        "trace",
    ]
    assert area["levels"] == {
        "child": 2,
        "compliance": 3,
        "observation": None,
        "staff": 4,
        "manager": None,
        "document": None,
    }
    assert list(area["flags"]) == ["acute", "investigate", "deepen", "disclosure_risk"]
    assert len(area["divergence"]) == 15
    assert area["divergence"]["child-staff"] == {"kind": "dissonance", "difference": -2}
    assert area["divergence"]["compliance-manager"] == {"kind": "silence", "difference": None}
    assert replay(area["trace"]) == area["position"] == 2
    assert result["areas"]["VAR"]["position"] == 3
    assert result["profile"] == {
        "Fungerar i huvudsak": 1,
        "Allvarlig uppgift utreds": 1,
        "Kan inte bedömas ännu": 1,
    }


def test_a_trace_that_was_tampered_with_does_not_give_the_position_back() -> None:
    [area] = [one for name, one in weighed(inspection(said("b1", "natt", 2))).areas.items() if name == "TRY"]
    trace = [dict(row) for row in area.trace]
    assert replay(trace) == 2
    trace[0]["level"] = 1
    assert replay(trace) == 1
    with pytest.raises(ValueError, match=r"\Athe trace lacks a ceiling\Z"):
        replay([row for row in trace if row["rule"] != "T3"])
    with pytest.raises(ValueError, match="whole number"):
        replay([{**row, "level": None} if row["rule"] == "P" else row for row in trace])


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("inspection.codings.1.theme", "x", 'inspection.codings[1].theme: unknown theme "x"'),
        (
            "inspection.codings.1.severity",
            5,
            "inspection.codings[1].severity: must be a whole number from 0 to 4, not 5",
        ),
        (
            "inspection.codings.1.severity",
            True,
            "inspection.codings[1].severity: must be a whole number from 0 to 4, not true",
        ),
        (
            "inspection.codings.1.severity",
            2.0,
            "inspection.codings[1].severity: must be a whole number from 0 to 4, not 2.0",
        ),
        ("inspection.codings.1.id", "c0", 'inspection.codings[1].id: "c0" is used by an earlier coding'),
        ("inspection.codings.1.firsthand", ..., "inspection.codings[1].firsthand: is missing"),
        (
            "inspection.codings.1.firsthand",
            "yes",
            'inspection.codings[1].firsthand: must be true or false, not "yes"',
        ),
        (
            "inspection.codings.1.perspective",
            "compliance",
            "inspection.codings[1].perspective: must be one of child, observation, staff, manager, document, "
            'other, not "compliance"',
        ),
        (
            "inspection.codings.2.source",
            "b1",
            'inspection.codings[2].perspective: "b1" is child in an earlier coding',
        ),
        (
            "inspection.codings.0.resolution",
            "maybe",
            'inspection.codings[0].resolution: must be one of confirmed, not_confirmed, refuted, not "maybe"',
        ),
        ("inspection.codings.0.resoluton", None, 'inspection.codings[0]: unknown field "resoluton"'),
        ("inspection.codings", {}, "inspection.codings: must be a list, not {}"),
        ("inspection.codings", [7], "inspection.codings[0]: must be an object, not 7"),
        ("inspection.residents", 1, "inspection.codings: 2 children heard, but only 1 live in the home"),
        (
            "inspection.residents",
            -1,
            "inspection.residents: must be a whole number of at least 0, not -1",
        ),
        (
            "inspection.residents",
            None,
            "inspection.residents: must be a whole number of at least 0, not null",
        ),
        (
            "inspection.checks.0.requirement",
            "KR9",
            'inspection.checks[0].requirement: unknown requirement "KR9"',
        ),
        (
            "inspection.checks.0.extent",
            3,
            "inspection.checks[0].extent: must be a whole number from 0 to 2, not 3",
        ),
        ("inspection.checks.0.fixed", ..., "inspection.checks[0].fixed: is missing"),
        (
            "inspection.interviews.0.source",
            " ",
            'inspection.interviews[0].source: must be a text that is not empty, not " "',
        ),
        (
            "inspection.alpha",
            0.82,
            'inspection.alpha: must be null or a fraction of at most 1 as text, such as "41/50", not 0.82',
        ),
        (
            "inspection.alpha",
            "1/0",
            'inspection.alpha: must be null or a fraction of at most 1 as text, such as "41/50", not "1/0"',
        ),
        ("inspection", ..., "inspection: is missing"),
        ("catalogue.requirements.KR1", ["x"], 'catalogue.requirements.KR1[0]: unknown theme "x"'),
        ("catalogue.requirements.KR1", [], "catalogue.requirements.KR1: covers no theme"),
        ("catalogue.administrative_areas", ["X"], 'catalogue.administrative_areas[0]: unknown area "X"'),
    ],
)
def test_a_fault_is_told_with_its_path(path: str, value: object, fault: str) -> None:
    assert fault in faults(changed(path, value))


@pytest.mark.parametrize("path", ["inspection.codings.0.resolution", "inspection.checks.0.consequence"])
def test_what_may_be_left_out(path: str) -> None:
    case = changed(path, ...)
    if "checks" in path:
        case["inspection"]["checks"][0]["result"] = "not_checked"
    parse_case(case)


def test_all_faults_are_told_at_once_and_in_order() -> None:
    case = changed("inspection.codings.0.theme", "x")
    case["inspection"]["codings"][2]["severity"] = "3"
    case["inspection"]["checks"][0]["result"] = "fine"
    assert [fault.partition(":")[0] for fault in faults(case)] == [
        "inspection.codings[0].theme",
        "inspection.codings[2].severity",
        "inspection.checks[0].result",
    ]


@pytest.mark.parametrize("data", [None, [], "x", 3, True, {}, {"catalogue": [], "inspection": []}])
def test_anything_else_is_refused_without_an_accident(data: object) -> None:
    assert faults(data)


def test_a_fault_is_one_line_even_when_the_value_is_not() -> None:
    [fault] = faults(changed("inspection.codings.1.theme", "a\nb\x00" + "c" * 500))
    assert "\n" not in fault
    assert len(fault) < 200


def test_the_contract_reads_what_the_dataclasses_hold() -> None:
    case = parse_case(CASE)
    assert case.catalogue.areas == ("DOK", "TRY", "VAR")
    assert case.catalogue.requirements["KR2"] == {"natt", "register"}
    assert CATALOGUE.administrative_areas == case.catalogue.administrative_areas
