"""The letter as DOCX: what a reader's program, an editor and an archive meet."""

import io
import zipfile
from dataclasses import replace
from itertools import pairwise

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from tests.unit.reports.example_letter import example_letter
from tests.unit.reports.letters_of_every_form import small_letter
from tillsyn.reports.content import Letter, Paragraph, Questions
from tillsyn.reports.letter_docx import render_docx
from tillsyn.reports.pdf_fonts import MissingGlyph
from tillsyn.reports.wording import wording


def opened(letter: Letter) -> Document:
    return docx.Document(io.BytesIO(render_docx(letter)))


def _with(letter: Letter, *blocks: object) -> Letter:
    sections = tuple(
        replace(one, blocks=blocks) if one.key == "strengths" else one  # type: ignore[arg-type]
        for one in letter.sections
    )
    return replace(letter, sections=sections)


def test_headings_have_the_styles_that_programs_know_and_skip_no_level(letter: Letter) -> None:
    headings = [
        (int(one.style.name[-1]), one.text)
        for one in opened(letter).paragraphs
        if one.style is not None and one.style.name is not None and one.style.name.startswith("Heading")
    ]
    assert headings[0] == (1, letter.title)
    assert [text for level, text in headings if level == 1] == [letter.title]
    assert [text for level, text in headings if level == 2] == [
        *(section.heading for section in letter.sections),
        wording(letter.language).signed,
        wording(letter.language).contact,
        letter.appendices[0].title,
    ]
    assert all(later <= earlier + 1 for (earlier, _), (later, _) in pairwise(headings))


def test_the_head_of_a_table_is_marked_repeated_and_named(swedish: Letter) -> None:
    tables = opened(swedish).tables
    assert len(tables) == 2
    for table in tables:
        first, *others = table.rows
        assert first._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None for row in others)
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")


def test_each_numbered_list_begins_with_one(swedish: Letter) -> None:
    document = opened(_with(swedish, Questions("q.1", ("A?", "B?")), Questions("q.2", ("C?",))))
    numbers = [
        one._p.pPr.numPr.numId.val  # type: ignore[union-attr]
        for one in document.paragraphs
        if one.style is not None and one.style.name == "List Number"
    ]
    assert numbers[0] == numbers[1] != numbers[2]
    rows = document.part.numbering_part.element.findall(qn("w:num"))
    assert len({row.get(qn("w:numId")) for row in rows}) == len(rows)


def test_the_address_is_held_in_the_window_and_the_foot_counts_the_pages(swedish: Letter) -> None:
    document = opened(swedish)
    framed = [
        one for one in document.paragraphs if one._p.find(f"{qn('w:pPr')}/{qn('w:framePr')}") is not None
    ]
    assert [one.text for one in framed] == [swedish.recipient.name, *swedish.recipient.address_lines]
    place = framed[0]._p.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
    assert [round(int(place.get(qn(f"w:{side}"))) / 56.69) for side in "xy"] == [108, 47]
    foot = document.sections[0].footer._element
    assert [one.get(qn("w:instr")).strip() for one in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]
    assert "Sida " in document.sections[0].footer.paragraphs[0].text


def test_the_file_says_who_wrote_it_and_when_and_nothing_of_the_machine(swedish: Letter) -> None:
    about = opened(swedish).core_properties
    assert (about.author, about.last_modified_by) == (swedish.authority.name, swedish.authority.name)
    assert about.created == about.modified
    assert about.created is not None and about.created.date() == swedish.dated_on
    with zipfile.ZipFile(io.BytesIO(render_docx(swedish))) as file:
        assert {part.date_time for part in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.testzip() is None
        assert not [name for name in file.namelist() if "thumbnail" in name or "custom" in name]


def test_hostile_text_is_kept_as_text_and_what_no_file_can_hold_is_refused(swedish: Letter) -> None:
    hostile = '<w:p/> & "x" ]]> osynligt\u200b ' + "lång" * 3000
    assert hostile in "\n".join(
        one.text for one in opened(_with(swedish, Paragraph("x", hostile))).paragraphs
    )
    for character in ("\x07", "\x00", "\ufffe"):
        with pytest.raises(MissingGlyph, match=f"{ord(character):04X}"):
            render_docx(_with(swedish, Paragraph("x", f"Det går inte {character}")))


def test_the_pictures_of_a_letter_to_a_child_stand_beside_their_titles() -> None:
    letter = small_letter("child-6-12", "sv")
    document = opened(letter)
    assert len(document.inline_shapes) == 4
    beside = [one for one in document.paragraphs if list(one._p.iter(qn("w:drawing")))]
    assert all(one.style is not None and one.style.name == "Heading 2" and one.text.strip() for one in beside)
    assert (
        opened(letter).styles["Heading 1"].font.size
        > opened(example_letter("sv")).styles["Heading 1"].font.size
    )  # type: ignore[attr-defined]
