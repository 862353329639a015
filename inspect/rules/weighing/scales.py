"""The closed scales of the weighing method HVB-VM 1.0: what may be said, and in which words.

The values of the string enumerations are the contract of `tillsyn weigh`; several of them are
Swedish because the method's words are Swedish. `title` is an English msgid for people who read.
"""

from enum import Enum, IntEnum, StrEnum

from ....models.vocabulary import N_


class Perspective(StrEnum):
    """Who or what a piece of evidence comes from. COMPLIANCE is derived from checks, never coded."""

    CHILD = "child"
    COMPLIANCE = "compliance"
    OBSERVATION = "observation"
    STAFF = "staff"
    MANAGER = "manager"
    DOCUMENT = "document"
    OTHER = "other"

    @property
    def title(self) -> str:
        return _PERSPECTIVE_TITLES[self]


class Position(IntEnum):
    """The position of an area. The digits are codes, ordered but not points; people see words."""

    SERIOUS = 1
    NEEDS_IMPROVEMENT = 2
    WORKS_IN_THE_MAIN = 3
    WORKS_WELL = 4


class Word(StrEnum):
    """The word shown for an area: one per position, one for an open account, one for no position."""

    WORKS_WELL = "Fungerar väl"
    WORKS_IN_THE_MAIN = "Fungerar i huvudsak"
    NEEDS_IMPROVEMENT = "Behöver förbättras"
    SERIOUS = "Allvarligt"
    ACCOUNT_INVESTIGATED = "Allvarlig uppgift utreds"
    NOT_ASSESSABLE = "Kan inte bedömas ännu"

    @property
    def title(self) -> str:
        return _WORD_TITLES[self]


class Basis(StrEnum):
    """What a position rests on. Only an ESTABLISHED_FAILING may be called a failing in a decision."""

    ESTABLISHED_FAILING = "konstaterad brist"
    CORROBORATED_ACCOUNT = "styrkt uppgift"
    ACCOUNT_INVESTIGATED = "uppgift under utredning"
    CHILDRENS_PICTURE = "barnens samlade bild"
    TOO_FEW_PERSPECTIVES = "för få perspektiv"
    WEIGHED_PICTURE = "sammanvägd bild"

    @property
    def title(self) -> str:
        return _BASIS_TITLES[self]


class ActionTrack(IntEnum):
    """What the authority may and should do next. Always a proposal to an official."""

    AFFIRM = 0
    DIALOGUE = 1
    REQUEST_CORRECTION = 2
    INVESTIGATE = 3
    CONSIDER_INTERVENTION = 4
    IMMEDIATE_PROTECTION = 5

    @property
    def title(self) -> str:
        return _ACTION_TITLES[self]


class Confidence(IntEnum):
    """How sure the position is. Never changes the position, the ceilings or the action."""

    VERY_LOW = 1
    LOW = 2
    MODERATE = 3
    HIGH = 4

    @property
    def title(self) -> str:
        return _CONFIDENCE_TITLES[self]


class Ceiling(StrEnum):
    """The four rules that hold a position down however good the rest of the evidence is."""

    GRAVE_ACCOUNT = "T1"
    STATUTE = "T2"
    CHILDREN = "T3"
    BREADTH = "T4"

    @property
    def title(self) -> str:
        return _CEILING_TITLES[self]


class Status(StrEnum):
    """What has become of a statement since it was made."""

    ACTIVE = "active"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Resolution(StrEnum):
    """The outcome of investigating a grave account."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMED = "not_confirmed"
    REFUTED = "refuted"


class CheckResult(StrEnum):
    """The outcome of checking one requirement."""

    MET = "met"
    DEVIATION = "deviation"
    NOT_CHECKED = "not_checked"
    NOT_APPLICABLE = "not_applicable"


class Divergence(StrEnum):
    """How two perspectives on one area stand to each other."""

    AGREEMENT = "agreement"
    PARTIAL = "partial"
    DISSONANCE = "dissonance"
    SILENCE = "silence"

    @property
    def title(self) -> str:
        return _DIVERGENCE_TITLES[self]


class GapClass(Enum):
    """How a theme that children bring up relates to what was checked."""

    SAME_PICTURE = "B0"
    NO_REQUIREMENT = "B1"
    NOT_CHECKED = "B2"
    DIFFERENT_PICTURE = "B3"

    @property
    def title(self) -> str:
        return _GAP_TITLES[self]


WORD_OF_POSITION = {
    Position.WORKS_WELL: Word.WORKS_WELL,
    Position.WORKS_IN_THE_MAIN: Word.WORKS_IN_THE_MAIN,
    Position.NEEDS_IMPROVEMENT: Word.NEEDS_IMPROVEMENT,
    Position.SERIOUS: Word.SERIOUS,
}

SEVERITY_TITLES = (
    N_("Nothing wrong, or a wish"),
    N_("Minor severity"),
    N_("Significant severity"),
    N_("Grave severity"),
    N_("Acute severity"),
)

_PERSPECTIVE_TITLES = {
    Perspective.CHILD: N_("Children"),
    Perspective.COMPLIANCE: N_("Compliance"),
    Perspective.OBSERVATION: N_("Observation"),
    Perspective.STAFF: N_("Staff"),
    Perspective.MANAGER: N_("Managers"),
    Perspective.DOCUMENT: N_("Documents"),
    Perspective.OTHER: N_("Other people"),
}

_WORD_TITLES = {
    Word.WORKS_WELL: N_("Works well"),
    Word.WORKS_IN_THE_MAIN: N_("Works in the main"),
    Word.NEEDS_IMPROVEMENT: N_("Needs improvement"),
    Word.SERIOUS: N_("Serious situation"),
    Word.ACCOUNT_INVESTIGATED: N_("Grave account being investigated"),
    Word.NOT_ASSESSABLE: N_("Cannot be assessed yet"),
}

_BASIS_TITLES = {
    Basis.ESTABLISHED_FAILING: N_("established failing"),
    Basis.CORROBORATED_ACCOUNT: N_("corroborated account"),
    Basis.ACCOUNT_INVESTIGATED: N_("account under investigation"),
    Basis.CHILDRENS_PICTURE: N_("the children's overall picture"),
    Basis.TOO_FEW_PERSPECTIVES: N_("too few perspectives"),
    Basis.WEIGHED_PICTURE: N_("weighed picture"),
}

_ACTION_TITLES = {
    ActionTrack.AFFIRM: N_("Affirm"),
    ActionTrack.DIALOGUE: N_("Dialogue"),
    ActionTrack.REQUEST_CORRECTION: N_("Request correction"),
    ActionTrack.INVESTIGATE: N_("Investigate further"),
    ActionTrack.CONSIDER_INTERVENTION: N_("Consider intervention"),
    ActionTrack.IMMEDIATE_PROTECTION: N_("Immediate protection"),
}

_CONFIDENCE_TITLES = {
    Confidence.HIGH: N_("High confidence"),
    Confidence.MODERATE: N_("Moderate confidence"),
    Confidence.LOW: N_("Low confidence"),
    Confidence.VERY_LOW: N_("Very low confidence"),
}

_CEILING_TITLES = {
    Ceiling.GRAVE_ACCOUNT: N_("A grave account"),
    Ceiling.STATUTE: N_("A deviation from a legal requirement"),
    Ceiling.CHILDREN: N_("The children's ceiling"),
    Ceiling.BREADTH: N_("Too few perspectives for the highest word"),
}

_DIVERGENCE_TITLES = {
    Divergence.AGREEMENT: N_("Agreement"),
    Divergence.PARTIAL: N_("Partial agreement"),
    Divergence.DISSONANCE: N_("Dissonance"),
    Divergence.SILENCE: N_("Silence"),
}

_GAP_TITLES = {
    GapClass.SAME_PICTURE: N_("Checked, and the same picture"),
    GapClass.NO_REQUIREMENT: N_("No requirement covers it"),
    GapClass.NOT_CHECKED: N_("A requirement exists but was not checked"),
    GapClass.DIFFERENT_PICTURE: N_("Checked without more than a minor remark, but the children say otherwise"),
}
