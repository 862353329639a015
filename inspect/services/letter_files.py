"""The files of a letter: one content, and each form that it is given out in."""

import hashlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from ...models.letters import LetterVersion
from ...models.vocabulary import N_
from ...reports.child_pdf import TooLong
from ...reports.content import ContentError
from ...reports.content import Letter as Content
from ...reports.letter_docx import render_docx
from ...reports.letter_html import render_html
from ...reports.letter_pdf import render_pdf
from ...reports.pdf_fonts import MissingGlyph
from ...reports.refusals import CannotLayOut, Place, sign_of
from ...reports.tagging.structure import NotAccessible
from ..errors import NotPossibleNow
from .say_what_lacks import not_whole

Format = Literal["pdf", "html", "docx"]

RENDERERS: Mapping[Format, Callable[[Content], bytes]] = MappingProxyType(
    {"pdf": render_pdf, "html": lambda content: render_html(content).encode(), "docx": render_docx}
)
TOO_LONG = N_(
    "This letter (%(language)s) is %(num)s cm too long for one page. Shorten a paragraph or leave one out."
)
UNPRINTABLE = (
    N_(
        "The letter holds a sign that cannot be printed, %(sign)s, under “%(section)s”, in “%(paragraph)s”."
        " Take it away."
    ),
    N_(
        "The letter holds a sign that cannot be printed, %(sign)s, in its head or ending: “%(paragraph)s”."
        " Take it away."
    ),
)
TOO_TALL = (
    N_("A part of the letter is too tall for a page, under “%(section)s”: “%(paragraph)s”. Make it shorter."),
    N_(
        "A part of the letter is too tall for a page, in its head or ending: “%(paragraph)s”."
        " Make it shorter."
    ),
)
"""With the heading that it stands under, and without."""
FORMATS: tuple[Format, ...] = tuple(RENDERERS)
MEDIA_TYPES: Mapping[Format, str] = MappingProxyType(
    {
        "pdf": "application/pdf",
        "html": "text/html",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)


def render_content(content: Content, form: Format, *, to_be_sealed: bool = False) -> bytes:
    """The content as a file; a PDF may be given an empty field for a seal.

    Raises NotPossibleNow when it cannot be one, and says why.
    """
    try:
        if form == "pdf" and to_be_sealed:
            return render_pdf(content, to_be_sealed=True)
        return RENDERERS[form](content)
    except TooLong as fault:
        how_much = {"num": f"{fault.centimetres:.1f}", "language": fault.language}
        raise NotPossibleNow(TOO_LONG, how_much) from fault
    except MissingGlyph as fault:
        raise _with_place(UNPRINTABLE, fault.place, sign=sign_of(fault.character)) from fault
    except CannotLayOut as fault:
        raise _with_place(TOO_TALL, fault.place) from fault
    except (ContentError, NotAccessible) as fault:
        raise not_whole(fault) from fault


def _with_place(sentences: tuple[str, str], place: Place | None, **values: str) -> NotPossibleNow:
    """What is said of a passage that cannot be made, with where it stands."""
    under, around = sentences
    where = place or Place("", "")
    told = {"paragraph": where.text, **values}
    return (
        NotPossibleNow(under, {"section": where.section, **told})
        if where.section
        else NotPossibleNow(around, told)
    )


def file_of(version: LetterVersion, form: Format) -> bytes | None:
    """The stored file of a frozen version; None for a form that was not kept when it was frozen."""
    match form:
        case "pdf":
            return version.pdf
        case "html":
            return version.html
        case "docx":
            return version.docx


def digest(data: bytes) -> str:
    """SHA-256, as it is stored."""
    return hashlib.sha256(data).hexdigest()
