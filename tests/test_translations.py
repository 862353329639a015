"""The catalogues are complete, in step with the source, and say the same with the same pieces."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from tillsyn.translations import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
LANGUAGES = catalogue.languages()


def pairs(language: str) -> Iterator[tuple[str, str]]:
    """Each translated text with its source; of a plural, each form with the form that it translates."""
    for message in catalogue.messages(catalogue.read(language)).values():
        if isinstance(message.id, str):
            yield message.id, str(message.string)
        else:
            yield from zip(message.id, message.string, strict=True)


def test_swedish_is_there() -> None:
    assert "sv" in LANGUAGES


@pytest.mark.slow
def test_every_message_of_the_source_is_translated_and_none_is_left_over() -> None:
    faults = catalogue.faults()
    assert not faults, f"{len(faults)} faults; `make translations` lists the messages anew:\n" + "\n".join(
        faults
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_source(language: str) -> None:
    wrong = [
        (source, text)
        for source, text in pairs(language)
        if text and Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(text))
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_tags_are_those_of_the_source(language: str) -> None:
    wrong = [
        (source, text)
        for source, text in pairs(language)
        if text and Counter(TAG.findall(source)) != Counter(TAG.findall(text))
    ]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_begin_and_end_like_the_source(language: str) -> None:
    def edges(text: str) -> tuple[str, str]:
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    wrong = [(source, text) for source, text in pairs(language) if text and edges(source) != edges(text)]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_ends_as_a_sentence_in_both_languages(language: str) -> None:
    wrong = [
        (source, text)
        for source, text in pairs(language)
        if len(source.split()) > 3 and text and (source[-1:] in ".?!:…") != (text[-1:] in ".?!:…")
    ]
    assert not wrong


def test_swedish_is_set_with_swedish_signs() -> None:
    wrong = [
        text for _source, text in pairs("sv") if re.search(r'["“„]|\b\d+ (?:kap\.|§)| - ', TAG.sub("", text))
    ]
    assert not wrong, "”citat”, – talstreck, hårt mellanslag i 2 kap. och 5 §"
