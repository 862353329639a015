"""The sections of a letter from its paragraphs: what belongs together stands together, and is said once."""

from collections.abc import Callable, Sequence
from typing import Protocol

from ...interview_guides.letter_wording import LetterWording
from ...reports import content as c
from ...reports.wording import wording as fixed_words
from .lay_out_forms import LAYOUTS
from .lay_out_parts import Blocks, Texts, grouped, points, run_on

MISSING = "[…]"
"""Stands where a part of a deficiency is not written yet; never in an approved letter."""


class Placed(Protocol):
    """A paragraph of the letter, as far as its place goes."""

    @property
    def section(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def position(self) -> int: ...
    @property
    def text(self) -> str: ...


def lay_out_sections(
    words: LetterWording, language: c.Language, paragraphs: Sequence[Placed], form: str = "feedback"
) -> tuple[c.Section, ...]:
    """The sections of `form` that have something to say. `paragraphs`: those that stand, in one language."""
    texts: dict[str, dict[str, str]] = {}
    for one in sorted(paragraphs, key=lambda one: (one.position, one.key)):
        texts.setdefault(one.section, {})[one.key] = one.text
    return tuple(
        _section(words, language, key, texts[key], form) for key in c.SECTIONS[form] if texts.get(key)
    )


def heading_of(words: LetterWording, language: str, key: str, form: str = "feedback") -> str:
    """The heading of a section: the pack's own where it names the people, else the same for all."""
    own = f"heading.{key}" if form == "feedback" else f"{form}.heading.{key}"
    return words.say(own, language) if words.has(own) else fixed_words(language).heading(key, form)


def _section(
    words: LetterWording, language: c.Language, key: c.SectionKey, texts: dict[str, str], form: str
) -> c.Section:
    heading = heading_of(words, language, key, form)
    lead = texts.pop(f"{key}.lead", None) or None
    layouts = _BLOCKS if form == "feedback" else LAYOUTS.get(form, {})
    if form == "feedback" and key == "advice" and "advice.none" not in texts:
        lead = fixed_words(language).advice
    made = layouts.get(key, _plain)(words, language, texts)
    return c.Section(key, heading, lead, tuple(made))


def _plain(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    for key, text in texts.items():
        yield c.Paragraph(key, text)


def _summary(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    """The points; that there is advice too is said apart from what must be done (LETTERS 2)."""
    yield from points(words, language, {key: text for key, text in texts.items() if key != ADVICE_TOO})
    yield from run_on(texts, ADVICE_TOO)


ADVICE_TOO = "summary.advice"
CHILDREN_FIRST = ("children.order", "children.talks", "children.anonymous")
CHILDREN_LEFT_OUT = ("children.withheld", "children.investigated")


def _children(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    yield from run_on(texts, *CHILDREN_FIRST)
    raised = {key: text for key, text in texts.items() if key.startswith("children.raised.")}
    good = {key: text for key, text in raised.items() if key.endswith(".good")}
    other = {key: text for key, text in raised.items() if key not in good}
    weight = {key: text for key, text in texts.items() if key.startswith("children.weight.")}
    for name, said in (("other", other), ("good", good)):
        if said:
            heading = f"children.heading.{name}"
            yield c.Subheading(heading, words.say(heading, language))
            yield c.Quote(f"children.raised.{name}s", "\n\n".join(said.values()))
    yield from run_on(texts, *CHILDREN_LEFT_OUT)
    if weight:
        yield c.Subheading("children.heading.weight", words.say("children.heading.weight", language))
        yield from run_on(weight, *weight)
    known = {*CHILDREN_FIRST, *CHILDREN_LEFT_OUT, *raised, *weight}
    yield from _plain(words, language, {key: text for key, text in texts.items() if key not in known})


def _scope(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    left_out = "scope.not_examined"
    yield from run_on(texts, *(key for key in texts if key != left_out))
    if left_out in texts:
        yield c.Notice(left_out, texts[left_out])


def _strengths(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    for key, text in texts.items():
        yield c.Subheading(key, text) if key.endswith(".title") else c.Paragraph(key, text)


def _advice(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    for name, parts in grouped(texts):
        if name in ("advice", "advice.shared"):
            yield from (c.Paragraph(f"{name}.{key}", text) for key, text in parts.items())
        else:
            yield c.Advice(name, parts.get("title") or MISSING, parts.get("text") or "", marked_above=True)


DEFICIENCY_PARTS = (
    "title", "saw", "sources", "rule", "matters", "level", "proportion", "your_view", "achieve", "due",
)  # fmt: skip


def _deficiencies(_words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    number = 0
    common: set[str] = set()
    labels = fixed_words(language)
    for name, parts in grouped(texts):
        if name == "deficiencies":
            yield from (c.Paragraph(f"{name}.{key}", text) for key, text in parts.items())
        elif name == "deficiencies.shared":
            levels = "\n\n".join(text for key, text in parts.items() if key.startswith("level-"))
            rows = ((labels.level, levels), (labels.your_view, parts.get("your_view", "")))
            common |= {"proportion"} if levels else set()
            common |= {"your_view"} if "your_view" in parts else set()
            if common:
                yield c.Facts(name, tuple(row for row in rows if row[1]))
        elif name.startswith("deficiencies.area-"):
            common.discard("matters")
            if "title" in parts:
                yield c.Subheading(f"{name}.title", parts["title"])
            if "matters" in parts:
                common.add("matters")
                yield c.Facts(f"{name}.matters", ((labels.matters, parts["matters"]),))
        else:
            number += 1
            in_common = tuple(part for part in DEFICIENCY_PARTS if part in common and part not in parts)
            written = {
                part: "" if part in in_common else parts.get(part) or MISSING for part in DEFICIENCY_PARTS
            }
            yield c.Deficiency(key=name, number=number, in_common=in_common, **written)


def _assessment(words: LetterWording, language: c.Language, texts: Texts) -> Blocks:
    """Areas with the same word and the same text stand together."""
    signs = {text.in_language(language): sign for sign, text in words.positions.items()}
    areas: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for name, parts in grouped(texts):
        if name == "assessment":
            yield from (c.Paragraph(f"{name}.{key}", text) for key, text in parts.items())
        elif parts.get("title"):
            said = (parts.get("word") or MISSING, parts.get("text", ""))
            areas.setdefault(said, []).append((name, parts["title"]))
    for (word, text), named in areas.items():
        sign: c.Sign = signs.get(word, "unknown")  # type: ignore[assignment]
        titles = " · ".join(title for _, title in named)
        yield c.AreaAssessment(named[0][0], titles, sign, word, text)


def _questions(_words: LetterWording, _language: c.Language, texts: Texts) -> Blocks:
    around = ("questions.intro", "questions.meeting")
    if "questions.intro" in texts:
        yield c.Paragraph("questions.intro", texts["questions.intro"])
    asked = tuple(text for key, text in texts.items() if key not in around)
    if asked:
        yield c.Questions("questions.list", asked)
    if "questions.meeting" in texts:
        yield c.Paragraph("questions.meeting", texts["questions.meeting"])


_BLOCKS: dict[str, Callable[[LetterWording, c.Language, Texts], Blocks]] = {
    "summary": _summary,
    "children": _children,
    "scope": _scope,
    "strengths": _strengths,
    "advice": _advice,
    "deficiencies": _deficiencies,
    "assessment": _assessment,
    "questions": _questions,
    "follow_up": points,
    "appendices": points,
}
