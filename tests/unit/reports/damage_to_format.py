"""Faults of the file around the text: what it says of itself, its typefaces and colours, what it carries."""

import re
from collections.abc import Callable
from typing import Any

import pikepdf

from tests.unit.reports.damage import Change, Damage, drawn_too, fonts, links, planted, without


def _xmp(before: str, after: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        said = pdf.Root.Metadata.read_bytes()
        written = re.sub(before.encode(), after.encode(), said, flags=re.DOTALL)
        assert written != said
        pdf.Root.Metadata.write(written)

    return change


def _entry(name: str, value: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[name] = value

    return change


def _each_font(change: Callable[[Any], None]) -> Change:
    def on_each(pdf: pikepdf.Pdf) -> None:
        for font in fonts(pdf):
            change(font)

    return on_each


def _no_file(font: Any) -> None:
    del font.FontDescriptor["/FontFile2"]


def _no_characters(font: Any) -> None:
    del font["/ToUnicode"]


def _zero_characters(font: Any) -> None:
    font.ToUnicode.write(re.sub(rb"> <[0-9A-F]{4}>", b"> <0000>", font.ToUnicode.read_bytes()))


def _other_widths(font: Any) -> None:
    font.Widths = pikepdf.Array([int(width) + 100 for width in font.Widths])


def _no_title(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]
    _xmp("<dc:title>.*</dc:title>", "")(pdf)


def _other_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("en-GB")


def _script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('Hej')"))


def _attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["note.txt"] = b"Inte en PDF"


def _blended(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.ExtGState = pikepdf.Dictionary(Glass=pikepdf.Dictionary(BM=pikepdf.Name.Glass))
    drawn_too(b"/Artifact BMC /Glass gs 0 0 9 9 re f EMC")(pdf)


def _hidden_link(pdf: pikepdf.Pdf) -> None:
    links(pdf)[0].F = 2


def _no_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents[0]["/DestOutputProfile"]


def _encrypted(data: bytes) -> bytes:
    key = pikepdf.Encryption(owner="x", user="", R=6)
    return planted(lambda _: None, encryption=key)(data)


def _no_id(data: bytes) -> bytes:
    """ReportLab's own file with the identity in its last lines taken away."""
    made = re.sub(rb"/ID\s*\[.*?\]", b"", data, flags=re.DOTALL)
    assert made != data
    return made


def _no_end_of_line(data: bytes) -> bytes:
    """As ReportLab would have it: the data of a stream run into the word that ends it."""
    made = data.replace(b"\r\nendstream\n", b"endstream\n\r\n")
    assert made != data
    return made


TO_FORMAT: dict[str, Damage] = {
    "no mark of being tagged": planted(without("/MarkInfo")),
    "marked as not tagged": planted(_entry("/MarkInfo", pikepdf.Dictionary(Marked=False))),
    "marked as suspect": planted(_entry("/MarkInfo", pikepdf.Dictionary(Marked=True, Suspects=True))),
    "no language": planted(without("/Lang")),
    "another language": planted(_other_language),
    "a language that is none": planted(_entry("/Lang", pikepdf.String("svenska språket"))),
    "no title": planted(_no_title),
    "no title shown": planted(without("/ViewerPreferences")),
    "file name shown instead of the title": planted(
        _entry("/ViewerPreferences", pikepdf.Dictionary(DisplayDocTitle=False))
    ),
    "no metadata": planted(without("/Metadata")),
    "metadata without accessibility": planted(_xmp("<pdfuaid:part>1</pdfuaid:part>", "")),
    "metadata with another part of accessibility": planted(
        _xmp("<pdfuaid:part>1</pdfuaid:part>", "<pdfuaid:part>7</pdfuaid:part>")
    ),
    "metadata without archive": planted(
        _xmp("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>", "")
    ),
    "metadata with another part of archive": planted(
        _xmp("<pdfaid:part>2</pdfaid:part>", "<pdfaid:part>7</pdfaid:part>")
    ),
    "metadata with a lower level of archive": planted(
        _xmp("<pdfaid:conformance>A</pdfaid:conformance>", "<pdfaid:conformance>X</pdfaid:conformance>")
    ),
    "metadata without title": planted(_xmp("dc:title", "dc:source")),
    "metadata with words that nobody explains": planted(
        _xmp('<rdf:Description rdf:about="" xmlns:pdfaExtension=.*?</rdf:Description>', "")
    ),
    "metadata that is no XML": planted(_xmp("</rdf:RDF>", "")),
    "no colour profile": planted(without("/OutputIntents")),
    "colour profile named and not there": planted(_no_profile),
    "colour of another kind": planted(drawn_too(b"/Artifact BMC 0 1 0 0 k 0 0 9 9 re f EMC")),
    "typeface not in the file": planted(_each_font(_no_file)),
    "typeface without characters": planted(_each_font(_no_characters)),
    "typeface whose characters are nothing": planted(_each_font(_zero_characters)),
    "typeface with other widths": planted(_each_font(_other_widths)),
    "transparency of no known kind": planted(_blended),
    "link that is hidden": planted(_hidden_link),
    "script": planted(_script),
    "attached file": planted(_attached),
    "encrypted": _encrypted,
    "no identity": _no_id,
    "stream run into the word that ends it": _no_end_of_line,
}
