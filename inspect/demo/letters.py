"""From the weighing to a submitted letter, as the inspectors of the example do it."""

from datetime import date, datetime, timedelta

from sqlalchemy import select

from ...interview_guides.guide import load_pack
from ...interview_guides.letter_wording import load_letter_wording
from ...models.assessments import Finding
from ...models.inspections import Inspection
from ...models.interviews import Statement
from ...models.letters import Letter, Paragraph
from ...models.vocabulary import FindingKind, LegalLevel
from ..rules.access import Actor
from ..services.assess_area import assess_area, write_own_view
from ..services.compose_letter import compose_letter
from ..services.edit_paragraph import edit_paragraph
from ..services.find_letter import the_letter
from ..services.mark_requirement import checks_of
from ..services.propose_findings import propose_findings
from ..services.review_letter import submit_letter
from ..services.tie_paragraph import tie_paragraph
from ..services.weigh_inspection import weigh_inspection
from ..services.write_finding import FindingValues, add_finding, edit_finding
from .assessments import NOT_EXAMINED, AreaText
from .identities import decide_identities
from .register_answers import answer_the_register
from .story import Story

MEASURES = (
    "Ni ska sluta samla in de boendes mobiltelefoner på natten. Om någon behöver hjälp med att lägga undan"
    " sin telefon ska ni pröva det för sig, tillsammans med den det gäller, och skriva ned varför."
)
"""What the order demands of whom it is grave for: an order states the measure itself."""


def assess_and_weigh(
    story: Story, case: Inspection, actor: Actor, texts: dict[str, AreaText], *, at: datetime
) -> None:
    """Own view of every area, then the weighing, then the assessment in words (FL 32 §)."""
    areas = [area.id for area in load_pack(case.pack).areas]
    for number, area in enumerate(areas):
        text = texts.get(area, NOT_EXAMINED)
        write_own_view(
            story.db,
            actor=actor,
            inspection=case,
            area=area,
            position=text.position,
            reason=text.reason,
            now=at + timedelta(minutes=6 * number),
        )
    after = at + timedelta(hours=2)
    weigh_inspection(story.db, actor=actor, inspection=case, now=after)
    for number, area in enumerate(areas):
        text = texts.get(area, NOT_EXAMINED)
        assess_area(
            story.db,
            actor=actor,
            inspection=case,
            area=area,
            version=1,
            reasoning=text.reasoning,
            children_weighed=text.children,
            now=after + timedelta(minutes=8 * number),
        )
    story.db.flush()


def write_letter(
    story: Story,
    case: Inspection,
    actor: Actor,
    *,
    due_on: date,
    at: datetime,
    grave: str = "",
    for_committee: FindingValues | None = None,
) -> Letter:
    """Accept the proposed findings, write what we saw and by when it is put right, compose and submit.

    `grave`: the requirement whose deficiency is malpractice, so that an order follows. `for_committee`: a
    point that a placing committee answers for.
    """
    propose_findings(story.db, actor=actor, inspection=case, now=at)
    if for_committee:
        add_finding(story.db, actor=actor, inspection=case, values=for_committee, now=at)
    notes = {check.requirement: check.note for check in checks_of(story.db, case).values()}
    for finding in deficiencies_of(story, case):
        edit_finding(
            story.db,
            actor=actor,
            inspection=case,
            finding_id=finding.id,
            version=finding.version,
            values=_completed(
                finding, notes.get(finding.requirement or "", ""), due_on, case.pack, grave=grave
            ),
            now=at + timedelta(minutes=20),
        )
    story.db.flush()
    answer_the_register(story, case, actor, at=at + timedelta(minutes=25))
    compose_letter(story.db, actor=actor, inspection=case, now=at + timedelta(minutes=40))
    decide_identities(story, case, actor, at=at + timedelta(hours=2))
    return submit_letter(story.db, actor=actor, inspection=case, now=at + timedelta(hours=3))


def deficiencies_of(story: Story, case: Inspection) -> list[Finding]:
    """The deficiencies of the case in their order."""
    return list(
        story.db.scalars(
            select(Finding)
            .where(Finding.inspection_id == case.id, Finding.kind == FindingKind.DEFICIENCY)
            .order_by(Finding.position)
        )
    )


def _completed(finding: Finding, note: str, due_on: date, pack: str, *, grave: str) -> FindingValues:
    """The inspector writes what was seen out of the note of the check, without what is internal in it."""
    is_grave = bool(grave) and finding.requirement == grave
    malpractice = load_letter_wording(pack).levels[LegalLevel.MALPRACTICE].proportion.sv
    return FindingValues(
        level=LegalLevel.MALPRACTICE if is_grave else finding.level,
        area=finding.area,
        title=finding.title,
        requirement=finding.requirement,
        theme=finding.theme,
        saw=note or finding.saw,
        matters=finding.matters,
        proportion=malpractice if is_grave else finding.proportion,
        achieve=MEASURES if is_grave else finding.achieve,
        due_on=due_on,
    )


def first_of_section(letter: Letter, section: str, language: str = "sv") -> Paragraph:
    """The first paragraph of a section that is longer than a heading."""
    found = [one for one in letter.paragraphs if one.section == section and one.language == language]
    return next(one for one in sorted(found, key=lambda one: one.position) if len(one.text) > 40)


def improve_paragraph(
    story: Story, case: Inspection, actor: Actor, key: str, texts: dict[str, str], theme: str, *, at: datetime
) -> None:
    """Add a sentence to one paragraph in each language, and tie it to what was told about `theme`."""
    for language, addition in texts.items():
        paragraph = next(
            one
            for one in the_letter(story.db, case).paragraphs
            if one.key == key and one.language == language
        )
        edit_paragraph(
            story.db,
            actor=actor,
            inspection=case,
            paragraph_id=paragraph.id,
            version=paragraph.version,
            text=f"{paragraph.text} {addition}",
            now=at,
        )
    tie_paragraph(
        story.db,
        actor=actor,
        inspection=case,
        paragraph_id=paragraph.id,
        version=paragraph.version,
        chosen=story.db.scalars(
            select(Statement.label).where(Statement.inspection_id == case.id, Statement.theme == theme)
        ).all(),
        now=at + timedelta(minutes=1),
    )
