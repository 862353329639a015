"""Names: first those of the case, then names that people bear, then words that may be one."""

import re
from collections.abc import Iterator
from itertools import pairwise

from ....models.letter_vocabulary import MarkKind
from ....models.vocabulary import N_
from .lexicon import Lexicon, entries, looks_like_surname
from .marks import Find, Weight, Why
from .roster import Known, NameIndex
from .text import Folded, Word, pieces, plain

IN_CASE = N_("The case has this name or label: %(who)s.")
NEAR = N_("It is but a letter from a name in the case: %(who)s.")
SHORT = N_("It may be short for a name in the case: %(who)s.")
WITHIN = N_("It begins with a name in the case: %(who)s.")
BORNE = N_("It is a name that people bear.")
CUED = N_("“%(cue)s” stands before it: what follows may be a name.")
INSIDE = N_("It has a capital inside a sentence, and is no word that we know.")
BEGINS = N_("It begins a sentence and is no word that we know.")
INITIAL = N_("It may be an initial that stands for a name.")

LEAST_LOWER = 5
"""Letters of the shortest word in lower case that is compared with names, a letter wrong."""

_SPACED = re.compile(r"(?<!\w)(?:[^\W\d_][ .\-]){2,}[^\W\d_](?!\w)")
_INITIAL = re.compile(r"(?<![\w.])[A-ZÅÄÖ]\.(?:\s?[A-ZÅÄÖ]\.)*(?=\s|,|\Z)")
_GENITIVE = re.compile(r"(?::|['’])?s\Z")
_APART = re.compile(r"(?:['’]s|:s)\Z")
_ALONE = re.compile(
    r"\b(?i:flicka|pojke|ungdom|barn|person|kille|tjej|elev|boende|brukare)(?:n|en|et)?\s+(?P<one>[A-ZÅÄÖ])\b"
)

CUES_BEFORE_ANY = frozenset(entries("cues"))
"""What follows is a name however it is written."""
CUES_BEFORE_CAPITAL = frozenset(entries("cues_before_capital"))
CUES_OF_NAMES = frozenset({"heter", "hette", "kallas", "kallades"})
CUES = CUES_BEFORE_ANY | CUES_BEFORE_CAPITAL | {"för", "as", "is", "är", "name", "namn", "smeknamn"}
_SMALL = entries("small_after_cues")


def find_people(text: Folded, index: NameIndex, lexicon: Lexicon) -> Iterator[Find]:
    """The names of the case, in every inflection; then other names."""
    asked = index.asked
    taken: set[int] = set()
    for word in text.words:
        key = word.text, word.begins, word.is_capital
        if key not in asked:
            asked[key] = _in_case(word, index, lexicon)
        found = asked[key]
        if found is not None:
            known, why, weight = found
            taken.add(word.start)
            yield _of_case(word.start, word.end, known, why, weight)
    yield from _joined(text, index, taken)
    for match in _SPACED.finditer(text.text):
        spelt = index.forms.get(plain(re.sub(r"[ .\-]", "", match[0])))
        if spelt is not None:
            yield _of_case(match.start(), match.end(), spelt, IN_CASE, Weight.CERTAIN)
    yield from _other_names(text, lexicon, taken)


def _of_case(start: int, end: int, known: Known, why: str, weight: Weight) -> Find:
    return Find(
        MarkKind.ROSTER,
        start,
        end,
        Why(why, {"who": known.who.title}),
        weight,
        f"case {known.name.casefold()}",
    )


def _in_case(word: Word, index: NameIndex, lexicon: Lexicon) -> tuple[Known, str, Weight] | None:
    low = word.low
    label = index.labels.get(low) or index.labels.get(_GENITIVE.sub("", low))
    if label is not None:
        return label, IN_CASE, Weight.CERTAIN
    parts = [plain(part) for part in pieces(word.text)]
    forms = parts if len(parts) == 1 else [*parts, "".join(parts)]
    if len(parts) == 2 and parts[1] == "s":
        forms = [parts[0]]
    for form in forms:
        known = index.forms.get(form)
        if known is not None and not _is_only_a_word(word, form, index, lexicon):
            return known, IN_CASE, Weight.CERTAIN
    if lexicon.is_common(low) and (not word.is_capital or word.begins):
        return None
    for form in forms:
        if (word.is_capital or len(form) >= LEAST_LOWER) and (known := index.near(form)) is not None:
            return known, NEAR, Weight.LIKELY
        if (known := index.inside(form)) is not None:
            return known, WITHIN, Weight.LIKELY
        if word.is_capital and (known := index.begins(form)) is not None:
            return known, SHORT, Weight.LIKELY
    return None


def _is_only_a_word(word: Word, form: str, index: NameIndex, lexicon: Lexicon) -> bool:
    """An ordinary word in lower case that a name is spelt as: ”bo” is not Bo."""
    return word.text[0].islower() and not word.text.isupper() and lexicon.is_common(word.low)


def _joined(text: Folded, index: NameIndex, taken: set[int]) -> Iterator[Find]:
    """A name written apart: Abdi Rahman."""
    for one, other in pairwise(text.words):
        if one.is_capital and other.start - one.end <= 2 and not {one.start, other.start} <= taken:
            form = plain("".join(pieces(one.text) + pieces(other.text)))
            known = index.forms.get(form) if len(form) >= 5 else None
            if known is not None:
                taken |= {one.start, other.start}
                yield _of_case(one.start, other.end, known, IN_CASE, Weight.CERTAIN)


def _other_names(text: Folded, lexicon: Lexicon, taken: set[int]) -> Iterator[Find]:
    lower = {word.low for word in text.words if not word.is_capital}
    words = text.words
    for at, word in enumerate(words):
        if word.start in taken or not word.text[0].isalpha():
            continue
        found = _cued(words, at, lexicon, lower) or (
            _named(words, at, text.language, lexicon, lower) if word.is_capital else None
        )
        if found is not None:
            kind, why, weight = found
            yield Find(kind, word.start, word.end, why, weight)
    for pattern in (_INITIAL, _ALONE):
        for match in pattern.finditer(text.text):
            start = match.start("one") if pattern is _ALONE else match.start()
            yield Find(MarkKind.CAPITAL, start, match.end(), Why(INITIAL), Weight.LIKELY)


def _cued(
    words: tuple[Word, ...], at: int, lexicon: Lexicon, lower: set[str]
) -> tuple[MarkKind, Why, Weight] | None:
    """What stands after ”heter” or ”mamma”."""
    word = words[at]
    if not at or words[at - 1].sentence != word.sentence:
        return None
    cue = words[at - 1].low
    if cue not in CUES:
        return None
    if (
        cue in {"för", "as", "is"}
        and at > 1
        and (words[at - 2].low in CUES_BEFORE_ANY or words[at - 2].low == "name")
    ) or (cue == "är" and at > 1 and words[at - 2].low in {"namn", "namnet", "smeknamn"}):
        cue = words[at - 2].low
    elif cue in CUES_BEFORE_ANY and (word.low in _SMALL or _is_called_a_word(cue, word, lexicon)):
        return None
    if cue in CUES_BEFORE_ANY or cue in ("name", "namn", "smeknamn"):
        return MarkKind.NAME, Why(CUED, {"cue": cue}), Weight.LIKELY
    if cue in CUES_BEFORE_CAPITAL and word.is_capital and not _is_harmless(word, lexicon):
        return MarkKind.NAME, Why(CUED, {"cue": cue}), Weight.LIKELY
    return None


def _is_called_a_word(cue: str, word: Word, lexicon: Lexicon) -> bool:
    """“What the letter calls a shortcoming”: only “heter” and “kallas” make a name of a common word."""
    return cue not in CUES_OF_NAMES and not word.is_capital and lexicon.is_common(word.low)


def _named(
    words: tuple[Word, ...], at: int, language: str, lexicon: Lexicon, lower: set[str]
) -> tuple[MarkKind, Why, Weight] | None:
    """A capitalised word: a name, a word that may be one, or neither."""
    word = words[at]
    low = word.low.replace("’", "'")
    stem = _APART.sub("", low)
    forms = {stem, stem.removesuffix("s"), *(part for part in pieces(stem) if len(part) > 2)}
    is_name = any(lexicon.is_name(form) for form in forms)
    if _is_harmless(word, lexicon):
        return None
    ask = lexicon.is_common if word.begins else lexicon.is_listed
    is_word = any(ask(form) or form in lower for form in (low, stem, stem.removesuffix("s")))
    if is_name and not (word.begins and is_word and not _surname_follows(words, at)):
        return MarkKind.NAME, Why(BORNE), Weight.LIKELY
    if word.begins:
        unknown = not is_word and (language != "sv" or lexicon.has_dictionary) and language == "sv"
        return (
            (MarkKind.CAPITAL, Why(BEGINS), Weight.LOOK)
            if unknown and not _is_place(forms, lexicon)
            else None
        )
    if _is_abbreviation(word) or (is_word and not looks_like_surname(stem, lexicon.common)):
        return None
    if _is_place(forms, lexicon):
        return None
    return MarkKind.CAPITAL, Why(INSIDE), Weight.LOOK


def _surname_follows(words: tuple[Word, ...], at: int) -> bool:
    """A capitalised word stands next in the sentence: Liv Holm."""
    after = words[at + 1] if at + 1 < len(words) else None
    return after is not None and after.is_capital and after.sentence == words[at].sentence


def _is_harmless(word: Word, lexicon: Lexicon) -> bool:
    bare = _APART.sub("", word.text)
    return bool({word.text, bare, bare.removesuffix("s")} & lexicon.harmless)


def _is_abbreviation(word: Word) -> bool:
    """HVB, IVO, K08: capitals that no given name is written in."""
    bare = re.sub(r":\w+\Z", "", word.text)
    return (bare.isupper() and len(bare) <= 5 and not word.text.isalpha()) or (
        bare.isupper() and len(bare) <= 4
    )


def _is_place(forms: set[str], lexicon: Lexicon) -> bool:
    return any(
        form in lexicon.municipalities or form in lexicon.places or form in lexicon.countries
        for form in forms
    )
