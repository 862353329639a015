"""What a letter of a case lacks, and what people have answered to it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.content import Text
from ...interview_guides.guide import load_pack
from ...models.assessments import Finding
from ...models.inspections import Inspection
from ...models.letter_history import ObstacleAnswer
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter
from ...models.vocabulary import RegisterAnswer
from ..rules.case_view import CaseView
from ..rules.letter_gaps import (
    Answered,
    ClaimLike,
    Gap,
    GapGrounds,
    GapKind,
    find_gaps,
    gap_obstacles,
    left,
    sentence_gaps,
)
from ..rules.letter_obstacles import Obstacle
from .answer_divergence import Register, find_register, themes_of_findings

EXCUSES = frozenset({RegisterAnswer.WITHHELD, RegisterAnswer.OUTSIDE_REMIT})
"""What the register may say instead of the letter: withheld to protect a child, or not ours (METHOD §11)."""

NOTHING = GapGrounds()


@dataclass(frozen=True, slots=True)
class AnsweredGap:
    """One thing that is missing and may be, with who said so."""

    gap: Gap
    reason: str
    by_id: UUID
    at: datetime
    version: int


def gap_grounds(
    db: Session, inspection: Inspection, view: CaseView, register: Register | None = None
) -> GapGrounds:
    """What the feedback letter is to answer. `register`: the divergence register, when at hand."""
    pack = load_pack(inspection.pack)
    register = register or find_register(db, inspection)
    excused = {
        line.entry.key
        for line in register.lines
        if line.is_answered and line.answer is not None and line.answer.answer in EXCUSES
    }
    by_theme = themes_of_findings(db, inspection, pack)
    themes_of: dict[UUID, set[str]] = {}
    for theme, findings in by_theme.items():
        for finding in findings:
            themes_of.setdefault(finding, set()).add(theme)
    areas = db.execute(select(Finding.id, Finding.area).where(Finding.inspection_id == inspection.id))
    apart = tuple(line.entry.area for line in register.lines if line.entry.theme is None)
    return GapGrounds(
        raised=register.raised,
        apart=apart,
        excused=frozenset(excused),
        theme_of={one.label: one.theme for one in view.said if one.is_child},
        themes_of=themes_of,
        area_of={row.id: row.area for row in areas},
        names={
            **{f"theme:{id}": pack.theme(id).name for id in register.raised},
            **{f"area:{id}": pack.area(id).name for id in apart},
        },
    )


def gaps_of(letter: Letter, paragraphs: Sequence[ClaimLike], grounds: GapGrounds) -> tuple[Gap, ...]:
    """Everything the letter lacks, answered or not. Only the feedback letter answers for the whole case."""
    if LetterKind(letter.kind) is LetterKind.FEEDBACK:
        return find_gaps(paragraphs, grounds)
    return sentence_gaps(paragraphs)


def answers_of(db: Session, letter: Letter) -> Mapping[str, ObstacleAnswer]:
    """What was answered, by the key of what is missing."""
    rows = db.scalars(select(ObstacleAnswer).where(ObstacleAnswer.letter_id == letter.id))
    return {row.key: row for row in rows}


def open_gaps(
    db: Session, letter: Letter, paragraphs: Sequence[ClaimLike], grounds: GapGrounds = NOTHING
) -> tuple[Obstacle, ...]:
    """What is neither mended nor answered, as obstacles."""
    gaps = gaps_of(letter, paragraphs, grounds)
    return gap_obstacles(left(gaps, _about(answers_of(db, letter).values())), grounds.names) if gaps else ()


def gaps_and_answers(
    db: Session, letter: Letter, paragraphs: Sequence[ClaimLike], grounds: GapGrounds
) -> tuple[tuple[Obstacle, ...], tuple[AnsweredGap, ...]]:
    """What is neither mended nor answered, and, for the reviewer, what is missing still and was answered."""
    gaps = gaps_of(letter, paragraphs, grounds)
    answers = answers_of(db, letter) if gaps else {}
    waiting = left(gaps, _about(answers.values()))
    answered = tuple(
        AnsweredGap(gap, (row := answers[gap.key]).reason, row.by_id, row.at, row.version)
        for gap in gaps
        if gap not in waiting
    )
    return gap_obstacles(waiting, grounds.names), answered


def _about(rows: Iterable[ObstacleAnswer]) -> dict[str, Answered]:
    return {row.key: Answered(tuple(json.loads(row.about or "[]"))) for row in rows}


def gap_names(inspection: Inspection, gaps: Iterable[Gap]) -> dict[str, Text]:
    """What the themes and areas of these gaps are called, by the gap's key."""
    pack = load_pack(inspection.pack)
    return {
        gap.key: pack.theme(gap.subject).name if gap.kind is GapKind.THEME else pack.area(gap.subject).name
        for gap in gaps
        if gap.kind is not GapKind.SENTENCE
    }
