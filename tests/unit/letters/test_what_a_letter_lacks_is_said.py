"""Why a letter cannot be made is said in the reader's language, with what to do about it."""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

import tillsyn.reports
from tests.unit.reports.example_letter import example_letter
from tillsyn.inspect.i18n import translate
from tillsyn.inspect.services.letter_files import render_content
from tillsyn.inspect.services.say_what_lacks import LACKS, NO_FAULT_OF_YOURS, not_whole
from tillsyn.reports.blocks import ContentError, Deficiency, check_block
from tillsyn.reports.content import Letter
from tillsyn.reports.tagging.structure import NotAccessible

REPORTS = Path(tillsyn.reports.__file__ or "").parent
PARTS = [one.name for one in fields(Deficiency) if f"deficiency.{one.name}" in LACKS]


def a_deficiency() -> Deficiency:
    found = [
        block
        for section in example_letter("sv").sections
        for block in section.blocks
        if isinstance(block, Deficiency)
    ]
    return replace(found[0], in_common=frozenset())


def test_whatever_is_said_to_be_lacking_has_a_sentence() -> None:
    sources = "\n".join(file.read_text() for file in REPORTS.glob("*.py"))
    told = set(re.findall(r'lacks=f?"([a-z_.{}]+)"', sources))
    assert told, "the reports say what is lacking"
    assert {one.replace("{name}", "saw") for one in told} <= LACKS.keys()
    assert len(PARTS) == 10, "each part of a deficiency (FL 32 §)"


@pytest.mark.parametrize("part", PARTS)
def test_an_empty_part_of_a_deficiency_is_told_by_its_heading_and_not_by_its_key(part: str) -> None:
    whole = a_deficiency()
    with pytest.raises(ContentError) as fault:
        check_block(replace(whole, **{part: " "}))
    said = not_whole(fault.value)
    assert whole.key not in str(said)
    assert whole.title in str(said) or part == "title"


@pytest.mark.parametrize("sentence", [*dict.fromkeys(LACKS.values()), NO_FAULT_OF_YOURS])
def test_every_sentence_is_in_swedish_too(sentence: str) -> None:
    assert translate("sv", sentence) != sentence


@pytest.mark.parametrize("fault", [NotAccessible("never drawn: 'Vi'"), ContentError("the key '' is empty")])
def test_what_nobody_can_put_right_says_whom_to_tell(fault: Exception) -> None:
    said = str(not_whole(fault))
    assert "whoever runs the system" in said and str(fault) in said


def test_a_letter_that_cannot_be_read_by_everybody_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(letter: Letter) -> bytes:
        raise NotAccessible("a picture without words")

    monkeypatch.setitem(render_content.__globals__, "RENDERERS", {"pdf": refuse})
    with pytest.raises(Exception, match="Nothing that is written is lost"):
        render_content(example_letter("sv"), "pdf")
