"""The children's surveys of the example: one that seven answered, and one that three did."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from ...models.inspections import Inspection, SelfAssessment
from ...models.vocabulary import EnquiryKind, OwnPicture
from ..rules.lines_of_enquiry import OwnArea
from ..services.answer_survey import answer_survey
from ..services.choose_enquiry import choose_line
from ..services.gather_enquiry import seal_areas
from ..services.open_survey import close_survey, make_codes, open_survey
from .people import INSPECTOR
from .story import Story

NOBODYS_KEY = "the codes of the example are used up or closed; nobody has them"
ANSWERED = ["S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S10"]

SEVEN = ("4214345345", "3125534444", "5 34444555", "2213322434", "4425435354", "4314445645", "5 45445555")
"""Each row a child, each sign a face (6: does not know; blank: skipped), in the order of the questions."""
SEVEN_WROTE = {
    0: "Kolla hur det är på natten när det bara är vikarier.",
    3: "Jag vill få ringa min bror när jag vill.",
}
THREE = ("4434445344", "3323345444", "5545555555")
THREE_WROTE = {1: "De stora bråkar i korridoren."}


def seven_have_answered(story: Story, case: Inspection) -> None:
    """Closed yesterday: it can be read question by question, and points to areas."""
    _survey(story, case, SEVEN, SEVEN_WROTE, children=7, opened=-8, closed=-1)
    choose_line(
        story.db,
        actor=story.people[INSPECTOR],
        inspection=case,
        kind=EnquiryKind.CHILDREN,
        area="TRY",
        now=story.at(-1, 15),
    )


def three_have_answered(story: Story, case: Inspection) -> None:
    """Too few to count: read as "someone said". The manager has told how she sees each area."""
    _survey(story, case, THREE, THREE_WROTE, children=5, opened=-12, closed=-2)
    own = SelfAssessment(
        inspection_id=case.id,
        strengths=["Barnen äter tillsammans med oss varje kväll."],
        worries=["Två kontaktpersoner har slutat sedan i våras."],
        sent_at=story.at(-4),
    )
    seal_areas(
        own,
        {
            "TRY": OwnArea(OwnPicture.MOSTLY, "Lugnare sedan vi blev två på kvällarna."),
            "BEM": OwnArea(OwnPicture.WELL),
            "VAR": OwnArea(OwnPicture.PARTLY, "Korridoren och köket behöver rustas."),
            "LED": OwnArea(OwnPicture.PARTLY, "Många nya i personalen."),
        },
    )
    case.self_assessment = own
    story.db.flush()
    choose_line(
        story.db,
        actor=story.people[INSPECTOR],
        inspection=case,
        kind=EnquiryKind.OWN,
        area="TRY",
        text="Hur är det i korridoren när de äldre barnen kommer hem från skolan?",
        now=story.at(-1, 15),
    )


def _survey(
    story: Story,
    case: Inspection,
    rows: Sequence[str],
    wrote: Mapping[int, str],
    *,
    children: int,
    opened: int,
    closed: int,
) -> None:
    inspector = story.people[INSPECTOR]
    at = story.at(opened)
    survey = open_survey(
        story.db,
        actor=inspector,
        inspection=case,
        children=children,
        closes_on=story.today + timedelta(days=closed),
        now=at,
    )
    codes = make_codes(
        story.db,
        actor=inspector,
        inspection=case,
        survey=survey,
        number=children + 3,
        secret_key=NOBODYS_KEY,
        now=at,
    )
    for number, row in enumerate(rows):
        given = {question: face.strip() for question, face in zip(ANSWERED, row, strict=True)}
        answer_survey(
            story.db,
            typed=codes[number],
            origin="",
            secret_key=NOBODYS_KEY,
            given=given | {"S11": wrote.get(number, "")},
            now=at,
        )
    close_survey(story.db, actor=inspector, inspection=case, survey=survey, now=story.at(closed, 14))
