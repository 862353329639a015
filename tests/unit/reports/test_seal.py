"""An electronic seal on a letter: invisible, accessible, and worth what it says."""

import datetime as dt
import io
import random
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from tests.unit.reports.example_letter import example_letter
from tests.unit.reports.judges import refused
from tests.unit.reports.reading_structure import Tagged
from tests.unit.reports.sealed_examples import NAME, NOW, PASSPHRASE, key_file, sealed, unsealed
from tests.unit.reports.tagged_examples import letter_file
from tillsyn.inspect.outside import seal as seal_module
from tillsyn.inspect.outside.seal import FIELD, FileSealer, SealFault, SealFile, sealer_with
from tillsyn.inspect.outside.seal_certificate import make_demo_certificate
from tillsyn.inspect.outside.seal_check import SealFinding, check_seal
from tillsyn.reports.content import Language
from tillsyn.reports.letter_pdf import render_pdf
from tillsyn.reports.tagging import seal_field

LANGUAGES: list[Language] = ["sv", "en"]


def finding(data: bytes, ours: SealFile | None = None, now: dt.datetime = NOW) -> SealFinding:
    found = check_seal(data, ours=ours, now=now)
    assert found is not None
    return found


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_before_and_after_sealing_both_standards_hold_and_the_structure_is_sound(language: Language) -> None:
    for data in (unsealed(language), sealed(language)):
        assert refused(data) == []
        read = Tagged(data)
        assert read.wrong() == []
        assert read.texts == Tagged(letter_file(language)).texts


def test_without_a_seal_there_is_no_field_and_with_the_field_the_same_content_gives_the_same_bytes() -> None:
    assert b"/AcroForm" not in letter_file("sv")
    assert render_pdf(example_letter("sv"), to_be_sealed=True) == unsealed()


def test_sealing_adds_after_the_last_byte_and_leaves_what_the_file_says_of_itself() -> None:
    assert sealed().startswith(unsealed())
    before, after = (pikepdf.open(io.BytesIO(one)) for one in (unsealed(), sealed()))
    assert before.Root.Metadata.read_raw_bytes() == after.Root.Metadata.read_raw_bytes()
    assert dict(before.docinfo) == dict(after.docinfo)
    assert len(before.pages) == len(after.pages)


def test_the_field_shows_nothing_and_is_a_tagged_form_with_words() -> None:
    file = pikepdf.open(io.BytesIO(sealed()))
    (field,) = file.Root.AcroForm.Fields
    assert [float(edge) for edge in field.Rect] == [0, 0, 0, 0]
    assert "/AP" not in field
    assert str(field.TU) == "Plats för elektronisk stämpel"
    assert str(field.T) == FIELD == seal_field.FIELD
    last = file.Root.StructTreeRoot.K[0].K[-1]
    assert last.S == "/Form"
    assert last.K[0].Obj.objgen == field.objgen
    assert field.V.SubFilter == "/ETSI.CAdES.detached"
    assert field.V.Type == "/Sig"


def test_left_to_itself_the_signing_library_would_break_both_standards() -> None:
    """Why the field is prepared, and what the file says of itself is kept from being rewritten."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    signer = PdfSigner(PdfSignatureMetadata(field_name=FIELD), signer=seal_module.load_signer(key_file()))

    def signed(file: bytes) -> io.BytesIO:
        # In a thread of its own: a browser's test before this one in the process leaves an event loop running.
        with ThreadPoolExecutor(1) as apart:
            writer = IncrementalPdfFileWriter(io.BytesIO(file))
            return apart.submit(signer.sign_pdf, writer, output=io.BytesIO()).result()

    without_a_field, rewritten = signed(letter_file("sv")), signed(unsealed())
    assert any("WIDGET-FORM-TAG" in one for one in refused(without_a_field.getvalue()))
    assert any("XMP-EXTENSION" in one for one in refused(rewritten.getvalue()))


def test_it_says_who_sealed_and_when() -> None:
    assert finding(sealed(), key_file()) == SealFinding(
        name=NAME, is_intact=True, is_ours=True, is_valid_now=True,
        valid_from=NOW - dt.timedelta(minutes=5), valid_until=NOW + dt.timedelta(days=365), sealed_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: data.replace(b"/TU", b"/TV", 1), id="a byte in the letter"),
        pytest.param(lambda data: data + b"\n% more\n", id="something added"),
        pytest.param(lambda data: data.replace(rb"/M (D\07220260310", rb"/M (D\07220250310"), id="the time"),
    ],
)
def test_a_change_after_sealing_breaks_it(damage: object) -> None:
    damaged = damage(sealed())  # type: ignore[operator]
    assert damaged != sealed()
    assert not finding(damaged, key_file()).is_intact


def test_the_seal_of_another_is_told_as_foreign() -> None:
    foreign = FileSealer(key_file("Någon annan")).seal(unsealed(), at=NOW)
    found = finding(foreign, key_file())
    assert (found.name, found.is_intact, found.is_ours) == ("Någon annan", True, False)
    assert not finding(sealed(), None).is_ours


def test_another_with_the_same_name_is_foreign(tmp_path: Path) -> None:
    path = tmp_path / "same.p12"
    path.write_bytes(make_demo_certificate(NAME, PASSPHRASE, now=NOW))
    forged = FileSealer(SealFile(path, PASSPHRASE)).seal(unsealed(), at=NOW)
    assert not finding(forged, key_file()).is_ours


def test_an_expired_certificate_is_told_and_still_known_as_ours() -> None:
    found = finding(sealed(), key_file(), NOW + dt.timedelta(days=400))
    assert (found.is_intact, found.is_ours, found.is_valid_now) == (True, True, False)


def test_a_certificate_that_is_not_valid_seals_nothing() -> None:
    with pytest.raises(SealFault, match="valid from 2026-03-10 to 2026-03-11"):
        FileSealer(key_file(days=1)).seal(unsealed(), at=NOW + dt.timedelta(days=2))


def test_earlier_certificates_of_ours_can_be_named(tmp_path: Path) -> None:
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

    _key, earlier, _more = pkcs12.load_key_and_certificates(key_file().path.read_bytes(), PASSPHRASE.encode())
    assert earlier is not None
    trusted = tmp_path / "earlier.pem"
    trusted.write_bytes(earlier.public_bytes(Encoding.PEM))
    newer = key_file("Exempelinspektionen från i år")
    assert finding(sealed(), SealFile(newer.path, newer.passphrase, trusted)).is_ours
    assert not finding(sealed(), newer).is_ours
    with pytest.raises(SealFault, match="cannot be read"):
        finding(sealed(), SealFile(newer.path, newer.passphrase, tmp_path / "none.pem"))


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 /ByteRange", b"<html>/ByteRange", b"%PDF-1.7\n" + b"/ByteRange [" * 99]
)
def test_what_has_no_seal_has_none(data: bytes) -> None:
    assert check_seal(data, ours=None, now=NOW) is None


def test_damage_anywhere_is_told_or_found_unreadable_and_never_an_error() -> None:
    """What the seal cannot cover is the room for itself: there only the stored hash shows a change."""
    drawn = random.Random(5)  # noqa: S311 - the same damage in each run
    begins, until, goes_on, _ = (
        int(one) for one in re.findall(rb"\d+", sealed().split(b"/ByteRange")[1])[:4]
    )
    room = range(begins + until, goes_on)
    for _ in range(40):
        damaged = bytearray(sealed())
        places = [drawn.randrange(len(unsealed()) - 200, len(damaged)) for _ in range(drawn.choice((1, 5)))]
        for at in places:
            damaged[at] = (damaged[at] + drawn.randrange(1, 255)) % 256
        found = check_seal(bytes(damaged), ours=key_file(), now=NOW)
        assert found is None or not found.is_intact or all(at in room for at in places)


def test_a_letter_with_an_empty_field_has_no_seal() -> None:
    assert check_seal(unsealed(), ours=None, now=NOW) is None


def test_a_key_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    nonsense = tmp_path / "nonsense.p12"
    nonsense.write_bytes(b"nonsense")
    for file, says in (
        (SealFile(tmp_path / "none.p12"), "cannot be read"),
        (SealFile(nonsense, "x"), "no PKCS#12 file"),
        (SealFile(key_file().path, "wrong"), "does not open it"),
    ):
        with pytest.raises(SealFault, match=says):
            FileSealer(file).seal(unsealed(), at=NOW)


def test_the_passphrase_is_never_shown() -> None:
    assert PASSPHRASE not in repr(key_file())
    assert sealer_with(None) is None
    assert PASSPHRASE not in repr(sealer_with(key_file()))


def test_without_pyhanko_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal_module, "find_spec", lambda name: None)
    with pytest.raises(SealFault, match=r"tillsyn\[seal\]"):
        FileSealer(key_file()).seal(unsealed(), at=NOW)
    with pytest.raises(SealFault, match=r"tillsyn\[seal\]"):
        check_seal(sealed(), ours=None, now=NOW)
