"""Read a QDPX, the project's XML by itself (.qde), or a code book (.qdc), whoever wrote it.

What programs do differently is taken as it is meant: GUIDs in braces, in capitals or no GUIDs at all;
`True` for `true`; times without zone (UTC is meant); namespaces of earlier drafts; notes that are tied
by a `Link`. What cannot be understood is a fault, and all faults are told at once.
"""

from collections.abc import Iterator

from ...models.vocabulary import N_
from .refi_qda_archive import MAX_BYTES, Archive
from .refi_qda_model import (
    Case,
    Code,
    ExchangeFault,
    Note,
    Project,
    UnusableExchange,
    User,
    Variable,
)
from .refi_qda_reading import Reading, plain_guid
from .refi_qda_sources import read_sources
from .refi_qda_xml import Node, read_xml

_ZIP = b"PK"
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"


def read_exchange(content: bytes) -> Project:
    """The project in `content`; a code book alone is a project without sources. Raises UnusableExchange."""
    if len(content) > MAX_BYTES:
        text = N_("larger than %(most)s MB")
        raise UnusableExchange((ExchangeFault("(file)", text, {"most": MAX_BYTES // 2**20}),))
    if not content.startswith(_ZIP) and content.lstrip(_BEFORE_XML).startswith(b"<"):
        return _project(Reading(None), read_xml(content, "(file)"))
    archive = Archive(content)
    name, xml = archive.project()
    return _project(Reading(archive), read_xml(xml, name))


def _project(reading: Reading, root: Node) -> Project:
    known = root.namespace.lower().startswith("urn:qda-xml") or not root.namespace
    if root.name not in ("Project", "CodeBook") or not known:
        text = N_("is no REFI-QDA project or code book but “%(name)s”")
        reading.fault(root, text, name=root.name)
        raise UnusableExchange(tuple(reading.faults))
    reading.origin = root.attributes.get("origin", "")
    cases, notes = _children(root, "Cases"), _children(root, "Notes")
    reading.cases = {reading.guid(node) for node in cases}
    _read_links(reading, root, {reading.guid(node) for node in notes})
    reading.left_out["Set"] += len(_children(root, "Sets"))
    reading.left_out["Graph"] += len(_children(root, "Graphs"))
    book = root if root.name == "CodeBook" else root.first("CodeBook")
    codes = tuple(_codes(reading, book.first("Codes") or book)) if book is not None else ()
    sources = tuple(read_sources(reading, _children(root, "Sources")))
    project = Project(
        name=root.attributes.get("name", ""),
        origin=reading.origin,
        users=tuple(_user(reading, node) for node in _children(root, "Users")),
        codes=codes,
        variables=tuple(_variable(reading, node) for node in _children(root, "Variables")),
        cases=tuple(_case(reading, node) for node in cases),
        sources=sources,
        notes=tuple(_note(reading, node) for node in notes),
        description=root.words("Description"),
        about_project=reading.notes_of(root),
        created_at=reading.time(root, "creationDateTime"),
        left_out=tuple(sorted((name, count) for name, count in reading.left_out.items() if count)),
    )
    if reading.faults:
        raise UnusableExchange(tuple(sorted(reading.faults, key=lambda fault: fault.line or 0)))
    return project


def _children(root: Node, group: str) -> list[Node]:
    """The members of one of the project's lists."""
    found = root.first(group) if root.name == "Project" else None
    return [] if found is None else found.children


def _read_links(reading: Reading, root: Node, notes: set[str]) -> None:
    """Notes that hang on what they are about by a link."""
    for link in _children(root, "Links"):
        origin, target = (plain_guid(link.attributes.get(name, "")) for name in ("originGUID", "targetGUID"))
        if origin in notes and target not in notes:
            reading.linked.setdefault(target, []).append(origin)
        elif target in notes and origin not in notes:
            reading.linked.setdefault(origin, []).append(target)
        else:
            reading.left_out["Link"] += 1


def _codes(reading: Reading, parent: Node) -> Iterator[Code]:
    for node in parent.all("Code"):
        guid, name = reading.identity(node), node.attributes.get("name", "").strip()
        if not name:
            reading.fault(node, N_("has no name"))
        reading.codes.add(guid)
        yield Code(
            guid=guid,
            name=name,
            is_codable=node.attributes.get("isCodable", "true").strip().lower() not in ("false", "0"),
            description=node.words("Description"),
            colour=node.attributes.get("color", ""),
            codes=tuple(_codes(reading, node)),
            notes=reading.notes_of(node, guid),
        )


def _user(reading: Reading, node: Node) -> User:
    return User(reading.identity(node), node.attributes.get("name") or node.attributes.get("id", ""))


def _variable(reading: Reading, node: Node) -> Variable:
    return Variable(
        guid=reading.identity(node),
        name=node.attributes.get("name", ""),
        kind=node.attributes.get("typeOfVariable", "Text"),
        description=node.words("Description"),
    )


def _case(reading: Reading, node: Node) -> Case:
    return Case(
        guid=reading.identity(node),
        name=node.attributes.get("name", ""),
        description=node.words("Description"),
        values=reading.values(node),
        sources=tuple(plain_guid(ref.attributes.get("targetGUID", "")) for ref in node.all("SourceRef")),
    )


def _note(reading: Reading, node: Node) -> Note:
    text = reading.text(node)
    return Note(
        guid=reading.identity(node),
        text=(text.text if text is not None else "") or node.words("Description"),
        name=node.attributes.get("name", ""),
        **reading.made(node),
    )
