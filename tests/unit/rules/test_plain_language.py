"""How plain a text is: its index, its long sentences, and words with a better one beside them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.plain_language import MOST_WORDS, MarkKind, lix_of_all, plainness
from tillsyn.inspect.rules.readability import sentence_spans, sentences_of
from tillsyn.interview_guides.plain_words import load_plain_words

SV, EN = load_plain_words("sv"), load_plain_words("en")


def said(text: str, kind: MarkKind, language: str = "sv") -> list[str]:
    found = plainness(text, load_plain_words(language)).of(kind)
    return [text[one.begins : one.ends] for one in found]


def test_a_sentence_is_long_when_it_has_more_than_twenty_five_words() -> None:
    just, long = "Vi" + " ord" * (MOST_WORDS - 1) + ".", "Vi" + " ord" * MOST_WORDS + "."
    text = f"Kort. {just} {long} Slut."
    (mark,) = plainness(text, SV).of(MarkKind.LONG)
    assert text[mark.begins : mark.ends] == long and mark.words == MOST_WORDS + 1


def test_words_of_offices_have_better_ones_in_both_languages() -> None:
    found = plainness("Ni ska SÄKERSTÄLLA att, i enlighet med lagen, barn erhåller stöd.", SV).of(
        MarkKind.WORD
    )
    assert [one.better for one in found] == ["se till, försäkra sig om", "enligt, efter", "få"]
    assert said("Prior to the visit we utilised notes.", MarkKind.WORD, "en") == ["Prior to", "utilised"]
    assert said("Enligter och återfåll.", MarkKind.WORD) == [], "whole words only"


@pytest.mark.parametrize(
    ("text", "passives"),
    [
        ("Rutinen ska följas och kontrolleras.", ["följas", "kontrolleras"]),
        ("Det har gjorts. Brevet skickades.", ["gjorts", "skickades"]),
        ("Barnen trivs och hoppas få stanna. Det finns alltid plats. Deras rum saknas.", []),
        ("Barnens och personalens ord. Vi talas vid.", []),
    ],
)
def test_a_passive_is_known_by_its_ending_and_by_what_stands_before_it(
    text: str, passives: list[str]
) -> None:
    assert said(text, MarkKind.PASSIVE) == passives


def test_an_english_passive_follows_a_form_of_be() -> None:
    assert said("The rooms were cleaned and we talked.", MarkKind.PASSIVE, "en") == ["cleaned"]
    assert said("It is based on what we saw.", MarkKind.PASSIVE, "en") == []


def test_a_language_without_a_list_has_its_long_sentences_only() -> None:
    assert plainness("كلمة " * 30, load_plain_words("ar")).of(MarkKind.WORD) == ()
    assert len(plainness("كلمة " * 30 + ".", load_plain_words("ar")).of(MarkKind.LONG)) == 1


def test_headings_are_lines_of_their_own_in_the_index_of_a_letter() -> None:
    assert lix_of_all(["Det här fungerar", "Vi såg det."]) == lix_of_all(["Det här fungerar.", "Vi såg det."])
    assert lix_of_all([]) == 0


@given(st.text(alphabet="aåB .!?:\n”3…", max_size=60))
def test_the_places_of_sentences_are_those_of_the_sentences(text: str) -> None:
    spans = sentence_spans(text)
    assert len(spans) == len(sentences_of(text))
    for (begins, ends), sentence in zip(spans, sentences_of(text), strict=True):
        assert sentence in text[begins:ends]
    assert all(ends <= begins for (_b, ends), (begins, _e) in pairwise(spans))


@given(st.text(max_size=80))
def test_every_mark_is_of_something_in_the_text(text: str) -> None:
    for mark in plainness(text, SV).marks:
        assert 0 <= mark.begins < mark.ends <= len(text)
