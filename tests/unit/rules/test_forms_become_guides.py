"""What a form of others becomes in a guide: words, probes, ids, languages, areas and themes."""

from pathlib import Path
from shutil import copytree

from tests.imported_forms import BOTH, made, question, told
from tillsyn.inspect.exchange.xlsform_report import Fate
from tillsyn.inspect.rules.form_placing import PLAIN, Placing
from tillsyn.inspect.services.import_guide_form import ImportedForm
from tillsyn.interview_guides.guide import check_pack, load_pack
from tillsyn.interview_guides.reading import PACKS


def test_the_standard_template_comes_over_with_help_sheets_and_empty_columns() -> None:
    """The layout of the template that the standard gives out: one language, many columns, sheets of help."""
    headings = (
        "type", "name", "label", "hint", "required", "relevant", "appearance", "default", "readonly", "calculation",
        "constraint", "constraint_message", "repeat_count", "choice_filter", "parameters", "trigger",
        "guidance_hint", "image", "audio", "video", None, "note",
    )  # fmt: skip
    imported = made(
        headings,
        ("start", "start"),
        ("end", "end"),
        (),
        ("note", "intro", "Welcome"),
        ("text", "name", "What is your name?", "As in the passport", "yes"),
        ("select_one yes_no", "pizza", "Which pizza do you like?"),
        ("text", "why", "Why?", None, None, "${pizza} != ''"),
        ("note", "bye", "Thank you"),
        choices=(
            ("list_name", "name", "label", "image"),
            ("yes_no", "yes", "Yes"),
            (),
            ("yes_no", "no", "No"),
        ),
        settings=(
            ("form_title", "form_id", "version", "instance_name", "default_language"),
            ("My form", "my-form", 2026030101, None, "English (en)"),
        ),
        **{"help - question types": (("Type", "What it is"),), "help - settings": (("a",),)},
    )
    guide = imported.written
    assert (guide["id"], guide["version"], guide["title"]) == ("my_form", "2026030101", {"en": "My form"})
    assert (guide["opening"], guide["closing"]) == ({"en": "Welcome"}, {"en": "Thank you"})
    assert [one["id"] for one in guide["questions"]] == ["name", "pizza", "why"]
    assert question(imported, "why")["only_if"] == [{"question": "pizza", "noted": "true"}]
    assert question(imported, "name")["listen_for"] == {"en": "As in the passport"}
    assert {line.sheet for line in imported.lines(Fate.LEFT_OUT)} >= {
        "help - question types",
        "help - settings",
    }


def test_hints_that_are_questions_become_probes_and_guidance_is_what_to_listen_for() -> None:
    imported = made(
        (*BOTH, "hint::sv", "hint::en", "guidance_hint::sv"),
        (
            "text",
            "q1",
            "Hur är natten?",
            "What is the night like?",
            "Vem är där?\nNär?",
            "Who is there?",
            "Ensamhet",
        ),
        ("text", "q2", "Hur är dagen?", "What is the day like?", "Läs långsamt", None, "Lugn"),
    )
    assert question(imported, "q1")["probes"] == [
        {"sv": "Vem är där?", "en": "Who is there?"},
        {"sv": "När?"},
    ]
    assert question(imported, "q1")["listen_for"] == {"sv": "Ensamhet"}
    assert question(imported, "q2")["probes"] == []
    assert question(imported, "q2")["listen_for"] == {"sv": "Lugn\nLäs långsamt"}
    assert "survey!E3" in told(imported, Fate.CHANGED)


def test_names_that_are_no_ids_are_made_so_and_told() -> None:
    imported = made(
        BOTH, ("text", "a.b-c", "Vad?", "What?"), ("text", "a_b_c", "Hur?", "How?"), ("text", "9", "När?", "When?"),
        ("text", None, "Vem?", "Who?"),
    )  # fmt: skip
    assert [one["id"] for one in imported.written["questions"]] == ["a_b_c", "a_b_c_2", "q_9", "row_5"]
    assert len(imported.lines(Fate.CHANGED)) == 4


def test_the_language_of_plain_columns_is_said_by_the_settings_or_by_whoever_imports() -> None:
    rows = (("type", "name", "label"), ("text", "q1", "Vad?"))
    assert question(made(*rows), "q1")["text"] == {"sv": "Vad?"}
    assert "taken as Swedish" in told(made(*rows), Fate.CHANGED)["survey!C1"]
    said = (("default_language",), ("English (en)",))
    assert question(made(*rows, settings=said), "q1")["text"] == {"en": "Vad?"}
    placing = Placing(languages={PLAIN: "en"})
    assert question(made(*rows, placing=placing), "q1")["text"] == {"en": "Vad?"}
    french = (("type", "name", "label::Français (fr)"), ("text", "q1", "Quoi?"))
    assert question(made(*french), "q1")["text"] == {}
    placing = Placing(languages={"français (FR)": "en"})
    assert question(made(*french, placing=placing), "q1")["text"] == {"en": "Quoi?"}


def test_words_with_earlier_answers_or_formatting_are_kept_and_told() -> None:
    imported = made(BOTH, ("text", "q1", "Vad tycker ${namn}?", "<b>What</b> then?"))
    assert question(imported, "q1")["text"] == {"sv": "Vad tycker ${namn}?", "en": "<b>What</b> then?"}
    assert set(told(imported, Fate.CHANGED)) == {
        "survey!C2 Vad tycker ${namn}?",
        "survey!D2 <b>What</b> then?",
    }


# --- Where a question belongs ------------------------------------------------------------------


def placed(imported: ImportedForm) -> dict[str, tuple[str, str]]:
    return {one["id"]: (one["area"], one.get("theme", "")) for one in imported.written["questions"]}


GROUPED = (
    (*BOTH, "tillsyn_area", "theme"),
    ("text", "own", "Vad?", "What?", "vår", None),
    ("text", "themed", "Vad?", "What?", None, "natt"),
    ("begin_group", "TRY", "Trygghet", "Safety"),
    ("text", "by_id", "Vad?", "What?"),
    ("begin_group", "inner", "Inre", "Inner"),
    ("text", "inside", "Vad?", "What?"),
    ("end_group",), ("end_group",),
    ("begin_group", "other", "Annat", "Other"),
    ("text", "elsewhere", "Vad?", "What?"),
    ("end_group",),
    ("text", "outside", "Vad?", "What?"),
)  # fmt: skip


def test_columns_go_before_groups_and_groups_before_what_is_said_of_all() -> None:
    pack = load_pack("hvb")
    natt = next(theme.area for theme in pack.themes if theme.id == "natt")
    assert placed(made(*GROUPED)) == {
        "own": ("vår", ""), "themed": (natt, "natt"), "by_id": ("TRY", ""), "inside": ("TRY", ""),
        "elsewhere": ("", ""), "outside": ("", ""),
    }  # fmt: skip
    placing = Placing(
        areas={"inner": "BEM", "other": "DEL", PLAIN: "VAR"}, themes={"other": "ordningsregler"}
    )
    found = placed(made(*GROUPED, placing=placing))
    assert found["inside"] == ("BEM", "")
    assert found["elsewhere"] == ("DEL", "ordningsregler")
    assert found["outside"] == ("VAR", "")
    assert found["by_id"] == ("TRY", "")


def test_what_needs_an_area_is_told_and_so_is_an_area_that_the_pack_does_not_have() -> None:
    imported = made(*GROUPED)
    needed = {(line.text % line.values, line.rows) for line in imported.lines(Fate.NEEDED)}
    assert ("Needs an area", (11, 13)) in needed
    assert ("There is no area vår in the pack", (2,)) in needed
    assert imported.without_area == 2


def test_a_name_of_an_area_or_theme_is_as_good_as_its_id() -> None:
    pack = load_pack("hvb")
    area, theme = pack.areas[2], pack.themes_in(pack.areas[2])[0]
    imported = made(
        (*BOTH, "tillsyn_area", "tillsyn_theme"),
        ("text", "a", "Vad?", "What?", area.name.sv.upper(), theme.name.en),
        ("begin_group", "g", area.name.sv, area.name.en),
        ("text", "b", "Vad?", "What?"),
        ("end_group",),
    )
    assert placed(imported) == {"a": (area.id, theme.id), "b": (area.id, "")}


def test_the_check_of_the_guides_says_with_lines_what_the_form_did_not_have(tmp_path: Path) -> None:
    folder = Path(copytree(PACKS / "hvb", tmp_path / "hvb"))
    imported = made(*GROUPED, placing=Placing(guide_id="new", informant="staff", version="1"))
    file = folder / "guides" / "new.yaml"
    file.write_text(imported.file.text, "utf-8")
    lines = imported.file.text.splitlines()
    faults = [fault for fault in check_pack(folder) if fault.path.name == "new.yaml"]
    without_area = [fault for fault in faults if fault.message == "'area' is empty"]
    assert [lines[fault.line - 1].strip() for fault in without_area] == ["area:", "area:"]
    assert [lines[fault.line - 2].strip() for fault in without_area] == ["- id: elsewhere", "- id: outside"]
    assert any("unknown area 'vår'" in fault.message for fault in faults)
