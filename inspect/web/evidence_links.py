"""What stands behind a finding or a paragraph, as lines that lead to where it was said or marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from ...interview_guides.guide import Pack
from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.vocabulary import EvidenceKind, Informant
from ..services.find_evidence import StatementLine, requirement_lines, statement_lines
from .database import db
from .language import label, say

SIGNS: Mapping[Informant | EvidenceKind, str] = {
    Informant.CHILD: "B",
    Informant.STAFF: "P",
    Informant.MANAGER: "L",
    Informant.OTHER: "A",
    EvidenceKind.OBSERVATION: "O",
    EvidenceKind.DOCUMENT: "D",
}


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One piece: short name, sign of its perspective, what it is, what it says, where it stands."""

    label: str
    sign: str
    kind: str
    text: str
    href: str
    wish: str = ""


class EvidenceBook:
    """All evidence of a case, looked up by the labels of statements and the ids of requirements."""

    def __init__(self, inspection: Inspection, pack: Pack) -> None:
        self._inspection = inspection
        self._pack = pack
        self._said = {line.label: line for line in statement_lines(db(), inspection)}
        self._checks = requirement_lines(db(), inspection)

    def lines(self, labels: Iterable[str]) -> tuple[EvidenceLine, ...]:
        """The lines of these labels, children first; unknown labels are left out."""
        found = [
            self._said_line(self._said[name]) if name in self._said else self._check_line(name)
            for name in labels
        ]
        order = "BPLODAK"
        return tuple(sorted((one for one in found if one), key=lambda one: order.index(one.sign)))

    def _said_line(self, line: StatementLine) -> EvidenceLine:
        dnr, anchor = self._inspection.dnr, f"note-{line.statement.id}"
        if isinstance(line.source, Interview):
            href = url_for("talks.interview", dnr=dnr, talk_id=line.source.id, _anchor=anchor)
        else:
            href = url_for("checks.evidence_item", dnr=dnr, evidence_id=line.source.id, _anchor=anchor)
        wish = label(line.statement.wish) if line.source_kind is Informant.CHILD else ""
        kind = label(line.source_kind)
        return EvidenceLine(line.label, SIGNS[line.source_kind], kind, line.text, href, wish)

    def _check_line(self, name: str) -> EvidenceLine | None:
        if name not in {one.id for one in self._pack.requirements}:
            return None
        check = self._checks.get(name)
        title = say(self._pack.requirement(name).title)
        text = f"{title}: {label(check.result)}" if check else title
        if check and check.note:
            text = f"{text}. {check.note}"
        href = url_for("checks.requirements", dnr=self._inspection.dnr, _anchor=name)
        return EvidenceLine(name, "K", _("Requirement"), text, href)
