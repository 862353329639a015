"""Every cell of a form is either carried over or told with its reason: all that real forms hold, at any size."""

import pytest

from benchmarks.large_form import large_form
from tests.imported_forms import BOTH, made, told
from tillsyn.inspect.exchange.xlsform_model import Form
from tillsyn.inspect.exchange.xlsform_read import read_form
from tillsyn.inspect.exchange.xlsform_report import Fate
from tillsyn.inspect.services.import_guide_form import ImportedForm, import_guide_form
from tillsyn.interview_guides.guide import load_pack


def untold(read: Form, imported: ImportedForm) -> set[str]:
    """The cells that the report does not speak of, as `survey!C7`."""
    rows = {
        (line.sheet, row, line.letter)
        for line in imported.lines(Fate.LEFT_OUT) + imported.lines(Fate.REMARKED)
        for row in line.rows
    }
    sheets = [
        sheet for sheet in (read.survey, read.choices, read.settings, *read.others) if sheet is not None
    ]
    return {
        f"{sheet.name}!{cell.column.letter}{cell.row}"
        for sheet in sheets
        for row in sheet.rows
        for cell in row.cells
        if not {(sheet.name, cell.row, letter) for letter in (cell.column.letter, "")} & rows
    }


def test_what_is_not_told_is_in_the_guide() -> None:
    """Of a form with all that real forms hold: each cell that the report does not speak of is found in the guide."""
    content = large_form(60)
    imported = import_guide_form(content, pack=load_pack("hvb"))
    read = read_form(content)
    silent = untold(read, imported)
    ids = {one["id"] for one in imported.written["questions"]}
    text = imported.file.text
    for row in read.survey.rows:
        for cell in row.cells:
            if f"survey!{cell.column.letter}{cell.row}" not in silent:
                continue
            match cell.column.field:
                case "name":
                    assert cell.value in ids or row.value("type") not in ("text",)
                case "type":
                    ends_or_opens = cell.value.startswith(("begin_group", "end_"))
                    assert ends_or_opens or cell.value in ("text", "note", "acknowledge")
                case "relevant":
                    assert cell.value.endswith("!= ''")
                case "label" if row.value("type").startswith("begin_"):
                    assert f"survey!C{cell.row}" not in silent  # told once for the row
                case "label" | "hint":
                    assert cell.value in text
                case field:
                    pytest.fail(f"{field} is carried over to where?")
    of_choices = {place[8] for place in silent if place.startswith("choices!")}
    assert of_choices <= set("BCDE")  # names and words of the alternatives are told with their list
    assert {place for place in silent if place.startswith("settings!")} == {
        "settings!A2", "settings!B2", "settings!C2", "settings!D2",
    }  # fmt: skip


def test_forms_with_250_and_1000_questions_come_over_whole() -> None:
    for size in (250, 1_000):
        imported = import_guide_form(large_form(size), pack=load_pack("hvb"))
        assert imported.questions == imported.without_area == size
        assert not any(
            "pyxform" in line.text or "standard" in line.text for line in imported.lines(Fate.REMARKED)
        )


def test_cells_that_fare_alike_are_told_in_one_line() -> None:
    rows = [("text", f"q{number}", "Vad?", "What?", "yes") for number in range(300)]
    lines = made((*BOTH, "required"), *rows).lines(Fate.LEFT_OUT)
    assert [(line.place, line.value) for line in lines] == [("survey!E2–301", "yes")]
    assert lines[0].short_place == "survey!E2–301"


def test_each_kind_of_thing_that_a_guide_has_no_place_for_is_told_with_its_cell() -> None:
    imported = made(
        (
            *BOTH,
            "constraint",
            "appearance",
            "image",
            "calculation",
            "relevant",
            "label::Français (fr)",
            "owner",
        ),
        ("begin_group", "g", "Rubrik", "Heading"),
        ("select_one yn", "q1", "Vad?", "What?", None, "minimal", "a.png"),
        (
            "integer",
            "q2",
            "Vad då?",
            "What then?",
            ". > 1",
            None,
            None,
            None,
            "${q1} = 'no'",
            "Quoi?",
            "Lena",
        ),
        ("end_group",),
        ("calculate", "c", None, None, None, None, None, "${q2} * 2"),
        ("geopoint", "p", "Var?", "Where?"),
        ("begin_repeat", "r", "Barn", "Child"),
        ("text", "q3", "Vem?", "Who?"),
        ("end_repeat",),
        (None, "loose"),
        choices=(("list_name", "name", "label"), ("yn", "yes", "Ja"), ("yn", "no", "Nej")),
        settings=(("form_title", "style"), ("T", "pages")),
        entities=(("dataset",), ("people",)),
        Notes=(("x",),),
    )
    found = told(imported, Fate.LEFT_OUT)
    assert set(found) == {
        "survey!C2 Rubrik", "survey!A3 select_one yn", "survey!F3 minimal", "survey!G3 a.png", "survey!A4 integer",
        "survey!E4 . > 1", "survey!I4 ${q1} = 'no'", "survey!J4", "survey!K4", "survey!6 calculate c: ${q2} * 2",
        "survey!7 geopoint p: Var?", "survey!A8 begin_repeat", "survey!C8 Barn", "survey!B11 loose",
        "choices!A2–3 yn: Ja / Nej", "settings!B2 pages", "entities!A2", "Notes",
    }  # fmt: skip
    assert all(found.values())
