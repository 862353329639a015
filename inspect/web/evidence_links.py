"""What stands behind a finding or a paragraph, as lines that lead to where it was said or marked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from ...interview_guides.guide import Pack
from ...models.inspections import Inspection
from ...models.vocabulary import CheckResult, EvidenceKind, Informant, Wish
from ..services.find_sources import Source, find_checked, find_sources
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
ORDER = "BPLODAK"
NOBODY = UUID(int=0)
"""Stands in an address for the id that is put there: an address is built once, not once for each line."""


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
        dnr = inspection.dnr
        self._sources = {one.label: one for one in find_sources(db(), inspection)}
        self._checks = find_checked(db(), inspection)
        self._rules = {one.id: one for one in pack.requirements}
        self._talk = url_for("talks.interview", dnr=dnr, talk_id=NOBODY)
        self._item = url_for("checks.evidence_item", dnr=dnr, evidence_id=NOBODY)
        self._requirements = url_for("checks.requirements", dnr=dnr)
        self._words: dict[Informant | EvidenceKind | Wish | CheckResult, str] = {}
        self._lines: dict[str, EvidenceLine | None] = {}

    def labels(self) -> dict[UUID, str]:
        """The label of each statement, by its id."""
        return {one.id: one.label for one in self._sources.values()}

    def lines(self, labels: Iterable[str]) -> tuple[EvidenceLine, ...]:
        """The lines of these labels, children first; unknown labels are left out."""
        found = [line for name in labels if (line := self._line(name)) is not None]
        return tuple(sorted(found, key=lambda one: ORDER.index(one.sign)))

    def _line(self, name: str) -> EvidenceLine | None:
        if name not in self._lines:
            source = self._sources.get(name)
            self._lines[name] = self._said_line(source) if source else self._check_line(name)
        return self._lines[name]

    def _word(self, member: Informant | EvidenceKind | Wish | CheckResult) -> str:
        if member not in self._words:
            self._words[member] = label(member)
        return self._words[member]

    def _said_line(self, source: Source) -> EvidenceLine:
        address, place = (
            (self._talk, source.interview_id) if source.interview_id else (self._item, source.evidence_id)
        )
        return EvidenceLine(
            label=source.label,
            sign=SIGNS[source.kind],
            kind=self._word(source.kind),
            text=source.text,
            href=f"{address.replace(str(NOBODY), str(place))}#note-{source.id}",
            wish=self._word(source.wish) if source.kind is Informant.CHILD else "",
        )

    def _check_line(self, name: str) -> EvidenceLine | None:
        rule = self._rules.get(name)
        if rule is None:
            return None
        check = self._checks.get(name)
        title = say(rule.title)
        text = f"{title}: {self._word(check.result)}" if check else title
        if check and check.note:
            text = f"{text}. {check.note}"
        return EvidenceLine(name, "K", _("Requirement"), text, f"{self._requirements}#{name}")
