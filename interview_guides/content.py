"""The values that a content pack is made of.

All are frozen. Every wording is a :class:`Text`: Swedish and English side by side. Ids are stable:
they are stamped on statements, checks and letters, and never change their meaning.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Informant = Literal["child", "staff", "manager", "other"]
Responsible = Literal["provider", "committee", "both"]


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in Swedish and English."""

    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """The wording in "sv" or "en". Any other language gives Swedish, the language of the agency."""
        return self.en if language == "en" else self.sv


@dataclass(frozen=True, slots=True)
class Area:
    """An assessment area (bedömningsområde). ``administrative``: far from the children's daily life."""

    id: str
    name: Text
    administrative: bool


@dataclass(frozen=True, slots=True)
class Theme:
    """What a statement is about. A theme belongs to exactly one area."""

    id: str
    area: str
    name: Text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One point of the compliance check (kravpunkt).

    ``valid_from`` and ``valid_to`` are inclusive; ``valid_to`` is ``None`` while the requirement is in force.
    ``sanction``: a breach on or after ``sanction_from`` can lead to a sanction fee (28 kap. 16 § SoL).
    ``evidence``: ids among ``Pack.evidence_kinds``, the best first.
    """

    id: str
    wording: Text
    title: Text
    source: Text
    responsible: Responsible
    sanction: bool
    themes: tuple[str, ...]
    evidence: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    note: Text | None
    sanction_from: date | None = None

    @property
    def can_be_deficiency_of_home(self) -> bool:
        """False when the law puts the duty on the placing committee alone: the finding is then sent there."""
        return self.responsible != "committee"

    def in_force_on(self, day: date) -> bool:
        """Whether the requirement applied on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def carries_sanction_on(self, day: date) -> bool:
        """Whether a breach on that day can lead to a sanction fee."""
        return self.sanction and (self.sanction_from is None or self.sanction_from <= day)


@dataclass(frozen=True, slots=True)
class Question:
    """One open question. ``why`` and ``listen_for`` are for the inspector and are never read aloud.

    ``asked_of`` is set where a guide serves several kinds of informants and the question is for one of them.
    """

    id: str
    area: str
    theme: str | None
    text: Text
    probes: tuple[Text, ...]
    why: Text
    listen_for: Text | None
    asked_of: Text | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """A support for one kind of talk: opening words, questions in a suggested order, closing words."""

    id: str
    informant: Informant
    title: Text
    version: str
    ages: Text | None
    opening: Text
    closing: Text
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class SeverityAnchor:
    """What a severity (0–4) of a statement or a consequence means, for coders."""

    severity: int
    name: Text
    text: Text
    examples: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the pack calls the people it is about, and where they live: "barn", "barnet", "barnen" …"""

    singular: Text
    definite: Text
    plural: Text
    definite_plural: Text
    genitive_plural: Text
    home: Text
    home_definite: Text
