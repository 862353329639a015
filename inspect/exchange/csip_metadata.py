"""The metadata of a package for an e-archive: Dublin Core about it, and PREMIS 3 about its files."""

from xml.etree import ElementTree as ET  # writes XML, and reads none  # nosec B405

from .csip import Contents, PackageFile, child, moment, name, written

_FILE = "premis:file"


def dublin_core(contents: Contents) -> bytes:
    root = ET.Element(name("oai_dc", "dc"))
    for element, text in contents.about:
        child(root, f"dc:{element}", text)
    return written(root)


def premis(contents: Contents) -> bytes:
    """Each file of the package but METS and metadata, with its hash; what happened; the software."""
    root = ET.Element(name("premis", "premis"), {"version": "3.0"})
    for file in contents.files:
        _object(root, file)
    _event(
        root, "package", "packing", moment(contents.made_at), f"{contents.software} {contents.version}", True
    )
    for one in contents.happened:
        _event(root, one.id, one.kind, moment(one.at), one.detail, False)
    agent = child(root, "premis:agent")
    _identifier(agent, "agent", "local", contents.software)
    child(agent, "premis:agentName", contents.software)
    child(agent, "premis:agentType", "software")
    child(agent, "premis:agentVersion", contents.version)
    return written(root)


def _object(root: ET.Element, file: PackageFile) -> None:
    made = child(root, "premis:object", xsi__type=_FILE)
    _identifier(made, "object", "path in the package", file.path)
    characteristics = child(made, "premis:objectCharacteristics")
    fixity = child(characteristics, "premis:fixity")
    child(fixity, "premis:messageDigestAlgorithm", "SHA-256")
    child(fixity, "premis:messageDigest", file.sha256)
    child(characteristics, "premis:size", str(len(file.content)))
    designation = child(child(characteristics, "premis:format"), "premis:formatDesignation")
    child(designation, "premis:formatName", file.media_type)
    child(made, "premis:originalName", file.path.rsplit("/", 1)[-1])


def _event(root: ET.Element, id: str, kind: str, at: str, detail: str, by_software: bool) -> None:
    made = child(root, "premis:event")
    _identifier(made, "event", "local", id)
    child(made, "premis:eventType", kind)
    child(made, "premis:eventDateTime", at)
    if detail:
        child(child(made, "premis:eventDetailInformation"), "premis:eventDetail", detail)
    if by_software:
        linked = child(made, "premis:linkingAgentIdentifier")
        child(linked, "premis:linkingAgentIdentifierType", "local")
        child(linked, "premis:linkingAgentIdentifierValue", detail.split(" ")[0])


def _identifier(parent: ET.Element, of: str, kind: str, value: str) -> None:
    made = child(parent, f"premis:{of}Identifier")
    child(made, f"premis:{of}IdentifierType", kind)
    child(made, f"premis:{of}IdentifierValue", value)
