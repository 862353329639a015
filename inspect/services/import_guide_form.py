"""A form of others (XLSForm) as a guide to go on writing, with a report of what a guide has no place for."""

from dataclasses import dataclass
from typing import Any

from ...interview_guides.guide import Pack
from ...interview_guides.guide_writing import Written, write_guide
from ..exchange.xlsform_read import read_form
from ..exchange.xlsform_report import Fate, ReportLine
from ..rules.form_placing import Placing
from ..rules.guide_from_form import guide_of_form

NOTHING_SAID = Placing()


@dataclass(frozen=True, slots=True)
class ImportedForm:
    """The guide that a form gives. It may lack what forms do not have (areas, why a question is asked).

    `written`: its fields as the file of a guide has them. `file`: the text of that file; the reader and
    `tillsyn guides check` say with lines what is still missing. `report`: what is to be filled in, what was
    not carried over and what was carried over in another way, each with its cells.
    """

    written: dict[str, Any]
    file: Written
    report: tuple[ReportLine, ...]

    @property
    def questions(self) -> int:
        return len(self.written["questions"])

    @property
    def without_area(self) -> int:
        """How many questions need an area."""
        return sum(not question["area"] for question in self.written["questions"])

    def lines(self, fate: Fate) -> tuple[ReportLine, ...]:
        return tuple(line for line in self.report if line.fate is fate)


def import_guide_form(content: bytes, *, pack: Pack | None, placing: Placing = NOTHING_SAID) -> ImportedForm:
    """The guide in an xlsx file; nothing is saved. Raises UnusableForm, with its faults, for what is no form.

    `pack`: where names of areas and themes are looked up; without one they are taken as they stand.
    """
    found = guide_of_form(read_form(content), placing, pack)
    return ImportedForm(found.written, write_guide(found.written), found.report)
