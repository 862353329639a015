"""Any letter: of every form and language, with any sections, blocks and text that paper can hold.

The choices are drawn from one number (tests/unit/letters/random_cases.py does the same): a letter has
hundreds of them, and Hypothesis would spend its time on drawing.
"""

import datetime as dt
import random

from hypothesis import strategies as st

from tests.unit.reports.letters_of_every_form import forms_and_languages
from tillsyn.reports import content as c
from tillsyn.reports.blocks import SIGNS

LATIN = "abcdefghijklmnopqrstuvwxyzåäöéüłżšçğβдж"
OTHER = "ABCÅÄÖ0123456789;–”’“,.-/()&<>%!?§…•\u00a0\u00ad\u2009\u200a\u2011\u2212\u200b\u2028"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
LENGTHS = (0, 1, 3, 9, 9, 20, 20, 40, 90, 400)
AGES = ("6-12", "13-20")


def letters() -> st.SearchStrategy[c.Letter]:
    """Letters of every form."""
    return st.builds(random_letter, st.integers(0, 2**32))


def random_letter(seed: int) -> c.Letter:
    """The letter of a number."""
    return _Maker(random.Random(seed)).letter()  # noqa: S311 - any number will do


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.form, self.language = rng.choice(forms_and_languages())
        self.child = c.is_for_child(self.form)
        self.keys = 0

    def letter(self) -> c.Letter:
        rng, line, child = self.rng, self.line, self.child
        lines = lambda most: tuple(line() for _ in range(rng.randint(0, most)))  # noqa: E731
        return c.Letter(
            language=self.language, form=self.form, kind=line(), title=line(), reference=line(),
            dated_on=dt.date(2026, rng.randint(1, 12), rng.randint(1, 28)),
            authority=c.Authority(line(), self.text(20), lines(3), lines(2), line()),
            recipient=c.Recipient("" if child else line(), () if child else lines(4)),
            copies=() if child else lines(2), home="" if child else self.text(), visit="" if child else self.text(20),
            sections=tuple(self.section(key) for key in c.SECTIONS[self.form] if child or rng.random() < 0.7),
            signatures=() if child else tuple(c.Signature(line(), line(), line()) for _ in range(rng.randint(0, 3))),
            method_stamp="" if child else self.text(),
            appendices=() if child or rng.random() < 0.7 else (c.Appendix(self.key(), line(), self.blocks(None, 2)),),
            place=rng.choice(["", line()]), example=rng.choice(["", "", self.text()]), number=rng.choice(["", line()]),
            corrects=rng.choice(["", "", self.text(40)]),
        )  # fmt: skip

    def key(self) -> str:
        self.keys += 1
        return f"k{self.keys}"

    def line(self) -> str:
        """One line with at least one letter."""
        return self.rng.choice(self.letters) + self.text(9 if self.child else 40).replace("\n", "")

    @property
    def letters(self) -> str:
        return ARABIC if self.language == "ar" else LATIN

    def text(self, most: int = 400) -> str:
        """Any text, empty too; at times with several paragraphs, or one long word."""
        rng = self.rng
        words = min(rng.choice(LENGTHS), most, 12 if self.child else most) // 2
        made = []
        for _ in range(words):
            word = "".join(rng.choices(self.letters, k=rng.randint(1, 9)))
            if rng.random() < 0.15 and self.language != "ar":
                word += rng.choice(OTHER)
            made.append(word + rng.choice([" ", " ", " ", " ", "  ", "\n"]))
            if rng.random() < 0.03 and not self.child:
                made.append("\n\n")
            if rng.random() < 0.01 and not self.child:
                made.append(rng.choice(self.letters) * 120)
        return "".join(made)

    def section(self, key: c.SectionKey) -> c.Section:
        if self.child:
            return c.Section(key, self.line(), None, self.for_child(key))
        level = 1 if key == "head" else 2
        return c.Section(key, self.line(), self.line(), self.blocks(key, level))

    def for_child(self, key: str) -> tuple[c.Block, ...]:
        picture: dict[str, c.Picture] = {
            "told": "listen",
            "decided": "decide",
            "next": "change",
            "reach": "reach",
        }
        made: list[c.Block] = []
        if key in picture:
            number = list(picture).index(key) + 1
            made.append(c.Step(self.key(), number, picture[key], self.line(), self.text(9)))
        made.append(c.Paragraph(self.key(), self.text(9)))
        if key == "told":
            made.append(c.Bullets(self.key(), tuple(self.line() for _ in range(self.rng.randint(0, 3)))))
        return tuple(made)

    def blocks(self, key: str | None, level: int) -> tuple[c.Block, ...]:
        made = [self.block(level) for _ in range(self.rng.choice([0, 1, 2, 3, 4]))]
        if key == "advice":
            made.append(c.Advice(self.key(), self.line(), self.text(), self.rng.random() < 0.5))
        if key == "deficiencies":
            parts = [self.line() for _ in range(10)]
            made.append(c.Deficiency(self.key(), self.rng.randint(1, 99), *parts))
        return tuple(made)

    def block(self, level: int) -> c.Block:
        rng, key, text = self.rng, self.key(), self.text
        columns = rng.randint(1, 5)
        items = lambda: tuple(text(40) for _ in range(rng.randint(0, 5)))  # noqa: E731
        with_heading = (
            lambda: c.Subheading(key, text(20)),
            lambda: c.AreaAssessment(key, self.line(), rng.choice(SIGNS), self.line()[:40], text()),  # type: ignore[arg-type]
        )
        plain = (
            lambda: c.Paragraph(key, text()),
            lambda: c.Quote(key, text()),
            lambda: c.Notice(key, text()),
            lambda: c.Bullets(key, items()),
            lambda: c.Questions(key, items()),
            lambda: c.Facts(key, tuple((text(9), text()) for _ in range(rng.randint(0, 4)))),
            lambda: c.Grid(
                key, text(20), tuple(text(9) for _ in range(columns)),
                tuple(tuple(text(40) for _ in range(columns)) for _ in range(rng.choice([0, 1, 3, 40]))),
            ),
        )  # fmt: skip
        return rng.choice(plain if level == 1 else with_heading + plain)()
