"""Arabic is shaped, set from the right and read in its order; Latin and numbers inside it stay as they are."""

import pytest
from bidi import get_display

from tillsyn.reports import pdf_look as look
from tillsyn.reports.directions import stretches
from tillsyn.reports.pdf_fonts import MissingGlyph
from tillsyn.reports.pdf_shaping import LATIN_BESIDE, NASKH, line_of, lines_of, wide
from tillsyn.reports.tagging.spelling import SPELLED

LINES = (
    "السلام عليكم",
    "اتصلوا بنا على الرقم 010-000 00 00.",
    "اكتبوا إلى registrator@exempel.example أو اتصلوا!",
    "رقم الرسالة: 2026-01342/B-ar (يوم 3 نيسان 2026).",
    "قالوا «نعم» (ثم ذهبوا) إلى Ekbacken.",
)
_ISOLATED = ("\u2066", "\u2069")


def seen(line: str) -> str:
    """What is drawn, from the left: stretches from the last, and in each the glyphs as they stand."""
    made = []
    for stretch in reversed(line_of(line, NASKH, 12)):
        if stretch.glyphs:
            made += [SPELLED[ord(glyph.character)] for glyph in stretch.glyphs]
        else:
            made.append(stretch.text)
    return "".join(made)


def in_order_of_reading(line: str) -> str:
    parts = []
    for stretch in line_of(line, NASKH, 12):
        spelled = [SPELLED[ord(glyph.character)] for glyph in stretch.glyphs]
        parts.append("".join(reversed(spelled)) or stretch.text)
    return "".join(parts)


@pytest.mark.parametrize("line", LINES)
def test_the_glyphs_spell_the_text(line: str) -> None:
    assert in_order_of_reading(line) == line


@pytest.mark.parametrize("line", LINES)
def test_the_order_on_paper_is_that_of_the_rules_for_both_directions(line: str) -> None:
    isolated = "".join(
        f"{_ISOLATED[0]}{part}{_ISOLATED[1]}" if is_latin else part for part, is_latin in stretches(line)
    )
    displayed = get_display(isolated, base_dir="R")
    for sign in _ISOLATED:
        displayed = displayed.replace(sign, "")
    assert seen(line) == displayed


def test_letters_take_their_form_from_their_neighbours() -> None:
    joined, alone = line_of("ببب", NASKH, 12), line_of("ب ب ب", NASKH, 12)
    forms = {glyph.character for glyph in joined[0].glyphs}
    assert len(forms) == 3
    assert len({glyph.character for glyph in alone[0].glyphs}) == 2
    assert wide(joined) < wide(alone)


def test_signs_of_vowels_stand_where_the_typeface_puts_them() -> None:
    [stretch] = line_of("مَ", NASKH, 12)
    assert any(glyph.up or glyph.right for glyph in stretch.glyphs)


def test_a_telephone_number_is_not_broken() -> None:
    style = look.styles().body.clone("arabic", fontName=NASKH)
    lines = lines_of("اتصلوا بنا على الرقم 010-000 00 00 أو اكتبوا لنا", style, 110)
    assert len(lines) > 1 and any("010-000 00 00" in line for line in lines)


def test_a_word_that_is_too_long_is_broken_and_nothing_is_lost() -> None:
    style = look.styles().body.clone("arabic", fontName=NASKH)
    lines = lines_of("ب" * 400, style, 100)
    assert "".join(lines) == "ب" * 400 and len(lines) > 3


@pytest.mark.parametrize("text", ["漢", "مرحبا 漢", "\U0001f600"])
def test_what_neither_typeface_has_is_refused(text: str) -> None:
    with pytest.raises(MissingGlyph):
        line_of(text, NASKH, 12)


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("الرقم 010-000 00 00 هنا", ["010-000 00 00"]),
        ("يوم 3 نيسان 2026.", ["3", "2026"]),
        ("Åsa Öberg: +46 10 000", ["Åsa Öberg", "+46 10 000"]),
        ("(a)", ["a"]),
        ("مرحبا", []),
    ],
)
def test_stretches_hold_latin_words_and_numbers_together(text: str, latin: list[str]) -> None:
    found = list(stretches(text))
    assert "".join(part for part, _ in found) == text
    assert [part for part, is_latin in found if is_latin] == latin
    assert set(LATIN_BESIDE)
