"""Why a cell of a form has no place in a guide: one sentence for each kind of thing that forms hold."""

from collections.abc import Mapping

from ...models.vocabulary import N_
from ..exchange.xlsform_model import Cell, Item
from ..exchange.xlsform_read import CAPTURED, GROUP, HIDDEN, NOTE, REPEAT

WORDS = ("label", "hint", "guidance_hint")
"""The columns that a guide may take words from."""

_MEDIA = ("image", "big-image", "audio", "video", "autoplay")
_SHOWN = N_("Says how a form is shown or filled in on a screen; a guide is talked through")

_BY_FIELD: Mapping[str, str] = {
    "relevant": N_(
        "A guide can ask whether something is noted under a question, not what; the question is always there"
    ),
    "constraint": N_("A talk has no wrong answers: a guide does not limit what is noted"),
    "constraint_message": N_("Belongs to a limit on the answer, which a guide does not have"),
    "required": N_("Nobody must answer: any question of a talk may be left out"),
    "required_message": N_("Nobody must answer: any question of a talk may be left out"),
    "calculation": N_("Nothing is calculated in a guide"),
    "default": N_("A guide has no answers filled in beforehand"),
    "choice_filter": N_("A guide has no alternatives to filter: its questions are open"),
    "repeat_count": N_("A guide has no repeats; the questions are there once"),
    "trigger": N_("Nothing is calculated in a guide"),
    "appearance": _SHOWN,
    "parameters": _SHOWN,
    "readonly": _SHOWN,
    "rows": _SHOWN,
    **dict.fromkeys(
        _MEDIA, N_("A guide holds no files; a question can have the scale of pictures (tillsyn_pictures)")
    ),
}
_HEADINGS: Mapping[str, str] = {
    GROUP: N_("A guide has no headings between its questions"),
    REPEAT: N_("A guide has no repeats; the questions are there once"),
}
_NOT_ASKED: Mapping[str, str] = {
    HIDDEN: N_("Nobody is asked this: it is filled in or calculated by the program"),
    CAPTURED: N_("Is no question to a person: it is taken up by the device"),
    NOTE: N_("Words between the questions; a guide has opening and closing words only"),
}
OTHER_LANGUAGE = N_("A guide is in Swedish and English; this language has no place in it")
UNKNOWN_COLUMN = N_("The column is none that a guide knows")
CHOICES = N_("The questions of a guide are open: alternatives are not read aloud and not kept")
ANSWER_TYPE = N_("An answer is noted in the person's own words; the kind of answer is not kept")
NO_TYPE = N_("The row has no type, and so is no question")
TURNED_OFF = N_("The row is turned off (disabled)")
SETTING = N_("A setting for the program that shows the form")
SECOND = N_("The same language stands in another column too, and that one is carried over")


def reason_of_row(item: Item) -> str | None:
    """Why nothing at all of the row has a place in a guide; None where its cells have a reason each."""
    return _NOT_ASKED.get(item.kind)


def reason(item: Item, cell: Cell, *, asked: bool) -> tuple[str, bool]:
    """Why the cell is not carried over, and whether that holds for its column whatever the cells say.

    `asked`: the item became a question of the guide.
    """
    field = cell.column.field
    if field in _BY_FIELD:
        return _BY_FIELD[field], False
    if field == "type":
        return (CHOICES if item.list_name else _HEADINGS.get(item.kind, ANSWER_TYPE)), False
    if field in WORDS:
        return (SECOND if asked else _HEADINGS.get(item.kind, SECOND)), False
    return UNKNOWN_COLUMN, True


def reason_of_loose(row_type: str, cell: Cell, *, off: bool) -> str:
    """Why a cell of a row without a type, turned off, or at the end of a group is not carried over."""
    if off:
        return TURNED_OFF
    return NO_TYPE if not row_type else _BY_FIELD.get(cell.column.field, UNKNOWN_COLUMN)


def reason_of_choice_column(cell: Cell) -> str:
    """Why a further column of the choices (a filter, a picture) is not carried over."""
    return _BY_FIELD.get(cell.column.field, CHOICES)
