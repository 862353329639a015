"""The values that a content pack is made of.

All are frozen. Every wording is a :class:`Text`: Swedish and English side by side. Ids are stable:
they are stamped on statements, checks and letters, and never change their meaning.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .conditions import Condition

Informant = Literal["child", "staff", "manager", "other"]
"""``child`` is the stable id of the people that the activity is for, whatever the pack calls them."""
Responsible = Literal["provider", "committee", "both"]
Status = Literal["in_use", "example"]
Pictures = Literal["none", "smiley"]


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
    """An assessment area (bedömningsområde). ``administrative``: far from the children's daily life.

    ``not_asked_of``: those with whom nothing in the area is talked about; every guide for others reaches it.
    """

    id: str
    name: Text
    administrative: bool
    not_asked_of: tuple[Informant, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """What a statement is about. A theme belongs to exactly one area.

    ``about`` defines it; ``includes`` and ``excludes`` say what belongs to it and what does not, and where
    that goes instead. A pack whose code book is not written out yet has None.
    """

    id: str
    area: str
    name: Text
    about: Text | None = None
    includes: Text | None = None
    excludes: Text | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of the pack's code book changed: themes, severity anchors, requirements."""

    version: str
    on: date
    text: Text


@dataclass(frozen=True, slots=True)
class Requirement:
    """One point of the compliance check (kravpunkt).

    ``valid_from`` and ``valid_to`` are inclusive; ``valid_to`` is ``None`` while the requirement is in force.
    ``sanction``: a breach on or after ``sanction_from`` can lead to a sanction fee (28 kap. 16 § SoL).
    ``evidence``: ids among ``Pack.evidence_kinds``, the best first.
    ``replaces``: id of the requirement whose validity ends before this one's begins.
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
    replaces: str | None = None

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
class FollowUp:
    """A question to put if the person says something of a certain kind (``if_says``, for the inspector)."""

    text: Text
    if_says: Text


@dataclass(frozen=True, slots=True)
class Question:
    """One open question. ``why`` and ``listen_for`` are for the inspector and are never read aloud.

    ``asked_of`` is set where a guide serves several kinds of informants and the question is for one of them.
    ``pair``: questions of several guides with the same word are about the same matter.
    ``pictures``: the scale of pictures that it can be answered on, and ``picture_text`` what is said then.
    ``only_if``: all must hold for the question to be put; empty: it always is.
    ``information``: the statutory item that is given with it, among ``Pack.information_items``.
    """

    id: str
    area: str
    theme: str | None
    text: Text
    probes: tuple[Text, ...]
    why: Text
    listen_for: Text | None
    asked_of: Text | None = None
    pair: str | None = None
    pictures: Pictures = "none"
    picture_text: Text | None = None
    only_if: tuple[Condition, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    information: str | None = None


@dataclass(frozen=True, slots=True)
class Guide:
    """A support for one kind of talk: opening words, questions in a suggested order, closing words.

    ``information``: the statutory items that its opening and closing words give.
    ``question_count``: the least and the greatest number of questions that the pack wants it to have.
    ``offered``: False for a guide that talks have been held with and that new ones are not.
    """

    id: str
    informant: Informant
    title: Text
    version: str
    ages: Text | None
    opening: Text
    closing: Text
    questions: tuple[Question, ...]
    information: tuple[str, ...] = ()
    question_count: tuple[int, int] | None = None
    offered: bool = True


@dataclass(frozen=True, slots=True)
class SeverityAnchor:
    """What a severity (0–4) of a statement or a consequence means, for coders."""

    severity: int
    name: Text
    text: Text
    examples: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the pack calls the people it is about, and where they live: "barn", "barnet", "barnen" …

    The forms from ``any`` on are those that a letter needs: docs/letter-wording.md has all with examples.
    """

    singular: Text
    definite: Text
    plural: Text
    definite_plural: Text
    genitive_plural: Text
    home: Text
    home_definite: Text
    pronoun: Text | None = None
    any: Text | None = None
    none: Text | None = None
    a_genitive: Text | None = None
    with_you: Text | None = None
    present: Text | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """Who must have been offered a talk before whom; the default is the order of the method.

    ``first`` is always ``child``: offers are listed for the people that the activity is for.
    """

    first: Informant = "child"
    before: tuple[Informant, ...] = ("staff", "manager", "other")


@dataclass(frozen=True, slots=True)
class Activity:
    """A kind of activity in the register (HVB, hemtjänst, grundskola …) that a pack is made for.

    `inspected_within_months`: how often it must be inspected at least, where the law says so, and
    `inspected_by_law`: where it says so.
    """

    id: str
    name: Text
    inspected_within_months: int | None = None
    inspected_by_law: str = ""
