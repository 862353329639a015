"""What keeps a letter from being sent to review, each with the place where it is put right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ...models.vocabulary import N_, FindingKind
from .case_view import FindingView, Marked
from .inspection_flow import Reason
from .weighing import CheckResult

OF_FINDINGS = frozenset({"strengths", "advice", "deficiencies"})

NEEDED: dict[str, str] = {
    "saw": N_("“%(title)s”: write what you saw."),
    "matters": N_("“%(title)s”: write why it matters for the children."),
    "proportion": N_("“%(title)s”: write why the level is proportionate."),
    "achieve": N_("“%(title)s”: write what must be achieved."),
    "due_on": N_("“%(title)s”: set the day by which it must be put right."),
}
"""The parts that a deficiency must have (FL 32 §; SoL 28 kap. 3 §)."""


class ParagraphLike(Protocol):
    @property
    def id(self) -> UUID: ...
    @property
    def key(self) -> str: ...
    @property
    def section(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def finding_id(self) -> UUID | None: ...
    @property
    def removed(self) -> bool: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why not yet. `page`: finding, paragraph, statements, areas or compose; `target` is on it."""

    reason: Reason
    page: str
    target: str = ""
    language: str = ""


def is_orphan(paragraph: ParagraphLike) -> bool:
    """A part of a finding that is gone; kept because somebody wrote it, but no longer in the letter."""
    return (
        paragraph.section in OF_FINDINGS
        and paragraph.finding_id is None
        and not paragraph.key.endswith(".none")
    )


def stands(paragraph: ParagraphLike) -> bool:
    """Whether the paragraph is in the letter."""
    return not paragraph.removed and not is_orphan(paragraph)


def obstacles(
    *,
    findings: Sequence[FindingView],
    marks: Iterable[Marked],
    paragraphs: Iterable[ParagraphLike],
    unjudged: Sequence[str],
    areas_without_reasoning: int,
    stale: bool,
) -> tuple[Obstacle, ...]:
    """Everything that is missing, in the order it is best put right."""
    found: list[Obstacle] = []
    if unjudged:
        reason = Reason(
            N_("Judge the severity of every statement. Left: %(num)s (%(which)s)."),
            {"num": len(unjudged), "which": ", ".join(unjudged[:6]) + (" …" if len(unjudged) > 6 else "")},
        )
        found.append(Obstacle(reason, "statements"))
    if areas_without_reasoning:
        reason = Reason(
            N_("Write the assessment of each area. Left: %(num)s."), {"num": areas_without_reasoning}
        )
        found.append(Obstacle(reason, "areas"))
    found += _of_findings(findings, {mark.requirement: mark.result for mark in marks})
    if stale:
        found.append(
            Obstacle(
                Reason(N_("The findings or the data have changed. Bring the letter up to date.")), "compose"
            )
        )
    found += [
        Obstacle(
            Reason(N_("A paragraph is empty. Write it, or leave it out of the letter.")),
            "paragraph",
            str(one.id),
            one.language,
        )
        for one in paragraphs
        if stands(one) and not one.text.strip() and not _is_missing_part(one)
    ]
    return tuple(found)


def _is_missing_part(paragraph: ParagraphLike) -> bool:
    """An empty part of a deficiency is told of once, by its finding."""
    return paragraph.section == "deficiencies" and paragraph.key.endswith(
        (".saw", ".matters", ".proportion", ".achieve", ".due")
    )


def _of_findings(findings: Sequence[FindingView], results: dict[str, CheckResult]) -> Iterable[Obstacle]:
    for finding in findings:
        title = {"title": finding.title}
        if finding.kind is FindingKind.DEFICIENCY:
            if results.get(finding.requirement or "") is not CheckResult.DEVIATION:
                reason = Reason(N_("“%(title)s”: the requirement is not marked as a deviation."), title)
                yield Obstacle(reason, "finding", str(finding.id))
            for part, message in NEEDED.items():
                if not getattr(finding, part):
                    yield Obstacle(Reason(message, title), "finding", str(finding.id))
        elif not finding.saw:
            yield Obstacle(Reason(NEEDED["saw"], title), "finding", str(finding.id))


def untranslated(paragraphs: Sequence[ParagraphLike]) -> frozenset[str]:
    """Keys of English paragraphs that still are the Swedish text: somebody wrote it in Swedish only."""
    swedish = {one.key: one.text for one in paragraphs if one.language == "sv"}
    return frozenset(
        one.key
        for one in paragraphs
        if one.language == "en" and stands(one) and len(one.text) > 20 and swedish.get(one.key) == one.text
    )
