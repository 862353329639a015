"""Each kind of letter, of each pack, in each language, as it is sent when nobody has edited it."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from tests.unit.child_letters.child_cases import letter_of, much
from tests.unit.letters.course_cases import gone_all_the_way, letter, with_points_for_committees
from tillsyn.inspect.rules.letter_kinds import FOR_CHILDREN_KINDS, KINDS
from tillsyn.inspect.services.lay_out_sections import lay_out_sections
from tillsyn.interview_guides.guide import available_packs
from tillsyn.interview_guides.letter_wording import load_letter_wording
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.reports.content import Authority, Language, Letter, Recipient
from tillsyn.reports.letter_pdf import render_pdf

AUTHORITY = Authority(
    "Exempelinspektionen", "Enheten", ("Box 1", "100 01 Stad"), ("010-000 00 00",), "a.example"
)


class Placed(NamedTuple):
    """A paragraph of a letter that is stored nowhere."""

    section: str
    key: str
    position: int
    text: str


def every_letter() -> Iterator[tuple[str, LetterKind, Language]]:
    """Pack, kind and language of each."""
    for pack in available_packs():
        for kind, of_kind in KINDS.items():
            for language in of_kind.languages:
                yield pack, kind, language  # type: ignore[misc]


@cache
def letter_of_pack(pack: str, kind: LetterKind, language: Language) -> Letter:
    """The letter of a case that has gone all the way."""
    if kind in FOR_CHILDREN_KINDS:
        return letter_of(much(pack), kind.value.removeprefix("child-"), language)
    view = gone_all_the_way(pack)
    if kind is LetterKind.COMMITTEE:
        view = with_points_for_committees(view)
    composed = letter(kind, view).values()
    placed = [
        Placed(one.section, one.key, at, one.text.in_language(language)) for at, one in enumerate(composed)
    ]
    return Letter(
        language=language, form=kind.value, kind=kind.value, title="Björken", reference="2026-01234", number="F-7K3TC",
        dated_on=dt.date(2027, 3, 1), authority=AUTHORITY, recipient=Recipient("Ekbacken AB", ("Ekvägen 1",)), copies=(),
        home="Björken, Exempelby", visit="10 november 2026", signatures=(), method_stamp="Metod 1.0.",
        sections=lay_out_sections(load_letter_wording(pack), language, placed, kind.value),
    )  # fmt: skip


@cache
def letter_file(pack: str, kind: LetterKind, language: Language) -> bytes:
    """The letter on paper."""
    return render_pdf(letter_of_pack(pack, kind, language))
