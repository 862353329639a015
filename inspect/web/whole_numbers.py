"""Registration numbers in running text, each kept on one line: a browser may break a line after a hyphen."""

import re

from markupsafe import Markup, escape

NUMBER = re.compile(r"\b\d{2,}(?:-\d{2,})+\b")


def whole_numbers(text: str | Markup) -> Markup:
    """`text`, escaped, with `2026-00123` in an element that stays whole. Markup is let be."""
    if isinstance(text, Markup):
        return text
    said = str(escape(text))
    return Markup(NUMBER.sub(r'<span class="whole">\g<0></span>', said))  # noqa: S704 - escaped above
