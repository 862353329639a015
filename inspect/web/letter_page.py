"""The page of a sent letter: the frozen text cut at its points, so that each is followed by an answer box."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from markupsafe import Markup

from ...models.inspections import Inspection
from ...models.letters import Letter, Measure
from ...models.provider_side import AnswerFile
from ...models.vocabulary import TeamRole
from ...reports.content import Advice, Block, Deficiency
from ...reports.content import Letter as Content
from ...reports.html_blocks import block_html
from ...reports.letter_data import from_data
from ...reports.letter_html import render_fragment
from ..rules.answer_gaps import Gap
from ..services.attach_answer_file import files_by_place, list_answer_files
from ..services.letter_files import FORMATS
from ..services.read_letter import Point, block_of_finding, frozen_versions, points_of
from .database import db
from .forms.provider import MeasureForm, PointForm, measure_form, point_form

HEADING = 2


@dataclass(slots=True)
class PointPart:
    """One point with its forms. `theirs` is a colleague's text when both wrote at the same time."""

    point: Point
    title: str
    achieve: str
    due: str
    form: PointForm
    measure_forms: dict[UUID, MeasureForm]
    theirs: dict[str, str | None] | None = None
    by: str = ""

    @property
    def anchor(self) -> str:
        return f"point-{self.point.finding.id.hex}"

    @property
    def has_faults(self) -> bool:
        """Something typed here was refused: the forms are shown with it, whatever the state."""
        return bool(self.form.errors) or any(form.errors for form in self.measure_forms.values())

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return self.point.gaps


@dataclass(slots=True)
class LetterPage:
    """`pieces`: markup of the letter and, after it, the point that it ends with (or None)."""

    letter: Letter
    content: Content
    languages: tuple[str, ...]
    parts: list[PointPart]
    pieces: list[tuple[Markup, PointPart | None]] = field(default_factory=list)
    loose: list[PointPart] = field(default_factory=list)
    files: dict[UUID, list[AnswerFile]] = field(default_factory=dict)
    """Files of the answers by point, those of measures by measure."""

    @property
    def inspection(self) -> Inspection:
        return self.letter.inspection

    @property
    def is_open(self) -> bool:
        return self.letter.answers_sent_at is None

    @property
    def deficiencies(self) -> list[PointPart]:
        return [part for part in self.parts if part.point.is_deficiency]

    @property
    def due_on(self) -> date | None:
        days = [part.point.finding.due_on for part in self.deficiencies if part.point.finding.due_on]
        return min(days, default=None)

    @property
    def inspector(self) -> str:
        """Whom to call: the responsible inspector."""
        team = self.inspection.team
        return next((member.name for member in team if member.role is TeamRole.INSPECTOR), "")

    @property
    def other_files(self) -> tuple[str, ...]:
        """The forms, beside PDF, in which the letter can be taken home."""
        return tuple(form for form in FORMATS if form != "pdf")

    def part(self, finding_id: UUID) -> PointPart | None:
        return next((part for part in self.parts if part.point.finding.id == finding_id), None)


def letter_page(letter: Letter, language: str, *, typed: bool = False) -> LetterPage | None:
    """The page of `letter` in `language`, or in the one it exists in; None when nothing is frozen.

    `typed`: the page was just sent, and its forms keep what was written in them.
    """
    versions = frozen_versions(db(), letter)
    if not versions:
        return None
    chosen = language if language in versions else min(versions, key=lambda one: one != "sv")
    content = from_data(versions[chosen].content)
    keys = block_of_finding(db(), letter, chosen)
    blocks = {finding_id: _blocks_of(content, key) for finding_id, key in keys.items()}
    parts = [_part(point, blocks.get(point.finding.id, []), typed) for point in points_of(db(), letter)]
    page = LetterPage(letter, content, tuple(sorted(versions, reverse=True)), parts)
    page.files = files_by_place(list_answer_files(db(), letter))
    _cut(page, blocks)
    return page


def _blocks_of(content: Content, key: str) -> list[Block]:
    """The blocks about one finding, by the key of one of its paragraphs: `deficiencies.K08.saw`."""
    name = key.rsplit(".", 1)[0] if key.count(".") > 1 else key
    return [
        block
        for section in content.sections
        for block in section.blocks
        if block.key == name or block.key.startswith(f"{name}.")
    ]


def _part(point: Point, blocks: list[Block], typed: bool) -> PointPart:
    """Words from the frozen letter where it has them: they are in the language that is read."""
    said = next((block for block in blocks if isinstance(block, Advice | Deficiency)), None)
    finding = point.finding
    heading = next((getattr(block, "text", "") for block in blocks if block.key.endswith(".title")), "")
    form = point_form(finding.id, typed=typed)
    if not form.is_sent:
        form = point_form(
            finding.id,
            typed=False,
            version=point.version,
            stance=point.stance.value if point.stance else None,
            text=point.text,
        )
    if point.is_deficiency:
        # For the marks of the fields: what the answer needs, and what a measure needs when there is one.
        for name in ("stance", "description", "owner", "due_on"):
            form[name].flags.required = True
    return PointPart(
        point=point,
        title=said.title if said else heading or finding.title,
        achieve=said.achieve if isinstance(said, Deficiency) else finding.achieve,
        due=said.due if isinstance(said, Deficiency) else "",
        form=form,
        measure_forms={measure.id: _measure_form(measure, typed) for measure in point.measures},
    )


def _measure_form(measure: Measure, typed: bool) -> MeasureForm:
    form = measure_form(measure, typed=typed)
    return form if form.is_sent else measure_form(measure)


def _cut(page: LetterPage, blocks: dict[UUID, list[Block]]) -> None:
    """Cut the rendered letter after the last block of each point; what has no place comes after it."""
    language = page.content.language
    whole = render_fragment(page.content, HEADING)
    seams: list[tuple[int, PointPart]] = []
    for part in page.parts:
        ends = []
        for block in blocks.get(part.point.finding.id, []):
            html = block_html(block, language, HEADING + 2)
            start = whole.find(html)
            if start >= 0:
                ends.append(start + len(html))
        if ends:
            seams.append((max(ends), part))
        else:
            page.loose.append(part)
    last = 0
    for end, part in sorted(seams, key=lambda seam: seam[0]):
        # Safe: rendered by reports, which escapes everything that people wrote.
        page.pieces.append((Markup(whole[last:end]), part))  # noqa: S704 - reports escapes all text itself
        last = end
    page.pieces.append((Markup(whole[last:]), None))  # noqa: S704 - reports escapes all text itself
