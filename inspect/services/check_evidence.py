"""What breaks the rules of the code book in a case, gathered before it is weighed (method §2.2 D0–D3, S1)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.assessments import Check
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.vocabulary import ChildOutcome, EvidenceKind
from ..rules.weighing import Coding
from ..rules.weighing.input_rules import (
    Breach,
    Judgements,
    Question,
    RequestedDocument,
    coded_by_two,
    declined_children,
    double_proof,
    silence_and_nothing_to_remark,
    unproduced_documents,
)
from .find_codings import list_units
from .find_evidence import Sources, find_all_sources
from .weigh_inspection import Weighed, case_of
from .weighing_catalogue import catalogue_of

_CHECKS = select(Check).where(Check.inspection_id == bindparam("inspection_id"))
_DOCUMENT = re.compile(r"\bd\d+\b", re.IGNORECASE)


def check_evidence(
    db: Session, inspection: Inspection, sources: Sources | None = None, found: Weighed | None = None
) -> tuple[Breach, ...]:
    """Everything in `inspection` (loaded whole) that breaks a rule, in the order of the rules.

    `sources` and `found`: when already at hand. Which documents prove a mark is read from its note, where
    a document is named by its short name (`d1`); statements that nobody has judged are told of elsewhere.
    """
    sources = sources or find_all_sources(db, inspection)
    codings = (found.case if found else case_of(db, inspection, sources)).inspection.codings
    return (
        *double_proof(
            catalogue_of(load_pack(inspection.pack)), codings, _proofs(db, inspection, sources, found)
        ),
        *unproduced_documents(codings, _requested(sources)),
        *silence_and_nothing_to_remark(codings, tuple(_questions(sources, codings))),
        *declined_children(codings, _declined(inspection)),
        *coded_by_two(_judgements(db, inspection)),
    )


def _proofs(
    db: Session, inspection: Inspection, sources: Sources, found: Weighed | None
) -> Mapping[str, frozenset[str]]:
    """The documents that the note of a mark names, by requirement."""
    documents = frozenset(item.person for item in sources.evidence if item.kind is EvidenceKind.DOCUMENT)
    weighed = catalogue_of(load_pack(inspection.pack)).requirements
    if not documents:
        return {}
    checks = found.checks if found else db.scalars(_CHECKS, {"inspection_id": inspection.id})
    named = {
        check.requirement: documents & {name.lower() for name in _DOCUMENT.findall(check.note)}
        for check in checks
        if check.requirement in weighed
    }
    return {requirement: those for requirement, those in named.items() if those}


def _requested(sources: Sources) -> Iterator[RequestedDocument]:
    for item in sources.evidence:
        if item.kind is EvidenceKind.DOCUMENT:
            yield RequestedDocument(item.person, produced=item.produced)


def _questions(sources: Sources, codings: Sequence[Coding]) -> Iterator[Question]:
    """Each answer to a question of ours that has been coded. One without words is no answer."""
    coded = _coded(sources, codings)
    for talk in sources.talks:
        for statement in talk.statements:
            here = coded.get(statement.label, ())
            if not here or (statement.question is None and not statement.prompted):
                continue
            is_answered = bool(statement.text.strip())
            for theme in sorted({coding.theme for coding in here}):
                yield Question(
                    talk.person,
                    theme,
                    answered=is_answered or _answers_elsewhere(talk, statement, theme, coded),
                    remarked=any(coding.severity > 0 for coding in here if coding.theme == theme),
                )


def _answers_elsewhere(
    talk: Interview, statement: Statement, theme: str, coded: Mapping[str, Sequence[Coding]]
) -> bool:
    """The same person has said something on the theme in another place of the talk."""
    return any(
        one.text.strip() and any(coding.theme == theme for coding in coded.get(one.label, ()))
        for one in talk.statements
        if one.id != statement.id
    )


def _coded(sources: Sources, codings: Sequence[Coding]) -> Mapping[str, Sequence[Coding]]:
    """The codings of each statement, by its short name; those of its passages (`u1.2`) are among them."""
    labels = {one.label for talk in sources.talks for one in talk.statements}
    found: defaultdict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        found[coding.id if coding.id in labels else coding.id.rpartition(".")[0]].append(coding)
    return found


def _declined(inspection: Inspection) -> frozenset[str]:
    return frozenset(
        resident.person for resident in inspection.residents if resident.outcome is ChildOutcome.DECLINED
    )


def _judgements(db: Session, inspection: Inspection) -> Iterator[Judgements]:
    for unit in list_units(db, inspection):
        first = unit.judged.first.severity if unit.judged.first is not None else unit.severity
        if first is None:
            continue
        yield Judgements(
            unit.label,
            first,
            second=unit.judged.second.severity if unit.judged.second is not None else None,
            settled=unit.judged.settled.severity if unit.judged.settled is not None else None,
            weighed=unit.severity,
        )
