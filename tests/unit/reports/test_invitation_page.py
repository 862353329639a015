"""The last page of a letter, with the code of an invitation: for everybody, and the code in its text alone."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.unit.reports.judges import refused
from tests.unit.reports.reading_structure import Tagged
from tillsyn.reports.content import Language
from tillsyn.reports.invitation_page import InvitationPage, render_invitation_page
from tillsyn.reports.pdf_fonts import MissingGlyph

CODE = "K7MF-2QXD-9HJK"


def page(language: Language = "sv") -> InvitationPage:
    return InvitationPage(
        language=language,
        sender="Tillsynsmyndigheten",
        kind="Sista sidan i vårt brev",
        title="Läs och svara på vårt brev på webben",
        to="Till Petra Sund på Strandgläntans omsorg AB",
        steps=("Gå till tillsyn.example/invitation", "Skriv din e-postadress", "Skriv koden."),
        code_label="Din kod",
        code=CODE,
        after=("Koden fungerar en gång.", "Du kan också svara på papper."),
    )


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_keeps_both_standards_and_is_read_in_order(language: Language) -> None:
    data = render_invitation_page(page(language))
    read = Tagged(data)
    assert refused(data) == []
    assert read.wrong() == []
    assert read.without_bookmark == []
    assert [one.text for one in read.root.below("LBody")] == list(page().steps)
    assert CODE in read.texts


def test_the_code_is_not_in_the_title_and_the_page_is_one() -> None:
    file = PdfReader(BytesIO(render_invitation_page(page())))
    assert len(file.pages) == 1
    assert file.metadata is not None and CODE not in str(file.metadata)
    assert file.trailer["/Root"]["/Lang"] == "sv-SE"


def test_long_names_are_laid_out_and_what_cannot_be_written_is_refused() -> None:
    long = replace(page(), to="Till " + "verksamhetsansvarsfördelning" * 40)
    assert render_invitation_page(long).startswith(b"%PDF-")
    with pytest.raises(MissingGlyph):
        render_invitation_page(replace(page(), to="漢"))
