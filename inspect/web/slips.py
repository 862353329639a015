"""The slips of paper that carry the codes of a survey: the words in every language, and a QR code each."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup

from ..i18n import LANGUAGES
from ..rules.survey_codes import shown


@dataclass(frozen=True, slots=True)
class Slip:
    """One code as it is shown, and the drawing that leads a telephone to it."""

    code: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class SlipWords:
    """What a slip says in one language."""

    language: str
    lead: str
    how: str
    secret: str


def slips_of(codes: Iterable[str], address: str) -> list[Slip]:
    """A slip for each code. In the link the code stands after #: no server or log on the way sees it."""
    return [Slip(shown(code), _drawing(f"{address}#{code}")) for code in codes]


def slip_words(address: str) -> list[SlipWords]:
    """The words of a slip, in each language that the service speaks."""
    words = []
    for language in LANGUAGES:
        with force_locale(language):
            words.append(
                SlipWords(
                    language,
                    _("Tell us how things are"),
                    _(
                        "Scan the square with your phone. Or go to %(address)s and write the code.",
                        address=address,
                    ),
                    _("The code is yours. It does not tell us who you are."),
                )
            )
    return words


def _drawing(link: str) -> Markup:
    """A QR code as SVG: squares only, drawn from our own address and code."""
    code = segno.make(link, error="m", micro=False)
    # Safe: the words of the link are squares in it.
    return Markup(code.svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None))  # noqa: S704
