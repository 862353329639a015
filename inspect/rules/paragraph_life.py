"""What may happen to one paragraph of a letter, and what is kept of it. Pure.

Three texts belong to a paragraph: what stands in the letter, what the data give now, and, once a person has
edited, what the data gave when that edit began. An edit is never overwritten by data; data are never
overwritten by an edit. Used by services/edit_paragraph.py and services/merge_paragraphs.py.
"""

from dataclasses import dataclass, replace

from .text_merge import merged


@dataclass(frozen=True, slots=True)
class Standing:
    """`composed` is "" when the data no longer give the paragraph; `base` is "" while nobody has edited,
    and where the edit is older than the base was kept."""

    text: str
    composed: str
    base: str = ""
    edited: bool = False

    @property
    def differs(self) -> bool:
        """Whether the data have changed since the person last chose between the two texts."""
        return self.edited and bool(self.composed) and self.composed not in (self.text, self.base)

    @property
    def both(self) -> str | None:
        """What the person wrote and what the data changed, in one text; None when it cannot be had.

        Not offered where it would be one of the two texts that can be chosen anyhow.
        """
        if not self.differs or not self.base:
            return None
        text = merged(self.base, self.text, self.composed)
        return None if text in (None, self.text, self.composed) else text

    def written(self, text: str) -> "Standing":
        """A person writes `text`. What is the text of the data is no edit."""
        if text == self.text:
            return self
        if text == self.composed:
            return replace(self, text=text, base="", edited=False)
        return replace(self, text=text, base=self.base if self.edited else self.composed, edited=True)

    def recomposed(self, text: str) -> "Standing":
        """The data give `text` now; what a person edited stands."""
        return replace(self, composed=text) if self.edited else replace(self, text=text, composed=text)

    def gone(self) -> "Standing":
        """The data give no such paragraph any more."""
        return replace(self, composed="")

    def taken(self) -> "Standing":
        """The person takes the text of the data."""
        return replace(self, text=self.composed, base="", edited=False)

    def kept(self) -> "Standing":
        """The person has seen what the data give now, and stays with their own text."""
        return replace(self, base=self.composed)

    def joined(self) -> "Standing":
        """The person takes both; unchanged when there is no such text."""
        text = self.both
        return self if text is None else replace(self, text=text, base=self.composed)
