"""A guide as an XLSForm, for programs that interview with forms."""

from ...interview_guides.guide import Guide, Pack
from ..exchange.xlsform_write import write_workbook
from ..rules.guide_to_form import form_of_guide


def export_guide_form(pack: Pack, guide: Guide) -> bytes:
    """The guide as a workbook (xlsx); the same guide gives the same bytes.

    `pack`: whose themes name the conditions of the guide. Raises Invalid when a text is too long for a cell.
    """
    return write_workbook(form_of_guide(guide, {theme.id: theme.name for theme in pack.themes}))
