"""An author who makes a mistake is told which, in which file and on which line."""

from pathlib import Path

import pytest

from tillsyn.interview_guides import reading
from tillsyn.interview_guides.guide import BrokenPack, check_pack, load_pack

from .conftest import Spoil, line_of

CHILD = "guides/child_6_12.yaml"


def test_a_question_without_an_area_is_refused_with_its_line(copy: Path, spoil: Spoil) -> None:
    faults = spoil(CHILD, "    area: VAR\n", "")
    assert [str(fault) for fault in faults][:1] == [
        f"{copy / CHILD}:{line_of(copy / CHILD, 'id: C01')}: the field 'area' is missing"
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "areas.yaml",
            "id: BEM",
            "id: TRY",
            "the id 'TRY' is used twice among the areas: also at areas.yaml:4",
        ),
        ("themes.yaml", "id: natt", "id: vald_hot", "the id 'vald_hot' is used twice among the themes"),
        ("themes.yaml", "area: BEM", "area: ZZZ", "names the unknown area 'ZZZ'"),
        ("requirements.yaml", "id: K02", "id: K01", "the id 'K01' is used twice among the requirements"),
        ("requirements.yaml", "themes: [tillstand]", "themes: []", "the requirement 'K01' has no theme"),
        ("requirements.yaml", "[tillstand]", "[tillstnd]", "'themes' names 'tillstnd', which does not exist"),
        ("requirements.yaml", "[documents]", "[rumours]", "'evidence' names 'rumours', which does not exist"),
        (
            "requirements.yaml",
            "responsible: provider",
            "responsible: home",
            "must be one of: provider, committee",
        ),
        ("requirements.yaml", "valid_from: 2025-07-01", "valid_from: 1 July", "must be a date as YYYY-MM-DD"),
        ("requirements.yaml", "sanction: true", "sanction: yes", "must be one of: false, true"),
        ("requirements.yaml", "sv: Tillstånd eller anmälan", "sv: " + "å" * 61, "61 characters; at most 60"),
        ("severity.yaml", "severity: 4", "severity: 5", "must be 0, 1, 2, 3 and 4"),
        ("severity.yaml", "severity: 4", "severity: high", "must be a whole number"),
        ("pack.yaml", "id: rights", "id: duties", "must be exactly rights, supervision, contact"),
        ("pack.yaml", "staff, manager,", "staff,", "the guide 'manager' is not in the list 'guides'"),
        ("pack.yaml", "[child_6_12,", "[child_6_12, robots,", "there is no file for the guide 'robots'"),
        (CHILD, "id: C02", "id: C01", "the id 'C01' is used twice among the questions"),
        (CHILD, "theme: rutiner", "theme: natt", "the theme 'natt' is in the area 'TRY', not 'VAR'"),
        (CHILD, "informant: child", "informant: pet", "must be one of: child, staff, manager, other"),
        (CHILD, "    why:\n", "    whi:\n", "the field 'whi' is not known here"),
        (CHILD, "en: What is a Saturday like?", "en:", "'en' is empty"),
        (CHILD, "        en: What is a Saturday like?\n", "", "the field 'en' is missing"),
        (CHILD, "version:", "version: 1\nversion:", "the field 'version' is given twice"),
    ],
)
def test_the_fault_is_named(spoil: Spoil, file: str, old: str, new: str, message: str) -> None:
    faults = spoil(file, old, new)
    assert any(message in fault.message for fault in faults), faults
    assert all(fault.line >= 1 and fault.path.is_file() for fault in faults)


def test_the_line_is_the_line_of_the_faulty_field(copy: Path, spoil: Spoil) -> None:
    faults = spoil("themes.yaml", "area: BEM", "area: ZZZ")
    assert (copy / "themes.yaml", line_of(copy / "themes.yaml", "ZZZ")) in [
        (fault.path, fault.line) for fault in faults
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "sv: Vad är roligast att göra här?",
            "sv: Vad är roligast? Vad är tråkigast?",
            "two questions in one (sv)",
        ),
        (
            "en: What is the most fun to do here?",
            "en: What is fun? What is not?",
            "two questions in one (en)",
        ),
        ("sv: Vad är roligast att göra här?", "sv: Visst är det roligt här?", "a leading question (sv)"),
        ("sv: Vad är tråkigast?", "sv: Det är väl tråkigt, eller hur?", "a leading question (sv)"),
        ("en: What is the most fun to do here?", "en: Don't you have fun here?", "a leading question (en)"),
        ("sv: Vad är roligast att göra här?", "sv: Är det roligt här?", "can be answered with yes or no"),
        ("en: What is the most fun to do here?", "en: Is it fun here?", "can be answered with yes or no"),
    ],
)
def test_leading_closed_and_double_questions_are_refused(
    spoil: Spoil, old: str, new: str, message: str
) -> None:
    assert any(message in fault.message for fault in spoil(CHILD, old, new))


def test_words_that_yaml_would_guess_at_stay_words(spoil: Spoil) -> None:
    assert spoil(CHILD, "en: What is a Saturday like?", "en: no") == ()


def test_a_file_that_is_not_yaml_is_told_with_its_line(copy: Path, spoil: Spoil) -> None:
    faults = spoil("areas.yaml", "  - id: BEM", "  - id: [BEM")
    assert faults[0].path == copy / "areas.yaml"
    assert faults[0].message.startswith("this is not YAML")
    assert faults[0].line > 1


def test_a_file_in_another_encoding_is_told_with_its_line(copy: Path) -> None:
    text = (copy / "areas.yaml").read_text("utf-8")
    (copy / "areas.yaml").write_bytes(text.encode("latin-1", "replace"))
    assert "the file is not UTF-8" in [fault.message for fault in check_pack(copy)]


def test_a_missing_file_and_an_empty_folder_are_faults_not_crashes(copy: Path, tmp_path: Path) -> None:
    (copy / "severity.yaml").unlink()
    assert (copy / "severity.yaml", "the file is missing") in [
        (fault.path, fault.message) for fault in check_pack(copy)
    ]
    assert check_pack(tmp_path / "nowhere")


def test_a_list_where_fields_belong_is_a_fault(spoil: Spoil) -> None:
    faults = spoil("pack.yaml", "  singular: {sv: barn, en: child}", "  singular: [barn, child]")
    assert "'singular' must have fields" in [fault.message for fault in faults]


def test_a_broken_pack_is_not_loaded_and_says_why(
    copy: Path, spoil: Spoil, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil("themes.yaml", "area: BEM", "area: ZZZ")
    monkeypatch.setattr(reading, "PACKS", copy.parent)
    load_pack.cache_clear()
    try:
        with pytest.raises(BrokenPack, match=r"themes\.yaml:\d+: .*ZZZ"):
            load_pack("hvb")
    finally:
        load_pack.cache_clear()


def test_faults_come_in_the_order_of_the_file(spoil: Spoil) -> None:
    faults = spoil("themes.yaml", "area: TRY", "area: ZZZ")
    assert list(faults) == sorted(faults)
