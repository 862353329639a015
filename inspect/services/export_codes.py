"""Export the code book (QDC), or a case with its coded passages (QDPX), in the format REFI-QDA.

Every talk, observation and document becomes a text under its pseudonym, each statement a paragraph of
it and a selection; a passage is a selection within. What a person wished not to be told is internal
material like the rest, and marked: docs/decisions/0009-what-leaves-with-the-codes.md.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.vocabulary import N_, EvidenceKind, Informant
from ..errors import NotAllowed
from ..exchange.refi_qda_model import Case, Code, Note, Project, Source, User, Variable, VariableValue
from ..exchange.refi_qda_write import as_moment, write_code_book, write_project
from ..i18n import translate, translate_for
from ..rules.access import Actor, Permission, may
from ..rules.code_exchange import derived, theme_guid
from ..rules.exchange_marks import KINDS, TALK_FLAGS, TALK_TEXTS, TIMES, variable_guid, with_code_book
from .build_code_book import code_book, foreign_codes
from .export_selections import SelectionWriter, selections_of
from .read_coded_case import CodedCase, CodedMemo, CodedSource, read_coded_case
from .record_event import record_event

QDPX, QDC = "qdpx", "qdc"

_INTERNAL = N_(
    "Internal working material with confidential details about children. It stays with those who code in "
    "the case, also what somebody wished not to be told; that is marked at each passage."
)


def export_codes(
    db: Session, *, actor: Actor | None, inspection: Inspection, language: str, now: datetime
) -> bytes:
    """The case as QDPX, and the event that tells of it. `actor` None: whoever runs the machine."""
    content = codes_of_case(db, actor=actor, inspection=inspection, language=language, now=now)
    record_event(db, EventKind.CODES_EXPORTED, actor=actor, now=now, inspection_id=inspection.id, format=QDPX)
    return content


def codes_of_case(
    db: Session, *, actor: Actor | None, inspection: Inspection, language: str, now: datetime
) -> bytes:
    """The case as QDPX, as `actor` may see it. Writes nothing: a page has it logged like a reading."""
    may_export(actor, inspection)
    case = read_coded_case(db, inspection, actor)
    return write_project(_project(case, inspection, load_pack(inspection.pack), language, now))


def code_book_file(pack: Pack, language: str) -> bytes:
    """The code book as QDC, in `language`."""
    return write_code_book(code_book(pack, language), origin())


def may_export(actor: Actor | None, inspection: Inspection) -> None:
    if actor is not None and not may(actor, Permission.CODE_STATEMENTS, inspection):
        raise NotAllowed(N_("Only those who code in the case export its codes."))


def origin() -> str:
    try:
        return f"Tillsyn {version('tillsyn')}"
    except PackageNotFoundError:  # run from a folder that nobody installed
        return "Tillsyn"


def _project(case: CodedCase, inspection: Inspection, pack: Pack, language: str, now: datetime) -> Project:
    writer = SelectionWriter(case, pack, language)
    foreign = [
        name
        for source in case.sources
        for statement in source.statements
        for passage in statement.passages
        for name in passage.row.foreign_codes.splitlines()
    ]
    codes = (*code_book(pack, language), *foreign_codes(foreign, language))
    about_all = [memo for memo in case.memos if memo.row.statement_id is None and memo.row.theme is None]
    description = translate_for(pack.id, language, _INTERNAL)
    return Project(
        name=inspection.dnr,
        origin=origin(),
        users=tuple(User(guid, name) for guid, name in case.people.values()),
        codes=_with_memos(codes, pack, case.memos),
        variables=tuple(Variable(variable_guid(name), name, kind) for name, kind in KINDS.items()),
        cases=tuple(_cases(case.sources)),
        sources=tuple(_source(source, writer, language) for source in case.sources),
        notes=tuple(_note(case, memo) for memo in case.memos),
        description=with_code_book(description, writer.book),
        about_project=tuple(memo.guid for memo in about_all),
        created_at=now,
    )


def _with_memos(codes: tuple[Code, ...], pack: Pack, memos: list[CodedMemo]) -> tuple[Code, ...]:
    """The codes, each with the memos about its theme."""
    about: dict[str, tuple[str, ...]] = {}
    for memo in memos:
        if memo.row.theme is not None:
            guid = theme_guid(pack, memo.row.theme)
            about[guid] = (*about.get(guid, ()), memo.guid)
    if not about:
        return codes

    def noted(code: Code) -> Code:
        return replace(code, codes=tuple(map(noted, code.codes)), notes=about.get(code.guid, ()))

    return tuple(map(noted, codes))


def _cases(sources: list[CodedSource]) -> Iterator[Case]:
    """One case for each source of information: a child, an adult, an observation, a document."""
    by_person: dict[str, list[CodedSource]] = {}
    for source in sources:
        by_person.setdefault(source.row.person, []).append(source)
    for person, own in by_person.items():
        first = own[0]
        values = [VariableValue(variable_guid("perspective"), _perspective(first).value)]
        yield Case(
            derived(UUID(first.guid), "case"), person, "", tuple(values), tuple(one.guid for one in own)
        )


def _perspective(source: CodedSource) -> Informant | EvidenceKind:
    found: Informant | EvidenceKind = source.row.informant if source.is_talk else source.row.kind
    return found


def _source(source: CodedSource, writer: SelectionWriter, language: str) -> Source:
    row = source.row
    text, selections = selections_of(source, writer)
    kind = translate(language, _perspective(source).title)
    return Source(
        guid=source.guid,
        name=row.person,
        text=text,
        description=kind if source.is_talk or not row.title else f"{kind}: {row.title}",
        selections=selections,
        values=tuple(_values(source)),
        user=writer.case.person(row.by_id),
        created_at=row.started_at if source.is_talk else row.noted_at,
    )


def _values(source: CodedSource) -> Iterator[VariableValue]:
    """What is known of the source and weighed with it. Place, note and the way back to a child stay here."""
    row = source.row
    told: dict[str, str] = {"perspective": _perspective(source).value, "person": row.person}
    if source.is_talk:
        told |= {name: getattr(row, name) for name in TALK_TEXTS}
        told |= {name: "true" for name in TALK_FLAGS if getattr(row, name)}
    else:
        told["title"] = row.title
        told["produced"] = "" if row.produced else "false"
    told |= {name: as_moment(moment) for name in TIMES if (moment := getattr(row, name, None))}
    for name, value in told.items():
        if value:
            yield VariableValue(variable_guid(name), value)


def _note(case: CodedCase, memo: CodedMemo) -> Note:
    row = memo.row
    return Note(
        guid=memo.guid,
        text=memo.text,
        user=case.person(row.by_id),
        created_at=row.at,
        changed_at=row.changed_at,
    )
