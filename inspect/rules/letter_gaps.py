"""What a letter says without evidence, and what it does not answer. Pure.

Three kinds (METHOD §11; LETTERS §2): a sentence that a person added and has tied to no evidence, in a
section that makes claims; a theme that children raised, which the letter does not speak of; an area where
children and checks stand apart, which the letter does not speak of. Each keeps the letter from approval
until it is mended or answered with a reason.

Content is Swedish first: a translation follows its Swedish paragraph, and is asked for evidence of its own
only where that one is as it was composed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from ...interview_guides.content import Text
from ...models.vocabulary import N_
from .letter_obstacles import Obstacle, ParagraphLike, stands
from .reasons import Reason
from .text_merge import is_like_one_of, sentences_added

CLAIMS = frozenset(
    {
        "summary", "children", "scope", "strengths", "advice", "deficiencies", "assessment", "facts",
        "preliminary", "grounds", "measures", "voices", "remaining", "learned", "closed", "told", "decided",
        "cannot", "late",
    }
)  # fmt: skip
"""The sections that say how something is. The others ask, decide, inform of law or tell the other's view."""

NO_CLAIM = frozenset({"title", "rule", "achieve", "due", "level", "word", "your_view", "sources"})
"""The parts of a finding that are not about what was seen or heard."""

SAME_SENTENCE = 0.6
"""The least share of its words that a sentence keeps when it is put otherwise and not a new one."""

FIRST_LANGUAGE = "sv"


class GapKind(StrEnum):
    SENTENCE = "sentence"
    THEME = "theme"
    DIVERGENCE = "divergence"


class ClaimLike(ParagraphLike, Protocol):
    @property
    def edited(self) -> bool: ...
    @property
    def composed(self) -> str: ...
    @property
    def base(self) -> str: ...
    @property
    def evidence(self) -> list[str]: ...
    @property
    def tied(self) -> list[str]: ...
    @property
    def vouched(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that the letter lacks. `key` names it among the answers; `subject` is a theme or an area."""

    key: str
    kind: GapKind
    subject: str = ""
    paragraph_id: UUID | None = None
    language: str = ""
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GapGrounds:
    """What the case gives. `raised`: themes that children raised, in order; `apart`: areas of the divergence
    register; `excused`: keys of the register that are answered as withheld or outside the remit.

    `theme_of`: the theme of each statement that a child made, by its label. `themes_of` and `area_of`: what
    each finding is on.
    """

    raised: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    excused: frozenset[str] = frozenset()
    theme_of: Mapping[str, str] = field(default_factory=dict)
    themes_of: Mapping[UUID, Collection[str]] = field(default_factory=dict)
    area_of: Mapping[UUID, str] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    """The names of themes and areas, as `theme:mat` and `area:TRY`."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person answered: the sentences that it was about, as they stood."""

    about: tuple[str, ...] = ()


def find_gaps(paragraphs: Sequence[ClaimLike], grounds: GapGrounds) -> tuple[Gap, ...]:
    """Everything the letter lacks, answered or not: sentences in the letter's order, themes, divergences."""
    return (*sentence_gaps(paragraphs), *_untold(paragraphs, grounds))


def left(gaps: Iterable[Gap], answers: Mapping[str, Answered]) -> tuple[Gap, ...]:
    """The gaps that wait. An answer about sentences holds for those sentences, not for later ones."""
    return tuple(
        gap for gap in gaps if gap.key not in answers or not set(gap.sentences) <= set(answers[gap.key].about)
    )


def sentence_gaps(paragraphs: Sequence[ClaimLike]) -> tuple[Gap, ...]:
    first = {one.key: one for one in paragraphs if one.language == FIRST_LANGUAGE}
    found = []
    for one in paragraphs:
        if one.language != FIRST_LANGUAGE and one.key in first and _asked_for(first[one.key]):
            continue
        sentences = without_evidence(one)
        if sentences:
            key = f"sentence:{one.language}:{one.key}"
            found.append(Gap(key, GapKind.SENTENCE, "", one.id, one.language, sentences))
    return tuple(found)


def without_evidence(paragraph: ClaimLike) -> tuple[str, ...]:
    """The sentences that a person added and has not tied to evidence.

    Where the paragraph has evidence, a sentence that is only put otherwise keeps it. A finding that a person
    made with nothing behind it has no sentence with evidence.
    """
    if not _asked_for(paragraph) or not makes_claims(paragraph) or not stands(paragraph):
        return ()
    known = [] if _of_bare_finding(paragraph) else [paragraph.composed, paragraph.base]
    tied = [paragraph.vouched] if paragraph.tied else []
    added = sentences_added(paragraph.text, [*known, *tied])
    if not paragraph.evidence:
        return added
    return tuple(one for one in added if not is_like_one_of(one, known, SAME_SENTENCE))


def _asked_for(paragraph: ClaimLike) -> bool:
    """Whether a person's words stand in it."""
    return paragraph.edited or _of_bare_finding(paragraph)


def _of_bare_finding(paragraph: ClaimLike) -> bool:
    return paragraph.finding_id is not None and not paragraph.evidence


def makes_claims(paragraph: ParagraphLike) -> bool:
    return paragraph.section in CLAIMS and paragraph.key.rsplit(".", 1)[-1] not in NO_CLAIM


def _untold(paragraphs: Sequence[ClaimLike], grounds: GapGrounds) -> Iterable[Gap]:
    spoken = [
        one for one in paragraphs if one.language == FIRST_LANGUAGE and stands(one) and one.text.strip()
    ]
    themes = {grounds.theme_of[label] for one in spoken for label in (*one.evidence, *one.tied)
              if label in grounds.theme_of}  # fmt: skip
    areas = {one.key.split(".")[1] for one in spoken if one.section == "assessment" and "." in one.key}
    for one in spoken:
        if one.finding_id is not None:
            themes |= set(grounds.themes_of.get(one.finding_id, ()))
            areas.add(grounds.area_of.get(one.finding_id, ""))
    for theme in grounds.raised:
        if theme not in themes and f"theme:{theme}" not in grounds.excused:
            yield Gap(f"theme:{theme}", GapKind.THEME, theme)
    for area in grounds.apart:
        if area not in areas and f"area:{area}" not in grounds.excused:
            yield Gap(f"area:{area}", GapKind.DIVERGENCE, area)


WITHOUT_EVIDENCE = N_("“%(sentence)s” rests on no evidence. Tie it to evidence, or answer why it stands.")
THEME_UNTOLD = N_("The children raised “%(theme)s”, and the letter does not answer it.")
AREA_UNTOLD = N_("In “%(area)s” children and checks stand apart, and the letter does not speak of it.")
MOST_SIGNS = 90


def gap_obstacles(gaps: Iterable[Gap], names: Mapping[str, Text]) -> tuple[Obstacle, ...]:
    """What waits, as obstacles of the letter: each with its place and the key of its answer."""
    found = []
    for gap in gaps:
        if gap.kind is GapKind.SENTENCE:
            said = gap.sentences[0]
            said = said if len(said) <= MOST_SIGNS else f"{said[:MOST_SIGNS].rsplit(' ', 1)[0]} …"
            reason, page, target = (
                Reason(WITHOUT_EVIDENCE, {"sentence": said}),
                "paragraph",
                str(gap.paragraph_id),
            )
        elif gap.kind is GapKind.THEME:
            reason, page, target = Reason(THEME_UNTOLD, {"theme": names[gap.key]}), "section", "children"
        else:
            reason, page, target = Reason(AREA_UNTOLD, {"area": names[gap.key]}), "section", "assessment"
        found.append(Obstacle(reason, page, target, gap.language, gap.key))
    return tuple(found)
