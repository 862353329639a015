"""A guide on paper: whole, bookmarked, in its language, the same bytes each time."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from tillsyn.inspect.errors import NotPossibleNow
from tillsyn.inspect.services.lay_out_guide import guide_as_pdf, lay_out_guide
from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.reports.guide_sheet import Language, render_guide_sheet

GUIDES = [(pack, guide.id) for pack in available_packs() for guide in load_pack(pack).guides]


def read(pack: str, guide: str, language: Language) -> PdfReader:
    return PdfReader(BytesIO(guide_as_pdf(load_pack(pack), load_pack(pack).guide(guide), language)))


@pytest.mark.slow
@pytest.mark.parametrize(("pack", "guide"), GUIDES)
def test_every_question_of_every_guide_is_on_paper(pack: str, guide: str) -> None:
    said = " ".join(" ".join(page.extract_text().split()) for page in read(pack, guide, "sv").pages)
    for number, question in enumerate(_in_order(pack, guide), start=1):
        assert f"{number}." in said
        assert " ".join(question.split())[:40] in said


def _in_order(pack: str, guide: str) -> list[str]:
    sheet = lay_out_guide(load_pack(pack), load_pack(pack).guide(guide), "sv")
    return [question.text for area in sheet.areas for question in area.questions]


@pytest.mark.parametrize(("language", "tag"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_the_sheet_says_its_title_language_and_parts(language: Language, tag: str) -> None:
    pack, guide = GUIDES[0]
    paper = read(pack, guide, language)
    title = load_pack(pack).guide(guide).title.in_language(language)
    assert paper.metadata is not None
    assert title in str(paper.metadata.title)
    assert paper.trailer["/Root"]["/Lang"] == tag
    outline = paper.outline
    assert outline[0]["/Title"] == title
    sheet = lay_out_guide(load_pack(pack), load_pack(pack).guide(guide), language)
    assert len(outline[1]) == len(sheet.areas) + 3


def test_the_same_guide_gives_the_same_bytes() -> None:
    pack, guide = GUIDES[0]
    found = load_pack(pack)
    assert guide_as_pdf(found, found.guide(guide), "sv") == guide_as_pdf(found, found.guide(guide), "sv")


def test_a_question_may_fill_a_page_and_a_guide_may_have_none() -> None:
    pack, guide = GUIDES[0]
    sheet = lay_out_guide(load_pack(pack), load_pack(pack).guide(guide), "en")
    first = sheet.areas[0].questions[0]
    long = replace(first, text="Tell me. " * 400)
    wide = replace(sheet, title="A long name " * 20, areas=(replace(sheet.areas[0], questions=(long,)),))
    assert len(PdfReader(BytesIO(render_guide_sheet(wide))).pages) > 1
    assert render_guide_sheet(replace(sheet, areas=(), warning="An example.")).startswith(b"%PDF-")


def test_a_character_that_cannot_be_written_is_told() -> None:
    found = load_pack(GUIDES[0][0])
    guide = replace(found.guide(GUIDES[0][1]), title=Text("漢", "漢"))
    with pytest.raises(NotPossibleNow) as refused:
        guide_as_pdf(found, guide, "sv")
    assert refused.value.values == {"character": "漢"}
