"""The text of one source as it is exported, and its statements and passages as selections of it.

Each judgement becomes two codings, one for the theme and one for the severity. The guid of the first is
that of the judgement and the second follows from it, so that the pair is found again. What stands
without a judgement (a theme chosen in the talk and not yet judged) has guids that follow from the unit.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from ...interview_guides.guide import Pack
from ...models.vocabulary import CodingPart, StatementStatus, Wish
from ..exchange.refi_qda_model import CodingRef, Selection
from ..i18n import translate
from ..rules.code_exchange import derived, foreign_guid, severity_guid, theme_guid
from ..rules.coded_selections import of_severity, standing_theme
from ..rules.exchange_marks import FLAGS, CodingMark, Stands, passage_line, statement_line
from ..rules.two_coders import standing
from .code_statement import code_book_of
from .raw_ids import guid
from .read_coded_case import CodedCase, CodedSource, CodedStatement, Unit

BETWEEN = "\n"
"""Between two statements: each is a paragraph."""


def selections_of(source: CodedSource, writer: "SelectionWriter") -> tuple[str, tuple[Selection, ...]]:
    """The text, and in order each statement followed by its passages."""
    found: list[Selection] = []
    place = 0
    for statement in source.statements:
        found.append(writer.statement(statement, place))
        found += [writer.passage(statement, passage, place) for passage in statement.passages]
        place += len(statement.text) + len(BETWEEN)
    return BETWEEN.join(statement.text for statement in source.statements), tuple(found)


def _unusual_flags(row: Any) -> dict[str, bool]:
    given = (row.own_words, row.prompted, row.important, row.concrete, row.firsthand)
    if given == _USUAL:
        return {}
    return {name: value for (name, usual), value in zip(FLAGS.items(), given, strict=True) if value != usual}


_USUAL = tuple(FLAGS.values())


class SelectionWriter:
    """Makes the selections of one case, in one language."""

    def __init__(self, case: CodedCase, pack: Pack, language: str) -> None:
        self.case = case
        self.book = code_book_of(pack)
        self.themes = {theme.id: theme_guid(pack, theme.id) for theme in pack.themes}
        self.steps = {anchor.severity: severity_guid(pack, anchor.severity) for anchor in pack.severity}
        self.wishes = {one.value: translate(language, one.title) for one in Wish}
        self.statuses = {one.value: translate(language, one.title) for one in StatementStatus}

    def statement(self, unit: CodedStatement, place: int) -> Selection:
        row = unit.row
        by = self.case.person(row.recorded_by_id)
        stands, refs = self._codings(unit, by, row.changed_at)
        line = statement_line(
            row.label,
            row.wish,
            row.status,
            row.question,
            row.own_question,
            _unusual_flags(row),
            stands,
            self._marks(unit),
        )
        words = f"{row.label} · {self.wishes[row.wish]}"
        if row.status != StatementStatus.ACTIVE:
            words += f" · {self.statuses[row.status]}"
        return Selection(
            guid=unit.guid,
            begins=place,
            ends=place + len(unit.text),
            name=row.label,
            description=f"{words}\n{line}",
            codings=tuple(refs),
            notes=unit.memos,
            user=by,
            created_at=row.recorded_at,
            changed_at=row.changed_at,
        )

    def passage(self, statement: CodedStatement, unit: Unit, place: int) -> Selection:
        row = unit.row
        by = self.case.person(row.marked_by_id)
        stands, refs = self._codings(unit, by, row.marked_at)
        foreign = [
            CodingRef(derived(UUID(unit.guid), name), foreign_guid(name))
            for name in row.foreign_codes.splitlines()
        ]
        line = passage_line(row.label, statement.row.label, stands, self._marks(unit))
        return Selection(
            guid=unit.guid,
            begins=place + row.begins,
            ends=place + row.ends,
            name=row.label,
            description=f"{row.label} · {self.wishes[statement.row.wish]}\n{line}",
            codings=(*refs, *foreign),
            notes=unit.memos,
            user=by,
            created_at=row.marked_at,
        )

    def _codings(self, unit: Unit, by: str | None, at: datetime) -> tuple[Stands | None, list[CodingRef]]:
        """What stands when the judgements do not say so themselves, and the codings."""
        if unit.hidden:
            return None, []
        row = unit.row
        if not unit.codings:
            refs = []
            if row.theme in self.themes:
                refs.append(CodingRef(standing_theme(unit.guid), self.themes[row.theme], by, at))
            if row.severity is not None:
                refs.append(CodingRef(of_severity(unit.guid), self.steps[row.severity], by, at))
            return None, refs
        refs = []
        for judgement in unit.codings:
            refs += self._judgement(judgement)
        # A single judgement stands by itself; `judged` is there when there are more.
        follows = unit.codings[0] if unit.judged is None else standing(unit.judged)
        if follows is not None and follows.theme == row.theme and follows.severity == row.severity:
            return None, refs
        return (row.theme, row.severity), refs

    def _judgement(self, row: Any) -> list[CodingRef]:
        id, coder, at = guid(row.id), self.case.person(row.coder_id), row.coded_at
        refs = [CodingRef(of_severity(id), self.steps[row.severity], coder, at)]
        if row.theme in self.themes:
            refs.insert(0, CodingRef(id, self.themes[row.theme], coder, at))
        return refs

    def _marks(self, unit: Unit) -> dict[str, CodingMark]:
        """The judgements that are not simply a first one by the code book of today."""
        found: dict[str, CodingMark] = {}
        for row in unit.codings:
            is_first = row.part is CodingPart.FIRST and row.number == 1
            reason = "" if row.reason_sealed is None else self.case.reasons.get(row.id, "")
            if is_first and not reason and row.code_book == self.book:
                continue
            book = None if row.code_book == self.book else row.code_book
            found[guid(row.id)] = CodingMark(row.part, row.number, book, reason)
        return found
