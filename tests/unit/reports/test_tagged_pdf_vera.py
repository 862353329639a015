"""The veraPDF engine, the judge that others quote, finds letters and guides PDF/UA-1 and PDF/A-2a.

All files are judged in one JVM.
"""

from collections.abc import Callable
from itertools import count

import pytest

from tests.unit.letters.letters_of_every_pack import every_letter
from tests.unit.letters.letters_of_every_pack import letter_file as of_pack
from tests.unit.reports.judged_defects import DEFECTS, damaged, from_page
from tests.unit.reports.judges import by_engine, verdicts
from tests.unit.reports.letters_at_random import random_letter
from tests.unit.reports.planted_host import sheet
from tests.unit.reports.sealed_examples import sealed, unsealed
from tests.unit.reports.tagged_examples import GUIDES, guide_file, letter_file, linked
from tillsyn.reports.child_pdf import TooLong
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.refusals import CannotLayOut

pytestmark = [pytest.mark.jdk, pytest.mark.slow]
RANDOM = 24


def at_random(seed: int) -> bytes:
    """A random letter on paper; the one after it that fits, when it does not."""
    for number in count(seed * 100):
        try:
            return render_pdf(random_letter(number))
        except (CannotLayOut, TooLong):
            continue
    raise AssertionError


SOUND: dict[str, Callable[[], bytes]] = {
    **{"-".join(one): (lambda one=one: guide_file(*one)) for one in GUIDES},
    "letter-sv": lambda: letter_file("sv"),
    "letter-en": lambda: letter_file("en"),
    "letter-before-its-seal": unsealed,
    "letter-sealed-sv": lambda: sealed("sv"),
    "letter-sealed-en": lambda: sealed("en"),
    **{
        f"{pack}-{kind.value}-{language}": (
            lambda pack=pack, kind=kind, language=language: of_pack(pack, kind, language)
        )
        for pack, kind, language in every_letter()
    },
    **{f"random-{seed}": (lambda seed=seed: at_random(seed)) for seed in range(RANDOM)},
    "linked": linked,
    "sheet": sheet,
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """By file: what the engine has against it."""
    files = {name: make() for name, make in SOUND.items()} | {name: damaged(name) for name in DEFECTS}
    found = verdicts(tmp_path_factory.mktemp("judged"), files)
    return {name: by_engine(one) for name, one in found.items()}


def test_every_letter_and_guide_passes_both_standards(judged: dict[str, list[str]]) -> None:
    assert {name: judged[name] for name in SOUND if judged[name]} == {}


def test_planted_defects_are_refused_as_the_documentation_says(judged: dict[str, list[str]]) -> None:
    told = from_page()
    assert [name for name in DEFECTS if bool(judged[name]) is not told[name][2]] == []
