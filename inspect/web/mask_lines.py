"""Passages of a frozen text as its pages show them: marked where masked, in their place where proposed."""

from markupsafe import Markup

from ...models.openness import DisclosureMask, DisclosureText
from ...models.openness_words import Ground
from ..rules.masking import Piece, joined
from ..services.find_disclosure import spans_of
from .language import label

AROUND = 50
"""Characters shown on each side of a proposed passage."""


def marked(text: DisclosureText, piece: Piece) -> Markup:
    """The words of a piece, with what is masked in them marked, and on which section."""
    said, made, at = text.text, Markup(), piece.start
    for start, end, grounds in joined(said, spans_of(text)):
        start, end = max(start, piece.start), min(end, piece.end)
        if start >= end:
            continue
        cited = ", ".join(f"OSL {one.value}" for one in Ground if one in grounds)
        made += said[at:start]
        made += Markup('<mark class="masked">{} <span class="masked__why">({})</span></mark>').format(
            said[start:end], cited
        )
        at = end
    return made + said[at : piece.end]


def around(said: str, mask: DisclosureMask) -> Markup:
    """A proposed passage with what it was taken for, and the words around it."""
    words = said[mask.start : mask.end]
    before, after = said[max(0, mask.start - AROUND) : mask.start], said[mask.end : mask.end + AROUND]
    return Markup('<strong>{}</strong> – {} <span class="around">…{}<strong>{}</strong>{}…</span>').format(
        words, label(mask.found) if mask.found else "", before, words, after
    )  # fmt: skip
