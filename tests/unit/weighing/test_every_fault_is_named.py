"""Unusable input: every fault is told at once with its path, and nothing that is no fault."""

import json

import pytest

from tests.independent.cases import case
from tests.independent.faults import faulty, sound
from tillsyn.inspect.i18n import translate
from tillsyn.inspect.rules.weighing import Fault, UnusableCase, case_from_json, parse_case
from tillsyn.inspect.rules.weighing.reading import shown

TEXT = json.dumps(sound(0))


def faults_in(content: bytes) -> tuple[Fault, ...]:
    with pytest.raises(UnusableCase) as refused:
        case_from_json(content)
    return refused.value.faults


def told(content: str | bytes) -> list[str]:
    return [str(fault) for fault in faults_in(content if isinstance(content, bytes) else content.encode())]


@pytest.mark.parametrize("first", range(0, 240, 60))
def test_every_planted_fault_is_named_and_no_other(first: int) -> None:
    for seed in range(first, first + 60):
        data, planted = faulty(seed)
        with pytest.raises(UnusableCase) as refused:
            parse_case(data)
        assert {fault.path for fault in refused.value.faults} == planted, f"faulty({seed})"


def test_every_message_is_one_line_in_both_languages() -> None:
    messages = set()
    for seed in range(240):
        with pytest.raises(UnusableCase) as refused:
            parse_case(faulty(seed)[0])
        for fault in refused.value.faults:
            messages.add(fault.text)
            swedish = translate("sv", fault.text, **fault.values)
            assert str(fault) == f"{fault.path}: {translate('en', fault.text, **fault.values)}"
            assert swedish != fault.text % fault.values, fault.text
            assert len(swedish.splitlines()) == 1 and swedish.isprintable() and len(str(fault)) < 300
    assert len(messages) > 15


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "case: is empty"),
        (b" \r\n\t", "case: is empty"),
        (b"\xef\xbb\xbf", "case: is empty"),
        (b"{", "case: is not JSON: line 1, column 2"),
        (b'{\n "a": 1,\n}', "case: is not JSON: line 3, column 1"),
        (b"{} {}", "case: is not JSON: line 1, column 4"),
        (b"'x'", "case: is not JSON: line 1, column 1"),
        ('{"ä": 1}'.encode("latin-1"), "case: is not UTF-8: byte 0xE4 at position 2"),
        (TEXT.encode("utf-16"), "case: is not UTF-8: byte 0xFF at position 0"),
        (b"[" * 100_000, "case: is nested too deeply"),
        (b'{"a":' * 100_000, "case: is nested too deeply"),
        (b"9" * 5_000, "case: holds a number of too many digits"),
        (b"[]", "case: must be an object, not []"),
        (b"[1]", "case: must be an object, not […]"),
        (b"null", "case: must be an object, not null"),
        (b'"x"', 'case: must be an object, not "x"'),
        (b"NaN", "case: must be an object, not NaN"),
        (b"-Infinity", "case: must be an object, not -Infinity"),
        (b"9" * 4_000, "case: must be an object, not 1234567890…"),
    ],
)
def test_what_is_no_case_at_all_is_one_fault(content: bytes, fault: str) -> None:
    assert told(content) == [fault]
    [only] = faults_in(content)
    assert translate("sv", only.text, **only.values) != only.text % only.values


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"), (True, "true"), (False, "false"), ({}, "{}"), ({"a": 1}, "{…}"), ([], "[]"), ([0], "[…]"),
        (0, "0"), (-7, "-7"), (10**20 - 1, "9" * 20), (10**20, "1234567890…"), (-(10**20), "1234567890…"),
        (4.0, "4.0"), (float("inf"), "Infinity"), (float("-inf"), "-Infinity"), (float("nan"), "NaN"),
        ("å ä", '"å ä"'), ("a\tb\x00", '"a�b�"'), ("x" * 60, '"' + "x" * 60 + '"'),
        ("x" * 61, '"' + "x" * 60 + '…"'),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_json_writes_it_on_one_line(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("text", "whole"), [("mat_å", True), ("🙂", True), (chr(0xD800), False), (chr(0xDFFF), False)]
)
def test_any_script_is_a_name_but_half_a_character_is_none(text: str, whole: bool) -> None:
    data = sound(3)
    data["catalogue"]["themes"][text] = "A"
    data["inspection"]["id"] = text
    if whole:
        assert text in parse_case(data).catalogue.themes
        return
    with pytest.raises(UnusableCase) as refused:
        parse_case(data)
    assert [fault.path for fault in refused.value.faults] == ["catalogue.themes.�", "inspection.id"]


@pytest.mark.parametrize(
    ("field", "lowest", "highest"), [("severity", 0, 4), ("consequence", 0, 4), ("extent", 0, 2)]
)
def test_each_scale_ends_where_the_method_ends_it(field: str, lowest: int, highest: int) -> None:
    data = sound(3)
    kind = "codings" if field == "severity" else "checks"
    record = data["inspection"][kind][0]
    record |= {"result": "deviation"} if kind == "checks" else {}
    for value in range(lowest, highest + 1):
        record[field] = value
        parse_case(data)
    for value in (lowest - 1, highest + 1):
        record[field] = value
        assert told(json.dumps(data)) == [
            f"inspection.{kind}[0].{field}: must be a whole number from {lowest} to {highest}, not {value}"
        ]


def test_what_is_left_out_of_a_check_that_is_no_deviation_is_nothing() -> None:
    """The same case, so the same hash, as with the fields written out."""
    data = sound(3)
    written = {"consequence": 0, "extent": 0, "repeated": False, "fixed": False, "self_reported": False}
    requirement = next(iter(data["catalogue"]["requirements"]))
    data["inspection"]["checks"] = [{"requirement": requirement, "result": "met"}]
    short = parse_case(data)
    data["inspection"]["checks"][0] |= written
    assert short == parse_case(data)


def test_the_error_itself_says_everything_in_one_line_each() -> None:
    with pytest.raises(UnusableCase, match=r"\Acatalogue: is missing\ninspection: is missing\Z"):
        parse_case({})


def test_a_byte_order_mark_is_no_fault() -> None:
    assert case_from_json(b"\xef\xbb\xbf" + TEXT.encode()) == case_from_json(TEXT.encode())


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ('"residents": 4', '"residents": 4, "residents": 4', "inspection.residents: stands more than once"),
        ('"residents": 4', '"residents": NaN', "inspection.residents: must be a whole number of at least 0, not NaN"),
        ('"residents": 4', '"residents": 4e0', "inspection.residents: must be a whole number of at least 0, not 4.0"),
        ('"residents": 4', '"residents": "4"', 'inspection.residents: must be a whole number of at least 0, not "4"'),
        ('"residents": 4', '"residents": true', "inspection.residents: must be a whole number of at least 0, not true"),
        ('"t": "TRY"', '"t": "TRY", "u": "DEL", "t": "VAR"', "catalogue.themes.t: stands more than once"),
        ('"t": "TRY"', '"t": "TRY", "\\ud800": "DEL"', 'catalogue.themes.�: holds half a character: "�"'),
        ('"K": ["t"]', '"K\\n": ["u"], "K": ["t"]', 'catalogue.requirements.K�[0]: unknown theme "u"'),
        ('"catalogue"', '"catalogue": {}, "catalogue"', "catalogue: stands more than once"),
        ('"source": "b"', '"source": "b", "source": "c"', "inspection.interviews[0].source: stands more than once"),
        ('"source": "b"', '"source": "\\udc00"', 'inspection.interviews[0].source: holds half a character: "�"'),
    ],
)  # fmt: skip
def test_what_json_lets_through_and_a_case_does_not(was: str, becomes: str, fault: str) -> None:
    text = (
        '{"catalogue": {"themes": {"t": "TRY"}, "requirements": {"K": ["t"]}, "administrative_areas": []},'
        ' "inspection": {"id": "x", "residents": 4, "children_first": true, "alpha": null, "codings": [],'
        ' "checks": [], "interviews": [{"source": "b", "deviation": false}]}}'
    )
    case_from_json(text.encode())
    assert was in text and told(text.replace(was, becomes)) == [fault]


@pytest.mark.parametrize("part", ["themes", "requirements", "administrative_areas"])
def test_what_follows_from_a_part_that_is_not_there_is_not_told_as_well(part: str) -> None:
    data = sound(3)
    del data["catalogue"][part]
    assert told(json.dumps(data)) == [f"catalogue.{part}: is missing"]


def test_a_missing_half_is_one_fault() -> None:
    assert told("{}") == ["catalogue: is missing", "inspection: is missing"]
    for given in ("null", "3"):
        text = json.dumps({**sound(3), "catalogue": json.loads(given)})
        assert told(text) == [f"catalogue: must be an object, not {given}"]


@pytest.mark.parametrize("value", [7, "", ...])
def test_a_name_that_cannot_be_read_is_not_unknown_as_well(value: object) -> None:
    data = sound(3)
    data["inspection"]["codings"][0]["theme"] = value
    if value is ...:
        del data["inspection"]["codings"][0]["theme"]
    assert len(told(json.dumps(data))) == 1


def test_fields_of_later_versions_are_passed_over_in_the_outer_objects() -> None:
    """The catalogue's and codebook's versions stand there (method §2.18); misspelt ones are missed instead."""
    data = case(7)
    more = {**data, "note": float("nan"), "catalogue": {**data["catalogue"], "version": "2026-1"}}
    assert case_from_json(json.dumps(more).encode()) == case_from_json(json.dumps(data).encode())
