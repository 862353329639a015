"""YAML as a tree of strings that know their line.

The files are composed, not constructed: a scalar is the text that was written, never a boolean, number
or date guessed from its look. Whoever reads a field says what it is to be.
"""

import re
from collections.abc import Callable, Container, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from .bound_citations import bind
from .content import Text
from .faults import FaultList
from .untranslated import untranslated_in

# libyaml reads the packs several times faster; PyYAML on some systems is built without it.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_T = TypeVar("_T")

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Entry:
    """A mapping in a file. Every faulty field is recorded and stands in as an empty value.

    A caller that has read all it knows calls :meth:`finish`, which records the fields nobody asked for:
    a misspelt field is a fault, never silently ignored.
    """

    def __init__(self, node: yaml.MappingNode | None, path: Path, line: int, faults: FaultList) -> None:
        self.path = path
        self.line = line
        self._faults = faults
        self._fields: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        for key, value in node.value if node is not None else ():
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            if name in self._fields:
                self.fault(f"the field {name!r} is given twice", key.start_mark.line + 1)
            self._fields[name] = value
            self._lines[name] = key.start_mark.line + 1

    def fault(self, message: str, line: int | None = None) -> None:
        """Record a fault at a line, or where this mapping begins."""
        self._faults.add(self.path, self.line if line is None else line, message)

    def line_of(self, name: str) -> int:
        """The line of a field, or of the mapping where the field is missing."""
        return self._lines.get(name, self.line)

    def line_of_wording(self, name: str, language: str, place: int = 0) -> int:
        """The line of a wording in a language; in a list that of the item at a place (from 0)."""
        node = self._fields.get(name)
        if isinstance(node, yaml.SequenceNode) and place < len(node.value):
            node = node.value[place]
        found = _key_of(node, language) or _key_of(node, "text", language) or node
        return self.line if found is None else int(found.start_mark.line) + 1

    def has(self, name: str) -> bool:
        """Whether the field is written at all."""
        self._asked.add(name)
        return name in self._fields

    def string(self, name: str) -> str:
        """A text that is not empty, without surrounding white space."""
        if not self.has(name):
            self.fault(f"the field {name!r} is missing")
            return ""
        return self._scalar(self._fields[name], name)

    def optional_string(self, name: str) -> str | None:
        """A text, or ``None`` where the field is left out."""
        return self.string(name) if self.has(name) else None

    def choice(self, name: str, *allowed: str) -> str:
        """One of the allowed words; the first stands in for a fault."""
        value = self.string(name)
        if value in allowed:
            return value
        if value:
            self.fault(f"{name!r} is {value!r}, but must be one of: {', '.join(allowed)}", self.line_of(name))
        return allowed[0]

    def boolean(self, name: str) -> bool:
        """``true`` or ``false``, written so; ``false`` where the field is left out."""
        return self.has(name) and self.choice(name, "false", "true") == "true"

    def integer(self, name: str) -> int:
        """A whole number from 0 up."""
        value = self.string(name)
        if value.isascii() and value.isdecimal():
            return int(value)
        if value:
            self.fault(f"{name!r} is {value!r}, but must be a whole number", self.line_of(name))
        return 0

    def day(self, name: str) -> date:
        """A date as YYYY-MM-DD."""
        value = self.string(name)
        try:
            return date.fromisoformat(value)
        except ValueError:
            if value:
                self.fault(f"{name!r} is {value!r}, but must be a date as YYYY-MM-DD", self.line_of(name))
            return date.min

    def optional_day(self, name: str) -> date | None:
        """A date, or ``None`` where the field is left out."""
        return self.day(name) if self.has(name) else None

    def text(self, name: str) -> Text:
        """A wording with both ``sv`` and ``en``."""
        if not self.has(name):
            self.fault(f"the field {name!r} is missing")
            return Text("", "")
        return self._text(self._fields[name], name)

    def optional_text(self, name: str) -> Text | None:
        """A wording, or ``None`` where the field is left out."""
        return self.text(name) if self.has(name) else None

    def texts(self, name: str) -> tuple[Text, ...]:
        """A list of wordings; empty where the field is left out."""
        return tuple(self._text(node, name) for node in self._items(name))

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty where the field is left out."""
        return tuple(self._scalar(node, name) for node in self._items(name))

    def entry(self, name: str) -> "Entry":
        """A mapping inside this one."""
        if not self.has(name):
            self.fault(f"the field {name!r} is missing")
            return Entry(None, self.path, self.line, self._faults)
        return self._entry(self._fields[name], name)

    def entries(self, name: str) -> Iterator["Entry"]:
        """A list of mappings, at least one."""
        items = self._items(name)
        if not items:
            self.fault(f"the list {name!r} is missing or empty", self.line_of(name))
        return (self._entry(node, name) for node in items)

    def one_or_more(self, name: str) -> Iterator["Entry"]:
        """A mapping or a list of mappings; none where the field is left out."""
        if not self.has(name):
            return iter(())
        if isinstance(self._fields[name], yaml.SequenceNode):
            return self.entries(name)
        return iter((self.entry(name),))

    def names(self) -> tuple[str, ...]:
        """The fields that are written, in their order: for a mapping whose keys are ids."""
        return tuple(self._fields)

    def finish(self) -> None:
        """Record every field that was written but not asked for."""
        for name in self._fields:
            if name not in self._asked:
                self.fault(f"the field {name!r} is not known here", self._lines[name])

    def _items(self, name: str) -> list[yaml.Node]:
        if not self.has(name):
            return []
        node = self._fields[name]
        if not isinstance(node, yaml.SequenceNode):
            self.fault(f"{name!r} must be a list", self._lines[name])
            return []
        return list(node.value)

    def _entry(self, node: yaml.Node, name: str) -> "Entry":
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            return Entry(node, self.path, line, self._faults)
        self.fault(f"{name!r} must have fields", line)
        return Entry(None, self.path, line, self._faults)

    def _text(self, node: yaml.Node, name: str) -> Text:
        text = _wording(node)
        if text is None:
            entry = self._entry(node, name)
            text = Text(*(bind(entry.string(language)) for language in ("sv", "en")))
            entry.finish()
        untranslated = untranslated_in(text)
        if untranslated is not None:
            self.fault(f"{name!r} is not translated: {untranslated}", node.start_mark.line + 1)
        return text

    def _scalar(self, node: yaml.Node, name: str) -> str:
        line = node.start_mark.line + 1
        if not isinstance(node, yaml.ScalarNode):
            self.fault(f"{name!r} must be a text", line)
            return ""
        value = str(node.value).strip()
        if not value:
            self.fault(f"{name!r} is empty", line)
        return value


def _key_of(node: yaml.Node | None, *names: str) -> yaml.Node | None:
    """The key that is reached through mappings by those names, the last of them; ``None``: none is."""
    key = None
    for name in names:
        if not isinstance(node, yaml.MappingNode):
            return None
        key, node = next(((key, value) for key, value in node.value if key.value == name), (None, None))
    return key


def _wording(node: yaml.Node) -> Text | None:
    """A wording written as most are, ``sv`` before ``en`` and nothing else; None: look closer for its faults.

    A pack is wordings for the greater part, and this reads one ten times faster than an entry does.
    """
    if not isinstance(node, yaml.MappingNode) or len(node.value) != 2:
        return None
    (first, sv), (second, en) = node.value
    if {type(first), type(sv), type(second), type(en)} != {yaml.ScalarNode}:
        return None
    if (first.value, second.value) != ("sv", "en") or not sv.value.strip() or not en.value.strip():
        return None
    return Text(bind(sv.value.strip()), bind(en.value.strip()))


@lru_cache(maxsize=128)
def _composed(text: str) -> yaml.Node | None:
    """The nodes of a file, which nobody changes: a draft is checked with all the files beside it, again and
    again, and only one of them has another text than the last time."""
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def read_file(path: Path, faults: FaultList, instead: str | None = None) -> Entry:
    """The mapping that a YAML file holds; an empty one, and a fault, where it cannot be read.

    ``instead``: what is read as if the file said it.
    """
    try:
        text = path.read_bytes().decode("utf-8") if instead is None else instead
        node = _composed(text)
    except FileNotFoundError:
        faults.add(path, 1, "the file is missing")
        return Entry(None, path, 1, FaultList())
    except UnicodeDecodeError as error:
        faults.add(path, error.object.count(b"\n", 0, error.start) + 1, "the file is not UTF-8")
        return Entry(None, path, 1, FaultList())
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        faults.add(path, line, f"this is not YAML: {getattr(error, 'problem', None) or error}")
        return Entry(None, path, 1, FaultList())
    if not isinstance(node, yaml.MappingNode):
        faults.add(path, 1, "the file must hold fields")
        return Entry(None, path, 1, FaultList())
    return Entry(node, path, 1, faults)


def read_list(entry: Entry, name: str, read: Callable[[Entry], _T]) -> tuple[_T, ...]:
    """Each mapping of a list read by ``read``, unknown fields recorded."""

    def each(item: Entry) -> _T:
        value = read(item)
        item.finish()
        return value

    return tuple(each(item) for item in entry.entries(name))


def check_names(entry: Entry, name: str, ids: tuple[str, ...], known: Container[str]) -> None:
    """Record each id in a list that is not known, or stands twice."""
    for id in dict.fromkeys(ids):
        if id and id not in known:
            entry.fault(f"{name!r} names {id!r}, which does not exist", entry.line_of(name))
        if ids.count(id) > 1:
            entry.fault(f"{name!r} names {id!r} twice", entry.line_of(name))
