"""The file of a letter as DOCX: an empty one to write into, and its bytes when it is written."""

import datetime as dt
import io
import zipfile
from functools import cache

from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import nsdecls

from . import docx_styles as look
from .content import Direction, Letter, is_for_child
from .docx_child import AIR, SIZES

OFFICE_LANGUAGES = {"sv": "sv-SE", "en": "en-GB", "ar": "ar-SA"}
_LONGEST = 255
"""So many characters the format lets a title have."""
_OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the file: the same content gives the same bytes."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS = ("styles", "numbering", "settings")


def empty_file(letter: Letter) -> Docx:
    """A document with the styles, page and language of the letter, and what it says of itself."""
    language = OFFICE_LANGUAGES[letter.language]
    document = Document(io.BytesIO(_template(language, letter.direction, accent_of(letter), letter.form)))
    about = document.core_properties
    about.title = f"{letter.title} ({letter.reference})"[:_LONGEST]
    about.author = about.last_modified_by = letter.authority.name[:_LONGEST]
    about.subject = letter.kind[:_LONGEST]
    about.language = language
    about.identifier = (letter.number or letter.reference)[:_LONGEST]
    about.created = about.modified = _midnight(letter.dated_on)
    about.revision = 1
    return document


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)


def accent_of(letter: Letter) -> str:
    """The colour of headings and lines, as the format writes it."""
    return letter.authority.colour.removeprefix("#").upper() or look.ACCENT


def file_bytes(document: Docx) -> bytes:
    """The file. Its parts stand in one order and at one time."""
    written = io.BytesIO()
    document.save(written)
    made = io.BytesIO()
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(made, "w") as file:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _OLDEST)
            part.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(part, parts.read(name))
    return made.getvalue()


@cache
def _template(language: str, direction: Direction, accent: str, form: str) -> bytes:
    """An empty document. python-docx's own is ten times as large as a letter, and in English."""
    kinds = {name: f"{_OFFICE}.{name}+xml" for name in _PARTS}
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}/{name}" Target="{name}.xml"/>'
        for number, name in enumerate(_PARTS, start=1)
    )
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
            f"{types}</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": (
            f"<w:document {nsdecls('w')}><w:body>{_page(direction, form)}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>'
        ),
        "word/styles.xml": look.styles_part(
            language, direction, accent, SIZES.get(form, look.BODY), AIR if is_for_child(form) else 1
        ),
        "word/numbering.xml": _numbering(accent),
        "word/settings.xml": (
            f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
            '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:val="15"'
            ' w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"/></w:compat>'
            f'<w:themeFontLang w:val="{language}" w:bidi="ar-SA"/></w:settings>'
        ),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, part in parts.items():
            file.writestr(zipfile.ZipInfo(name, _OLDEST), _HEAD + part)
    return made.getvalue()


def _page(direction: Direction, form: str) -> str:
    wide, tall = look.PAGE
    top, right, bottom, left = look.TOP, look.RIGHT, look.BOTTOM, look.LEFT
    if is_for_child(form):
        top = right = bottom = left = look.FOR_CHILD
    return (
        f'<w:sectPr><w:pgSz w:w="{wide}" w:h="{tall}"/><w:pgMar w:top="{top}" w:right="{right}"'
        f' w:bottom="{bottom}" w:left="{left}" w:header="680" w:footer="{look.FOOT}" w:gutter="0"/>'
        f'<w:cols w:space="720"/>{"<w:bidi/>" if direction == "rtl" else ""}</w:sectPr>'
    )


def _numbering(accent: str) -> str:
    """Two lists: with a dot, and with numbers. `docx_blocks` adds one for each list that starts anew."""
    marks = (("bullet", "•", "ListBullet"), ("decimal", "%1.", "ListNumber"))
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/>'
        f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="360" w:hanging="300"/></w:pPr>'
        f'<w:rPr><w:b/><w:color w:val="{accent}"/></w:rPr></w:lvl></w:abstractNum>'
        for number, (kind, mark, style) in enumerate(marks)
    )
    uses = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number - 1}"/></w:num>' for number in (1, 2)
    )
    return f"<w:numbering {nsdecls('w')}>{lists}{uses}</w:numbering>"
