"""What keeps a letter from being sent to review, each with the place where it is put right."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ...interview_guides.content import Text
from ...models.vocabulary import N_, FindingKind
from .case_view import FindingView, Marked
from .inspection_flow import Reason
from .weighing import CheckResult

OF_FINDINGS = frozenset({"strengths", "advice", "deficiencies"})

NEEDED: dict[str, str] = {
    "saw": N_("“%(title)s”: write what you saw."),
    "matters": N_("“%(title)s”: write why it matters for those whom the activity is for."),
    "proportion": N_("“%(title)s”: write why the level is proportionate."),
    "achieve": N_("“%(title)s”: write what must be achieved."),
    "due_on": N_("“%(title)s”: set the day by which it must be put right."),
}
"""The parts that a deficiency must have (FL 32 §; SoL 28 kap. 3 §)."""


ONLY_PROPOSED = N_(
    "“%(title)s”: the text says only that the requirement is not met. Write what you saw, in every language."
)

UNSTATED = N_(
    "An order must state what is to be done, and a measure only repeats the requirement. Compose the decision"
    " document, among all letters, and write there what must be done, in every language."
)


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
    """Why not yet. `page`: finding, paragraph, section, statements, areas, register or compose; `target` is
    on it. `key`: by what it can be answered with a reason instead (rules/letter_gaps.py); "" if it cannot.
    """

    reason: Reason
    page: str
    target: str = ""
    language: str = ""
    key: str = ""


def is_orphan(paragraph: ParagraphLike) -> bool:
    """A part of a finding that is gone; kept because somebody wrote it, but no longer in the letter."""
    return (
        paragraph.section in OF_FINDINGS
        and paragraph.finding_id is None
        and not paragraph.key.endswith(".none")
        and not is_common(paragraph.key)
    )


def is_common(key: str) -> bool:
    """Whether it is said once for several findings: `advice.shared.beyond`, `deficiencies.area-TRY.title`."""
    name = key.split(".")[1]
    return name == "shared" or name.startswith("area-")


def stands(paragraph: ParagraphLike) -> bool:
    """Whether the paragraph is in the letter."""
    return not paragraph.removed and not is_orphan(paragraph)


def obstacles(
    *,
    findings: Sequence[FindingView],
    marks: Iterable[Marked],
    paragraphs: Sequence[ParagraphLike],
    unjudged: Sequence[str],
    areas_without_reasoning: int,
    stale: bool,
    unanswered: Sequence[str] = (),
    proposed_saw: Sequence[str] = (),
    gaps: Sequence[Obstacle] = (),
    open_marks: int = 0,
    unstated: Mapping[UUID, Text] | None = None,
) -> tuple[Obstacle, ...]:
    """Everything that is missing, in the order it is best put right.

    `unanswered`: keys of the divergence register that wait for an answer (method §11). `proposed_saw`: the
    sentences of which what was seen is proposed; they alone tell nothing that was seen (FL 32 §). `gaps`:
    what the letter says without evidence or does not answer (rules/letter_gaps.py). `open_marks`: places that
    may tell who somebody is, on which nobody has decided (rules/reidentification). `unstated`: the findings
    of an order whose measures nobody has written, with what is said instead (rules/letter_decision.py).
    """
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
    if unanswered:
        reason = Reason(
            N_("Answer what is brought up in the register. Left: %(num)s."), {"num": len(unanswered)}
        )
        found.append(Obstacle(reason, "register", unanswered[0]))
    found += _of_findings(findings, {mark.requirement: mark.result for mark in marks})
    for finding in findings:
        if finding.kind is FindingKind.DEFICIENCY and _says_only(finding, paragraphs, proposed_saw):
            reason = Reason(ONLY_PROPOSED, {"title": finding.title})
            found.append(Obstacle(reason, "finding", str(finding.id)))
    found += unwritten_measures(paragraphs, unstated or {})
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
    if open_marks:
        reason = Reason(
            N_("Decide about the words that may tell who somebody is. Left: %(num)s."), {"num": open_marks}
        )
        return (*found, *gaps, Obstacle(reason, "identities"))
    return (*found, *gaps)


def unwritten_measures(
    paragraphs: Sequence[ParagraphLike], unstated: Mapping[UUID, Text]
) -> Iterable[Obstacle]:
    """The paragraphs of an order that state no measure yet."""
    for one in paragraphs:
        if one.section != "measures" or not one.key.endswith(".achieve") or not stands(one):
            continue
        said = unstated.get(one.finding_id) if one.finding_id else None
        if said is not None and is_only(one.text, [said.in_language(one.language)]):
            yield Obstacle(Reason(UNSTATED), "paragraph", str(one.id), one.language)


def _says_only(finding: FindingView, paragraphs: Sequence[ParagraphLike], proposed: Sequence[str]) -> bool:
    """Whether what was seen is nothing but the proposed sentences, in a language of the letter.

    A person writes it in the finding, or in the paragraph of each language; before the letter is composed
    only the finding can say it.
    """
    if not finding.saw or not is_only(finding.saw, proposed):
        return False
    said = [
        one.text
        for one in paragraphs
        if one.finding_id == finding.id and one.key.endswith(".saw") and stands(one)
    ]
    return not said or any(is_only(text, proposed) for text in said)


def is_only(text: str, sentences: Sequence[str]) -> bool:
    """Whether nothing is left of the text when these sentences are taken out; an empty text is."""
    left = " ".join(text.split())
    for sentence in sorted(sentences, key=len, reverse=True):
        left = left.replace(" ".join(sentence.split()), "")
    return not left.strip(" .")


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
