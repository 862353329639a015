"""A pack is content: the code knows none by its name, so that the next one needs no code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tillsyn.interview_guides.guide import available_packs, default_pack, load_pack, pack_cards

ROOT = Path(__file__).parents[3]
CODE = ("inspect", "interview_guides", "models", "reports", "translations")
EXAMPLES = ("inspect/demo/",)
"""Made-up cases of certain packs. Migrations too name what a database once held, and are not looked at."""


def files() -> Iterator[Path]:
    for folder in CODE:
        for file in sorted((ROOT / folder).rglob("*.py")):
            if not file.relative_to(ROOT).as_posix().startswith(EXAMPLES):
                yield file


@pytest.mark.parametrize("pack", available_packs())
def test_no_python_file_names_the_pack(pack: str) -> None:
    named = re.compile(rf"(?<![\w-]){re.escape(pack)}(?![\w-])")
    found = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in files()
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if named.search(line)
    ]
    assert found == []


def test_there_is_code_to_look_through() -> None:
    assert len(list(files())) > 100


def test_exactly_one_pack_is_the_default_and_it_is_in_use() -> None:
    defaults = [card for card in pack_cards() if card.is_default]
    assert [card.id for card in defaults] == [default_pack()]
    assert not defaults[0].is_example
    assert load_pack() is load_pack(default_pack())


def test_every_pack_can_be_chosen_for_some_activity() -> None:
    assert all(card.activities for card in pack_cards())
