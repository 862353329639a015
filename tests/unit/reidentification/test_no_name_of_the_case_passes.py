"""Whatever the roster, no name in it passes unmarked, in no inflection and no way of writing."""

import random
import time

import pytest

from tillsyn.inspect.rules.reidentification import Guard, Known, Passage, Roster, Who, read_lexicon
from tillsyn.inspect.rules.reidentification.lexicon import entries

LEXICON = read_lexicon()
LETTERS = "abcdefghijklmnoprstuvwyzåäöéü"
SMALL = (
    "barnen",
    "berättar",
    "att",
    "maten",
    "är",
    "god",
    "och",
    "vi",
    "såg",
    "rummet",
    "på",
    "kvällen",
    "trygga",
)
NAMES = entries("first_names") + entries("more_first_names") + entries("nicknames") + entries("last_names")


def some_name(draw: random.Random) -> str:
    """One that people bear, or one that nobody has thought of."""
    if draw.random() < 0.6:
        return draw.choice(NAMES)
    made = "".join(draw.choice(LETTERS) for _letter in range(draw.randint(2, 11)))
    return made[0].upper() + made[1:]


def written(draw: random.Random, name: str) -> str:
    """The name as it may stand in a text: inflected, in capitals, in a compound, with a letter wrong."""
    long = len(name) >= 5 and name.isalpha()
    stem = name[:-1] if name[-1] in "aeo" else name
    ways = [
        name, f"{name}s", f"{name}:s", f"{name}’s", f"{name}'s", f"{name}n", f"{name}en", f"{name}ens", f"{stem}an",
        f"{name}-gruppen", name.upper(), f"{name}, som", f"”{name}”", f"({name})", f"{name}\u00adgruppen"[: len(name)],
    ]  # fmt: skip
    if long:
        at = draw.randrange(1, len(name) - 1)
        wrong = draw.choice([letter for letter in LETTERS if letter != name[at].lower()])
        ways += [
            name[:at] + wrong + name[at + 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + wrong + name[at:],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            f"{name}bråket",
            f"{name[:at]}\u200b{name[at:]}",
            " ".join(name),
        ]
    return draw.choice(ways)


def one_case(draw: random.Random) -> tuple[Roster, str, int, int]:
    names = {some_name(draw) for _name in range(draw.randint(1, 8))}
    roster = Roster(people=tuple(Known(name, Who.CHILD) for name in names))
    said = written(draw, draw.choice(sorted(names)))
    before = " ".join(draw.choice(SMALL) for _word in range(draw.randint(1, 9)))
    after = " ".join(draw.choice(SMALL) for _word in range(draw.randint(0, 6)))
    text = f"{before.capitalize()} {said} {after}."
    return roster, text, len(before) + 1, len(before) + 1 + len(said)


def passes_unmarked(roster: Roster, text: str, start: int, end: int) -> bool:
    found = Guard(roster, LEXICON).look(Passage(text))
    return not any(mark.start < end and start < mark.end for mark in found)


@pytest.mark.parametrize("seed", range(4))
def test_a_name_of_the_case_is_marked(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - names, not secrets
    for _case in range(50):
        case = one_case(draw)
        assert not passes_unmarked(*case), case


@pytest.mark.slow
def test_thousands_of_names_of_cases_are_marked() -> None:
    draw = random.Random(20261122)  # noqa: S311 - names, not secrets
    until, cases = time.monotonic() + 15, 0
    while cases < 3_000 and time.monotonic() < until:
        case = one_case(draw)
        assert not passes_unmarked(*case), case
        cases += 1
    assert cases >= 1_000
