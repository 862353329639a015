"""What is kept of a PDF shows its pages and does nothing; what is no PDF, or a trap, is refused in words."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tillsyn.inspect.errors import Invalid
from tillsyn.inspect.exchange import pdf_files
from tillsyn.inspect.exchange.foreign_files import ONLY, why_foreign
from tillsyn.inspect.exchange.pdf_files import clean_pdf


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def a_pdf(arm=lambda pdf: None, **saving: object) -> bytes:  # type: ignore[no-untyped-def]
    pdf = pikepdf.new()
    pdf.add_blank_page()
    arm(pdf)
    made = BytesIO()
    pdf.save(made, **saving)
    return made.getvalue()


def opens_with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = script()


def script_by_name(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("x"), pdf.make_indirect(script())]))
    )


def script_on_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=script())


def starts_a_program(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(
        Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=Dictionary(S=Name.Launch, F=String("x.exe"))
    )
    pdf.pages[0].obj.Annots = Array([link])


def script_after_a_link(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.GoTo, D=Array([0]), Next=script())
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)])


def script_as_address(pdf: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String(" JavaScript:alert(1)"))
    pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)])


def file_inside(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["secret.exe"] = b"MZ evil"


def file_on_page(pdf: pikepdf.Pdf) -> None:
    note = pdf.make_indirect(Dictionary(Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9])))
    pdf.pages[0].obj.Annots = pdf.make_indirect(Array([note]))


def form_that_sends(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=String("<xdp/>"))


ARMED = [
    opens_with_script, script_by_name, script_on_page, starts_a_program, script_after_a_link,
    script_as_address, file_inside, file_on_page, form_that_sends,
]  # fmt: skip
TELLS = (b"JavaScript", b"Javascript", b"Launch", b"EmbeddedFile", b"FileAttachment", b"XFA", b"MZ evil")


@pytest.mark.parametrize("arm", ARMED)
@pytest.mark.parametrize("packed", [False, True])
def test_what_acts_is_taken_out_and_the_page_stays(arm, packed: bool) -> None:  # type: ignore[no-untyped-def]
    mode = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    armed = a_pdf(arm, object_stream_mode=mode)
    clean = clean_pdf(armed)
    assert clean != armed
    with pikepdf.open(BytesIO(clean)) as pdf:
        assert len(pdf.pages) == 1
        plain = BytesIO()
        pdf.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert not [tell for tell in TELLS if tell in plain.getvalue()]
    assert clean_pdf(clean) is clean


def test_a_name_written_in_disguise_is_seen_through() -> None:
    armed = a_pdf(opens_with_script, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    disguised = armed.replace(b"/JavaScript", b"/J#61vaScript").replace(b"/OpenAction", b"/Open#41ction")
    clean = clean_pdf(disguised)
    assert b"ction" not in clean and b"alert" not in clean


def test_a_pdf_that_does_nothing_is_kept_as_it_is() -> None:
    def leads_somewhere(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
        web = Dictionary(S=Name.URI, URI=String("https://example.se/rutin"))
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=web)])

    plain = a_pdf(leads_somewhere)
    assert clean_pdf(plain) is plain


def refusal_of(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        clean_pdf(content)
    return refused.value.reason


def test_a_pdf_locked_with_a_password_is_refused() -> None:
    locked = a_pdf(encryption=pikepdf.Encryption(owner="o", user="u"))
    assert "locked with a password" in refusal_of(locked)


def test_a_pdf_that_only_may_not_be_changed_is_opened_for_the_reader() -> None:
    held = a_pdf(encryption=pikepdf.Encryption(owner="o", user=""))
    with pikepdf.open(BytesIO(clean_pdf(held))) as pdf:
        assert not pdf.is_encrypted


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing more", b"%PDF-" + b"\0" * 5000, a_pdf()[:200]])
def test_what_only_begins_like_a_pdf_is_refused(content: bytes) -> None:
    assert "cannot be read" in refusal_of(content)


@pytest.mark.parametrize("times", [1, 2])
def test_a_pdf_that_unfolds_too_far_is_refused_before_it_is_unfolded(
    times: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_files, "MOST_UNFOLDED", 20_000_000)
    stream = b"\0" * 30_000_000
    for _ in range(times):
        stream = zlib.compress(stream, 9)
    bomb = a_pdf(lambda pdf: pdf.pages[0].contents_add(b"q Q")).replace(b"stream\n", b"stream\n" + stream, 1)
    assert len(bomb) < 60_000
    assert "unfolds" in refusal_of(bomb)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04word/document.xml", "Word, Excel or ZIP"),
        (b"\xd0\xcf\x11\xe0 old", "older Word"),
        (b"MZ\x90", "a program"),
        (b"{\\rtf1 hej}", "text document"),
        (b"GIF89a", "GIF"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"<html><script>", ONLY),
        (b"hello", ONLY),
    ],
)
def test_what_is_not_taken_in_is_named_so_that_the_sender_knows_what_to_do(content: bytes, said: str) -> None:
    assert said in why_foreign(content)
