"""Citations in running text: notes, docstrings, letters. Only those that name a statute by a name we hold."""

import re
from collections.abc import Iterator, Mapping

from .citations import Place

_ONE = r"\d+(?: [a-z](?=$|,|–| §| och\b))?"
_SECTIONS = re.compile(
    rf"(?:(?P<chapter>\d+(?: [a-z])?) kap\. )?(?P<sections>{_ONE}(?:(?:, | och |–){_ONE})*) §§?"
)
_SHORT = re.compile(r"\b(?P<name>[A-Z][A-Za-z]+) (?P<chapter>\d\d?):(?P<section>\d\d?)\b(?!:)")
_NUMBERS = re.compile(rf"(?P<to>–)?(?P<number>{_ONE})")
# How far after a paragraph its statute may be named: "28 kap. 3 § 2 och 5 § socialtjänstlagen".
_BETWEEN = r"(?:(?:(?:,| och| and|;)? *(?:\d+ kap\. )?[\d, –]*(?: och \d+)? ?(?:[a-z] )?§§?| [a-zåäö]+ (?:stycket|paragraph)(?: \d+)?|(?: p| punkt)? ?\d+)*)"


def mentioned_in(text: str, statutes: Mapping[str, str]) -> Iterator[tuple[Place, str]]:
    """The places that a text cites, each with the words that cite it.

    ``statutes``: the number of each statute by each of its names ("SoL", "socialtjänstlagen").
    """
    plain = re.sub(r"\s+", " ", text.replace("\u00a0", " "))
    names = "|".join(re.escape(name) for name in sorted(statutes, key=len, reverse=True))
    after = re.compile(rf"{_BETWEEN} ?\(?(?P<name>{names})\b")
    before = re.compile(
        rf"\b(?P<name>{names}),? (?:\d+ kap\. )?(?:[\d, –]+(?: och \d+)? ?§§?(?:,| och| and)? ?)*$"
    )
    chapter = ""
    for found in _SECTIONS.finditer(plain):
        chapter = found["chapter"] or chapter
        named = after.match(plain, found.end()) or before.search(
            plain[max(0, found.start() - 80) : found.start()]
        )
        if named is None:
            continue
        number = statutes[named["name"]]
        for section in _sections(found["sections"]):
            yield Place(number, found["chapter"] or chapter, section), found[0]
    for short in _SHORT.finditer(plain):
        if short["name"] in statutes:
            yield Place(statutes[short["name"]], short["chapter"], short["section"]), short[0]


def _sections(written: str) -> Iterator[str]:
    last = 0
    for found in _NUMBERS.finditer(written):
        number = int(found["number"].split()[0])
        if found["to"]:
            yield from (str(between) for between in range(last + 1, number))
        yield found["number"]
        last = number
