"""The words that passphrases of devices are drawn from (static/field/passphrase-words.js)."""

import re
from itertools import pairwise
from pathlib import Path

LIST = Path(__file__).parents[2] / "static" / "field" / "passphrase-words.js"
FOLDED = str.maketrans("åäöé", "aaoe")


def words() -> list[str]:
    found = re.search(r"`([^`]+)`", LIST.read_text(encoding="utf-8"))
    assert found
    return found[1].split()


def test_five_words_of_the_list_are_55_bits() -> None:
    assert len(words()) == len(set(words())) == 2**11


def test_every_word_is_short_and_in_small_letters() -> None:
    assert [word for word in words() if not re.fullmatch(r"[a-zåäöé]{4,10}", word)] == []
    assert all(one < other for one, other in pairwise(words()))


def test_one_wrong_letter_makes_no_word_another() -> None:
    folded = {word.translate(FOLDED) for word in words()}
    assert len(folded) == 2**11, "a keyboard without å, ä and ö makes two words one"
    # One letter changed, added or left out.
    seen: dict[tuple[int, str], str] = {}
    for word in sorted(folded):
        for at in range(len(word)):
            gap = (at, word[:at] + "*" + word[at + 1 :])
            assert gap not in seen, (word, seen[gap])
            seen[gap] = word
            assert word[:at] + word[at + 1 :] not in folded, word
