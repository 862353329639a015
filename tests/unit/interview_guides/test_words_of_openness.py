"""The words of an answer to a request: one for each thing there is, and an authority's own over them."""

from pathlib import Path

import pytest

from tillsyn.inspect.rules.case_texts import OFFERED
from tillsyn.inspect.settings import UnfitSettings, read_settings
from tillsyn.interview_guides.openness_words import UnfitWords, openness_words
from tillsyn.models.openness_words import AskKind, AskOutcome, Ground, TextKind
from tillsyn.models.vocabulary import MediaType


@pytest.mark.parametrize(
    ("name", "kind"),
    [("kinds", TextKind), ("grounds", Ground), ("asks", AskKind), ("outcomes", AskOutcome), ("answers", AskOutcome),
     ("files", MediaType)],
)  # fmt: skip
def test_there_is_a_word_for_each_thing_and_for_nothing_else(name: str, kind: type) -> None:
    assert openness_words().keys(name) == {one.value for one in kind}  # type: ignore[attr-defined]


def test_parts_are_named_that_texts_have() -> None:
    places = {place for one in OFFERED for place in one.places}
    assert openness_words().keys("parts") <= places
    several = {place for one in OFFERED if len(one.texts) > 1 for place in one.places}
    assert several - openness_words().keys("parts") == {"uploads.title"}


def own(folder: Path, text: str) -> Path:
    path = folder / "own.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_words_of_an_authority_stand_and_all_else_stays(tmp_path: Path) -> None:
    path = own(
        tmp_path, 'how_to_appeal: Överklaga\nappeal_steps: [Skriv till oss.]\ngrounds: {"21:1": hälsa}\n'
    )
    words = openness_words(path)
    assert words.one("how_to_appeal") == "Överklaga"
    assert words.many("appeal_steps") == ("Skriv till oss.",)
    assert words.one("grounds", "21:1") == "hälsa"
    assert words.one("grounds", "26:1") == openness_words().one("grounds", "26:1")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how_to_apeal: X", "no place 'how_to_apeal'"),
        ('grounds: {"99:1": X}', "no place 'grounds: 99:1'"),
        ("appeal_steps: X", "not of the form"),
        ("how_to_appeal: ''", "not of the form"),
        ("refused: Vi lämnar inte ut det.", "needs ['extent', 'sections']"),
        ("refused: 'Vi {'", "brace"),
        ("- X", "no words by their places"),
        ("{", "is not YAML"),
    ],
)
def test_words_that_cannot_be_used_stop_the_program_and_say_which(
    tmp_path: Path, text: str, said: str
) -> None:
    path = own(tmp_path, text)
    with pytest.raises(UnfitWords) as fault:
        openness_words(path)
    assert said in str(fault.value)
    with pytest.raises(UnfitSettings, match="TILLSYN_DISCLOSURE_WORDS cannot be used"):
        read_settings({"TILLSYN_INSTANCE": str(tmp_path), "TILLSYN_DISCLOSURE_WORDS": str(path)})
