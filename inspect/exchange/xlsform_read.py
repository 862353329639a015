"""Read an XLSForm, whoever wrote it: the survey as items in order, each with the groups around it.

The words are read here, as they were written: the reference implementation (pyxform) straightens quotation
marks and non-breaking spaces, as programs need and letters do not. Whether the form keeps the standard is
asked of pyxform itself, and told; a form that it refuses is read all the same as far as it can be understood.
"""

import re

from ...models.vocabulary import N_
from .refi_qda_model import ExchangeFault
from .xlsform_model import Form, Item, Row, Sheet, UnusableForm
from .xlsform_standard import what_the_standard_says
from .xlsform_workbook import read_workbook

QUESTION, NOTE, GROUP, REPEAT, HIDDEN, CAPTURED = "question", "note", "group", "repeat", "hidden", "captured"
MAX_ITEMS = 10_000

_BEGIN = re.compile(r"begin (group|repeat|loop|lgroup|looped group)\b.*")
_END = re.compile(r"end (group|repeat|loop|lgroup|looped group)")
_SELECT = re.compile(
    r"(?:select[ _](?:one|multiple|all that apply)|select1|rank|add select (?:one|multiple) prompt using)"
    r"(?:[ _]external)?(?:[ _]from[ _]file| from| using)? (?P<list>\S+)(?:[ _]or[ _](?:specify[ _])?other)?",
    re.IGNORECASE,
)
_NOTES = ("note", "acknowledge", "trigger")
_CAPTURED = (
    "photo", "image", "audio", "video", "file", "barcode", "geopoint", "geotrace", "geoshape", "location",
    "gps", "osm",
)  # fmt: skip
_HIDDEN = re.compile(
    r"(?:get )?(?:start|end)(?: time)?|(?:get )?today|calculate(?: here)?|hidden|audit|username|email|imei"
    r"|(?:get )?(?:device|subscriber|sim) ?id|simserial|(?:get )?phone ?number|uri:\S+|(?:xml|csv)-external"
    r"|start-geopoint|background-(?:audio|geopoint)"
)
_YES = ("yes", "true", "true()", "1")


def read_form(content: bytes) -> Form:
    """The form in an xlsx file. Raises UnusableForm, with every fault that stops it.

    Limits: see :mod:`.xlsform_archive` and :mod:`.xlsform_cells`, and MAX_ITEMS rows in the survey.
    """
    sheets, unread, stored = read_workbook(content)
    survey = sheets.get("survey")
    if survey is None:
        raise UnusableForm(ExchangeFault("(file)", N_("has no sheet named survey; this is no XLSForm")))
    fields = {column.field for column in survey.columns}
    if not {"type", "name"} <= fields:
        text = N_("has no columns named type and name in its first row; this is no XLSForm")
        raise UnusableForm(ExchangeFault(survey.name, text))
    if len(survey.rows) > MAX_ITEMS:
        text = N_("has more than %(most)s rows")
        raise UnusableForm(ExchangeFault(survey.name, text, {"most": MAX_ITEMS}))
    items, loose = _items(survey)
    said, refused = what_the_standard_says(sheets)
    return Form(
        survey=survey,
        items=items,
        choices=sheets.get("choices"),
        settings=sheets.get("settings"),
        loose=loose,
        others=tuple(
            sheet for name, sheet in sheets.items() if name not in ("survey", "choices", "settings")
        ),
        unread=unread,
        stored=stored,
        said=said,
        refused=refused,
    )


def is_off(row: Row) -> bool:
    """Whether the row is turned off with the old column `disabled`."""
    return row.value("disabled").lower() in _YES


def plain_type(written: str) -> str:
    """`select_one  x` and `Select One x` alike: `select one x`."""
    return " ".join(written.replace("_", " ").split()).lower()


def _items(survey: Sheet) -> tuple[tuple[Item, ...], tuple[Row, ...]]:
    items: list[Item] = []
    around: list[Item] = []
    loose: list[Row] = []
    for row in survey.rows:
        written = row.value("type")
        kind = plain_type(written)
        if not kind or is_off(row):
            loose.append(row)
        elif _END.fullmatch(kind):
            loose.append(row)
            if around:
                around.pop()
        else:
            item = Item(row, _kind(kind), written, row.value("name"), _list_name(written), tuple(around))
            items.append(item)
            if item.kind in (GROUP, REPEAT):
                around.append(item)
    return tuple(items), tuple(loose)


def _list_name(written: str) -> str:
    """The list of a select; empty for other types."""
    found = _SELECT.fullmatch(" ".join(written.split()))
    return found["list"] if found is not None else ""


def _kind(kind: str) -> str:
    begun = _BEGIN.fullmatch(kind)
    if begun is not None:
        return GROUP if begun[1] == "group" else REPEAT
    asked = re.sub(r"^(?:q |add (?=.* prompt$))|(?<=\w) prompt$", "", kind)
    if asked in _NOTES:
        return NOTE
    if asked in _CAPTURED or asked.startswith("osm "):
        return CAPTURED
    return HIDDEN if _HIDDEN.fullmatch(asked) else QUESTION
