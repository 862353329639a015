"""The Swedish dictionary of Hunspell, where one is installed: is this a word, in whatever inflection?

Read from its two files without a library: the stems with their flags (.dic) and the endings that a flag
allows (.aff). Prefixes are not needed for Swedish; compounds are taken as words when both parts are.
"""

import re
import sys
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

PLACES = (
    Path("/usr/share/hunspell"),
    Path("/usr/share/myspell/dicts"),
    Path("/usr/local/share/hunspell"),
    Path(sys.prefix) / "share" / "hunspell",
)
NAME = "sv_SE"
LEAST_PART = 3
"""Letters of the shortest part of a compound."""
LONGEST = 60
"""Letters of the longest compound that is looked for."""
NAME_ENDS = re.compile(
    r"(?:lund|holm|ström|berg|gren|qvist|kvist|dahl|stedt|vall|ros|blad|sson|sköld|feldt|bom|ander|ell|stam|klint)s?\Z"
)
"""How surnames end that are compounds of common words: such a compound is no word, unless it is listed."""


class Hunspell:
    """Stems and endings of one dictionary."""

    def __init__(
        self, stems: dict[str, str], endings: dict[str, list[tuple[str, str, re.Pattern[str]]]]
    ) -> None:
        self._stems = stems
        self._endings = endings
        self._longest = max(map(len, endings), default=0)

    def knows(self, word: str) -> bool:
        """Whether a word in lower case is in the dictionary, inflected or compound; names are not."""
        if self._is_form(word):
            return True
        if "-" in word:
            return all(part and self._is_form(part) for part in word.split("-"))
        return (
            2 * LEAST_PART <= len(word) <= LONGEST and not NAME_ENDS.search(word) and self._is_compound(word)
        )

    def lists(self, word: str) -> bool:
        """Whether a word in lower case is in the dictionary, inflected but no compound made on the spot."""
        return self._is_form(word)

    def _is_form(self, word: str) -> bool:
        if word in self._stems:
            return True
        for length in range(1, min(self._longest, len(word)) + 1):
            for flag, strip, condition in self._endings.get(word[-length:], ()):
                stem = word[:-length] + strip
                if flag in self._stems.get(stem, "") and condition.search(stem):
                    return True
        return False

    def _is_compound(self, word: str) -> bool:
        for at in range(len(word) - LEAST_PART, LEAST_PART - 1, -1):
            if self._is_form(word[at:]) and (
                self._is_form(word[:at])
                or (word[at - 1] == "s" and at > LEAST_PART and self._is_form(word[: at - 1]))
            ):
                return True
        return False


@lru_cache(maxsize=1)
def swedish_words() -> Hunspell | None:
    """The dictionary installed on this machine, read once; None where there is none."""
    for place in PLACES:
        if (place / f"{NAME}.dic").is_file() and (place / f"{NAME}.aff").is_file():
            return read_hunspell(place / f"{NAME}.dic", place / f"{NAME}.aff")
    return None


def read_hunspell(dic: Path, aff: Path) -> Hunspell:
    """Read one dictionary. Words that begin with a capital are names, and left out."""
    stems: dict[str, str] = {}
    for line in dic.read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
        stem, _slash, rest = line.partition("/")
        if stem and stem == stem.lower() and stem[0].isalpha():
            stems[stem] = stems.get(stem, "") + rest.split("\t")[0]
    endings: dict[str, list[tuple[str, str, re.Pattern[str]]]] = defaultdict(list)
    for line in aff.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        if len(parts) < 5 or parts[0] != "SFX" or parts[3] == "0":
            continue
        _sfx, flag, strip, add, condition = parts[:5]
        endings[add.split("/")[0]].append(
            (flag, "" if strip == "0" else strip, re.compile(f"(?:{condition})$"))
        )
    return Hunspell(stems, dict(endings))
