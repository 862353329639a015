"""The survey of a pack: sound, easy to read, and each fault is told with file and line."""

from pathlib import Path

import pytest

from tillsyn.inspect.rules.readability import EASY, lix
from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.reading import PACKS, available_packs, load_pack
from tillsyn.interview_guides.survey import (
    FILE,
    NoSurvey,
    check_survey,
    load_survey,
    survey_as_json,
    survey_from_json,
)

from .conftest import line_of

WITH_SURVEY = [pack for pack in available_packs() if (PACKS / pack / FILE).exists()]


def test_the_default_pack_has_one() -> None:
    assert load_pack().id in WITH_SURVEY


@pytest.mark.parametrize("pack", WITH_SURVEY)
def test_the_surveys_that_come_with_the_product_are_sound(pack: str) -> None:
    assert check_survey(PACKS / pack, load_pack(pack)) == ()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("pack", WITH_SURVEY)
def test_every_sentence_of_it_is_easy_to_read(pack: str, language: str) -> None:
    texts = [text.in_language(language) for text in load_survey(PACKS / pack).texts()]
    assert lix("\n".join(texts)) <= EASY
    for text in texts:
        if len(text.split()) > 3:  # the index of a word or two tells nothing
            assert lix(text) <= EASY, text


@pytest.mark.parametrize("pack", WITH_SURVEY)
def test_it_is_kept_as_it_was_when_it_was_opened(pack: str) -> None:
    survey = load_survey(PACKS / pack)
    assert survey_from_json(survey_as_json(survey)) == survey


def test_it_asks_about_the_everyday_areas_once_or_more() -> None:
    pack = load_pack()
    asked = {question.area for question in load_survey(PACKS / pack.id).questions}
    assert {area.id for area in pack.areas if not area.administrative} <= asked


def test_a_pack_without_one_has_none(tmp_path: Path) -> None:
    with pytest.raises(NoSurvey):
        load_survey(tmp_path)
    assert check_survey(tmp_path, load_pack()) == ()


@pytest.mark.parametrize(
    ("old", "new", "message", "at"),
    [
        ("area: TRY", "area: ZZZ", "the question names the unknown area 'ZZZ'", "area: ZZZ"),
        ("scale: often", "scale: loud", "the question names the unknown scale 'loud'", "scale: loud"),
        ("id: S02", "id: S01", "the id 'S01' is used twice among the questions", None),
        ("      - {sv: Sällan, en: Not often}\n", "", "a scale has 5 steps, this one has 4", None),
        ("welcome:", "wellcome:", "the list 'welcome' is missing or empty", None),
        ("welcome:", "wellcome:", "the field 'wellcome' is not known here", "wellcome:"),
        ("sv: Vet inte", "sw: Vet inte", "the field 'sv' is missing", "unsure:"),
        ("    scale: good\n", "", None, None),
    ],
)
def test_each_fault_is_told_with_its_line(
    copy: Path, old: str, new: str, message: str | None, at: str | None
) -> None:
    file = copy / FILE
    text = file.read_text("utf-8")
    assert old in text
    count = -1 if message is None else 1
    file.write_text(text.replace(old, new, count), "utf-8")
    faults = check_survey(copy, load_pack())
    found = [fault for fault in faults if (message or "at most 2 questions") in fault.message]
    assert found, [str(fault) for fault in faults]
    assert found[0].path == file
    if at is not None and at != "unsure:":
        assert found[0].line == line_of(file, at)


def test_too_few_and_too_many_questions(copy: Path) -> None:
    file = copy / FILE
    head, *questions = file.read_text("utf-8").split("  - id: S")
    for some, number in ((questions[:3], 3), ([*questions, *questions], 2 * len(questions))):
        file.write_text("  - id: S".join([head, *some]), "utf-8")
        assert any(f"this one has {number}" in fault.message for fault in check_survey(copy, load_pack()))


def test_no_text_is_empty() -> None:
    assert Text("", "") not in load_survey(PACKS / load_pack().id).texts()
