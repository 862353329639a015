"""The Swedish words of answers to requests: openness_words.yaml, and an authority's own over it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

import yaml

SOURCE = Path(__file__).parent / "openness_words.yaml"


class UnfitWords(ValueError):
    """A file of words that cannot be used; the text says which word and why."""


class OpennessWords:
    """Words by their place: `words.one("grounds", "26:1")`, `words.many("appeal_steps")`."""

    def __init__(self, said: Mapping[str, Any]) -> None:
        self._said = said

    def one(self, name: str, key: str = "") -> str:
        value = self._said[name]
        return str(value[key]) if key else str(value)

    def many(self, name: str) -> tuple[str, ...]:
        return tuple(self._said[name])

    def has(self, name: str, key: str) -> bool:
        return key in self._said[name]

    def keys(self, name: str) -> frozenset[str]:
        return frozenset(self._said[name])


@cache
def openness_words(own: Path | None = None) -> OpennessWords:
    """The words that come with the program, with those of the authority instead where it has its own.

    :raises UnfitWords: the authority's file cannot be read, or says something that there is no place for.
    """
    said = _read(SOURCE)
    return OpennessWords(MappingProxyType(_over(said, _read(own), "") if own else said))


def _read(path: Path) -> dict[str, Any]:
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise UnfitWords(f"{path} cannot be read: {fault.strerror}") from fault
    except (yaml.YAMLError, UnicodeDecodeError) as fault:
        raise UnfitWords(f"{path} is not YAML: {str(fault).splitlines()[0]}") from fault
    if not isinstance(given, dict):
        raise UnfitWords(f"{path} holds no words by their places")
    return given


def _over(said: Mapping[str, Any], own: Mapping[str, Any], at: str) -> dict[str, Any]:
    made = dict(said)
    for name, value in own.items():
        place = f"{at}{name}"
        if name not in said:
            raise UnfitWords(f"there is no place {place!r} for words")
        if isinstance(said[name], dict) and isinstance(value, dict):
            made[name] = _over(said[name], value, f"{place}: ")
        elif isinstance(said[name], list) and isinstance(value, list) and all(_is_said(one) for one in value):
            made[name] = value
        elif isinstance(said[name], str) and _is_said(value):
            made[name] = _with_its_fields(said[name], value, place)
        else:
            raise UnfitWords(f"{place!r} is not of the form that it has in openness_words.yaml")
    return made


def _is_said(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _with_its_fields(before: str, value: str, place: str) -> str:
    """What is put in, as {sections}, is put in by the authority's words too."""
    wanted, given = _fields(before, place), _fields(value, place)
    if wanted != given:
        raise UnfitWords(f"{place!r} has the places {sorted(given)} to fill, and needs {sorted(wanted)}")
    return value


def _fields(text: str, place: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError as fault:
        raise UnfitWords(f"{place!r} has a brace that is not closed") from fault
