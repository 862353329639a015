"""Each person's own wish: what was not to be told, or only in general terms, comes back in no letter.

A stretch of a letter is marked when it holds the same words, in the same order, as a statement withheld.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ....models.letter_vocabulary import MarkKind
from ....models.vocabulary import N_
from .lexicon import Lexicon
from .marks import Find, Weight, Why
from .roster import Withheld
from .text import Folded, plain

NOT_AT_ALL = N_("These are words of somebody who did not want them told at all.")
ONLY_IN_GENERAL = N_("These are words of somebody who wants them told only in general terms.")

SHINGLE = 4
"""Words in a row that are the same, small words and all."""
LEAST_OF_WEIGHT = 2
"""Of them, words that are not small ones: “that it is in the” says nothing of anybody."""
SMALL_LETTERS = 3
LONG = 6
"""Words in a row that are the same by no chance, however small they are."""


@dataclass(slots=True)
class _Run:
    first: int
    past: int
    secret: bool


Shingles = Mapping[tuple[str, ...], bool]
"""Words in a row of statements withheld, and whether whoever said them wants nothing told."""


def find_wishes(text: Folded, shingles: Shingles, lexicon: Lexicon) -> Iterator[Find]:
    """Every longest stretch that a withheld statement says too. `shingles`: `shingles_of` the statements."""
    words = text.words
    if not shingles or len(words) < SHINGLE:
        return
    forms = [plain(word.text) for word in words]
    runs: list[_Run] = []
    for at in range(len(forms) - SHINGLE + 1):
        secret = shingles.get(tuple(forms[at : at + SHINGLE]))
        if secret is None or words[at].sentence != words[at + SHINGLE - 1].sentence:
            continue
        if runs and at <= runs[-1].past:
            runs[-1].past = at + SHINGLE
            runs[-1].secret |= secret
        else:
            runs.append(_Run(at, at + SHINGLE, secret))
    for run in runs:
        said = words[run.first : run.past]
        if len(said) >= LONG or sum(_weighs(word.low, lexicon) for word in said) >= LEAST_OF_WEIGHT:
            why = NOT_AT_ALL if run.secret else ONLY_IN_GENERAL
            weight = Weight.CERTAIN if run.secret else Weight.LIKELY
            yield Find(MarkKind.WISH, said[0].start, said[-1].end, Why(why), weight)


def _weighs(low: str, lexicon: Lexicon) -> bool:
    return len(low) > SMALL_LETTERS and low not in lexicon.small


def shingles_of(withheld: Sequence[Withheld]) -> Shingles:
    """The statements, made ready to be compared with."""
    found: dict[tuple[str, ...], bool] = defaultdict(bool)
    for one in withheld:
        forms = [plain(word.text) for word in Folded(one.text, "sv").words]
        for at in range(len(forms) - SHINGLE + 1):
            found[tuple(forms[at : at + SHINGLE])] |= one.not_at_all
    return dict(found)
