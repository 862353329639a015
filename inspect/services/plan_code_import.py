"""Plan an import of coded texts: what becomes which row, and every reason why it cannot be done.

Nothing is written here. An import only adds: what is in the case already stays as it is, whatever the
file says about it, and is counted.
"""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from ...models.interviews import MAX_STATEMENT
from ...models.vocabulary import N_, EvidenceKind, Informant
from ..exchange.refi_qda_model import ExchangeFault, Project, Selection, Source
from ..exchange.refi_qda_positions import with_plain_line_ends
from ..rules.code_exchange import Meaning
from ..rules.coded_selections import GivenCodes, codes_of, pieces
from ..rules.exchange_marks import DamagedMarks, Marks, marks_of, source_marks
from .exchange_ids import ExchangeIds
from .export_selections import BETWEEN
from .planned_code_import import CodeImportPlan, Layout, PlannedPassage, PlannedSource, PlannedStatement


def plan_code_import(
    project: Project, known: dict[str, Meaning], ids: ExchangeIds, layout: Layout
) -> CodeImportPlan:
    plan = CodeImportPlan()
    texts = {id: text for statements in layout.values() for id, text in statements}
    variables = {variable.guid: variable.name for variable in project.variables}
    for number, source in enumerate(project.sources, start=1):
        place = f"Sources[1]/TextSource[{number}]"
        try:
            marks = source_marks({variables.get(one.variable, ""): one.text for one in source.values})
        except DamagedMarks as damaged:
            plan.faults.append(_damaged(place, damaged))
            continue
        planner = _Planner(plan, known, ids, texts, place)
        own = ids.of(source.guid)
        if marks is not None or ids.is_here(own):
            planned = PlannedSource(own, source, marks, is_new=not ids.is_here(own))
            planned.statements += _as_laid_out(source.text, layout.get(own, []))
            planner.own(planned)
        else:
            planned = _plain(source, ids)
            planner.foreign(planned)
        plan.sources.append(planned)
    return plan


def _as_laid_out(text: str, statements: list[tuple[UUID, str]]) -> Iterator[PlannedStatement]:
    """The statements of a source that is here, when the file has its text as it would be exported now.

    Then they are found even where a program has given its selections new guids.
    """
    if not statements or BETWEEN.join(told for _, told in statements) != text:
        return
    place = 0
    for id, told in statements:
        yield PlannedStatement(id, told, is_new=False, place=place)
        place += len(told) + len(BETWEEN)


def _plain(source: Source, ids: ExchangeIds) -> PlannedSource:
    """A text from elsewhere, with the line ends that texts have here."""
    ends = [place for one in source.selections for place in (one.begins, one.ends)]
    text, places = with_plain_line_ends(source.text.replace("\x00", " "), ends)
    moved = iter(places)
    selections = tuple(one._replace(begins=next(moved), ends=next(moved)) for one in source.selections)
    whole = [
        Selection(f"{source.guid}/whole", 0, len(text), codings=source.codings)
    ] if source.codings else []  # fmt: skip
    made = Source(
        guid=source.guid, name=source.name, text=text, description=source.description,
        selections=(*selections, *whole), notes=source.notes, user=source.user,
        created_at=source.created_at,
    )  # fmt: skip
    id = ids.other("source", source.guid)
    return PlannedSource(id, made, None, is_new=not ids.is_here(id))


class _Planner:
    """Plans one source."""

    def __init__(
        self,
        plan: CodeImportPlan,
        known: dict[str, Meaning],
        ids: ExchangeIds,
        texts: dict[UUID, str],
        place: str,
    ) -> None:
        self.plan, self.known, self.ids, self.texts, self.place = plan, known, ids, texts, place

    def fault(self, text: str, number: int | None = None, **values: object) -> None:
        part = "" if number is None else f"/PlainTextSelection[{number}]"
        self.plan.faults.append(ExchangeFault(f"{self.place}{part}", text, values))

    # --- Our own file ----------------------------------------------------------------------

    def own(self, planned: PlannedSource) -> None:
        self._check_times(planned)
        rest: list[tuple[Selection, Marks | None]] = []
        for number, selection in enumerate(planned.source.selections, start=1):
            try:
                marks = marks_of(selection.description)
            except DamagedMarks as damaged:
                self.plan.faults.append(
                    _damaged(f"{self.place}/PlainTextSelection[{number}]", damaged)
                )  # fmt: skip
                continue
            id = self.ids.of(selection.guid)
            if id in self.texts:
                self._statement_here(planned, selection, id)
            elif marks is not None and marks.of is None:
                self._new_statement(planned, selection, marks, id, number)
            else:
                rest.append((selection, marks))
        for selection, marks in rest:
            self._passages(planned, selection, marks)

    def _check_times(self, planned: PlannedSource) -> None:
        marks = planned.marks
        if marks is None or not planned.is_new or isinstance(marks.perspective, EvidenceKind):
            return
        begins, ends = marks.times.get("started_at"), marks.times.get("ended_at")
        if begins is None:
            self.fault(N_("is a talk without a time when it began"))
        elif ends is not None and ends < begins:
            self.fault(N_("ends before it starts"))

    def _statement_here(self, planned: PlannedSource, selection: Selection, id: UUID) -> None:
        text = planned.source.text[selection.begins : selection.ends]
        if text != self.texts[id]:
            self.plan.kept["changed"] += 1
            return
        if all(one.id != id for one in planned.statements):
            planned.statements.append(
                PlannedStatement(id, text, is_new=False, place=selection.begins, selection=selection)
            )
        self._about(selection.guid, id)
        self._count_differing(selection)

    def _count_differing(self, selection: Selection) -> None:
        if any(
            self.known[ref.code].theme is not None and not self.ids.is_here(self.ids.of(ref.guid))
            and ref.user is not None
            for ref in selection.codings
        ):  # fmt: skip
            self.plan.kept["units"] += 1

    def _new_statement(
        self, planned: PlannedSource, selection: Selection, marks: Marks, id: UUID, number: int
    ) -> None:
        text = planned.source.text[selection.begins : selection.ends]
        if len(text) > MAX_STATEMENT:
            self.fault(
                N_("%(num)s characters; at most %(most)s are allowed"),
                number,
                num=len(text),
                most=MAX_STATEMENT,
            )
        talked = planned.marks.perspective if planned.marks is not None else None
        if marks.flags.get("important") and talked is not Informant.CHILD:
            self.fault(N_("only a child can point out what matters most to children"), number)
        given = codes_of(selection.guid, selection.codings, self.known, marks)
        statement = PlannedStatement(
            id, text, is_new=True, place=selection.begins, selection=selection, marks=marks,
            codes=given[0] if given else GivenCodes(),
        )  # fmt: skip
        planned.statements.append(statement)
        self._about(selection.guid, id)

    # --- Texts of other programs -----------------------------------------------------------

    def foreign(self, planned: PlannedSource) -> None:
        text = planned.source.text
        for begins, ends in pieces(text, MAX_STATEMENT):
            id = self.ids.other("text", planned.source.guid, str(begins))
            if not planned.is_new and self.texts.get(id) != text[begins:ends]:
                self.plan.kept["changed"] += 1
                continue
            planned.statements.append(
                PlannedStatement(id, text[begins:ends], is_new=planned.is_new, place=begins)
            )
        if planned.statements:
            self._about(planned.source.guid, planned.statements[0].id)
        for selection in planned.source.selections:
            self._passages(planned, selection, None)

    # --- Passages --------------------------------------------------------------------------

    def _passages(self, planned: PlannedSource, selection: Selection, marks: Marks | None) -> None:
        """A selection becomes a passage in each statement that it touches, one for each theme on it."""
        given: Iterable[GivenCodes] = codes_of(selection.guid, selection.codings, self.known, marks)
        given = given or (GivenCodes(user=selection.user),)
        touched = [
            (statement, begins, ends)
            for statement in _of_passage(planned.statements, marks)
            for begins, ends in [_inside(statement, selection.begins, selection.ends, trim=marks is None)]
            if begins < ends
        ]
        if not touched:
            self.plan.kept["lost"] += 1
        self.plan.kept["divided"] += len(touched) > 1
        for part, (statement, begins, ends) in enumerate(touched):
            if marks is None and not statement.is_new and (begins, ends) == (0, len(statement.text)):
                # The whole of a statement that is here: a judgement of it, and it keeps its own.
                self._about(selection.guid, statement.id)
                self._count_differing(selection)
                continue
            for number, codes in enumerate(given):
                own = marks is not None and part == number == 0
                name = (planned.source.guid, selection.guid, str(part), codes.theme or _theme(codes))
                id = self.ids.of(selection.guid) if own else self.ids.other("passage", *name)
                self._about(selection.guid, id)
                if self.ids.is_here(id):
                    if number == part == 0:
                        self._count_differing(selection)
                    continue
                statement.passages.append(PlannedPassage(id, begins, ends, codes, selection, marks))

    def _about(self, guid: str, id: UUID) -> None:
        self.plan.about.setdefault(guid, []).append(id)


def _theme(codes: GivenCodes) -> str:
    return codes.judgements[0].theme if codes.judgements else ""


def _of_passage(statements: Sequence[PlannedStatement], marks: Marks | None) -> Iterable[PlannedStatement]:
    """The statements that a selection may lie in; our own file says which."""
    if marks is None or marks.of is None:
        return statements
    named = [one for one in statements if one.selection is not None and one.selection.name == marks.of]
    return named or statements


def _inside(statement: PlannedStatement, begins: int, ends: int, *, trim: bool) -> tuple[int, int]:
    """The part of a stretch that lies in the statement, counted from its beginning.

    `trim`: without white space at its ends, as it is when somebody marks it here.
    """
    first, last = max(begins - statement.place, 0), min(ends - statement.place, len(statement.text))
    if trim and first < last:
        words = statement.text[first:last]
        first, last = first + len(words) - len(words.lstrip()), last - len(words) + len(words.rstrip())
    return first, last


def _damaged(place: str, damaged: DamagedMarks) -> ExchangeFault:
    text = N_("has a line that Tillsyn wrote and somebody has changed, so that it cannot be read: %(line)s")
    return ExchangeFault(place, text, {"line": str(damaged)})
