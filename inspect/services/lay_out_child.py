"""From stored paragraphs to the frozen content of a letter to a child: four steps, and what we cannot decide.

Headings, pictures and the ways to reach the authority are no paragraphs: nobody edits them away.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from ...interview_guides.child_words import ChildWords, load_child_words
from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.letters import Letter
from ...reports import content as c
from ..rules.letter_child import LISTS
from ..rules.letter_obstacles import stands
from ..settings import AuthorityDetails

STEPS: tuple[tuple[c.SectionKey, c.Picture | None], ...] = (
    ("told", "listen"),
    ("decided", "decide"),
    ("cannot", None),
    ("next", "change"),
    ("reach", "reach"),
)
"""The sections after the head, with the picture of those that are steps."""


def lay_out_child(
    *,
    inspection: Inspection,
    letter: Letter,
    language: c.Language,
    authority: AuthorityDetails,
    dated_on: date,
) -> c.Letter:
    """The letter as it stands in one language. Removed paragraphs are left out; no name of the home is in it.

    Raises reports.content.ContentError when its parts cannot make a letter.
    """
    form = letter.kind.value
    age = form.removeprefix("child-")
    words = load_child_words(inspection.pack)
    standing = [one for one in letter.paragraphs if one.language == language and stands(one)]
    said = {one.key: one.text for one in sorted(standing, key=lambda one: (one.position, one.key))}
    kind, title = (
        said.pop(f"head.{name}", "") or words.say(name, age).in_language(language)
        for name in ("kind", "title")
    )
    is_example = load_pack(inspection.pack).is_example
    return c.Letter(
        language=language,
        form=form,
        kind=kind,
        title=title,
        reference=inspection.dnr,
        dated_on=dated_on,
        authority=c.Authority(
            name=authority.name,
            unit="",
            address_lines=(),
            contact_lines=(),
            web=authority.web,
            logo=authority.logo,
            colour=authority.colour,
        ),
        recipient=c.Recipient("", ()),
        copies=(),
        home="",
        visit="",
        sections=child_sections(
            words,
            language,
            age,
            said,
            contact=_lines(authority.contact),
            help_lines=_lines(authority.help_lines),
        ),
        signatures=(),
        method_stamp="",
        example=words.say("example", age).in_language(language) if is_example else "",
    )


def child_sections(
    words: ChildWords,
    language: c.Language,
    age: str,
    said: Mapping[str, str],
    *,
    contact: Sequence[str] = (),
    help_lines: Sequence[str] = (),
) -> tuple[c.Section, ...]:
    """All sections that have something to say. `said`: the paragraphs by key, in their order."""

    def say(sentence: str) -> str:
        return words.say(sentence, age).in_language(language)

    made = [c.Section("head", say("kind"), None, tuple(_blocks(said, "head")))]
    number = 0
    for key, picture in STEPS:
        inside = list(_blocks(said, key))
        if key == "reach":
            ways = list(_ways(contact, help_lines, say("reach.help")))
            # The number to call in danger stands by itself, last.
            at = next((at for at, one in enumerate(inside) if one.key == "reach.danger"), len(inside))
            inside[at:at] = ways
        if not inside:
            continue
        heading = say("heading.cannot" if picture is None else f"step.{picture}")
        if picture is not None:
            number += 1
            alt = words.picture(picture).in_language(language)
            inside.insert(0, c.Step(f"{key}.step", number, picture, heading, "", alt))
        made.append(c.Section(key, heading, None, tuple(inside)))
    return tuple(one for one in made if one.blocks)


def _blocks(said: Mapping[str, str], section: str) -> Iterator[c.Block]:
    for key, text in said.items():
        if not key.startswith(f"{section}."):
            continue
        if not key.startswith(LISTS):
            yield c.Paragraph(key, text)
            continue
        lead, *items = c.paragraphs_of(text) or ("",)
        yield c.Paragraph(key, lead)
        if items:
            yield c.Bullets(f"{key}.items", tuple(items))


def _ways(contact: Sequence[str], help_lines: Sequence[str], lead: str) -> Iterator[c.Block]:
    """How to reach the authority, then others who help, if the authority names any."""
    ways = tuple(line for line in contact if line.strip())
    if ways:
        yield c.Bullets("reach.ways", ways)
    if help_lines:
        yield c.Paragraph("reach.help", lead)
        yield c.Bullets("reach.help.lines", tuple(help_lines))


def _lines(text: str) -> tuple[str, ...]:
    """The parts between commas; a telephone number is held together."""
    parts = (line.strip() for line in text.replace("\n", ",").split(","))
    return tuple(re.sub(r"(?<=\d) (?=\d)", "\u00a0", part) for part in parts if part)
