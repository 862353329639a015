"""METS.xml of a package for an e-archive, by the requirements of E-ARK CSIP 2.1 (CSIP1 to CSIP119)."""

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET  # writes XML, and reads none  # nosec B405

from .csip import (
    DATA,
    DESCRIPTIVE,
    DOCUMENTATION,
    METS_NAME,
    NAMESPACES,
    PRESERVATION,
    SCHEMAS,
    Contents,
    PackageFile,
    child,
    clean,
    moment,
    name,
    written,
)
from .csip_metadata import dublin_core, premis

PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
CONTENT = "tillsyn-case/1"
"""What the representation is: no content information type specification of the DILCIS Board."""
_WHERE = (
    f"{NAMESPACES['mets']} http://www.loc.gov/standards/mets/mets.xsd"
    f" {NAMESPACES['csip']} https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd"
)
GROUPS = (("Documentation", DOCUMENTATION), ("Schemas", SCHEMAS), ("Representations/rep1", DATA))


def build_package(contents: Contents) -> Mapping[str, bytes]:
    """Every file of the package by its path, METS.xml first.

    Raises ValueError for a path that is outside the three folders or stands twice: METS would not tell of it.
    """
    paths = [file.path for file in contents.files]
    if len(set(paths)) != len(paths) or not all(
        any(path.startswith(folder) and ".." not in path.split("/") for _, folder in GROUPS) for path in paths
    ):
        raise ValueError("a file of the package has no place of its own in it")
    metadata = [
        PackageFile(DESCRIPTIVE, "application/xml", dublin_core(contents), contents.made_at),
        PackageFile(PRESERVATION, "application/xml", premis(contents), contents.made_at),
    ]
    mets = _mets(contents, metadata)
    return {METS_NAME: mets} | {file.path: file.content for file in (*metadata, *contents.files)}


def _mets(contents: Contents, metadata: Sequence[PackageFile]) -> bytes:
    root = ET.Element(name("mets", "mets"))
    for key, value in (
        ("OBJID", contents.name), ("LABEL", contents.label), ("TYPE", "Mixed"), ("PROFILE", PROFILE),
        (name("csip", "CONTENTINFORMATIONTYPE"), "OTHER"),
        (name("csip", "OTHERCONTENTINFORMATIONTYPE"), CONTENT),
        (name("xsi", "schemaLocation"), _WHERE),
    ):  # fmt: skip
        root.set(key, clean(value))
    at = moment(contents.made_at)
    head = child(root, "mets:metsHdr", CREATEDATE=at, LASTMODDATE=at, csip__OAISPACKAGETYPE="SIP")
    maker = child(head, "mets:agent", ROLE="CREATOR", TYPE="OTHER", OTHERTYPE="SOFTWARE")
    child(maker, "mets:name", contents.software)
    child(maker, "mets:note", contents.version, csip__NOTETYPE="SOFTWARE VERSION")
    owner = child(head, "mets:agent", ROLE="ARCHIVIST", TYPE="ORGANIZATION")
    child(owner, "mets:name", contents.authority)
    descriptive, preservation = metadata
    section = child(root, "mets:dmdSec", ID="dmd-1", CREATED=at, STATUS="CURRENT")
    _reference(section, descriptive, "DC")
    section = child(root, "mets:amdSec", ID="amd-1")
    _reference(child(section, "mets:digiprovMD", ID="digiprov-1", STATUS="CURRENT"), preservation, "PREMIS")
    groups = _file_section(root, contents.files)
    _structure(root, contents.name, groups)
    return written(root)


def _reference(section: ET.Element, file: PackageFile, kind: str) -> None:
    child(
        section, "mets:mdRef", LOCTYPE="URL", xlink__type="simple", xlink__href=file.path, MDTYPE=kind,
        MIMETYPE=file.media_type, SIZE=str(len(file.content)), CREATED=moment(file.created),
        CHECKSUM=file.sha256, CHECKSUMTYPE="SHA-256",
    )  # fmt: skip


def _file_section(root: ET.Element, files: Sequence[PackageFile]) -> dict[str, str]:
    """The ids of the groups by their use."""
    section, number = child(root, "mets:fileSec", ID="files"), 0
    ids: dict[str, str] = {}
    for use, folder in GROUPS:
        here = [file for file in files if file.path.startswith(folder)]
        if not here:
            continue
        ids[use] = f"group-{len(ids) + 1}"
        group = child(
            section, "mets:fileGrp", ID=ids[use], USE=use, csip__CONTENTINFORMATIONTYPE="OTHER",
            csip__OTHERCONTENTINFORMATIONTYPE=CONTENT,
        )  # fmt: skip
        for file in here:
            number += 1
            made = child(
                group, "mets:file", ID=f"file-{number}", MIMETYPE=file.media_type,
                SIZE=str(len(file.content)), CREATED=moment(file.created),
                CHECKSUM=file.sha256, CHECKSUMTYPE="SHA-256",
            )  # fmt: skip
            child(made, "mets:FLocat", LOCTYPE="URL", xlink__type="simple", xlink__href=file.path)
    return ids


def _structure(root: ET.Element, package: str, groups: Mapping[str, str]) -> None:
    whole = child(root, "mets:structMap", ID="structure", TYPE="PHYSICAL", LABEL="CSIP")
    top = child(whole, "mets:div", ID="div-package", LABEL=package)
    child(top, "mets:div", ID="div-metadata", LABEL="Metadata", ADMID="digiprov-1", DMDID="dmd-1")
    for use, group in groups.items():
        label = use.split("/", 1)[0]
        made = child(top, "mets:div", ID=f"div-{label.lower()}", LABEL=label)
        child(made, "mets:fptr", FILEID=group)
