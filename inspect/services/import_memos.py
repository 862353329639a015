"""The memos that an import leaves: the file's notes and descriptions, and what has no other place here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ...models.vocabulary import N_
from ..exchange.refi_qda_model import Code, Note, Project
from ..i18n import translate
from ..rules.code_exchange import Meaning
from ..rules.coded_selections import pieces
from .exchange_ids import ExchangeIds, as_uuid
from .planned_code_import import CodeImportPlan
from .write_memo import MAX_MEMO

OURS = "Tillsyn"
"""How the origin of our own files begins: their unknown codes have been told of before."""

Places = dict[UUID, tuple[UUID, UUID | None]]
"""Statement and passage of a unit, by the unit's id."""


@dataclass(slots=True)
class PlannedMemo:
    """`is_ours`: written by the import itself, so it is of whoever imports."""

    id: UUID
    text: str
    statement_id: UUID | None = None
    passage_id: UUID | None = None
    theme: str | None = None
    by_id: UUID | None = None
    at: datetime | None = None
    changed_at: datetime | None = None
    is_ours: bool = False


def memos_of(
    project: Project,
    plan: CodeImportPlan,
    ids: ExchangeIds,
    known: dict[str, Meaning],
    places: Places,
    users: set[UUID],
    *,
    unknown_users: tuple[str, ...],
    language: str,
) -> Iterator[PlannedMemo]:
    """Those that are not here yet. A long text becomes several; a note on several things likewise."""
    fresh = any(planned.is_new for planned in plan.sources)
    for memo in (
        *_notes(project, plan, ids, known, places, users),
        *_descriptions(plan, ids, places),
        *(_remarks(project, ids, known, unknown_users, language) if fresh or project.codes else ()),
    ):
        for number, (begins, ends) in enumerate(pieces(memo.text, MAX_MEMO)):
            id = memo.id if number == 0 else ids.other("more", str(memo.id), str(number))
            if not ids.is_here(id):
                yield PlannedMemo(
                    id,
                    memo.text[begins:ends],
                    memo.statement_id,
                    memo.passage_id,
                    memo.theme,
                    memo.by_id,
                    memo.at,
                    memo.changed_at,
                    memo.is_ours,
                )


def _notes(
    project: Project,
    plan: CodeImportPlan,
    ids: ExchangeIds,
    known: dict[str, Meaning],
    places: Places,
    users: set[UUID],
) -> Iterator[PlannedMemo]:
    units, themes = _about(project, plan), _themes(project.codes, known)
    for note in project.notes:
        targets: list[tuple[UUID | None, UUID | None]] = [
            places[id] for id in units.get(note.guid, ()) if id in places
        ]
        for number, (statement, passage) in enumerate(targets or [(None, None)]):
            by = as_uuid(note.user) if note.user else None
            yield PlannedMemo(
                id=ids.of(note.guid) if number == 0 else ids.other("note", note.guid, str(number)),
                text=_with_name(note),
                statement_id=statement,
                passage_id=passage,
                theme=themes.get(note.guid),
                by_id=by if by in users else None,
                at=note.created_at,
                changed_at=note.changed_at,
            )


def _with_name(note: Note) -> str:
    return f"{note.name}\n{note.text}" if note.name and note.name not in note.text else note.text


def _about(project: Project, plan: CodeImportPlan) -> dict[str, list[UUID]]:
    """The units that each note is about, by the note's guid."""
    found: dict[str, list[UUID]] = {}
    for source in project.sources:
        groups = [(source.guid, source.notes)]
        groups += [(one.guid, one.notes) for one in source.selections]
        groups += [
            (one.guid, coding.notes) for one in source.selections for coding in one.codings if coding.notes
        ]
        for guid, notes in groups:
            for note in notes:
                for id in plan.about.get(guid, ())[:1]:
                    if id not in found.setdefault(note, []):
                        found[note].append(id)
    return found


def _themes(codes: Iterable[Code], known: dict[str, Meaning]) -> dict[str, str]:
    """The theme that each note on a code is about."""
    found: dict[str, str] = {}
    for code in codes:
        theme = known[code.guid].theme
        if theme is not None:
            found |= dict.fromkeys(code.notes, theme)
        found |= _themes(code.codes, known)
    return found


def _descriptions(plan: CodeImportPlan, ids: ExchangeIds, places: Places) -> Iterator[PlannedMemo]:
    """What another program has written on its texts and selections."""
    for planned in plan.sources:
        if planned.marks is not None:
            continue
        about = [("source", planned.source.guid, planned.source.description)] if planned.is_new else []
        about += [("selection", one.guid, one.description) for one in planned.source.selections]
        for kind, guid, text in about:
            targets = [id for id in plan.about.get(guid, ()) if id in places][:1]
            if text.strip() and targets and "tillsyn:{" not in text:
                statement, passage = places[targets[0]]
                yield PlannedMemo(ids.other(kind, "description", guid), text, statement, passage)


def _remarks(
    project: Project,
    ids: ExchangeIds,
    known: dict[str, Meaning],
    unknown_users: tuple[str, ...],
    language: str,
) -> Iterator[PlannedMemo]:
    """Who coded that nobody here knows, and what the codes mean that no theme answers to."""
    if unknown_users:
        names = ", ".join(unknown_users)
        text = translate(
            language, N_("Coded in “%(origin)s” by people without account in this case: %(names)s."),
            origin=project.origin or project.name, names=names,
        )  # fmt: skip
        yield PlannedMemo(ids.other("remark", "users", project.name, names), text, is_ours=True)
    lines = [
        f"{one.path}: {' '.join(one.description.split())}" if one.description.strip() else one.path
        for one in known.values()
        if one.is_foreign
    ]
    if lines and not project.origin.startswith(OURS):
        head = translate(language, N_("Codes of “%(origin)s” without a theme here:"), origin=project.origin)
        text = "\n".join([head, *(f"– {line}" for line in lines)])
        yield PlannedMemo(ids.other("remark", "codes", *lines), text, is_ours=True)
