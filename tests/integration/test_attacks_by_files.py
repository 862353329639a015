"""Files and paths that reach for something: no import asks anybody for anything, no address opens a file of ours.

What each format is refused for stands with its reader (tests/unit/exchange); here the whole way is gone, by page.
"""

import io
import socket
import zipfile
from functools import cache
from urllib.parse import quote

import pytest

from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_attacks_on_forms import stored
from tests.integration.who_may import MAY

OUT = "http://169.254.169.254/latest/meta-data"
ENTITY = (
    f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y SYSTEM "{OUT}">]>'
)
PROJECT = f'{ENTITY}<Project xmlns="urn:QDA-XML:project:1.0" name="&x;&y;" basePath="{OUT}"/>'
REACHING = f"""<?xml version="1.0" encoding="utf-8"?>
<Project xmlns="urn:QDA-XML:project:1.0" name="x" origin="x" basePath="{OUT}">
<Sources><TextSource guid="01010101-0101-4101-8101-010101010101" name="b1" plainTextPath="{OUT}/x.txt" richTextPath="file:///etc/passwd"/>
<TextSource guid="01010101-0101-4101-8101-010101010102" name="p1" plainTextPath="internal://../../../../etc/passwd"/></Sources></Project>"""


def packed(**files: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return made.getvalue()


def bomb() -> bytes:
    return packed(project_DOT_qde=b"<a/>" + b" " * 100_000_000)


@cache
def bombs() -> dict[str, bytes]:
    """Archives that unfold to a hundred million signs and more, as those that are taken in somewhere."""
    much = b"<a/>" + b" " * 100_000_000
    workbook = {"[Content_Types]_DOT_xml": b"<Types/>", "xl__workbook_DOT_xml": much}
    return {
        "bomb.qdpx": bomb(),
        "bomb.xlsx": packed(**workbook, xl__worksheets__sheet1_DOT_xml=much),
    }


def laughs(root: str) -> bytes:
    """Ten entities, each ten of the one before: a thousand million words, if they are unfolded."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a0 "ha">{entities}]><{root}>&a9;</{root}>'.encode()
    )


FILES = {
    "laughs.qde": laughs("Project"),
    "laughs.svg": laughs("svg"),
    "laughs.xlsx": packed(
        **{"[Content_Types]_DOT_xml": laughs("Types"), "xl__workbook_DOT_xml": laughs("workbook")}
    ),
    "entity.qde": PROJECT.encode(),
    "reaching.qde": REACHING.encode(),
    "reaching.qdpx": packed(project_DOT_qde=REACHING.encode()),
    "entity.qdpx": packed(project_DOT_qde=PROJECT.encode()),
    "slip.qdpx": packed(project_DOT_qde=REACHING.encode(), **{".._DOT__DOT___etc__passwd": b"x"}),
    "entity.xlsx": packed(
        **{"[Content_Types]_DOT_xml": PROJECT.encode(), "xl__workbook_DOT_xml": PROJECT.encode()}
    ),
    "formula.csv": f'Organisationsnummer;Huvudman;Typ av huvudman\n556677-8899;=WEBSERVICE("{OUT}");privat\n'.encode(),
    "image.svg": f'{ENTITY}<svg xmlns="http://www.w3.org/2000/svg"><image href="{OUT}"/></svg>'.encode(),
    "page.html": f'<script src="{OUT}"></script>'.encode(),
    "document.pdf": b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/URI/URI("
    + OUT.encode()
    + b")>>>>endobj\n%%EOF",
}


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every attempt to reach another machine, refused and noted."""
    asked: list[object] = []

    def refuse(_self: object, address: object, *_rest: object) -> None:
        asked.append(address)
        raise OSError("nobody is there")

    def look_up(host: object, *_rest: object, **_more: object) -> None:
        asked.append(host)
        raise OSError("no such name")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def entrances(rich: RichSite) -> list[tuple[str, str, str]]:
    """Who sends a file where, in which field: every form with a field for files."""
    case, made = rich.made.cases[FULLEST], []
    for rule in rich.rules("GET"):
        for who in [
            one for one in ("leader", "registrar", "provider", "method_owner") if one in MAY[rule.endpoint]
        ][:1]:
            address = rich.address(rule, FULLEST)
            if address is None or "POST" not in (rule.methods or ()):
                continue
            answer = rich.as_(who).http.get(address)
            if answer.status_code == 200 and answer.mimetype == "text/html":
                page = answer.get_data(as_text=True)
                for part in page.split("<input")[1:]:
                    tag = part.split(">")[0]
                    if 'type="file"' in tag:
                        made.append((who, address, tag.split('name="')[1].split('"')[0]))
    made.append(("leader", f"/inspections/{rich.made.cases['other_talks']}/coding/exchange", "file"))
    assert any(f"/inspections/{case}/" in address for _who, address, _field in made)
    return made


def test_no_import_asks_anybody_for_anything(
    rich: RichSite, nobody_answers: list[object], capfd: pytest.CaptureFixture[str]
) -> None:
    """Each hostile file at each entrance: answered in words, nothing asked for, nothing of the server's read."""
    before, wrong = stored(rich), []
    sent_to = entrances(rich)
    assert len({address for _who, address, _field in sent_to}) >= 4, sent_to
    for who, address, field in sent_to:
        for name, content in (FILES | bombs()).items():
            browser = rich.as_(who)
            sent = {"csrf_token": browser._token(), field: (io.BytesIO(content), name)}
            answer = browser.http.post(address, data=sent, content_type="multipart/form-data")
            said = answer.get_data(as_text=True)
            if answer.status_code >= 500 or "root:x:0" in said or "haha" in said:
                wrong.append(f"{name} at {address}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
    assert nobody_answers == []
    after = stored(rich)
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {"register_imports"}, "a file that is looked at first may wait; nothing else is kept"


def test_an_archive_that_unfolds_without_end_is_refused_at_the_page(rich: RichSite) -> None:
    browser = rich.as_("leader")
    content = bomb()
    assert len(content) < 200_000
    sent = {"csrf_token": browser._token(), "file": (io.BytesIO(content), "bomb.qdpx")}
    address = f"/inspections/{rich.made.cases['other_talks']}/coding/exchange"
    answer = browser.http.post(address, data=sent, content_type="multipart/form-data")
    assert answer.status_code == 422


PATHS = ("../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "....//....//etc/passwd", "/etc/passwd",
         "..\\..\\etc\\passwd", "%2e%2e/%2e%2e/etc/passwd", "app.css%00.html", "../inspect/settings.py",
         "..%252f..%252fetc%252fpasswd", "file:///etc/passwd")  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_path_in_an_address_leads_to_no_file_of_the_server(rich: RichSite, path: str) -> None:
    case = rich.made.cases[FULLEST]
    for place in ("/static/", "/field/", "/field/words/", f"/inspections/{case}/letter/", "/guides/", "/guides/hvb/",
                  f"/inspections/{case}/files/", "/calendar/feed/", f"/inspections/{case}/letters/versions/",
                  "/register-files/", "/guides/forms/"):  # fmt: skip
        for asked in (path, quote(path, safe="")):
            answer = rich.as_("leader").http.get(place + asked)
            said = answer.get_data(as_text=True)
            assert answer.status_code in (301, 302, 308, 400, 404, 405), (place, asked, answer.status_code)
            assert "root:x:0" not in said and "read_settings" not in said
            assert answer.headers.get("Location", "/").startswith(("/", "http://localhost/"))
