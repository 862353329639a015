"""The re-identification guard: what in a text may tell who somebody is (METHOD 2.17; OSL 26 kap.).

``guard(passages, roster, lexicon)`` marks; a person decides. Pure: the lists are read once, a dictionary is
handed in. docs/reidentification.md says what it finds, how well, and what it misses.
"""

from .guard import LIMITS, NO_DICTIONARY, Guard, Passage, guard
from .lexicon import Dictionary, Lexicon, read_lexicon
from .marks import Mark, Weight, Why
from .roster import Known, Roster, Who, Withheld

__all__ = [
    "LIMITS",
    "NO_DICTIONARY",
    "Dictionary",
    "Guard",
    "Known",
    "Lexicon",
    "Mark",
    "Passage",
    "Roster",
    "Weight",
    "Who",
    "Why",
    "Withheld",
    "guard",
    "read_lexicon",
]
