"""What the headings of an XLSForm mean: today's names, older ones, prefixes, and the language of a column.

`label::Svenska (sv)`, `Label:Swedish`, `media::image::English (en)`, `bind::relevant` and `caption` are all
in use. The names are those of https://xlsform.org/ and the older ones that pyxform still takes.
"""

import re
from collections.abc import Iterable

from .xlsform_cells import column_letter
from .xlsform_model import Column

OWN = "tillsyn_"
"""What our own columns begin with. Other programs leave them aside."""

_OLDER = {
    "caption": "label", "command": "type", "tag": "name", "value": "name",
    "relevance": "relevant", "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message", "jr:requiredmsg": "required_message",
    "requiredmsg": "required_message", "calculate": "calculation", "read_only": "readonly",
    "jr:count": "repeat_count", "count": "repeat_count", "list name": "list_name",
    "big_image": "big-image", "set_form_title": "form_title", "title": "form_title",
    "set_form_id": "form_id", "id_string": "form_id",
}  # fmt: skip
_PREFIXES = ("bind", "control", "body", "media", "instance")
_TRANSLATED = frozenset(
    {
        "label",
        "hint",
        "guidance_hint",
        "constraint_message",
        "required_message",
        "image",
        "big-image",
        "audio",
        "video",
    }
)
_SV = re.compile(r"(?:svenska|swedish|sv|swe|sve|sv[-_]se)", re.IGNORECASE)
_EN = re.compile(r"(?:engelska|english|en|eng|en[-_](?:gb|us))", re.IGNORECASE)
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*\)\s*$")


def columns_of(headings: Iterable[str]) -> tuple[Column, ...]:
    """The columns of a heading row, from A on. An empty heading gives a column whose field is empty."""
    written = [" ".join(heading.split()) for heading in headings]
    # A single colon parts a heading only in forms that never use two: names hold colons too (jr:count).
    mark = "::" if any("::" in heading for heading in written) else ":"
    return tuple(_column(number, heading, mark) for number, heading in enumerate(written, start=1))


def _column(number: int, heading: str, mark: str) -> Column:
    letter = column_letter(number)
    if heading.lower() in _OLDER or heading.lower().startswith(OWN):
        return Column(letter, heading, _OLDER.get(heading.lower(), heading.lower()))
    parts = [part.strip() for part in heading.split(mark)]
    if mark == ":" and parts[0].lower() == "jr" and len(parts) > 1:
        parts = [":".join(parts[:2]), *parts[2:]]
    if parts[0].lower() in _PREFIXES and len(parts) > 1:
        parts = parts[1:]
    name = parts[0].lower()
    field = _OLDER.get(name) or _OLDER.get(name.replace(" ", "_")) or name.replace(" ", "_")
    rest = mark.join(parts[1:])
    if field in _TRANSLATED:
        return Column(letter, heading, field, rest)
    return Column(letter, heading, f"{field}{mark}{rest}" if rest else field)


def language_of(name: str) -> str | None:
    """ "sv" or "en" for the name of a language as forms write it; None for any other language.

    A code in parentheses decides (`Svenska (sv)`); without one the name does.
    """
    code = _CODE.search(name)
    said = code[1] if code else name.strip()
    if _SV.fullmatch(said):
        return "sv"
    return "en" if _EN.fullmatch(said) else None
