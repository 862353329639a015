"""Read XML that comes from elsewhere into a small tree that knows the line of every element.

Nothing is fetched and nothing expands: a document type declaration, where entities would be declared,
is refused whole. Depth and number of elements have limits.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat  # nosec B407 - a document type declaration is refused below

from ...models.vocabulary import N_
from .refi_qda_model import ExchangeFault, UnusableExchange

MAX_DEPTH = 100
MAX_ELEMENTS = 300_000
_DECLARED_UTF_16 = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']utf-?16", re.IGNORECASE)
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(slots=True)
class Node:
    """An element: its name without namespace, the namespace, attributes, text, children, line and path."""

    name: str
    namespace: str
    attributes: dict[str, str]
    line: int
    path: str
    text: str = ""
    children: list["Node"] = field(default_factory=list)
    _seen: dict[str, int] = field(default_factory=dict)

    def all(self, *names: str) -> list["Node"]:
        return [child for child in self.children if child.name in names]

    def first(self, name: str) -> "Node | None":
        for child in self.children:
            if child.name == name:
                return child
        return None

    def words(self, name: str) -> str:
        """The text of the first child of that name; empty when there is none."""
        child = self.first(name)
        return child.text if child is not None else ""


class _Refused(Exception):
    """Stops the parser; carries the fault."""

    def __init__(self, fault: ExchangeFault) -> None:
        self.fault = fault


class _Builder:
    def __init__(self, file: str, parser: expat.XMLParserType) -> None:
        self.file = file
        self.parser = parser
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0

    def refuse(self, text: str, **values: object) -> None:
        raise _Refused(ExchangeFault(self.file, text, dict(values), self.parser.CurrentLineNumber))

    def doctype(self, *_: object) -> None:
        self.refuse(N_("has a document type declaration (DOCTYPE), which no exchange file needs"))

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        namespace, _, name = qualified.rpartition(" ")
        self.count += 1
        if self.count > MAX_ELEMENTS:
            self.refuse(N_("has more than %(most)s elements"), most=MAX_ELEMENTS)
        if len(self.open) >= MAX_DEPTH:
            self.refuse(N_("is nested deeper than %(most)s levels"), most=MAX_DEPTH)
        parent = self.open[-1] if self.open else None
        node = Node(name, namespace, attributes, self.parser.CurrentLineNumber, name)
        if parent is None:
            self.root = node
        else:
            number = parent._seen[name] = parent._seen.get(name, 0) + 1
            above = f"{parent.path}/" if len(self.open) > 1 else ""
            node.path = f"{above}{name}[{number}]"
            parent.children.append(node)
        self.open.append(node)

    def end(self, _: str) -> None:
        self.open.pop()

    def data(self, text: str) -> None:
        self.open[-1].text += text


def read_xml(content: bytes, file: str) -> Node:
    """The root of the document. Raises UnusableExchange with one fault, with its line, when it is no XML."""
    content = content.removeprefix(b"\xef\xbb\xbf")
    # Some programs write UTF-8 and declare UTF-16, the encoding of their strings in memory.
    misnamed = _DECLARED_UTF_16.match(content) is not None and not content.startswith(_UTF_16_MARKS)
    parser = expat.ParserCreate(encoding="utf-8" if misnamed else None, namespace_separator=" ")
    parser.buffer_text = True
    builder = _Builder(file, parser)
    parser.StartDoctypeDeclHandler = builder.doctype
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(content, True)
    except _Refused as refused:
        raise UnusableExchange((refused.fault,)) from None
    except (expat.ExpatError, LookupError, ValueError) as fault:
        line = getattr(fault, "lineno", None)
        why = expat.ErrorString(fault.code) if isinstance(fault, expat.ExpatError) else str(fault)
        text = N_("is not XML: %(why)s")
        raise UnusableExchange((ExchangeFault(file, text, {"why": why}, line),)) from None
    assert builder.root is not None  # noqa: S101 - the parser has refused a document without an element  # nosec B101
    return builder.root
