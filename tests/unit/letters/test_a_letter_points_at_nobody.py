"""No letter of any case says who told what, how many did, what was withheld, or what is being investigated.

Any case is made at random, thousands of them, and every kind of letter is composed of it (METHOD 2.17).
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import pairwise

import pytest

from tests.unit.letters.random_cases import DAY, ON_HOLD, PACKS, ROSTER, UNTOLD, RandomCase, random_case
from tillsyn.inspect.rules.letter_composers import COMPOSERS
from tillsyn.inspect.rules.letter_kinds import FOR_CHILDREN_KINDS, KINDS
from tillsyn.inspect.rules.letter_phrases import Composed, Phrases
from tillsyn.inspect.rules.weighing.external_view import K_SHARE
from tillsyn.interview_guides.child_words import load_child_words
from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.guide import Pack, load_pack
from tillsyn.interview_guides.letter_wording import load_letter_wording
from tillsyn.models.letter_vocabulary import LetterKind

FEW, MANY = 60, 2060
BY_CHILDREN = frozenset({"children", "told", "voices"})
"""The sections that speak for the children."""
PARTICIPATION = ("children.talks", "scope.talks")
"""Where it is told how many were asked and talked with: never what any number of them said."""


def on(day: date) -> Text:
    return Text(day.isoformat(), day.isoformat())


def letters(case: RandomCase) -> Iterator[tuple[LetterKind, str, list[tuple[Composed, str]]]]:
    """Every letter of a case in every language, with its paragraphs and what they say."""
    phrases = Phrases(load_letter_wording(case.view.pack.id))
    for kind, compose in COMPOSERS.items():
        composed = compose(case.view, phrases, on)
        for language in KINDS[kind].languages:
            yield kind, language, [(one, one.text.in_language(language)) for one in composed]


NAMES = re.compile(
    rf"\b(?:(?:{'|'.join(ROSTER)})|[bplaodu]\d+\b|[0-9a-f]{{8}}-[0-9a-f]{{4}}-|[0-9a-f]{{32}})", re.IGNORECASE
)
"""Children's names, pseudonyms of sources, short names of statements, ids: as random_cases.py makes them."""


def shingles(text: str) -> frozenset[str]:
    """Every two words of a text that stand beside each other, names left out."""
    words = re.sub(r"\{\w+\}", "|", text.lower()).split()
    return frozenset(f"{one} {two}" for one, two in pairwise(words) if "|" not in one + two)


UNSAYABLE = shingles(UNTOLD) | shingles(ON_HOLD)


@cache
def numbers(pack: str) -> frozenset[str]:
    """The words for numbers, and for parts."""
    words = load_letter_wording(pack)
    told = {words.number(n, language) for n in range(2, 13) for language in ("sv", "en")}
    return frozenset({*told, "ett", "en", "one", "tredjedel", "fjärdedel", "third", "quarter"})


@cache
def people(pack: str) -> frozenset[str]:
    """The nouns for those whom the pack is about, and the words that point at them."""
    users = load_pack(pack).users
    forms = {
        getattr(users, noun).in_language(language).lower() for noun in NOUNS for language in ("sv", "en")
    }
    return frozenset(
        {*(form.split()[-1] for form in forms), "barn", "barnen", "unga", "children", "dem", "them"}
    )


LINKS = frozenset({"av", "of", "de", "the"})
PARTS = frozenset({"hälften", "half", "flesta", "most", "del", "some"})


def counted(pack: str, text: str, amounts: frozenset[str]) -> Iterator[str]:
    """A number or part of the children: "tre barn", "3 av de unga", "two of the children", "2 av 5", "60 %".

    "ett barn" and "one child" are no count; "ett av barnen" is.
    """
    words = re.sub(r"[.,;:()”“!?\n]", " | ", text.lower()).split()
    whom = people(pack)
    for at, word in enumerate(words):
        if word not in amounts and not (word.isdigit() and amounts is not PARTS):
            continue
        after = at + 1
        while after < len(words) and words[after] in LINKS:
            after += 1
        linked = words[at + 1 : after + 1]
        if not linked or (word in {"ett", "en", "one"} and len(linked) < 2):
            continue
        if words[max(at - 1, 0)] in {"och", "and"}:  # "vart och ett av barnen": each of them
            continue
        last = linked[-1]
        of_number = len(linked) > 1 and (last.isdigit() or last in numbers(pack) - {"en", "ett", "one"})
        if last in whom or last in {"%", "procent"} or (of_number and amounts is not PARTS):
            yield " ".join([word, *linked])


NOUNS = ("singular", "definite", "plural", "definite_plural", "genitive_plural")


@cache
def names_of(pack_id: str, kind: LetterKind, theme: str, language: str) -> re.Pattern[str]:
    """A theme as it is named in a letter: in a list, or after what leads up to it."""
    named = load_pack(pack_id).theme(theme).name
    if kind in FOR_CHILDREN_KINDS:
        named = load_child_words(pack_id).theme(theme, kind.value.removeprefix("child-"))
    name = re.escape(named.in_language(language))
    return re.compile(rf"(?:^|[\n:,;”“]\s?|\b(?:och|and|samt|är|is) ){name}(?!\w| \w)", re.IGNORECASE)


def faults(case: RandomCase) -> Iterator[str]:
    """What the letters of a case tell and must not."""
    pack: Pack = case.view.pack
    for kind, language, paragraphs in letters(case):
        for what in _anywhere(pack.id, paragraphs):
            yield f"{kind.value} {language}: {what}"
        for one, text in paragraphs:
            place = f"{kind.value} {language} {one.key}: {text!r}"
            if one.section in BY_CHILDREN and any(
                names_of(pack.id, kind, theme, language).search(text) for theme in case.hidden_themes
            ):
                yield f"tells of what children brought up in confidence: {place}"
            if one.section in BY_CHILDREN and case.heard < K_SHARE and any(counted(pack.id, text, PARTS)):
                yield f"a share of few: {place}"


def _anywhere(pack: str, paragraphs: list[tuple[Composed, str]]) -> Iterator[str]:
    """What may stand nowhere, looked for in the letter as a whole."""
    whole = "\n".join(text for _, text in paragraphs)
    said = whole.lower()
    yield from (f"names {found!r} in {whole!r}" for found in NAMES.findall(whole))
    yield from (f"tells {words!r}, which was not to be told" for words in UNSAYABLE if words in said)
    of_talks = "\n".join(text for one, text in paragraphs if one.key not in PARTICIPATION)
    yield from (
        f"counts children: {found!r} in {of_talks!r}" for found in counted(pack, of_talks, numbers(pack))
    )


def all_faults(seeds: range) -> list[str]:
    return [f"case {seed}: {fault}" for seed in seeds for fault in faults(random_case(seed))][:20]


def test_no_letter_of_some_cases_points_at_anybody() -> None:
    assert all_faults(range(FEW)) == []


@pytest.mark.slow
def test_no_letter_of_thousands_of_cases_points_at_anybody() -> None:
    assert all_faults(range(FEW, MANY)) == []


def test_the_cases_are_such_that_there_is_something_to_hide() -> None:
    cases = [random_case(seed) for seed in range(FEW)]
    assert {case.view.pack.id for case in cases} == set(PACKS)
    assert sum(bool(case.on_hold) for case in cases) > 10
    assert sum(case.view.withheld for case in cases) > 10
    assert sum(bool(case.hidden_themes) for case in cases) > 20
    assert any(
        one.section == "children" and one.evidence
        for case in cases
        for *_, said in letters(case)
        for one, _ in said
    )
    assert DAY.year == 2026


@pytest.mark.parametrize(
    "text",
    [
        "Tre barn sa det.",
        "3 av de unga sa det.",
        "Two of them said so.",
        "2 av 5 sa det.",
        "60 % av barnen",
        "Zaphiras rum",
        "u3",
        "b2",
    ],
)
def test_what_must_not_be_said_is_seen(text: str) -> None:
    assert list(_anywhere("hvb", [(Composed("children", "children.raised", Text(text, text)), text)]))
