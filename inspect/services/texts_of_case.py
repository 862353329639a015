"""The texts of a case that can be asked for, each as it reads now: by the one list in rules/case_texts.py.

The rows are found as the e-archive finds them (rows_of_case.py): neither has a row that the other lacks.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, or_, select
from sqlalchemy.orm import Session

from ...interview_guides.openness_words import OpennessWords, openness_words
from ...interview_guides.survey import survey_from_json
from ...models.base import Base
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.openness_words import TextKind
from ...models.provider_side import AnswerFile
from ...models.retention import ArchivePackage
from ...models.surveys import Survey, SurveyResult
from ...models.uploads import Upload
from ...models.vocabulary import Informant, MediaType
from ...reports.letter_data import from_data
from ...reports.reading import sentences
from ..outside.clock import SWEDEN
from ..rules.case_texts import CaseText, offered_when
from ..rules.masking import cleaned
from .find_disposable import FINISHED
from .read_survey import read_survey
from .rows_of_case import CASES, THE_CASE, given, is_of_case

Row = Any
NO_WORDS = frozenset({"finding", "id", "level", "area", "key", "source", "code", "picture", "rule"})
"""Keys of what is kept as JSON whose values are names of the program, and no words of anybody."""
ALONE = frozenset(
    {"content", "note", "text", "facts", "asked", "record", "said", "what", "description", "title"}
)
"""What a text is about: when it is all that there is, nothing is said before it."""
IN_LANGUAGES = frozenset({"letter_versions", "paragraphs", "kept_texts"})
KIBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it was received: by these bytes it is known. Its words have no blank line: below one stands a
    transcript (disclose_file.py)."""

    sha256: str
    media_type: MediaType
    size: int


@dataclass(frozen=True, slots=True)
class Offered:
    """A text of the case that can be taken into a request. `person`: who said it, by pseudonym."""

    kind: TextKind
    source_id: UUID
    text: str
    dated_on: date | None = None
    person: str = ""
    file: FileFacts | None = None
    language: str = ""
    """Of a text that was written in one of several, as a letter is."""

    @property
    def key(self) -> str:
        return f"{self.kind.value}.{self.source_id}"


def offered_texts(
    db: Session,
    inspection: Inspection,
    *,
    but: UUID | None = None,
    words: OpennessWords | None = None,
    now: datetime | None = None,
) -> tuple[Offered, ...]:
    """What can be asked for in this case, in the order of the list; empty texts are left out.

    `but`: the request that is being answered, which is no document of itself. `now`: by which a survey is
    closed or not; unless given, the moment that the case came to where it is.
    """
    words = words or openness_words()
    found: list[Offered] = []
    for entry in offered_when(closed=is_closed(inspection), archived=is_archived(db, inspection)):
        rows = (row for row in rows_of(db, inspection, entry) if row.id != but)
        at = now or inspection.state_since
        found += (one for row in rows if (one := _offered(db, entry, row, words, at)) is not None)
    return tuple(found)


def is_closed(inspection: Inspection) -> bool:
    return inspection.state in FINISHED


def is_archived(db: Session, inspection: Inspection) -> bool:
    """A package for the e-archive was made: what is in it is kept as documents of the authority (TF 2:12)."""
    made = select(ArchivePackage.id).where(ArchivePackage.inspection_id == inspection.id).limit(1)
    return db.scalar(made) is not None


def rows_of(db: Session, inspection: Inspection, entry: CaseText) -> Iterable[Row]:
    """The rows of the case that an entry of the list is about, in the order in which they came."""
    table = Base.metadata.tables[entry.table]
    own = next(one.class_ for one in Base.registry.mappers if one.local_table is table)
    asked = select(own).where(_of_case(table))
    if entry.after:
        asked = asked.where(or_(*(_filled(table, name) for name in entry.after)))
    day = table.c[entry.dated] if entry.dated else None
    order = [table.c.id] if day is None else [day, table.c.id]
    return db.scalars(asked.order_by(*order), given(inspection.id)).all()


def _of_case(table: Table) -> ColumnElement[bool]:
    return table.c.id == THE_CASE if table.name == CASES else is_of_case(table)


def _filled(table: Table, name: str) -> ColumnElement[bool]:
    if "." not in name:
        return table.c[name].is_not(None)
    parent, column = name.split(".")
    key = next(key for key in table.foreign_keys if key.column.table.name == parent)
    there = key.column.table
    return key.parent.in_(select(there.c.id).where(there.c[column].is_not(None)))


def _offered(db: Session, entry: CaseText, row: Row, words: OpennessWords, now: datetime) -> Offered | None:
    kind, person = entry.kind, ""
    if kind is None:
        return None
    if isinstance(row, Statement):
        kind, person = _whose(db, row)
    elif isinstance(row, Interview):
        person = row.person if row.informant is Informant.CHILD else ""
    file = file_facts(row)
    text = cleaned(_text(db, entry, row, words, now))
    if file is not None:
        said = words.one("file_is").format(
            kind=words.one("files", file.media_type.value), size=_size(file.size)
        )
        text = "\n".join(line for line in cleaned(f"{said}\n{text}").split("\n") if line.strip())
    language = row.language if entry.table in IN_LANGUAGES else ""
    return Offered(kind, row.id, text, _day(row, entry), person, file, language) if text else None


def _whose(db: Session, row: Statement) -> tuple[TextKind, str]:
    if row.interview_id is None:
        return TextKind.EVIDENCE, ""
    talk = db.get_one(Interview, row.interview_id)
    return TextKind.STATEMENT, talk.person if talk.informant is Informant.CHILD else ""


def file_facts(row: Row) -> FileFacts | None:
    if isinstance(row, Upload) and row.kept_sha256 is not None:
        return FileFacts(row.kept_sha256, row.media_type, row.size)
    if isinstance(row, AnswerFile):
        return FileFacts(row.kept_sha256, row.media_type, row.size)
    return None


def _text(db: Session, entry: CaseText, row: Row, words: OpennessWords, now: datetime) -> str:
    if entry.kind is TextKind.LETTER:
        return "\n".join(sentences(from_data(row.content)))
    if isinstance(row, SurveyResult):
        return _survey(db, row, now)
    said = {name: "\n".join(_lines(getattr(row, name))) for name in entry.texts}
    filled = {name: text for name, text in said.items() if text.strip()}
    if len(filled) == 1 and filled.keys() <= ALONE:
        return next(iter(filled.values()))
    return "\n".join(_named(f"{entry.table}.{name}", text, words) for name, text in filled.items())


def _named(place: str, text: str, words: OpennessWords) -> str:
    if not words.has("parts", place):
        return text
    return f"{words.one('parts', place)}:{chr(10) if chr(10) in text else ' '}{text}"


def _lines(value: Any) -> Iterator[str]:
    """The words of a value: a text, a list of them, or what is kept as JSON, without names of the program."""
    if isinstance(value, str):
        if value[:1] in ("{", "[") and (inner := _json(value)) is not None:
            yield from _lines(inner)
        elif value.strip():
            yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in NO_WORDS:
                yield from _lines(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _lines(inner)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _survey(db: Session, row: SurveyResult, now: datetime) -> str:
    """What may be read of it (rules/survey_results.py): nothing is counted below five, for nobody."""
    survey = db.get_one(Survey, row.survey_id)
    reading, unsure = read_survey(db, survey, now=now), survey_from_json(survey.content).unsure
    lines: list[str] = []
    for one in reading.counted:
        steps = zip((*one.steps, unsure), one.counts, strict=True)
        lines += [one.question.text.sv, ", ".join(f"{step.sv}: {number}" for step, number in steps)]
    for said in reading.said:
        lines += [said.question.text.sv, said.step.sv if said.step else said.text]
    return "\n".join(lines)


def _day(row: Row, entry: CaseText) -> date | None:
    value = getattr(row, entry.dated) if entry.dated else None
    return value.astimezone(SWEDEN).date() if isinstance(value, datetime) else value


def _size(number: int) -> str:
    if number < KIBIBYTE * KIBIBYTE:
        return f"{max(1, round(number / KIBIBYTE))} kB"
    return f"{number / KIBIBYTE / KIBIBYTE:.1f} MB".replace(".", ",")
