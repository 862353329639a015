"""One small letter of each form and language, with the kinds of passage that such a letter has."""

import datetime as dt
from collections.abc import Iterator
from typing import cast

from tests.unit.reports.example_letter import example_letter
from tillsyn.reports.content import (
    LANGUAGES,
    SECTIONS,
    Appendix,
    AreaAssessment,
    Authority,
    Block,
    Bullets,
    Facts,
    Grid,
    Language,
    Letter,
    Notice,
    Paragraph,
    Picture,
    Questions,
    Quote,
    Recipient,
    Section,
    SectionKey,
    Signature,
    Step,
    Subheading,
    is_for_child,
)
from tillsyn.reports.wording import wording

_WORDS = {
    "sv": ("Vi kommer den 5\u00a0mars och lyssnar först på barnen.", "Det här gäller", "Sedan berättar vi vad vi såg."),
    "en": ("We come on 5\u00a0March and listen to the children first.", "What applies", "Then we tell what we saw."),
    "ar": ("زرناكم في 5 مارس واستمعنا إليكم أولًا.", "ما قلتموه لنا", "اتصلوا بنا على الرقم 010-000 00 00."),
}  # fmt: skip
_PICTURES: dict[str, Picture] = {"told": "listen", "decided": "decide", "next": "change", "reach": "reach"}


def forms_and_languages() -> list[tuple[str, Language]]:
    """Every form in each language that it is written in."""
    others = [(form, language) for form in SECTIONS for language in LANGUAGES]
    return cast(
        list[tuple[str, Language]], [*others, *((form, "ar") for form in SECTIONS if is_for_child(form))]
    )


def small_letter(form: str, language: Language) -> Letter:
    """A letter of that form with all its sections, invented and short."""
    if form == "feedback":
        return example_letter(language)
    child = is_for_child(form)
    say = _WORDS[language]
    return Letter(
        language=language,
        form=form,
        kind=say[1],
        title=say[0],
        reference="2026-01234",
        number=f"2026-01234/{form[:1].upper()}1-{language}",
        dated_on=dt.date(2026, 11, 16),
        authority=Authority("Exempelinspektionen", "Enheten", ("Box 1", "100 01 Exempelstad"), ("010-000 00 00",), "a.example"),
        recipient=Recipient("" if child else "Ekbacken AB", () if child else ("Ekvägen 1", "123 45 Exempelby")),
        copies=(),
        home="" if child else "Ekbacken, Exempelby",
        visit="" if child else "22 september 2026",
        sections=tuple(_section(form, key, language) for key in SECTIONS[form]),
        signatures=() if child else (Signature(say[1], "Anna Exempel", "inspektör"),),
        method_stamp="" if child else "Metod 1.0.",
        corrects=say[2] if form == "decision" else "",
        appendices=(_appendix(language),) if form == "communication" else (),
    )  # fmt: skip


def _section(form: str, key: SectionKey, language: Language) -> Section:
    say = _WORDS[language]
    named = f"{say[1]} {10 + SECTIONS[form].index(key)}"
    heading = named if is_for_child(form) else wording(language).heading(key, form)
    blocks = _for_child(key, language) if is_for_child(form) else _for_grown_up(key, language)
    return Section(key, heading, say[2] if key == "summary" else None, tuple(blocks))


def _for_child(key: str, language: Language) -> Iterator[Block]:
    first, second, third = _WORDS[language]
    if key in _PICTURES:
        number = list(_PICTURES).index(key) + 1
        yield Step(f"{key}.step", number, _PICTURES[key], f"{second} {number}", first)
    yield Paragraph(f"{key}.p", third)
    if key == "told":
        yield Bullets(f"{key}.b", (first, third))


def _for_grown_up(key: str, language: Language) -> Iterator[Block]:
    first, second, third = _WORDS[language]
    yield Paragraph(f"{key}.p", f"{first}\n\n{third}")
    match key:
        case "summary" | "learned" | "rights":
            yield Bullets(f"{key}.b", (first, f"{third}\n\n{first}"))
        case "facts" | "late":
            yield Grid(f"{key}.g", second, (second, "A"), ((first, "1"), (third, "2")))
        case "measures":
            yield Subheading(f"{key}.s", third)
            yield Facts(f"{key}.f", ((second, first), ("B", f"{third}\n\n{first}")))
        case "voices" | "talks":
            yield Quote(f"{key}.q", first)
        case "appeal" | "until" | "legal" | "closed":
            yield Notice(f"{key}.n", f"{first}\n\n{third}")
        case "reply" | "next":
            yield Questions(f"{key}.o", (first, third))
        case "preliminary":
            yield AreaAssessment(f"{key}.a", second, "mostly", "A", third)


def _appendix(language: Language) -> Appendix:
    first, second, _ = _WORDS[language]
    return Appendix("appendix.1", second, (Grid("appendix.g", "", (second, "A"), ((first, "1"),)),))
