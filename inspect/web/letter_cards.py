"""The letter as its editor and its reviewer see it: paragraph by paragraph, with what stands beside each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter
from ...models.vocabulary import N_
from ...reports.wording import wording as fixed_words
from ..i18n import translate as in_its_language
from ..rules.letter_gaps import gap_obstacles, without_evidence
from ..rules.letter_obstacles import Obstacle, is_orphan, stands, untranslated
from ..rules.paragraph_life import Standing
from ..rules.text_merge import Stretch, word_changes
from ..services.edit_paragraph import is_fixed
from ..services.find_gaps import AnsweredGap, gap_names
from ..services.find_letter import name_of
from ..services.letter_passages import Passage
from ..services.section_headings import section_heading
from .case_frame import show
from .database import db
from .evidence_links import ORDER, EvidenceBook, EvidenceLine
from .forms.letters import ParagraphForm
from .plain_cards import PlainCard, letter_figure, plain_card
from .register_lines import anchor_of
from .remark_lines import RemarkLine, threads

PROPORTION = N_("Why this level is proportionate")

STATE_KINDS: dict[LetterState, str] = {
    LetterState.DRAFT: "neutral",
    LetterState.IN_REVIEW: "waiting",
    LetterState.RETURNED: "returned",
    LetterState.APPROVED: "done",
    LetterState.SENT: "done",
}


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
    plain: PlainCard
    bare: tuple[str, ...] = ()
    """Its sentences without evidence, answered for or not."""
    fault: str | None = None
    theirs: str | None = None
    by: str = ""

    @property
    def _standing(self) -> Standing:
        one = self.paragraph
        return Standing(one.text, one.composed, one.base, one.edited)

    @property
    def differs(self) -> bool:
        """Edited, and the data have changed since the person last chose between the two texts."""
        return self._standing.differs

    @property
    def data_changes(self) -> tuple[Stretch, ...]:
        """What the data changed, word by word, since the edit began."""
        return word_changes(self.paragraph.base or self.paragraph.text, self.paragraph.composed)

    @property
    def both(self) -> str | None:
        """The edit and the change of the data in one text, where they do not meet."""
        return self._standing.both

    @property
    def both_changes(self) -> tuple[Stretch, ...]:
        return word_changes(self.paragraph.text, self.both or "")

    @property
    def own_changes(self) -> tuple[Stretch, ...]:
        """What the person changed in the text of the data; nothing where the data give none."""
        one = self.paragraph
        return word_changes(one.composed, one.text) if one.edited and one.composed else ()

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
    inspection: Inspection,
    passages: Sequence[Passage],
    language: str,
    returned: Returned | None = None,
    kind: LetterKind = LetterKind.FEEDBACK,
) -> tuple[SectionCards, ...]:
    """All sections of the letter in one language; `passages` in the order of the letter."""
    book = EvidenceBook(inspection, load_pack(inspection.pack))
    untold = untranslated(passages) if language == "en" else frozenset()
    words = fixed_words(language)
    labels = {
        "saw": words.saw, "sources": words.sources, "rule": words.rule, "matters": words.matters,
        "level": words.level, "proportion": in_its_language(language, PROPORTION),
        "your_view": words.your_view,
        "achieve": words.achieve, "due": words.due,
    }  # fmt: skip
    cards = [
        _card(one, book, labels, one.key in untold, returned) for one in passages if one.language == language
    ]
    return tuple(
        SectionCards(
            key,
            section_heading(inspection.pack, kind, language, key),
            tuple(_groups(found)),
        )
        for key, found in groupby(cards, key=lambda card: card.paragraph.section)
    )


def _groups(cards: Iterable[ParagraphCard]) -> Iterator[tuple[UUID | None, tuple[ParagraphCard, ...]]]:
    for _id, group in groupby(cards, key=lambda card: card.paragraph.finding_id or card.paragraph.id):
        together = tuple(group)
        if len(together) > 1:
            lines = {line.label: line for card in together for line in card.evidence}
            evidence = tuple(sorted(lines.values(), key=lambda line: ORDER.index(line.sign)))
            together = (replace(together[0], evidence=evidence), *together[1:])
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
        evidence=book.lines(dict.fromkeys((*one.evidence, *one.tied))),
        remarks=threads(one.remarks),
        is_title=part == "title",
        fixed=is_fixed(one),
        orphan=is_orphan(one),
        needs_translation=untold,
        plain=plain_card(back.form.text.data or "" if back else one.text, one.language),
        bare=without_evidence(one),
        fault=back.fault if back else None,
        theirs=back.theirs if back else None,
        by=back.by if back else "",
    )


def prefix_of(paragraph_id: UUID) -> str:
    return f"p{paragraph_id.hex}-"


@dataclass(frozen=True, slots=True)
class ObstacleLine:
    """`answer`: where it can be answered with a reason instead; "" where it must be mended."""

    text: str
    href: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredLine:
    """What is missing, why it may be, and who said so. `href`: its place; `answer`: where it is changed."""

    text: str
    href: str
    answer: str
    reason: str
    by: str
    at: datetime


def answered_lines(inspection: Inspection, found: Sequence[AnsweredGap]) -> tuple[AnsweredLine, ...]:
    """What the letter lacks and was answered for, for its writers and its reviewers."""
    gaps = [one.gap for one in found]
    shown = gap_obstacles(gaps, gap_names(inspection, gaps))
    return tuple(
        AnsweredLine(
            show(what.reason), place_of(inspection, what), _answer(inspection, what), one.reason,
            name_of(db(), one.by_id), one.at,
        )
        for what, one in zip(shown, found, strict=True)
    )  # fmt: skip


def letter_lix(passages: Sequence[Passage], language: str, most: int) -> tuple[str, bool]:
    """The index of the letter in one language beside its limit, and whether it is above."""
    texts = [one.text for one in passages if one.language == language and stands(one) and one.text]
    return letter_figure(texts, most)


def obstacle_lines(inspection: Inspection, found: Iterable[Obstacle]) -> tuple[ObstacleLine, ...]:
    """What is missing, each as a link to where it is put right."""
    return tuple(
        ObstacleLine(show(one.reason), place_of(inspection, one), _answer(inspection, one)) for one in found
    )


def _answer(inspection: Inspection, one: Obstacle) -> str:
    return url_for("letters.gap", dnr=inspection.dnr, missing=one.key) if one.key else ""


def place_of(inspection: Inspection, one: Obstacle) -> str:
    """The address of the place where it is put right."""
    dnr = inspection.dnr
    match one.page:
        case "finding":
            return url_for("findings.edit", dnr=dnr, finding_id=one.target)
        case "paragraph":
            return url_for(
                "letters.editor", dnr=dnr, language=one.language, _anchor=f"paragraph-{one.target}"
            )
        case "section":
            return url_for("letters.editor", dnr=dnr, _anchor=f"part-{one.target}")
        case "areas":
            return url_for("weighing.areas", dnr=dnr)
        case "identities":
            return url_for("letters.identities", dnr=dnr)
        case "register":
            return url_for("weighing.areas", dnr=dnr, _anchor=anchor_of(one.target))
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
