"""The letter as its editor and its reviewer see it: paragraph by paragraph, with what stands beside each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.letters import Letter, Remark
from ...models.vocabulary import LetterState
from ...reports.wording import wording as fixed_words
from ..rules.letter_obstacles import Obstacle, is_orphan, untranslated
from ..services.edit_paragraph import is_fixed
from ..services.find_letter import name_of
from ..services.letter_passages import Passage
from .case_frame import show
from .database import db
from .evidence_links import EvidenceBook, EvidenceLine
from .forms.letters import ParagraphForm

STATE_KINDS: dict[LetterState, str] = {
    LetterState.DRAFT: "neutral",
    LetterState.IN_REVIEW: "waiting",
    LetterState.RETURNED: "returned",
    LetterState.APPROVED: "done",
    LetterState.SENT: "done",
}


@dataclass(frozen=True, slots=True)
class RemarkLine:
    remark: Remark
    by: str
    resolved_by: str

    @property
    def is_open(self) -> bool:
        return self.remark.resolved_at is None


@dataclass(frozen=True, slots=True)
class ParagraphCard:
    """One paragraph. `part`: its label in the letter ("" when it has none of its own)."""

    paragraph: Passage
    text: str
    """What stands in the box: the paragraph's text, or what was typed and could not be saved."""
    version: str
    part: str
    evidence: tuple[EvidenceLine, ...]
    remarks: tuple[RemarkLine, ...]
    is_title: bool
    fixed: bool
    orphan: bool
    needs_translation: bool
    fault: str | None = None
    theirs: str | None = None
    by: str = ""

    @property
    def differs(self) -> bool:
        """Edited, and the text made from the data is another."""
        one = self.paragraph
        return one.edited and bool(one.composed) and one.composed != one.text

    @property
    def rows(self) -> int:
        return max(1 if self.is_title else 2, sum(1 + len(line) // 72 for line in self.text.split("\n")))


@dataclass(frozen=True, slots=True)
class SectionCards:
    key: str
    heading: str
    groups: tuple[tuple[UUID | None, tuple[ParagraphCard, ...]], ...]
    """Paragraphs of one finding together; the others one by one."""

    @property
    def open_remarks(self) -> int:
        return sum(
            line.is_open
            for _finding, cards in self.groups
            for card in cards
            if not card.orphan and not card.paragraph.removed
            for line in card.remarks
        )


@dataclass(frozen=True, slots=True)
class Returned:
    """A form that could not be saved: its paragraph, what was typed, and why."""

    paragraph_id: UUID
    form: ParagraphForm
    fault: str
    theirs: str | None = None
    by: str = ""


def section_cards(
    inspection: Inspection, passages: Sequence[Passage], language: str, returned: Returned | None = None
) -> tuple[SectionCards, ...]:
    """All sections of the letter in one language; `passages` in the order of the letter."""
    book = EvidenceBook(inspection, load_pack(inspection.pack))
    untold = untranslated(passages) if language == "en" else frozenset()
    words = fixed_words(language)
    labels = {
        "saw": words.saw, "sources": words.sources, "rule": words.rule, "matters": words.matters,
        "level": words.level, "proportion": _("Why this level is proportionate"),
        "your_view": words.your_view,
        "achieve": words.achieve, "due": words.due,
    }  # fmt: skip
    cards = [
        _card(one, book, labels, one.key in untold, returned) for one in passages if one.language == language
    ]
    return tuple(
        SectionCards(
            key,
            words.headings[key],
            tuple(_groups(found)),
        )
        for key, found in groupby(cards, key=lambda card: card.paragraph.section)
    )


def _groups(cards: Iterable[ParagraphCard]) -> Iterator[tuple[UUID | None, tuple[ParagraphCard, ...]]]:
    for _id, group in groupby(cards, key=lambda card: card.paragraph.finding_id or card.paragraph.id):
        together = tuple(group)
        yield together[0].paragraph.finding_id, together


def _card(
    one: Passage, book: EvidenceBook, labels: dict[str, str], untold: bool, returned: Returned | None
) -> ParagraphCard:
    back = returned if returned and returned.paragraph_id == one.id else None
    part = one.key.rsplit(".", 1)[1]
    return ParagraphCard(
        paragraph=one,
        text=(back.form.text.data or "") if back else one.text,
        version=(back.form.version.data or "") if back else str(one.version),
        part=labels.get(part, "") if one.section == "deficiencies" else "",
        evidence=book.lines(one.evidence),
        remarks=tuple(
            RemarkLine(remark, name_of(db(), remark.by_id), name_of(db(), remark.resolved_by_id))
            for remark in one.remarks
        ),
        is_title=part == "title",
        fixed=is_fixed(one),
        orphan=is_orphan(one),
        needs_translation=untold,
        fault=back.fault if back else None,
        theirs=back.theirs if back else None,
        by=back.by if back else "",
    )


def prefix_of(paragraph_id: UUID) -> str:
    return f"p{paragraph_id.hex}-"


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    text: str
    href: str


def obstacle_lines(inspection: Inspection, found: Iterable[Obstacle]) -> tuple[ObstacleLine, ...]:
    """What is missing, each as a link to where it is put right."""
    return tuple(ObstacleLine(show(one.reason), _href(inspection, one)) for one in found)


def _href(inspection: Inspection, one: Obstacle) -> str:
    dnr = inspection.dnr
    match one.page:
        case "finding":
            return url_for("findings.edit", dnr=dnr, finding_id=one.target)
        case "paragraph":
            return url_for(
                "letters.editor", dnr=dnr, language=one.language, _anchor=f"paragraph-{one.target}"
            )
        case "areas":
            return url_for("weighing.areas", dnr=dnr)
        case "statements":
            return url_for("talks.talks", dnr=dnr)
        case _:
            return url_for("letters.editor", dnr=dnr, _anchor="compose")


def state_of(letter: Letter) -> tuple[str, datetime | None]:
    """The state in words, and since when."""
    sentences = {
        LetterState.DRAFT: (_("Draft: you can write"), letter.composed_at),
        LetterState.IN_REVIEW: (_("In review"), letter.submitted_at),
        LetterState.RETURNED: (_("Returned with remarks"), letter.reviews[-1].at if letter.reviews else None),
        LetterState.APPROVED: (_("Approved and frozen"), letter.approved_at),
        LetterState.SENT: (_("Sent to the provider"), letter.sent_at),
    }
    return sentences[letter.state]
