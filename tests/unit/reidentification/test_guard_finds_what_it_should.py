"""The guard on sentences written for it: how much it must find, and how little else it may mark."""

import pytest

from tests.unit.reidentification.measured import Measured, measure, sentences
from tillsyn.inspect.outside.hunspell import swedish_words
from tillsyn.inspect.rules.reidentification import Lexicon, read_lexicon
from tillsyn.inspect.services.guard_words import lexicon_of

LEAST = 120
FLOORS = {
    "identifier": 1.0, "roster": 1.0, "wish": 1.0, "quote": 1.0, "few": 1.0, "age": 1.0, "date": 1.0, "place": 1.0,
    "unique": 1.0,
}  # fmt: skip
"""What was measured when it was written; it may not fall."""


@pytest.fixture(scope="module")
def without_dictionary() -> Lexicon:
    return read_lexicon(lexicon_of("hvb").common)


@pytest.fixture(scope="module")
def measured(without_dictionary: Lexicon) -> Measured:
    return measure(without_dictionary)


def test_there_are_enough_sentences_and_a_fifth_of_them_are_harmless() -> None:
    every = list(sentences())
    assert len(every) >= LEAST
    assert sum(not one.marks for one in every) >= len(every) // 5


@pytest.mark.parametrize("kind", FLOORS)
def test_without_a_dictionary_it_finds_all_of_a_kind_that_it_found_before(
    kind: str, measured: Measured
) -> None:
    assert measured.expected[kind] > 0
    assert measured.recall(kind) >= FLOORS[kind], [one for one in measured.missed if one[0] == kind]


def test_without_a_dictionary_names_are_found_and_nothing_harmless_is_marked(measured: Measured) -> None:
    assert measured.recall("name") == 1.0
    assert len([one for one in measured.missed if one[0] == "capital"]) <= 2
    assert measured.false == []


@pytest.mark.hunspell
def test_with_the_dictionary_it_finds_as_much_and_nothing_harmless_is_marked() -> None:
    assert swedish_words() is not None, "install the Swedish dictionary: apt-get install hunspell-sv"
    found = measure(lexicon_of("hvb"))
    assert [one for one in found.missed if one[0] in FLOORS] == []
    assert {words for _kind, words, _text in found.missed} <= {"Sten", "Skruttan"}
    assert found.false == []


def test_what_is_known_to_be_missed_is_said_beside_the_sentence(measured: Measured) -> None:
    said = {one.text for one in sentences() if one.miss}
    missed_with_and_without = {text for _kind, _words, text in measured.missed} | {"Sten arbetade i helgen."}
    assert said <= missed_with_and_without
