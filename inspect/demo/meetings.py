"""Beside the letters of the example: a meeting that is being arranged, and a sanction fee to decide."""

from datetime import datetime, time, timedelta

from ...models.inspections import Inspection
from ...models.sanctions import SanctionGround
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..services.arrange_meeting import propose_times
from ..services.pursue_sanction import findings_with_sanction, note_hearing, open_matter
from ..services.set_agenda import add_to_agenda, open_questions
from .story import Story, working_day


def agree_to_meet(story: Story, case: Inspection, lead: Actor, provider: Actor) -> None:
    """Two times to choose from, and an agenda that both sides have written on."""
    first = working_day(story.today + timedelta(days=16))
    propose_times(
        story.db,
        actor=lead,
        inspection=case,
        times=[datetime.combine(first + timedelta(days=day), time(13, 0), SWEDEN) for day in (0, 1)],
        place="Hos er på Strandängen, eller på video om ni hellre vill det",
        now=story.at(-2, 9),
    )
    questions = [one.key for one in open_questions(story.db, case)][:2]
    add_to_agenda(
        story.db,
        actor=lead,
        inspection=case,
        text="Hur de unga får vara med när husets regler går igenom.",
        questions=questions,
        now=story.at(-2, 9, 10),
    )
    add_to_agenda(
        story.db,
        actor=provider,
        inspection=case,
        text="Vad vi får göra när någon inte vill lägga undan telefonen på natten.",
        now=story.at(-1, 11),
    )


def open_a_sanction(story: Story, case: Inspection, lead: Actor) -> None:
    """Somebody began before the register check: the provider has been heard, the lawyer has not spoken."""
    finding = next(iter(findings_with_sanction(story.db, case)))
    matter = open_matter(
        story.db,
        actor=lead,
        inspection=case,
        finding_id=finding.id,
        ground=SanctionGround.REGISTER_CHECK,
        breach_on=story.today - timedelta(days=40),
        since_on=story.today - timedelta(days=41),
        what=(
            "En vikarie arbetade två pass innan utdragen ur belastningsregistret och misstankeregistret hade "
            "kontrollerats. Schemat och personalpärmen visar det. Föreståndaren upptäckte det själv."
        ),
        now=story.at(-8),
    )
    note_hearing(
        story.db,
        actor=lead,
        inspection=case,
        matter_id=matter.id,
        version=matter.version,
        heard_on=story.today - timedelta(days=7),
        now=story.at(-7),
    )
