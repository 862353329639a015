"""What the exchange format has no place for, written so that our own file loses nothing.

Of a talk or document: variables, under the names of the case's own columns. Of a statement or passage:
one line at the end of the selection's description, `tillsyn:{…}`, with what differs from the usual. A
program that keeps descriptions keeps it; one that drops them loses it and nothing else.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ...models.vocabulary import CodingPart, EvidenceKind, Informant, StatementStatus, Wish
from .code_exchange import guid_of

START = "tillsyn:"
_FORBIDDEN = re.compile("[\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_LABEL = re.compile(r"[0-9A-Za-z_.-]{1,40}")
_PERSON = re.compile(r"[0-9A-Za-z_-]{1,20}")

FLAGS = {"own_words": False, "prompted": False, "important": False, "concrete": True, "firsthand": True}
"""The yes-or-no answers of a statement and what they usually are."""

TALK_TEXTS = {"guide": 60, "guide_version": 20, "age_band": 10, "language": 10}
"""The columns of a talk that are exported as text, and how long they may be."""

TALK_FLAGS = (
    "interpreter", "chose_company", "own_recording", "read_back", "deviation", "before_children",
)  # fmt: skip
TIMES = ("started_at", "ended_at", "noted_at")
KINDS: dict[str, str] = {
    "perspective": "Text",
    "person": "Text",
    "title": "Text",
    **dict.fromkeys(TIMES, "DateTime"),
    **dict.fromkeys(TALK_TEXTS, "Text"),
    **dict.fromkeys(TALK_FLAGS, "Boolean"),
    "produced": "Boolean",
}
"""Every variable of a source, and of which kind it is."""

PERSPECTIVES: dict[str, Informant | EvidenceKind] = {one.value: one for one in (*Informant, *EvidenceKind)}


def variable_guid(name: str) -> str:
    return guid_of("variable", name)


@dataclass(frozen=True, slots=True)
class CodingMark:
    """What a coding says beyond theme, severity, coder and time. `code_book` is None for that of the file."""

    part: CodingPart = CodingPart.FIRST
    number: int = 1
    code_book: str | None = None
    reason: str = ""


Stands = tuple[str | None, int | None]
"""Theme and severity that stand for a statement or passage."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The line of one selection. `of` is the statement's label when the selection is a passage of it.

    `stands` is the theme and severity that stand, where they do not follow from the codings.
    """

    label: str
    of: str | None = None
    wish: Wish = Wish.ONLY_IN_GENERAL
    status: StatementStatus = StatementStatus.ACTIVE
    question: str | None = None
    own_question: str = ""
    flags: dict[str, bool] = field(default_factory=dict)
    stands: Stands | None = None
    codings: dict[str, CodingMark] = field(default_factory=dict)


class DamagedMarks(ValueError):
    """The line is there and cannot be understood."""


def statement_line(
    label: str,
    wish: str,
    status: str,
    question: str | None,
    own_question: str,
    flags: dict[str, bool],
    stands: Stands | None,
    codings: dict[str, CodingMark],
) -> str:
    """The line of a statement; `flags` holds those that are not as usual."""
    if not (question or own_question or flags or stands or codings) and status == StatementStatus.ACTIVE:
        return f'{START}{{"label":"{label}","wish":"{wish}"}}'
    line: dict[str, Any] = {"label": label, "wish": wish}
    if status != StatementStatus.ACTIVE:
        line["status"] = status
    if question:
        line["question"] = question
    if own_question:
        line["own_question"] = own_question
    return _line(line | flags, stands, codings)


def passage_line(label: str, of: str, stands: Stands | None, codings: dict[str, CodingMark]) -> str:
    """The line of a passage of the statement `of`."""
    return _line({"label": label, "of": of}, stands, codings)


def _line(line: dict[str, Any], stands: Stands | None, codings: dict[str, CodingMark]) -> str:
    if stands is not None:
        line["stands"] = list(stands)
    if codings:
        line["codings"] = {
            guid: {name: value for name in _CODING if (value := getattr(mark, name)) != _USUAL[name]}
            for guid, mark in codings.items()
        }
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
    return START + _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def with_code_book(words: str, code_book: str) -> str:
    """The description of a whole project: `words`, then which code book its codings are from."""
    return f"{words}\n{START}{json.dumps({'code_book': code_book}, ensure_ascii=False)}"


def code_book_in(description: str) -> str | None:
    """The code book that a project of ours names; None in other projects, and where it cannot be read."""
    last = description.rstrip().rsplit("\n", 1)[-1].strip()
    try:
        return (
            _text(json.loads(last.removeprefix(START))["code_book"], 40) if last.startswith(START) else None
        )
    except (ValueError, TypeError, KeyError):
        return None


_CODING = ("part", "number", "code_book", "reason")
_USUAL = {name: getattr(CodingMark(), name) for name in _CODING}


def marks_of(description: str) -> Marks | None:
    """The marks in a description; None when there is no such line. Raises DamagedMarks."""
    last = description.rstrip().rsplit("\n", 1)[-1].strip()
    if not last.startswith(START):
        return None
    try:
        line = json.loads(last.removeprefix(START))
        return _marks(line)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise DamagedMarks(last[:80]) from None


def _marks(line: dict[str, Any]) -> Marks:
    flags = {name: line.get(name, usual) for name, usual in FLAGS.items()}
    if any(not isinstance(value, bool) for value in flags.values()):
        raise ValueError("a flag is yes or no")
    theme, severity = line.get("stands", (None, None))
    if not isinstance(theme, str | None) or not (severity is None or severity in range(5)):
        raise ValueError("theme and severity")
    return Marks(
        label=_label(line["label"]),
        of=None if line.get("of") is None else _label(line["of"]),
        wish=Wish(line.get("wish", Wish.ONLY_IN_GENERAL)),
        status=StatementStatus(line.get("status", StatementStatus.ACTIVE)),
        question=_text(line.get("question"), 80) or None,
        own_question=_text(line.get("own_question"), 500),
        flags=flags,
        stands=(theme, severity) if "stands" in line else None,
        codings={str(guid): _coding(mark) for guid, mark in line.get("codings", {}).items()},
    )


def _coding(mark: dict[str, Any]) -> CodingMark:
    number = mark.get("number", 1)
    if not isinstance(number, int) or isinstance(number, bool) or not 1 <= number < 10_000:
        raise ValueError("numbers start at one")
    return CodingMark(
        part=CodingPart(mark.get("part", CodingPart.FIRST)),
        number=number,
        code_book=_text(mark["code_book"], 40) if "code_book" in mark else None,
        reason=_text(mark.get("reason"), 20_000),
    )


def _label(value: Any) -> str:
    if not isinstance(value, str) or not _LABEL.fullmatch(value):
        raise ValueError("a label is a short name")
    return value


def _text(value: Any, most: int) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > most:
        raise ValueError("too long, or no text")
    return value


# --- Variables of a source ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SourceMarks:
    """What the variables of a source say of the talk, observation or document it is."""

    perspective: Informant | EvidenceKind
    person: str
    title: str = ""
    times: dict[str, datetime] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    produced: bool = True
    """False only for a document that was asked for and not produced."""


def source_marks(values: dict[str, str]) -> SourceMarks | None:
    """From a source's variables by name; None when it is not one of ours. Raises DamagedMarks."""
    perspective, person = PERSPECTIVES.get(values.get("perspective", "")), values.get("person", "")
    if perspective is None or not _PERSON.fullmatch(person):
        if "perspective" in values and "person" in values:
            raise DamagedMarks(f"{values['perspective'][:40]} {person[:40]}")
        return None
    try:
        times = {name: _moment(values[name]) for name in TIMES if name in values}
        texts = {name: _text(values[name], most) for name, most in TALK_TEXTS.items() if name in values}
        title = _text(values.get("title"), 200)
    except ValueError as fault:
        raise DamagedMarks(str(fault)) from None
    flags = {name: values.get(name) in ("true", "1") for name in TALK_FLAGS}
    produced = perspective is not EvidenceKind.DOCUMENT or values.get("produced") not in ("false", "0")
    return SourceMarks(perspective, person, title, times, texts, flags, produced)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without a time zone")
    return moment
