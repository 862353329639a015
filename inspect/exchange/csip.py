"""A package for an e-archive: E-ARK CSIP 2.1 (DILCIS Board), one representation, METS at the root.

    NAME/METS.xml
    NAME/metadata/descriptive/dc.xml           Dublin Core
    NAME/metadata/preservation/premis.xml      PREMIS 3: each file with its SHA-256, what happened, by what
    NAME/representations/rep1/data/…           the records
    NAME/schemas/…                             what the records are written by
    NAME/documentation/…                       what a person reads first

Nothing here knows a case: services/archive_case.py says what goes in.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final
from xml.etree import ElementTree as ET  # writes XML, and reads none  # nosec B405

METS_NAME: Final = "METS.xml"
DATA, SCHEMAS, DOCUMENTATION = "representations/rep1/data/", "schemas/", "documentation/"
DESCRIPTIVE, PRESERVATION = "metadata/descriptive/dc.xml", "metadata/preservation/premis.xml"

NAMESPACES: Mapping[str, str] = MappingProxyType(
    {
        "mets": "http://www.loc.gov/METS/",
        "csip": "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
        "xlink": "http://www.w3.org/1999/xlink",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "premis": "http://www.loc.gov/premis/v3",
        "oai_dc": "http://www.openarchives.org/OAI/2.0/oai_dc/",
        "dc": "http://purl.org/dc/elements/1.1/",
    }
)
for _prefix, _uri in NAMESPACES.items():
    ET.register_namespace(_prefix, _uri)

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of the package; `path` from the package's root, with slashes."""

    path: str
    media_type: str
    content: bytes
    created: datetime

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to what is packed: `kind` in a word or two of English, `detail` neutral."""

    id: str
    kind: str
    at: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package is made of. `about`: Dublin Core elements in order, as pairs of name and text."""

    name: str
    label: str
    software: str
    version: str
    authority: str
    made_at: datetime
    about: Sequence[tuple[str, str]]
    files: Sequence[PackageFile]
    happened: Sequence[Happening] = field(default_factory=tuple)


def name(prefix: str, local: str) -> str:
    """A name as ElementTree writes it."""
    return f"{{{NAMESPACES[prefix]}}}{local}"


def child(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    """A child of the parent's namespace; attributes written `prefix__name` have one of their own."""
    prefix, local = tag.split(":")
    made = ET.SubElement(parent, name(prefix, local))
    for key, value in attributes.items():
        space, _, own = key.rpartition("__")
        made.set(name(space, own) if space else own, clean(value))
    if text is not None:
        made.text = clean(text)
    return made


def clean(text: str) -> str:
    """Without signs that no XML can hold."""
    return _NOT_IN_XML.sub("", text)


def written(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
