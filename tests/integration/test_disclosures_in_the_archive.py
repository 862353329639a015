"""A closed case whose documents were asked for: what left stands in its package for the e-archive, byte for byte."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.csip_rules import rule_faults, schema_faults
from tests.integration.test_disclosure import AUTHORITY
from tests.integration.test_disclosure_of_files import FACE, PAINTED, Filed
from tillsyn.inspect.exchange.csip import DATA, PRESERVATION
from tillsyn.inspect.exchange.csip_check import check_package
from tillsyn.inspect.exchange.painted_pictures import Area
from tillsyn.inspect.services.answer_disclosure import decide_refusal, read_file, want_decision
from tillsyn.inspect.services.archive_case import Archived, archive_case
from tillsyn.inspect.services.disclose_file import paint_over, read_sent_file, transcribe
from tillsyn.inspect.services.mask_text import mask_passages
from tillsyn.inspect.services.zip_package import read_zip, zipped
from tillsyn.models.openness import DisclosureRequest, DisclosureText
from tillsyn.models.openness_words import Assessed, Ground
from tillsyn.models.vocabulary import State

DECIDED = NOW + timedelta(days=3)


class Asked(Filed):
    """Five requests: painted over, transcribed, as it is, refused with a decision, and one that is still open."""

    def __init__(self, db: Session) -> None:
        super().__init__(db)
        self.painted = self._painted()
        self.transcribed = self._transcribed()
        self.whole, text = self.asked()
        self.decided(self.whole, text, Assessed.FILE)
        self.sent(self.whole)
        self.masked = self.left()
        self.open, text = self.asked()
        paint_over(db, text_id=text.id, area=Area(1, 20, 1, 20), **self.at(self.open))

    def _painted(self) -> DisclosureRequest:
        request, text = self.asked()
        paint_over(self.db, text_id=text.id, area=Area(1, 4, 1, 4), **self.at(request))
        self.decided(request, text, Assessed.COPY, **PAINTED)
        self.sent(request)
        want_decision(self.db, wanted_on=NOW.date(), **self.at(request))
        at = self.at(request, self.decider) | {"now": DECIDED}
        decide_refusal(self.db, reasons="Ett barn syns.", authority=AUTHORITY, **at)
        return request

    def _transcribed(self) -> DisclosureRequest:
        request, text = self.asked()
        said = "På schemat står Zinkgruvan.\n\nOch städning."
        transcribe(self.db, text_id=text.id, transcript=said, **self.at(request))
        mask_passages(
            self.db, text_id=text.id, ground=Ground.SOCIAL, reason="Pekar ut en person.", words="Zinkgruvan",
            **self.at(request),
        )  # fmt: skip
        self.decided(request, text, Assessed.TRANSCRIPT, **PAINTED)
        return self.sent(request)

    def answered(self) -> list[DisclosureRequest]:
        return [self.painted, self.transcribed, self.whole, self.masked]

    def packed(self) -> Archived:
        self.inspection.state = State.CLOSED
        return archive_case(
            self.db,
            actor=None,
            inspection=self.inspection,
            authority="Inspektionen",
            version="1",
            now=DECIDED,
        )


@pytest.fixture
def case(db: Session) -> Asked:
    return Asked(db)


def test_a_case_whose_documents_were_disclosed_is_a_valid_package(case: Asked) -> None:
    made = case.packed()
    files = read_zip(zipped(made.name, made.files))
    assert files == made.files
    assert schema_faults(files["METS.xml"], files[PRESERVATION]) == []
    assert rule_faults(files["METS.xml"]) == set()
    assert check_package(files) == []


def test_what_left_is_in_it_byte_for_byte_and_what_has_not_left_is_not(case: Asked) -> None:
    files = case.packed().files
    there = {path.removeprefix(f"{DATA}disclosures/"): content for path, content in files.items()
             if path.startswith(f"{DATA}disclosures/")}  # fmt: skip
    (painted,) = case.painted.texts
    _, copy = read_sent_file(case.db, request=case.painted, text=painted, n=1)
    expected = {f"{one.id}-answer.pdf": pdf_of(case, one, "answer") for one in case.answered()}
    expected[f"{case.painted.id}-decision.pdf"] = pdf_of(case, case.painted, "decision")
    expected[f"{case.painted.id}-fil-1.png"] = copy.pieces[0]
    assert there == expected
    shown = Image.open(BytesIO(there[f"{case.painted.id}-fil-1.png"])).convert("RGB")
    assert FACE not in {colour for _, colour in shown.getcolors(maxcolors=10_000) or ()}
    assert [content for path, content in files.items() if path.startswith(f"{DATA}files/")] == [case.photo]


def test_each_paper_is_pdf_a_and_holds_nothing_that_is_masked(case: Asked) -> None:
    files = case.packed().files
    papers = {path: data for path, data in files.items() if "/disclosures/" in path and path.endswith(".pdf")}
    assert len(papers) == 5
    for content in papers.values():
        with pikepdf.open(BytesIO(content)) as pdf, pdf.open_metadata() as told:
            assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "A")
        said = " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        assert "Zinkgruvan" not in said
    transcript = papers[f"{DATA}disclosures/{case.transcribed.id}-answer.pdf"]
    said = " ".join(page.extract_text() for page in PdfReader(BytesIO(transcript)).pages)
    assert "Och städning." in said


def test_the_record_tells_each_request_its_texts_masks_and_which_bytes_left(case: Asked) -> None:
    files = case.packed().files
    tables = json.loads(files[f"{DATA}case-record.json"])["tables"]
    requests = {row["id"]: row for row in tables["disclosure_requests"]}
    assert requests.keys() == {str(one.id) for one in [*case.answered(), case.open]}
    for one in case.answered():
        content = files[f"{DATA}disclosures/{one.id}-answer.pdf"]
        told = requests[str(one.id)]["file_sealed"]
        assert told == {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
        assert requests[str(one.id)]["asked"] == "Allt som barnen har sagt."
    texts = {row["id"]: row for row in tables["disclosure_texts"]}
    transcribed: DisclosureText = case.transcribed.texts[0]
    assert texts[str(transcribed.id)]["text"].endswith("På schemat står Zinkgruvan.\n\nOch städning.")
    assert texts[str(case.whole.texts[0].id)]["file_sha256"] == hashlib.sha256(case.photo).hexdigest()
    assert {row["reason"] for row in tables["disclosure_masks"]} >= {"Pekar ut en person."}


def test_premis_and_mets_date_the_decision_by_the_day_on_which_it_was_made(case: Asked) -> None:
    mets = case.packed().files["METS.xml"].decode()
    (decision,) = [line for line in mets.split("<mets:file ") if f"{case.painted.id}-decision.pdf" in line]
    assert f'CREATED="{DECIDED.isoformat(timespec="seconds")}"' in decision


def pdf_of(case: Asked, request: DisclosureRequest, which: str) -> bytes:
    return read_file(case.db, inspection=case.inspection, disclosure_id=request.id, which=which)
