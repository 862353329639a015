"""The texts that the field app's scripts ask for are those that it is given, in both languages."""

import re
from pathlib import Path

import pytest

import tillsyn.static.field as field_folder
from tillsyn.inspect.i18n import LANGUAGES
from tillsyn.inspect.rules.field_documents import DOCUMENTS
from tillsyn.inspect.web import field_words as words
from tillsyn.translations import catalogue

SCRIPTS = Path(next(iter(field_folder.__path__)))
TEXT = r'"((?:[^"\\]|\\.)*)"'
SAID = re.compile(r"(?<![\w.$])t\(\s*" + TEXT)
COUNTED = re.compile(r"(?<![\w.$])n\(\s*" + TEXT + r"\s*,\s*" + TEXT)
CHOSEN = re.compile(r"(?<![\w.$])(?:choices|label)\(\s*" + TEXT)


def scripts() -> str:
    found = [*SCRIPTS.glob("*.js"), *SCRIPTS.glob("screens/*.js")]
    assert len(found) > 15
    return "\n".join(path.read_text("utf-8") for path in found)


def test_every_text_that_a_script_says_is_in_the_words_and_none_is_left_over() -> None:
    listed = {text for part in words.PARTS for text in part.TEXTS}
    said = {match[1] for match in SAID.finditer(scripts())}
    assert said - listed == set()
    assert listed - said == set()


def test_every_counted_text_is_in_the_words_with_both_forms() -> None:
    listed = {pair for part in words.PARTS for pair in part.COUNTED}
    assert {(match[1], match[2]) for match in COUNTED.finditer(scripts())} == listed


def test_every_list_of_choices_that_a_script_asks_for_is_there() -> None:
    asked = {match[1] for match in CHOSEN.finditer(scripts())}
    assert asked <= set(words.field_words("sv")["choices"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_said_in_the_language(language: str) -> None:
    given = words.field_words(language)
    known = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue.messages(catalogue.read("sv")).values()
    }
    assert set(given["texts"]) <= known | {band.replace("-", "–") for band in words.AGE_BANDS}
    assert all(given["texts"].values())
    assert all(all(forms) for forms in given["counted"].values())


def test_every_document_and_field_has_a_name_for_people() -> None:
    assert {kind for kind, _name in words.DOCUMENT_KINDS} == set(DOCUMENTS)
    fields = {field for kinds in DOCUMENTS.values() for field in kinds}
    assert {name for name, _title in words.FIELD_NAMES} == fields
