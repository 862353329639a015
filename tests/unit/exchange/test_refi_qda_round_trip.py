"""What is written as QDPX or QDC is read back the same, whatever people have typed."""

import re
import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from tillsyn.inspect.exchange.refi_qda_model import (
    CODE_BOOK_NAMESPACE,
    Case,
    Code,
    CodingRef,
    Note,
    Project,
    Selection,
    Source,
    User,
    Variable,
    VariableValue,
)
from tillsyn.inspect.exchange.refi_qda_read import read_exchange
from tillsyn.inspect.exchange.refi_qda_write import FORBIDDEN, write_code_book, write_project

HARD = [
    "\r\n",
    "\r",
    "\t",
    "\x00",
    "\x0b",
    "\x1b",
    "\ufeff",
    "\uffff",
    "e\u0301",
    "👩‍👧",
    "𝄞",
    "]]>",
    "<&\">'",
    "Å",
]
texts = st.lists(st.sampled_from(HARD) | st.text(max_size=6), max_size=8).map("".join)
names = texts.map(lambda text: FORBIDDEN.sub("", text))
guids = st.uuids().map(str)
_FIRST, _LAST = datetime(1990, 1, 1), datetime(2100, 1, 1)  # noqa: DTZ001 - Hypothesis adds the zone
moments = st.none() | st.datetimes(timezones=st.just(UTC), min_value=_FIRST, max_value=_LAST)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    fresh = iter(draw(st.lists(guids, min_size=40, max_size=40, unique=True)))
    users = tuple(User(next(fresh), draw(names)) for _ in range(draw(st.integers(0, 2))))
    notes = tuple(
        Note(next(fresh), draw(texts), draw(names), _of(draw, users), draw(moments), draw(moments))
        for _ in range(draw(st.integers(0, 2)))
    )
    about = tuple(note.guid for note in notes)
    codes = tuple(
        Code(
            next(fresh), f"k{draw(names)}".strip(), draw(st.booleans()), draw(names), draw(st.sampled_from(["", "#A0b1C2"])),
            tuple(Code(next(fresh), "inre") for _ in range(draw(st.integers(0, 2)))), about,
        )
        for _ in range(draw(st.integers(0, 2)))
    )  # fmt: skip
    variables = (Variable(next(fresh), "ord", "Text", draw(names)), Variable(next(fresh), "ja", "Boolean"))
    values = (VariableValue(variables[0].guid, draw(names)), VariableValue(variables[1].guid, "true"))
    sources = []
    for _ in range(draw(st.integers(0, 3))):
        text = draw(texts)
        ends = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        codings = tuple(
            CodingRef(next(fresh), code.guid, _of(draw, users), draw(moments), about) for code in codes
        )
        selection = Selection(
            next(fresh),
            ends[0],
            ends[1],
            draw(names),
            draw(names),
            codings,
            about,
            _of(draw, users),
            draw(moments),
            draw(moments),
        )
        sources.append(
            Source(
                next(fresh), draw(names), text, draw(names), (selection,), codings, about, values, _of(draw, users), draw(moments),
            )
        )  # fmt: skip
    cases = (Case(next(fresh), draw(names), draw(names), values, tuple(one.guid for one in sources)),)
    return Project(
        draw(names),
        "Tillsyn 1",
        users,
        codes,
        variables,
        cases,
        tuple(sources),
        notes,
        draw(names),
        about,
        draw(moments),
    )


def _of(draw: st.DrawFn, users: tuple[User, ...]) -> str | None:
    return draw(st.sampled_from([None, *(user.guid for user in users)]))


@given(projects())
@settings(deadline=None)
def test_a_project_is_read_back_as_it_was_written(project: Project) -> None:
    assert read_exchange(write_project(project)) == project


@given(projects())
@settings(max_examples=25, deadline=None)
def test_the_same_project_gives_the_same_bytes(project: Project) -> None:
    assert write_project(project) == write_project(project)


@given(projects())
@settings(max_examples=25, deadline=None)
def test_a_code_book_is_read_back_with_its_codes(project: Project) -> None:
    if project.codes:
        read = read_exchange(write_code_book(project.codes, "Tillsyn 1"))
        assert [(code.guid, code.name, code.description) for code in read.codes] == [
            (code.guid, code.name, code.description) for code in project.codes
        ]


ORDER = {
    "Project": "Users CodeBook Variables Cases Sources Notes Description NoteRef",
    "Code": "Description NoteRef Code",
    "Case": "Description VariableValue SourceRef",
    "TextSource": "Description PlainTextSelection Coding NoteRef VariableValue",
    "PlainTextSelection": "Description Coding NoteRef",
    "Coding": "CodeRef NoteRef",
    "Note": "PlainTextContent",
    "VariableValue": "VariableRef TextValue BooleanValue",
}
NEVER_EMPTY = {"Users", "Codes", "Variables", "Cases", "Sources", "Notes"}
GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


@given(projects())
@settings(deadline=None)
def test_the_order_and_the_obligations_of_the_format_are_kept(project: Project) -> None:
    """The format's schema is a sequence for each element; its lists are left out when they are empty."""
    with zipfile.ZipFile(BytesIO(write_project(project))) as packed:
        names = set(packed.namelist())
        root = ElementTree.fromstring(packed.read("project.qde"))  # noqa: S314 - we wrote it
    seen: set[str] = set()
    for element in root.iter():
        tag = element.tag.removeprefix("{urn:QDA-XML:project:1.0}")
        children = [child.tag.removeprefix("{urn:QDA-XML:project:1.0}") for child in element]
        if tag in ORDER:
            places = [ORDER[tag].split().index(child) for child in children]
            assert places == sorted(places), (tag, children)
        assert tag not in NEVER_EMPTY or children, tag
        for name, value in element.attrib.items():
            if name == "targetGUID" or "guid" in name.lower() or name.endswith("User"):
                assert GUID.fullmatch(value), (tag, name, value)
            if name.endswith("DateTime"):
                assert datetime.fromisoformat(value).utcoffset() == timedelta(0)
        if tag in ("TextSource", "Note"):
            path = element.get("plainTextPath")
            assert (path is None) != ("PlainTextContent" not in children)
            assert path is None or f"sources/{path.removeprefix('internal://')}" in names
        if "guid" in element.attrib and tag != "Coding":
            assert element.attrib["guid"] not in seen
            seen.add(element.attrib["guid"])


def test_a_code_book_has_the_namespace_of_code_books_and_no_notes() -> None:
    note = str(UUID(int=2))
    written = write_code_book((Code(str(UUID(int=1)), "natt", notes=(note,)),), "Tillsyn 1").decode()
    assert f'xmlns="{CODE_BOOK_NAMESPACE}"' in written and note not in written
