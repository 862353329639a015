"""The readability index by Björnsson: words per sentence plus long words per hundred."""

from fractions import Fraction

import pytest

from tillsyn.inspect.rules.readability import lix, sentences_of, words_of


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("", 0),
        ("– … ?", 0),
        ("Hej.", 1),
        ("Vad gör du? Jag läser.", Fraction(5, 2)),
        ("Hemmet ska ha personal.", 4 + 25),
        ("Sjubokstäver", 1 + 100),
        ("sexsex", 1),
        ("sjusjus", 101),
    ],
)
def test_the_index_is_words_per_sentence_plus_long_words_per_hundred(text: str, index: Fraction) -> None:
    assert lix(text) == index


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Hej! Hur mår du? Bra.", 3),
        ("Hej!! Hur mår du?!", 2),
        ("Enligt 5 kap. 7 § gäller det.", 1),
        ("Enligt 5\u00a0kap. 7\u00a0§ gäller det.", 1),
        ("Jag heter … och arbetar här.", 1),
        ("Han sa: Kom hit.", 2),
        ("Tider: klockan tio.", 1),
        ("Första raden\nandra raden", 2),
        ("”Jag vill hem.” Så sa hon.", 2),
        ("Det är t.ex. kallt.", 1),
    ],
)
def test_sentences_are_counted_as_a_reader_hears_them(text: str, count: int) -> None:
    assert len(sentences_of(text)) == count


def test_a_word_with_a_hyphen_is_one_word() -> None:
    assert words_of("lex Sarah-rapporten, don't") == ["lex", "Sarah-rapporten", "don't"]
