"""Which requirements a case is checked against: those in force on the day of the visit."""

from datetime import date

from ...interview_guides.guide import Requirement, load_pack
from ...models.inspections import Inspection
from ..outside.clock import SWEDEN


def day_of_law(inspection: Inspection) -> date:
    """The day whose law applies: that on which the visit began; until then that when the case was made."""
    return (inspection.visit_started_at or inspection.created_at).astimezone(SWEDEN).date()


def requirements_in_force(inspection: Inspection) -> tuple[Requirement, ...]:
    """The requirements of the case's pack in force on that day, in the order of the pack."""
    return load_pack(inspection.pack).requirements_on(day_of_law(inspection))
