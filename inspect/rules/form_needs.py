"""What a guide must have and a form of others has not: to be filled in by the owner of the guide."""

import re
from typing import Any

from ...models.vocabulary import N_
from ..exchange.xlsform_model import Item
from ..exchange.xlsform_report import Fate
from .form_placing import Places
from .form_record import FormRecord

_MARKED = re.compile(r"</?[a-z][^<>]*>|\*\*\S|\[[^\]]+\]\([^)]+\)", re.IGNORECASE)
_REFERENCE = re.compile(r"\$\{[^}]+\}")
_OF_GUIDE = {
    "id": N_("The guide needs an id"),
    "informant": N_("The guide needs to say whom it is for: child, staff, manager or other"),
    "version": N_("The guide needs a version"),
    "title": N_("The guide needs a title in Swedish and English"),
    "opening": N_("The guide needs opening words in Swedish and English"),
    "closing": N_("The guide needs closing words in Swedish and English"),
}


def tell_needs_of_guide(record: FormRecord, guide: dict[str, Any]) -> None:
    for field, text in _OF_GUIDE.items():
        value = guide.get(field)
        if not value or (isinstance(value, dict) and len(value) < 2):
            record.report.add(Fate.NEEDED, "settings", text)


def tell_needs_of_question(record: FormRecord, item: Item, question: dict[str, Any], places: Places) -> None:
    """Told at the row of the question; the same need of several questions is one line."""
    wanted = (
        (not question["area"], N_("Needs an area")),
        (not question["probes"], N_("Needs one to three probes")),
        (not question["why"], N_("Needs to say why it is asked")),
        ("sv" not in question["text"], N_("Needs its words in Swedish")),
        ("en" not in question["text"], N_("Needs its words in English")),
    )
    for is_missing, text in wanted:
        if is_missing:
            record.tell(Fate.NEEDED, item, "name", text, by_value=False)
    for kind, known, text in (
        ("area", places.areas, N_("There is no area %(id)s in the pack")),
        ("theme", places.themes, N_("There is no theme %(id)s in the pack")),
    ):
        if question.get(kind) and known and question[kind] not in known.values():
            record.tell(Fate.NEEDED, item, "name", text, by_value=False, id=question[kind])
    for cell in item.row.all("label"):
        for found, text in (
            (_REFERENCE, N_("The words take in an earlier answer; in a talk the inspector says it")),
            (_MARKED, N_("Marks of formatting stand in the words as they are")),
        ):
            if cell.value in question["text"].values() and found.search(cell.value):
                record.report.cell(Fate.CHANGED, record.form.survey.name, cell, text)
