"""Projects as other programs write them, and files that somebody has made to do harm."""

import zipfile
from io import BytesIO

import pytest

from tillsyn.inspect.exchange import refi_qda_archive, refi_qda_xml
from tillsyn.inspect.exchange.refi_qda_model import ExchangeFault, Project, UnusableExchange
from tillsyn.inspect.exchange.refi_qda_positions import with_plain_line_ends
from tillsyn.inspect.exchange.refi_qda_read import read_exchange

SOURCE = "0A1B2C3D-0000-4000-8000-00000000000A"
CODE = "0A1B2C3D-0000-4000-8000-00000000000B"
CODES = f'<CodeBook><Codes><Code guid="{CODE}" name="Natt" isCodable="true"/></Codes></CodeBook>'


def project(inner: str, *, origin: str = "NVivo 14", head: str = "", before: str = CODES) -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<Project xmlns="urn:QDA-XML:project:1.0" name="P" '
        f'origin="{origin}">{before}{inner}</Project>'
    )


def packed(xml: str | bytes, files: dict[str, bytes] | None = None, name: str = "project.qde") -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, xml)
        for file, content in (files or {}).items():
            archive.writestr(file, content)
    return made.getvalue()


def text_source(selections: str = "", path: str = "internal://a.txt", inner: str = "") -> str:
    return f'<Sources><TextSource guid="{SOURCE}" name="T" plainTextPath="{path}">{inner}{selections}</TextSource></Sources>'


def mark(begins: int | str, ends: int | str, name: str = "") -> str:
    return (
        f'<PlainTextSelection guid="S-{begins}-{ends}" name="{name}" startPosition="{begins}" endPosition="{ends}">'
        f'<Coding guid="C"><CodeRef targetGUID="{{{CODE.lower()}}}"/></Coding></PlainTextSelection>'
    )


def words(read: Project) -> list[str]:
    return [source.text[one.begins : one.ends] for source in read.sources for one in source.selections]


def faults(content: bytes) -> tuple[ExchangeFault, ...]:
    with pytest.raises(UnusableExchange) as refused:
        read_exchange(content)
    return refused.value.faults


# --- Where the text lies and how it is written -------------------------------------------------


@pytest.mark.parametrize(
    ("path", "file", "name"),
    [
        ("internal://a.txt", "Sources/a.txt", "project.qde"),  # NVivo
        ("internal://a.txt", "sources/a.txt", "project.qde"),  # MAXQDA
        ("internal:/a.txt", "sources/a.txt", "project.qde"),
        ("a.txt", "sources/a.txt", "project.qde"),
        ("sources/a.txt", "sources/a.txt", "project.qde"),
        ("internal://A.TXT", "Sources\\a.txt", "Environmental attitudes.qde"),  # ATLAS.ti names it so
    ],
)
def test_the_text_is_found_where_programs_put_it(path: str, file: str, name: str) -> None:
    content = packed(project(text_source(mark(3, 9), path)), {file: "På natten".encode()}, name)
    assert words(read_exchange(content)) == ["natten"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_text_is_read_in_the_encoding_it_has(encoding: str) -> None:
    content = packed(project(text_source(mark(3, 9))), {"sources/a.txt": "På natten".encode(encoding)})
    assert words(read_exchange(content)) == ["natten"]


def test_the_text_may_stand_in_the_xml_itself() -> None:
    inner = "<PlainTextContent>På natten</PlainTextContent>"
    xml = project(f'<Sources><TextSource guid="{SOURCE}" name="T">{inner}{mark(3, 9)}</TextSource></Sources>')
    for content in (
        packed(xml),
        xml.encode(),
        b"\xef\xbb\xbf" + xml.encode(),
        xml.replace("utf-8", "utf-16").encode(),
    ):
        assert words(read_exchange(content)) == ["natten"]
    assert words(read_exchange(xml.replace("utf-8", "utf-16").encode("utf-16"))) == ["natten"]
    assert words(read_exchange(xml.replace("utf-8", "iso-8859-1").encode("iso-8859-1"))) == ["natten"]


# --- How characters are counted ----------------------------------------------------------------

LINES = "Rad ett\r\nRad två\r\nNatten är svår"


def test_a_windows_line_end_is_two_characters_where_nothing_says_otherwise() -> None:
    content = packed(project(text_source(mark(18, 24))), {"sources/a.txt": LINES.encode()})
    assert words(read_exchange(content)) == ["Natten"]


def test_atlas_counts_a_windows_line_end_as_one_character() -> None:
    content = packed(
        project(text_source(mark(16, 22)), origin="ATLAS.ti 24"), {"sources/a.txt": LINES.encode()}
    )
    assert words(read_exchange(content)) == ["Natten"]


def test_the_words_that_a_selection_carries_decide_how_its_text_was_counted() -> None:
    content = packed(project(text_source(mark(16, 22, "Natten"))), {"sources/a.txt": LINES.encode()})
    assert words(read_exchange(content)) == ["Natten"]
    emoji = "😀😀 natten är svår"
    content = packed(project(text_source(mark(5, 19, "natten är svår"))), {"sources/a.txt": emoji.encode()})
    assert words(read_exchange(content)) == ["natten är svår"]
    content = packed(
        project(text_source(mark(4, 10, "natten"))), {"sources/a.txt": b"\xef\xbb\xbfP\xc3\xa5 natten"}
    )
    assert words(read_exchange(content)) == ["natten"]


def test_a_selection_that_only_fits_in_utf_16_units_is_counted_so() -> None:
    content = packed(project(text_source(mark(5, 11))), {"sources/a.txt": "😀😀 natten".encode()})
    assert words(read_exchange(content)) == ["natten"]


def test_line_ends_become_those_of_the_product_and_places_follow() -> None:
    text, places = with_plain_line_ends(LINES, [0, 7, 9, 18, len(LINES)])
    assert text == LINES.replace("\r\n", "\n") and [text[a:] for a in places][3] == "Natten är svår"
    assert with_plain_line_ends("a\rb", [2]) == ("a\nb", [2])


# --- What else programs do ---------------------------------------------------------------------


def test_guids_in_braces_and_capitals_and_none_at_all_are_the_same_thing() -> None:
    book = '<CodeBook xmlns="urn:QDA-XML:codebook:{}"><Codes><Code guid="k1" name=" Natt " isCodable="False"/></Codes></CodeBook>'
    for version in ("1.0", "1:0", "0:4"):
        code = read_exchange(book.format(version).encode()).codes[0]
        assert (code.guid, code.name, code.is_codable) == ("k1", "Natt", False)
    read = read_exchange(packed(project(text_source(mark(0, 2))), {"sources/a.txt": b"abc"}))
    assert read.sources[0].selections[0].codings[0].code == CODE.lower() == read.codes[0].guid


def test_nested_codes_and_groups_keep_their_places() -> None:
    codes = '<CodeBook><Codes><Code guid="a" name="A" isCodable="false"><Code guid="b" name="B"><Code guid="c" name="C"/></Code></Code></Codes></CodeBook>'
    top = read_exchange(project("", before=codes).encode()).codes[0]
    assert not top.is_codable and top.codes[0].is_codable and top.codes[0].codes[0].name == "C"


def test_a_note_tied_by_a_link_belongs_to_what_it_is_tied_to() -> None:
    more = (
        '<Notes><Note guid="n1" name="Tanke"><PlainTextContent>Se här</PlainTextContent></Note></Notes>'
        '<Links><Link guid="l" originGUID="S-0-2" targetGUID="n1"/><Link guid="m" originGUID="x" targetGUID="y"/></Links>'
    )
    read = read_exchange(packed(project(text_source(mark(0, 2)) + more), {"sources/a.txt": b"abc"}))
    assert read.sources[0].selections[0].notes == ("n1",) and read.left_out == (("Link", 1),)


def test_pictures_and_sound_are_counted_and_their_texts_taken() -> None:
    pdf = (
        '<PDFSource guid="p" name="Bok.pdf" path="internal://p.pdf"><PDFSelection guid="ps" page="0" firstX="1" firstY="1" secondX="2" secondY="2"/>'
        f'<Representation guid="pr" plainTextPath="internal://a.txt">{mark(0, 3)}</Representation></PDFSource>'
    )
    sound = (
        '<AudioSource guid="q" name="Ljud"><Transcript guid="t"><PlainTextContent>Hej du</PlainTextContent>'
        '<SyncPoint guid="s1" position="0"/><SyncPoint guid="s2" position="3"/><SyncPoint guid="s3"/>'
        '<TranscriptSelection guid="ts" fromSyncPoint="s1" toSyncPoint="s2"/>'
        '<TranscriptSelection guid="tt" fromSyncPoint="s1" toSyncPoint="s3"/></Transcript></AudioSource>'
    )
    read = read_exchange(
        packed(
            project(f'<Sources>{pdf}{sound}<PictureSource guid="b"/></Sources>'), {"sources/a.txt": b"abc"}
        )
    )
    assert words(read) == ["abc", "Hej"] and [source.name for source in read.sources] == ["Bok.pdf", "Ljud"]
    assert read.left_out == (
        ("AudioSource", 1),
        ("PDFSelection", 1),
        ("PictureSource", 1),
        ("TranscriptSelection", 1),
    )


def test_a_coding_to_a_case_is_left_out_and_times_without_zone_are_utc() -> None:
    case = '<Cases><Case guid="k9" name="Anna"/></Cases>'
    coded = '<PlainTextSelection guid="s" startPosition="0" endPosition="1" creationDateTime="2020-01-02T03:04:05"><Coding guid="c"><CodeRef targetGUID="k9"/></Coding></PlainTextSelection>'
    read = read_exchange(packed(project(case + text_source(coded)), {"sources/a.txt": b"abc"}))
    made = read.sources[0].selections[0]
    assert made.codings == () and read.left_out == (("Case", 1),)
    assert made.created_at is not None and made.created_at.isoformat() == "2020-01-02T03:04:05+00:00"


# --- Files that cannot be used -----------------------------------------------------------------


def test_all_faults_are_told_with_line_and_element() -> None:
    wrong = "\n".join(
        [
            mark(2, 1),
            mark(0, 99),
            mark("", 1),
            '<PlainTextSelection guid="s" startPosition="0" endPosition="1"><Coding guid="c"/></PlainTextSelection>',
        ]
    )
    found = faults(packed(project("\n" + text_source(wrong)), {"sources/a.txt": b"abc"}))
    assert [fault.line for fault in found] == [2, 3, 4, 5]
    assert found[0].place == "2: Sources[1]/TextSource[1]/PlainTextSelection[1]"


@pytest.mark.parametrize(
    "path", ["internal://gone.txt", "internal://../../etc/passwd", "/etc/passwd", "absolute:///etc/passwd"]
)
def test_a_path_out_of_the_file_leads_nowhere(path: str) -> None:
    found = faults(packed(project(text_source(mark(0, 1), path)), {"sources/a.txt": b"abc"}))
    assert found[0].values == {"path": path}


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE Project SYSTEM "http://127.0.0.1/x.dtd">',
        '<!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_document_type_is_refused_before_anything_is_read(head: str) -> None:
    (fault,) = faults(packed(project("<Description>&b;</Description>", head=head)))
    assert "DOCTYPE" in fault.text and fault.path == "project.qde" and fault.line == 1


def test_what_is_no_project_says_so() -> None:
    for content, says in (
        (b"", "neither"),
        (b"PK\x03\x04 not a zip", "neither"),
        (b"{}", "neither"),
        (b"<html/>", "no REFI-QDA project"),
        (b'<Project xmlns="urn:other"/>', "no REFI-QDA project"),
        (b"<Project><open></Project>", "not XML"),
        (b"<Project>\x01</Project>", "not XML"),
        (packed("x", name="readme.txt"), "no project"),
        (packed(b"<Project"), "not XML"),
    ):
        assert says in faults(content)[0].text, content


def test_a_zip_that_unpacks_to_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refi_qda_archive, "MAX_READ", 1_000_000)
    (fault,) = faults(packed(project(text_source(mark(0, 1))), {"sources/a.txt": b"a" * 2_000_000}))
    assert "unpacks" in fault.text and fault.path == "sources/a.txt"


def test_too_many_elements_and_too_deep_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "<Code guid='a' name='a'>" * 200 + "</Code>" * 200
    assert (
        "deeper" in faults(project("", before=f"<CodeBook><Codes>{deep}</Codes></CodeBook>").encode())[0].text
    )
    monkeypatch.setattr(refi_qda_xml, "MAX_ELEMENTS", 50)
    assert "elements" in faults(project("<Sets>" + "<Set/>" * 60 + "</Sets>").encode())[0].text


def test_a_locked_or_oddly_packed_zip_is_refused() -> None:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("project.qde", project(""))
    assert "unusual" in faults(made.getvalue())[0].text
    content = bytearray(packed(project("")))
    for place in (6, content.index(b"PK\x01\x02") + 8):
        content[place] |= 1
    assert "password" in faults(bytes(content))[0].text
