"""The rules of the code book that make an input fit to be weighed (method §2.2 D0–D3, §2.3 S1).

Each rule looks at plain values and says what breaks it; none of them changes anything.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ....models.vocabulary import N_
from ..coding import needs_second_coder, standing_severity
from ..reasons import Reason
from .inputs import Catalogue, Coding
from .scales import Perspective


@dataclass(frozen=True, slots=True)
class Breach:
    """One thing that breaks rule D0, D1, D2, D3 or S1. `coding` names the coding, if it is about one."""

    rule: str
    reason: Reason
    coding: str | None = None


@dataclass(frozen=True, slots=True)
class RequestedDocument:
    """A document that was asked for, by the source name that its codings carry."""

    source: str
    produced: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A theme that one person was asked about. `answered` is false when the person said nothing to it.

    `remarked` is true when the answer held something to code beside "nothing to remark".
    """

    source: str
    theme: str
    answered: bool
    remarked: bool = False


@dataclass(frozen=True, slots=True)
class Judgements:
    """How one coding was judged: each coder's severity, and what they settled if they have."""

    coding: str
    first: int
    second: int | None = None
    settled: int | None = None
    weighed: int | None = None
    """The severity that goes into the weighing; `None` when it is the standing one by construction."""


def double_proof(
    catalogue: Catalogue, codings: Iterable[Coding], proofs: Mapping[str, Collection[str]]
) -> tuple[Breach, ...]:
    """D0: a document used as proof for a check is not also coded as a document on that check's themes.

    `proofs` maps a requirement to the sources of the documents that its mark rests on.
    """
    taken = {
        (source, theme)
        for requirement, sources in proofs.items()
        for source in sources
        for theme in catalogue.requirements[requirement]
    }
    return tuple(
        Breach(
            "D0",
            Reason(
                N_("%(source)s is already the proof of a requirement on this theme; it would count twice."),
                {"source": coding.source},
            ),
            coding.id,
        )
        for coding in codings
        if coding.perspective is Perspective.DOCUMENT and (coding.source, coding.theme) in taken
    )


def unproduced_documents(
    codings: Iterable[Coding], requested: Iterable[RequestedDocument]
) -> tuple[Breach, ...]:
    """D1: a requested document that was not produced is coded as a document with at least severity 1."""
    coded = {
        coding.source
        for coding in codings
        if coding.perspective is Perspective.DOCUMENT and coding.severity >= 1
    }
    return tuple(
        Breach(
            "D1",
            Reason(
                N_("%(source)s was asked for and not produced: code it as a document, at least minor."),
                {"source": document.source},
            ),
        )
        for document in requested
        if not document.produced and document.source not in coded
    )


def silence_and_nothing_to_remark(
    codings: Sequence[Coding], questions: Iterable[Question]
) -> tuple[Breach, ...]:
    """D2: "asked, nothing to remark" is coded 0 and prompted; silence is not coded as an answer."""
    by_answer: dict[tuple[str, str], list[Coding]] = {}
    for coding in codings:
        by_answer.setdefault((coding.source, coding.theme), []).append(coding)
    found = []
    for question in questions:
        coded = by_answer.get((question.source, question.theme), [])
        prompted = [coding for coding in coded if coding.prompted]
        if not question.answered:
            found += [
                Breach("D2", Reason(N_("%(source)s did not answer: silence is not coded."), _of(one)), one.id)
                for one in prompted
            ]
        elif not question.remarked and not any(one.severity == 0 for one in prompted):
            text = N_("%(source)s had nothing to remark: code it as nothing wrong, as an answer to us.")
            found.append(Breach("D2", Reason(text, {"source": question.source})))
    return tuple(found)


def declined_children(codings: Iterable[Coding], declined: Collection[str]) -> tuple[Breach, ...]:
    """D3: a child that did not want to talk has no codings. `declined` are the sources of those children."""
    return tuple(
        Breach("D3", Reason(N_("%(source)s did not want to talk and has no statements."), _of(one)), one.id)
        for one in codings
        if one.perspective is Perspective.CHILD and one.source in declined
    )


def coded_by_two(judged: Iterable[Judgements]) -> tuple[Breach, ...]:
    """S1: severity 2 and more is judged by two people, and the higher stands until they have settled."""
    found = []
    for one in judged:
        standing = standing_severity(one.first, one.second, one.settled)
        if one.second is None and needs_second_coder(standing):
            found.append(
                Breach(
                    "S1", Reason(N_("A second person must code what is significant or graver.")), one.coding
                )
            )
        if one.weighed is not None and one.weighed != standing:
            text = (
                N_("The coders have not settled it: the higher severity stands.")
                if one.settled is None
                else N_("What the coders settled must be what is weighed.")
            )
            found.append(Breach("S1", Reason(text), one.coding))
    return tuple(found)


def _of(coding: Coding) -> dict[str, object]:
    return {"source": coding.source}
