"""Write a project as QDPX (a zip of project.qde and the texts) and a code book as QDC.

The texts lie as files in `sources/`, in UTF-8 without byte order mark: there they keep every character,
also those that XML forbids and the line ends that XML would change. The same project gives the same
bytes: the files in the zip carry no time.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .refi_qda_model import (
    CODE_BOOK_NAMESPACE,
    PROJECT_NAMESPACE,
    Case,
    Code,
    CodingRef,
    Note,
    Project,
    Selection,
    Source,
    VariableValue,
)

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML 1.0 cannot carry, not even escaped."""

_IN_TEXT = re.compile("[&<>\r]")
_UNSAFE = re.compile(f"{_IN_TEXT.pattern[:-1]}{FORBIDDEN.pattern[1:]}")
_IN_ATTRIBUTE = re.compile('[&<>"\t\n\r]')
_UNSAFE_IN_ATTRIBUTE = re.compile(f"{_IN_ATTRIBUTE.pattern[:-1]}{FORBIDDEN.pattern[1:]}")
_AS = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;",
}  # fmt: skip
_ELEMENTS = {
    "Text": "TextValue",
    "Boolean": "BooleanValue",
    "Integer": "IntegerValue",
    "Float": "FloatValue",
    "Date": "DateValue",
    "DateTime": "DateTimeValue",
}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_FASTEST = 1
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def write_project(project: Project) -> bytes:
    """The project as QDPX. Characters that XML cannot carry become U+FFFD in names and descriptions."""
    files: dict[str, str] = {}
    body = "".join(_project(project, files))
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        _put(archive, "project.qde", _HEAD + body)
        for name, text in files.items():
            # A text that begins with the mark itself gets one more: a reader takes the first away.
            _put(archive, f"sources/{name}", f"\ufeff{text}" if text.startswith("\ufeff") else text)
    return packed.getvalue()


def write_code_book(codes: tuple[Code, ...], origin: str) -> bytes:
    """The codes as QDC. The format has no notes on codes there; descriptions are kept."""
    body = "".join(_codes(codes, with_notes=False))
    return (
        f'{_HEAD}<CodeBook xmlns="{CODE_BOOK_NAMESPACE}"{_attribute("origin", origin)}>'
        f"<Codes>{body}</Codes></CodeBook>\n"
    ).encode()


def _put(archive: ZipFile, name: str, text: str) -> None:
    entry = ZipInfo(name, _LONG_AGO)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    archive.writestr(entry, text.encode(), compresslevel=_FASTEST)


def _project(project: Project, files: dict[str, str]) -> Iterable[str]:
    yield (
        f'<Project xmlns="{PROJECT_NAMESPACE}" name="{_quoted(project.name)}"'
        f"{_attribute('origin', project.origin)}{_time('creationDateTime', project.created_at)}>\n"
    )
    if project.users:
        users = (f'<User guid="{user.guid}" name="{_quoted(user.name)}"/>\n' for user in project.users)
        yield f"<Users>{''.join(users)}</Users>\n"
    if project.codes:
        yield f"<CodeBook><Codes>{''.join(_codes(project.codes, with_notes=True))}</Codes></CodeBook>\n"
    kinds = {variable.guid: _ELEMENTS[variable.kind] for variable in project.variables}
    if project.variables:
        variables = (
            f'<Variable guid="{one.guid}" name="{_quoted(one.name)}" typeOfVariable="{one.kind}">'
            f"{_description(one.description)}</Variable>\n"
            for one in project.variables
        )
        yield f"<Variables>{''.join(variables)}</Variables>\n"
    if project.cases:
        yield f"<Cases>{''.join(_case(one, kinds) for one in project.cases)}</Cases>\n"
    if project.sources:
        yield f"<Sources>\n{''.join(_source(one, kinds, files) for one in project.sources)}</Sources>\n"
    if project.notes:
        yield f"<Notes>{''.join(_note(one, files) for one in project.notes)}</Notes>\n"
    yield f"{_description(project.description)}{_notes(project.about_project)}</Project>\n"


def _codes(codes: tuple[Code, ...], *, with_notes: bool) -> Iterable[str]:
    for code in codes:
        yield (
            f'<Code guid="{code.guid}" name="{_quoted(code.name)}"'
            f' isCodable="{"true" if code.is_codable else "false"}"{_attribute("color", code.colour)}>'
            f"{_description(code.description)}{_notes(code.notes) if with_notes else ''}"
        )
        yield from _codes(code.codes, with_notes=with_notes)
        yield "</Code>\n"


def _case(case: Case, kinds: dict[str, str]) -> str:
    refs = "".join(f'<SourceRef targetGUID="{guid}"/>' for guid in case.sources)
    return (
        f'<Case guid="{case.guid}"{_attribute("name", case.name)}>{_description(case.description)}'
        f"{_values(case.values, kinds)}{refs}</Case>\n"
    )


def _source(source: Source, kinds: dict[str, str], files: dict[str, str]) -> str:
    file = f"{source.guid}.txt"
    files[file] = source.text
    return (
        f'<TextSource guid="{source.guid}" name="{_quoted(source.name)}" plainTextPath="internal://{file}"'
        f"{_made(source.user, source.created_at, source.changed_at)}>{_description(source.description)}\n"
        f"{''.join(map(_selection, source.selections))}{''.join(map(_coding, source.codings))}"
        f"{_notes(source.notes)}{_values(source.values, kinds)}</TextSource>\n"
    )


def _selection(one: Selection) -> str:
    """Built of one piece, like a coding: there are thousands."""
    guid, begins, ends, name, text, codings, notes, user, created, changed = one
    if text:
        text = f"<Description>{text if _UNSAFE.search(text) is None else _text(text)}</Description>"
    by = f' creatingUser="{user}"' if user else ""
    made = "" if created is None else f' creationDateTime="{as_moment(created)}"'
    later = "" if changed is None else f' modifiedDateTime="{as_moment(changed)}"'
    return (
        f'<PlainTextSelection guid="{guid}"{_attribute("name", name)}'
        f' startPosition="{begins}" endPosition="{ends}"{by}{made}{later}>'
        f"{text}{''.join(map(_coding, codings))}{_notes(notes) if notes else ''}</PlainTextSelection>\n"
    )


def _coding(coding: CodingRef) -> str:
    guid, code, coder, at, notes = coding
    user = f' creatingUser="{coder}"' if coder else ""
    time = f' creationDateTime="{as_moment(at)}"' if at is not None else ""
    return (
        f'<Coding guid="{guid}"{user}{time}><CodeRef targetGUID="{code}"/>'
        f"{_notes(notes) if notes else ''}</Coding>"
    )


def _note(note: Note, files: dict[str, str]) -> str:
    made = _made(note.user, note.created_at, note.changed_at)
    start = f'<Note guid="{note.guid}"{_attribute("name", note.name)}'
    if FORBIDDEN.search(note.text):
        file = f"{note.guid}.txt"
        files[file] = note.text
        return f'{start} plainTextPath="internal://{file}"{made}/>\n'
    return f"{start}{made}><PlainTextContent>{_text(note.text)}</PlainTextContent></Note>\n"


def _values(values: tuple[VariableValue, ...], kinds: dict[str, str]) -> str:
    return "".join(
        f'<VariableValue><VariableRef targetGUID="{value.variable}"/>'
        f"<{kinds[value.variable]}>{_text(value.text)}</{kinds[value.variable]}></VariableValue>"
        for value in values
    )


def _notes(guids: tuple[str, ...]) -> str:
    return "".join(f'<NoteRef targetGUID="{guid}"/>' for guid in guids) if guids else ""


def _description(text: str) -> str:
    return f"<Description>{_text(text)}</Description>" if text else ""


def _made(user: str | None, created: datetime | None, changed: datetime | None) -> str:
    by = f' creatingUser="{user}"' if user else ""
    return f"{by}{_time('creationDateTime', created)}{_time('modifiedDateTime', changed)}"


def _time(name: str, moment: datetime | None) -> str:
    return "" if moment is None else f' {name}="{as_moment(moment)}"'


@lru_cache(8192)
def as_moment(moment: datetime) -> str:
    """A time as the format writes it, in UTC: 2026-03-10T09:00:00Z."""
    if moment.tzinfo is not UTC:
        moment = moment.astimezone(UTC)
    return f"{moment.isoformat()[:-6]}Z"


def _attribute(name: str, value: str) -> str:
    return f' {name}="{_quoted(value)}"' if value else ""


def _quoted(text: str) -> str:
    if _UNSAFE_IN_ATTRIBUTE.search(text) is None:
        return text
    return _IN_ATTRIBUTE.sub(lambda found: _AS[found[0]], FORBIDDEN.sub("\ufffd", text))


def _text(text: str) -> str:
    if _UNSAFE.search(text) is None:
        return text
    return _IN_TEXT.sub(lambda found: _AS[found[0]], FORBIDDEN.sub("\ufffd", text))
