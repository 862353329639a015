"""How the sections of every letter are laid out: running text, lists, pairs, and what stands together."""

from collections.abc import Callable, Iterator, Mapping
from itertools import groupby

from ...interview_guides.letter_wording import LetterWording
from ...reports import content as c

Texts = Mapping[str, str]
Blocks = Iterator[c.Block]
Layout = Callable[[LetterWording, c.Language, Texts], Blocks]
Parts = dict[str, str]


def grouped(texts: Texts) -> Iterator[tuple[str, Parts]]:
    """Paragraphs `section.name.part` by `section.name`; what has no part stands alone under the section."""
    for name, keys in groupby(texts, key=lambda key: key.rsplit(".", 1)[0]):
        yield name, {key.rsplit(".", 1)[1]: texts[key] for key in keys}


def run_on(texts: Texts, *keys: str) -> Blocks:
    """Short paragraphs after each other as one."""
    found = [key for key in keys if texts.get(key)]
    if found:
        yield c.Paragraph(found[0], " ".join(texts[key] for key in found))


def lines(*lines: tuple[str, ...]) -> Layout:
    """Running text: each line is the keys that stand together; the rest follows one by one."""

    def layout(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
        for keys in lines:
            yield from run_on(texts, *keys)
        known = {key for keys in lines for key in keys}
        yield from (c.Paragraph(key, text) for key, text in texts.items() if key not in known)

    return layout


def points(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    """A list without order."""
    if texts:
        first = next(iter(texts)).split(".", 1)[0]
        yield c.Bullets(f"{first}.points", tuple(texts.values()))


def _rows(parts: Parts, labels: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, parts[part]) for part, label in labels.items() if parts.get(part))


def facts(key: str, parts: Parts, labels: Mapping[str, str]) -> Blocks:
    """The parts as pairs; those without a label as running text below."""
    rows = _rows(parts, labels)
    if rows:
        yield c.Facts(f"{key}.facts", rows)
    yield from (c.Paragraph(f"{key}.{part}", text) for part, text in parts.items() if part not in labels)


def titled(key: str, parts: Parts, labels: Mapping[str, str]) -> Blocks:
    title = parts.pop("title", "")
    if title:
        yield c.Subheading(f"{key}.title", title)
    yield from facts(key, parts, labels)
