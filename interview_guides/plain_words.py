"""Officialese and its better words, and how a passive is known, by language: plain_words.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

SOURCE = Path(__file__).parent / "plain_words.yaml"


@dataclass(frozen=True, slots=True)
class PlainWords:
    """`better`: what to say instead, by what is looked for, in lower case.

    Passives: a word that ends in one of `endings`; after a word of `after`, one that ends in one of `then`;
    none of `never`.
    """

    better: Mapping[str, str]
    endings: tuple[str, ...] = ()
    after: frozenset[str] = frozenset()
    then: tuple[str, ...] = ()
    never: frozenset[str] = frozenset()


NONE = PlainWords({})


@cache
def load_plain_words(language: str) -> PlainWords:
    """The words of a language; none at all for a language that has no list. Raises on a file with faults."""
    given = yaml.safe_load(SOURCE.read_text(encoding="utf-8")).get(language)
    if given is None:
        return NONE
    passive = given["passive"]
    return PlainWords(
        {said.lower(): row["better"] for row in given["words"] for said in row["said"]},
        tuple(passive["endings"]),
        frozenset(passive["after"]),
        tuple(passive["then"]),
        frozenset(passive["not"]),
    )
