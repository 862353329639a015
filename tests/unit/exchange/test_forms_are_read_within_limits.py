"""XLSForms as programs and people write them, and workbooks that somebody has made to do harm."""

import re
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from random import Random

import pytest

from tests.workbooks import form, workbook
from tillsyn.inspect.exchange import xlsform_archive, xlsform_read, xlsform_workbook
from tillsyn.inspect.exchange.xlsform_columns import columns_of, language_of
from tillsyn.inspect.exchange.xlsform_model import UnusableForm, WrittenSheet
from tillsyn.inspect.exchange.xlsform_read import read_form
from tillsyn.inspect.exchange.xlsform_workbook import read_workbook
from tillsyn.inspect.exchange.xlsform_write import write_workbook

HEADINGS = ("type", "name", "label")
AT_HALF_PAST_NINE = datetime.fromisoformat("2026-03-10T09:30:00")
PLAIN = form(HEADINGS, ("text", "q1", "Hur är det?"))


def fault(content: bytes) -> str:
    """What is said of the first fault."""
    with pytest.raises(UnusableForm) as refused:
        read_form(content)
    first = refused.value.faults[0]
    return f"{first.place} {first.text % first.values}"


def repacked(
    content: bytes, changes: Mapping[str, bytes | None], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The same zip with some of its files changed, added or (None) removed."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(made, "w", method) as after:
        for name in dict.fromkeys([*before.namelist(), *changes]):
            new = changes.get(name, b"") if name in changes else before.read(name)
            if new is not None:
                after.writestr(name, new)
    return made.getvalue()


def sheet_xml(cells: str, head: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?>{head}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    ).encode()


SHEET = "xl/worksheets/sheet1.xml"
INLINE = '<c r="{0}" t="inlineStr"><is><t>{1}</t></is></c>'
HEAD_ROW = (
    f'<row r="1">{"".join(INLINE.format(f"{c}1", h) for c, h in zip("ABC", HEADINGS, strict=True))}</row>'
)


# --- What headings mean ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "field", "language"),
    [
        ("label::Svenska (sv)", "label", "Svenska (sv)"),
        ("LABEL::EN", "label", "EN"),
        ("media::image::English (en)", "image", "English (en)"),
        ("image", "image", ""),
        ("bind::relevant", "relevant", ""),
        ("relevance", "relevant", ""),
        ("Constraint Message::sv", "constraint_message", "sv"),
        ("bind::jr:constraintMsg", "constraint_message", ""),
        ("calculation", "calculation", ""),
        ("list name", "list_name", ""),
        ("tillsyn_why_sv", "tillsyn_why_sv", ""),
        ("bind::esri:fieldLength", "esri:fieldlength", ""),
        ("", "", ""),
    ],
)
def test_a_heading_means_the_same_however_it_is_written(heading: str, field: str, language: str) -> None:
    column = columns_of([heading, "hint::x"])[0]
    assert (column.field, column.language) == (field, language)


def test_a_single_colon_parts_headings_only_where_none_has_two() -> None:
    assert columns_of(["label:English"])[0].language == "English"
    assert columns_of(["label:English", "hint::English (en)"])[0].field == "label:english"


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Svenska (sv)", "sv"), ("Swedish", "sv"), ("sv", "sv"), ("SV-se", "sv"), ("English (en)", "en"),
        ("english", "en"), ("EN", "en"), ("العربية (ar)", None), ("English (fr)", None), ("sveriges tecken", None),
    ],
)  # fmt: skip
def test_a_language_is_ours_by_its_code_or_else_by_its_name(name: str, language: str | None) -> None:
    assert language_of(name) == language


# --- Cells -------------------------------------------------------------------------------------


def test_numbers_dates_and_truth_are_read_as_one_sees_them() -> None:
    content = form(
        ("type", "name", "default"),
        ("integer", "q1", 5.0), ("decimal", "q2", 0.25), ("text", "q3", True), ("date", "q4", date(2026, 3, 10)),
        ("dateTime", "q5", AT_HALF_PAST_NINE),
    )  # fmt: skip
    found = [item.row.value("default") for item in read_form(content).items]
    assert found == ["5", "0.25", "TRUE", "2026-03-10", "2026-03-10 09:30:00"]


def test_rich_text_spoken_signs_and_escapes_are_read_as_words() -> None:
    cells = (
        '<row r="3"><c r="A3" t="inlineStr"><is><t>text</t></is></c><c r="B3" t="inlineStr"><is><t>q1</t></is></c>'
        '<c r="C3" t="inlineStr"><is><r><t>Hur </t></r><r><rPr><b/></rPr><t xml:space="preserve">är det?</t></r>'
        "<rPh><t>unsaid</t></rPh></is></c></row>"
        '<row><c t="inlineStr"><is><t>text</t></is></c><c t="inlineStr"><is><t>q2</t></is></c>'
        '<c t="str"><v>Rad_x000D_\nett _x005F_x0041_</v></c></row>'
    )
    content = repacked(PLAIN, {SHEET: sheet_xml(HEAD_ROW + cells)})
    first, second = read_form(content).items
    assert (first.number, second.number) == (3, 4)
    assert second.row.value("label") == "Rad\nett _x0041_"
    assert first.row.value("label").startswith("Hur är det?")


def test_words_are_not_straightened() -> None:
    words = "Säg ”ja” eller ’nej’ enligt 5\u00a0kap. 7\u00a0§"
    assert read_form(form(HEADINGS, ("text", "q1", words))).items[0].row.value("label") == words


def test_a_text_that_looks_like_a_formula_is_written_as_a_text() -> None:
    written = write_workbook(
        [WrittenSheet("survey", HEADINGS, ({"type": "text", "name": "q1", "label": "=1+1 _x0041_"},))]
    )
    assert read_form(written).items[0].row.value("label") == "=1+1 _x0041_"
    with zipfile.ZipFile(BytesIO(written)) as opened:
        assert b"<f>" not in opened.read(SHEET)


# --- Rows --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("type", "kind", "list_name"),
    [
        ("text", "question", ""),
        ("select_one yes_no", "question", "yes_no"),
        ("Select One  yes_no or_other", "question", "yes_no"),
        ("select one from sexes or specify other", "question", "sexes"),
        ("select_one_from_file places.csv", "question", "places.csv"),
        ("add select multiple prompt using things", "question", "things"),
        ("rank fruit", "question", "fruit"),
        ("a type of tomorrow", "question", ""),
        ("note", "note", ""),
        ("acknowledge", "note", ""),
        ("begin_group", "group", ""),
        ("begin repeat", "repeat", ""),
        ("begin loop over toilet_type", "repeat", ""),
        ("calculate", "hidden", ""),
        ("start-geopoint", "hidden", ""),
        ("deviceid", "hidden", ""),
        ("add date prompt", "question", ""),
        ("image", "captured", ""),
        ("osm buildings", "captured", ""),
    ],
)
def test_every_type_of_the_standard_is_known_for_what_it_is(type: str, kind: str, list_name: str) -> None:
    item = read_form(form(HEADINGS, (type, "q1", "Ord"))).items[0]
    assert (item.kind, item.list_name) == (kind, list_name)


def test_rows_know_the_groups_around_them() -> None:
    items = read_form(
        form(
            HEADINGS,
            ("begin_group", "a", "A"), ("begin_repeat", "b", "B"), ("text", "q1", "?"), ("end_repeat",),
            ("text", "q2", "?"), ("end_group",), ("text", "q3", "?"),
        )
    ).items  # fmt: skip
    around = {item.name: [group.name for group in item.within] for item in items}
    assert around == {"a": [], "b": ["a"], "q1": ["a", "b"], "q2": ["a"], "q3": []}


def test_what_pyxform_refuses_is_told_and_read_all_the_same() -> None:
    read = read_form(form(HEADINGS, ("select_one nothing", "q1", "?"), ("text", "q1", "?")))
    assert read.refused
    assert len(read.items) == 2
    assert "choices sheet" in read.said[0]


def test_a_workbook_of_one_sheet_with_any_name_is_a_survey_and_sheets_are_found_in_capitals() -> None:
    assert read_form(workbook({"Blad1": (HEADINGS, ("text", "q1", "?"))})).items
    read = read_form(workbook({"SURVEY": (("TYPE", "NAME"), ("text", "q1")), "Help": (("x",),)}))
    assert (len(read.items), read.unread) == (1, ("Help",))


# --- Files that are no form, or made to do harm ------------------------------------------------


def test_what_is_no_workbook_is_refused_in_words() -> None:
    assert "no Excel workbook" in fault(b"type,name,label\n")
    assert "no Excel workbook" in fault(b"")
    assert "no Excel workbook" in fault(repacked(PLAIN, {"_rels/.rels": None}))
    assert "old Excel file (xls) or has a password" in fault(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert "no sheet named survey" in fault(workbook({"a": (HEADINGS,), "b": (HEADINGS,)}))
    assert "no columns named type and name" in fault(form(("typ", "namn"), ("text", "q1")))
    assert "no columns named type and name" in fault(workbook({"survey": ()}))


def test_damage_is_told_and_never_an_error_of_ours() -> None:
    assert "is not XML" in fault(repacked(PLAIN, {SHEET: b"<worksheet><sheetData>"}))
    assert "refers to a text" in fault(
        repacked(PLAIN, {SHEET: sheet_xml('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')})
    )


@pytest.mark.parametrize("seed", range(8))
def test_a_file_with_spoilt_bytes_is_read_or_refused_and_nothing_else(seed: int) -> None:
    chance = Random(seed)  # noqa: S311 - the same spoilt files each time
    stored = repacked(PLAIN, {}, zipfile.ZIP_STORED)
    for content in (PLAIN, stored):
        for _ in range(15):
            broken = bytearray(content)
            for place in chance.sample(range(len(broken)), 12):
                broken[place] = chance.randrange(256)
            with suppress(UnusableForm):
                read_workbook(bytes(broken))


def test_an_entity_is_refused_before_it_expands() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;&b;">]>'
    for part in (SHEET, "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"):
        assert "DOCTYPE" in fault(repacked(PLAIN, {part: sheet_xml("<row/>", bomb)}))
    outside = '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd">'
    assert "DOCTYPE" in fault(repacked(PLAIN, {SHEET: sheet_xml("<row/>", outside)}))


def test_a_zip_bomb_is_stopped_while_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsform_archive, "MAX_READ", 200_000)
    padded = sheet_xml(HEAD_ROW + " " * 1_000_000)
    content = repacked(PLAIN, {SHEET: padded})
    assert len(content) < 20_000
    assert "unpacks to more than" in fault(content)


def test_limits_are_said_with_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    far_down = sheet_xml(f'{HEAD_ROW}<row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    assert "has more than 50000 rows" in fault(repacked(PLAIN, {SHEET: far_down}))
    for place in ("XFD2", "xfd2", "ZZZ2"):
        far_out = sheet_xml(f'{HEAD_ROW}<row r="2"><c r="{place}"><v>1</v></c></row>')
        assert "at most 500 columns" in fault(repacked(PLAIN, {SHEET: far_out}))
    monkeypatch.setattr(xlsform_workbook, "MAX_CELLS", 5)
    many = (HEADINGS, *(("text", f"q{number}", "?") for number in range(3)))
    assert "cells" in fault(form(*many))
    monkeypatch.undo()
    monkeypatch.setattr(xlsform_read, "MAX_ITEMS", 2)
    assert "survey has more than 2 rows" in fault(form(*many))
    monkeypatch.setattr(xlsform_archive, "MAX_BYTES", 1_000)
    assert "larger than" in fault(PLAIN)
    monkeypatch.undo()
    monkeypatch.setattr(xlsform_archive, "MAX_FILES", 3)
    assert "more than 3 files" in fault(PLAIN)
    monkeypatch.undo()
    monkeypatch.setattr(xlsform_archive, "MAX_ELEMENTS", 20)
    assert "more than 20 elements" in fault(PLAIN)
    monkeypatch.undo()
    deep = sheet_xml("<row>" * 80 + "</row>" * 80)
    assert "nested deeper than 60 levels" in fault(repacked(PLAIN, {SHEET: deep}))


def test_a_formula_is_told_by_its_cell_and_not_evaluated() -> None:
    content = form(HEADINGS, ("text", "q1", "=1+1"), ("text", "q2", '=HYPERLINK("http://x")'))
    with pytest.raises(UnusableForm) as refused:
        read_form(content)
    assert [one.path for one in refused.value.faults] == ["survey!C2", "survey!C3"]
    assert "nothing is evaluated" in refused.value.faults[0].text


def test_of_a_formula_the_stored_value_is_read_and_told() -> None:
    """As the version in the settings of the standard's own template: text of the time it was saved."""
    cell = '<c r="C2" t="str"><f>TEXT(NOW(), "yyyy")</f><v>Hur mår du?</v></c>'
    told = form(HEADINGS, ("text", "q1", "?"))
    with zipfile.ZipFile(BytesIO(told)) as opened:
        sheet = opened.read(SHEET).decode()
    read = read_form(repacked(told, {SHEET: re.sub(r'<c r="C2".*?</c>', cell, sheet).encode()}))
    assert read.survey.rows[0].value("label") == "Hur mår du?"
    assert read.stored == ((read.survey.name, "C", 2),)


def test_an_empty_cell_far_out_does_no_harm() -> None:
    with zipfile.ZipFile(BytesIO(PLAIN)) as opened:
        sheet = opened.read(SHEET).decode()
    far = sheet.replace("</row>", '<c r="AMC1" s="0"/></row>', 1)
    assert read_form(repacked(PLAIN, {SHEET: far.encode()})).items


def test_formulas_on_a_sheet_that_is_not_read_do_no_harm() -> None:
    read = read_form(workbook({"survey": (HEADINGS, ("text", "q1", "?")), "Summary": (("=1+1",),)}))
    assert read.unread == ("Summary",)


def test_a_zip_packed_or_locked_in_another_way_is_refused() -> None:
    assert "packed in an unusual way" in fault(repacked(PLAIN, {}, zipfile.ZIP_BZIP2))
    locked = bytearray(PLAIN)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        begins = locked.find(mark)
        while begins >= 0:
            locked[begins + place] |= 1
            begins = locked.find(mark, begins + 4)
    assert "password" in fault(bytes(locked))


def test_a_path_that_leaves_the_file_leads_nowhere() -> None:
    with zipfile.ZipFile(BytesIO(PLAIN)) as opened:
        relations = opened.read("xl/_rels/workbook.xml.rels").decode()
    for target in ("../../../etc/passwd", "file:///etc/passwd", "/etc/passwd"):
        changed = relations.replace("/xl/worksheets/sheet1.xml", target)
        assert changed != relations
        assert "no Excel workbook" in fault(repacked(PLAIN, {"xl/_rels/workbook.xml.rels": changed.encode()}))
