"""Two texts made of a third are put together sentence by sentence, and told apart word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.text_merge import (
    Change,
    is_like_one_of,
    merged,
    sentences_added,
    word_changes,
)

SENTENCES = [
    "Barnen trivs.",
    "Maten är kall!",
    "Vem lyssnar?",
    "Se 2 kap. 7 §.",
    "Vi såg två rum.",
    "Allt är bra.",
]
texts = st.lists(st.sampled_from(SENTENCES), unique=True, max_size=5).map(" ".join)
anything = st.text(alphabet="ab. !\n…”5", max_size=30)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both"),
    [
        ("A. B. C.", "A. B. C. Min.", "A. B. D.", "A. B. D. Min."),
        ("A. B. C.", "Min. A. B. C.", "A. B. C. Deras.", "Min. A. B. C. Deras."),
        ("A. B. C.", "A. C.", "A. B. C. Deras.", "A. C. Deras."),
        ("A. B. C.", "A. Ny. C.", "A. Ny. C.", "A. Ny. C."),
        ("A. B.", "A. Min.", "A. Deras.", None),
        ("A. B.", "A. B. Min.", "A. B. Deras.", None),
        ("A. B.", "A.", "A. Deras.", None),
        ("A.\n\nB.", "A.\n\nB. Min.", "Ny.\n\nB.", "Ny.\n\nB. Min."),
        ("", "Min.", "", "Min."),
    ],
)  # fmt: skip
def test_both_changes_stand_unless_they_are_of_the_same_place(
    base: str, mine: str, theirs: str, both: str | None
) -> None:
    assert merged(base, mine, theirs) == both
    assert merged(base, theirs, mine) == both


@given(texts, texts)
def test_a_text_that_only_one_has_changed_is_that_text(base: str, mine: str) -> None:
    assert merged(base, mine, base) == mine
    assert merged(base, base, mine) == mine
    assert merged(base, mine, mine) == mine


@given(texts, texts, texts)
def test_no_sentence_that_somebody_added_is_lost_in_what_both_made(base: str, mine: str, theirs: str) -> None:
    both = merged(base, mine, theirs)
    if both is not None:
        for text in (mine, theirs):
            assert sentences_added(text, [base, both]) == ()
        assert sentences_added(both, [base, mine, theirs]) == ()


@given(anything, anything)
def test_the_words_of_both_texts_can_be_read_out_of_the_changes(old: str, new: str) -> None:
    changes = word_changes(old, new)
    before = [one.text for one in changes if one.change is not Change.ADDED]
    after = [one.text for one in changes if one.change is not Change.REMOVED]
    assert " ".join(before).split() == old.split()
    assert " ".join(after).split() == new.split()


@given(anything, anything, anything)
def test_any_text_can_be_merged_or_refused(base: str, mine: str, theirs: str) -> None:
    both = merged(base, mine, theirs)
    assert both is None or both == both.strip()


def test_a_sentence_that_is_put_otherwise_is_not_a_new_one() -> None:
    known = ["Vi såg att jouren saknades tolv nätter i mars."]
    assert is_like_one_of("Vi såg att jouren saknades tolv nätter under mars.", known, 0.6)
    assert not is_like_one_of("Föreståndaren har slutat.", known, 0.6)
    assert sentences_added("A. B!  C.", ["B. A.", "C"]) == ()
