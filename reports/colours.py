"""Contrast of colours, as WCAG 2.2 measures it."""

import re
from dataclasses import dataclass

LEAST_CONTRAST = 4.5
"""For text, success criterion 1.4.3."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour by its red, green and blue, 0–255."""

    red: int
    green: int
    blue: int

    @classmethod
    def read(cls, written: str) -> "Colour":
        """From "#0B4F5C". `ValueError` with a sentence for anything else."""
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", written):
            raise ValueError(f"{written!r} is not a colour: write it as # and six hexadecimal digits")
        return cls(*bytes.fromhex(written[1:]))

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 for black and 1 for white."""

        def part(value: int) -> float:
            share = value / 255
            return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

        return 0.2126 * part(self.red) + 0.7152 * part(self.green) + 0.0722 * part(self.blue)

    def contrast(self, other: "Colour") -> float:
        """From 1 (none) to 21 (black and white)."""
        lighter, darker = sorted((self.luminance, other.luminance), reverse=True)
        return (lighter + 0.05) / (darker + 0.05)


TINT = Colour.read("#EDF4F3")
"""The darkest ground that a letter sets coloured text on."""


def check_readable(written: str) -> None:
    """Raises `ValueError`, with what was measured, unless text in that colour can be read in a letter.

    What can be read on the tint can be read on white, and white on it.
    """
    measured = Colour.read(written).contrast(TINT)
    if measured < LEAST_CONTRAST:
        raise ValueError(
            f"{written} has the contrast {measured:.2f}:1 on the tinted ground of the letter;"
            f" at least {LEAST_CONTRAST}:1 is needed"
        )
