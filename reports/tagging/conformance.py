"""What makes a file PDF/UA-1 and PDF/A-2a: what it says of itself, its colours, its format."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape  # writes markup, and reads none  # nosec B406

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFFormXObject,
    PDFImageXObject,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from .spelling import SPELLED
from .structure import NotAccessible

_PROFILE = Path(__file__).parent / "sRGB.icc"
_AT_ONCE = 100
"""So many characters a block of a character map may name."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<xmp:CreateDate>{at}</xmp:CreateDate><xmp:ModifyDate>{at}</xmp:ModifyDate>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@dataclass(frozen=True, slots=True)
class About:
    """What the file says of itself. `language` is a language tag ("sv-SE"); `font` what a page starts in.

    `seal`: what the empty field for an electronic seal is called; "" for a file that will not be sealed.

    Raises `NotAccessible` without language or title.
    """

    title: str
    language: str
    author: str
    subject: str
    font: str
    creator: str = "Tillsyn"
    seal: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise NotAccessible("the document has no title")
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", self.language):
            raise NotAccessible(f"the document has no language: {self.language!r}")


class _Stream(PDFObject):  # type: ignore[misc]
    """A stream with an end of line before its last word, which ReportLab leaves out."""

    __RefOnly__ = 1

    def __init__(self, stream: PDFObject) -> None:
        self.stream = stream
        self.__InternalName__ = stream.__InternalName__

    def format(self, document: Any) -> bytes:
        written: bytes = self.stream.format(document)
        # Both signs: after data that ends with the first, the second alone would make them one.
        return written.removesuffix(b"endstream\n") + b"\r\nendstream\n"


def make_conforming(document: Any, about: About) -> None:
    """Adds to a document of ReportLab, when all pages are drawn, what both standards ask for."""
    catalog, info = document.Catalog, document.info
    info.title, info.author, info.subject = about.title, about.author, about.subject
    info.creator = about.creator
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.Lang = PDFString(about.language)
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})
    catalog.ViewerPreferences = PDFDictionary({"DisplayDocTitle": "true"})
    catalog.OutputIntents = PDFArray([_colours(document)])
    catalog.Metadata = _metadata(document, about)
    for font in document.delayedFonts:
        font.addObjects(document)
    document.delayedFonts = []
    _mend_streams(document)


def _colours(document: Any) -> PDFDictionary:
    profile = PDFStream(PDFDictionary({"N": 3}), _PROFILE.read_bytes())
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB IEC61966-2.1"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )


def _metadata(document: Any, about: About) -> PDFStream:
    year, month, day, hour, minute, second = document._timeStamp.YMDhms
    written = _XMP.format(
        title=escape(about.title),
        author=escape(about.author),
        subject=escape(about.subject),
        language=about.language,
        creator=escape(about.creator),
        producer=escape(document.info.producer),
        at=f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+00:00",
    )
    stream = PDFStream(
        PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), written.encode()
    )
    document.Reference(stream)
    return stream


def _mend_streams(document: Any) -> None:
    for name in [name for name in document.idToObject if re.fullmatch(r"Page\d+", name)]:
        page = document.idToObject[name]
        page.check_format(document)
        page.Contents.filters = [PDFZCompress]  # without base 85: shorter, and sooner made
        document.Reference(page.Contents)
    for name, thing in document.idToObject.items():
        if name.startswith("toUnicodeCMap:"):
            thing.content = character_map(thing.content)
        if isinstance(thing, (PDFStream, PDFFormXObject, PDFImageXObject)):
            document.idToObject[name] = _Stream(thing)


def character_map(written: str) -> str:
    """The map from glyphs to what they spell, without those that spell nothing, in blocks of legal length."""
    head, rest = re.split(r"\d+ beginbfchar\n", written, maxsplit=1)
    tail = rest.partition("endbfchar\n")[2]
    pairs = [
        (code, int(character, 16)) for code, character in re.findall(r"<([0-9A-F]+)> <([0-9A-F]+)>", rest)
    ]
    spelled = [(code, SPELLED.get(one, chr(one))) for code, one in pairs if one]
    lines = [f"<{code}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in spelled]
    blocks = [lines[at : at + _AT_ONCE] for at in range(0, len(lines), _AT_ONCE)]
    return (
        head
        + "".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n" for block in blocks)
        + tail
    )
