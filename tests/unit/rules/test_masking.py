"""What is masked leaves nothing: not a word, not its length, not how many words there were."""

from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.masking import (
    Span,
    cleaned,
    joined,
    masked,
    places_of,
    sentences_of,
    whole_words,
    words_of,
)
from tillsyn.models.openness_words import Ground

WORDS = st.text(alphabet="abcdefåäö", min_size=1, max_size=9)
GROUNDS = st.sampled_from(list(Ground))


def spans_of(text: str, *words: str, ground: Ground = Ground.SOCIAL) -> list[Span]:
    return [Span(start, end, ground) for word in words for start, end in places_of(text, word)]


def test_a_masked_word_becomes_the_words_for_it() -> None:
    text = "Kevin sa att Lisa slog honom."
    assert masked(text, spans_of(text, "Lisa")) == "Kevin sa att [maskerat: OSL 26 kap. 1 §] slog honom."


def test_the_section_is_written_as_it_is_cited() -> None:
    assert Ground.ADDRESS_OF_HOME.cited == "OSL 26 kap. 14 b §"
    assert Ground.MINOR.cited == "OSL 12 kap. 3 §"


def test_a_part_of_a_word_masks_the_word() -> None:
    text = "Anna-Lisa bor på Storgatan."
    assert whole_words(text, 2, 3) == (0, 9)
    assert masked(text, [Span(2, 3, Ground.SOCIAL)]).startswith("[maskerat: OSL 26 kap. 1 §] bor")


def test_masks_beside_each_other_are_one_so_that_nobody_counts_the_words() -> None:
    one, two = "Anna bor här.", "Anna Maria Svensson bor här."
    assert masked(one, spans_of(one, "Anna")) == masked(two, spans_of(two, "Anna", "Maria", "Svensson"))


def test_two_sections_over_one_passage_are_both_told() -> None:
    text = "Anna är sjuk."
    both = [Span(0, 4, Ground.SOCIAL), Span(0, 12, Ground.HEALTH)]
    assert masked(text, both) == "[maskerat: OSL 26 kap. 1 § och OSL 21 kap. 1 §]."


def test_words_are_found_in_whatever_case_and_only_whole() -> None:
    text = "Ali kom. ALI gick. Alice stannade. Alis syster."
    assert [text[a:b] for a, b in places_of(text, "ali")] == ["Ali", "ALI", "Alice", "Alis"]


def test_a_frozen_text_has_no_sign_that_nobody_sees() -> None:
    assert cleaned("An\u200bna\u00ad \U000e0041\u202eok\r\nrad två\x00 ") == "Anna ok\nrad två"


def test_sentences_and_words_are_numbered() -> None:
    text = "Hej! Kl. 12.30 kom Ali.\nHan gick."
    assert [text[one.start : one.end] for one in sentences_of(text)] == [
        "Hej!",
        "Kl.",
        "12.30 kom Ali.",
        "Han gick.",
    ]
    assert [text[one.start : one.end] for one in words_of(text)][:3] == ["Hej", "Kl", "12.30"]


@given(st.lists(st.tuples(WORDS, st.booleans(), GROUNDS), min_size=1, max_size=40))
def test_no_masked_word_is_left_unless_it_also_stands_open(made: list[tuple[str, bool, Ground]]) -> None:
    text, spans = "", []
    for word, hides, ground in made:
        start = len(text)
        text += word + " "
        if hides:
            spans.append(Span(start, start + len(word), ground))
    left = masked(text, spans)
    for one in Ground:
        left = left.replace(one.cited, "")
    open_words = {word for word, hides, _ in made if not hides} | {"maskerat", "och"}
    assert {one.strip("[]:,.") for one in left.split()} - {""} <= open_words


@given(
    st.lists(st.tuples(WORDS, WORDS, st.booleans(), st.booleans()), min_size=1, max_size=30),
)
def test_what_leaves_depends_on_nothing_that_is_masked(made: list[tuple[str, str, bool, bool]]) -> None:
    """Two texts that differ only under their masks, in words, lengths and numbers of words, leave as the same."""
    texts = ["", ""]
    spans: list[list[Span]] = [[], []]
    for word, other, hides, doubled in made:
        for which, said in enumerate(
            (word, f"{other} {word}" if doubled else other) if hides else (word, word)
        ):
            start = len(texts[which])
            texts[which] += said + " "
            if hides:
                spans[which].append(Span(start, start + len(said), Ground.SOCIAL))
    assert masked(texts[0], spans[0]) == masked(texts[1], spans[1])


@given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), max_size=8))
def test_any_ranges_over_any_text_give_stretches_in_order(text: str, ranges: list[tuple[int, int]]) -> None:
    text = cleaned(text)
    stretches = joined(text, [Span(a, b, Ground.SOCIAL) for a, b in ranges])
    borders = [place for start, end, _ in stretches for place in (start, end)]
    assert borders == sorted(borders)
    assert all(start < end for start, end, _ in stretches)
