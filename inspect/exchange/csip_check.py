"""Whether a package for an e-archive is whole: what METS names is there with its hash, and no more.

It reads what somebody may have changed, so it trusts nothing: no entity is expanded, paths are looked up and
never opened. The schemas and the rules of CSIP are tried in the tests, by their own files.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET  # no document type is let in  # nosec B405

from .csip import METS_NAME, NAMESPACES, PRESERVATION, name

LONGEST_METS = 50_000_000


@dataclass(frozen=True, slots=True)
class PackageFault:
    """What is wrong, and with which file or element; `what` is one sentence of English."""

    what: str
    where: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def check_package(files: Mapping[str, bytes]) -> list[PackageFault]:
    """Everything that is wrong with a package, given as its files by path. An empty list: it is whole."""
    mets = files.get(METS_NAME)
    if mets is None:
        return [PackageFault("the package has no METS.xml", METS_NAME)]
    root = _read(mets)
    if root is None or root.tag != name("mets", "mets"):
        return [PackageFault("METS.xml cannot be read as METS", METS_NAME)]
    faults = list(_ids(root))
    named: set[str] = {METS_NAME}
    for reference, place in _references(root):
        faults += _against(reference, place, files)
        named.add(place)
    faults += [PackageFault("METS does not name this file", path) for path in sorted(files.keys() - named)]
    return faults + _fixity(files)


def _read(data: bytes) -> ET.Element | None:
    if len(data) > LONGEST_METS or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    try:
        return ET.fromstring(data)  # noqa: S314 - no document type, so no entity  # nosec B314
    except ET.ParseError:
        return None


def _ids(root: ET.Element) -> Iterator[PackageFault]:
    if not root.get("OBJID"):
        yield PackageFault("the package has no OBJID", METS_NAME)
    seen: set[str] = set()
    for element in root.iter():
        id = element.get("ID")
        local = element.tag.rpartition("}")[2]
        if id is None and local in {"file", "fileGrp", "dmdSec", "digiprovMD", "div", "structMap", "fileSec"}:
            yield PackageFault("an element has no ID", local)
        if id is not None and id in seen:
            yield PackageFault("two elements have this ID", id)
        seen |= {id} if id is not None else set()
    for element in root.iter():
        wanted = [element.get(key) for key in ("FILEID", "ADMID", "DMDID")]
        for one in " ".join(filter(None, wanted)).split():
            if one not in seen:
                yield PackageFault("something refers to this ID, which is not there", one)


def _references(root: ET.Element) -> Iterator[tuple[ET.Element, str]]:
    """What holds size and hash, and the path that it is about."""
    link = name("xlink", "href")
    for reference in root.iter(name("mets", "mdRef")):
        yield reference, reference.get(link, "")
    for file in root.iter(name("mets", "file")):
        location = file.find("mets:FLocat", dict(NAMESPACES))
        yield file, "" if location is None else location.get(link, "")


def _against(reference: ET.Element, place: str, files: Mapping[str, bytes]) -> Iterator[PackageFault]:
    if not place:
        yield PackageFault("a file in METS has no location", reference.get("ID", "?"))
        return
    content = files.get(place)
    if content is None:
        yield PackageFault("METS names this file and it is not there", place)
        return
    if reference.get("SIZE") != str(len(content)):
        yield PackageFault("the file has another size than METS says", place)
    if reference.get("CHECKSUMTYPE") != "SHA-256":
        yield PackageFault("METS has no SHA-256 of the file", place)
    elif reference.get("CHECKSUM", "").lower() != hashlib.sha256(content).hexdigest():
        yield PackageFault("the file has another SHA-256 than METS says", place)


def _fixity(files: Mapping[str, bytes]) -> list[PackageFault]:
    """What PREMIS says of the files must be what METS says: two witnesses."""
    root = _read(files.get(PRESERVATION, b""))
    if root is None:
        return [PackageFault("the metadata for preservation cannot be read as PREMIS", PRESERVATION)]
    faults = []
    for one in root.iter(name("premis", "object")):
        path = one.findtext(".//premis:objectIdentifierValue", "", dict(NAMESPACES))
        digest = one.findtext(".//premis:messageDigest", "", dict(NAMESPACES))
        content = files.get(path)
        if content is not None and hashlib.sha256(content).hexdigest() != digest:
            faults.append(PackageFault("the file has another SHA-256 than PREMIS says", path))
    return faults
