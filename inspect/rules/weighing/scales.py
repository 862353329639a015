"""The closed scales of the weighing method HVB-VM 1.0: what may be said, and in which words.

The values of the string enumerations are the contract of `tillsyn weigh`; several of them are
Swedish because the method's words are Swedish. `title` is an English msgid for people who read.
"""

from enum import IntEnum, StrEnum

from ....models.vocabulary import N_, Titled


class Perspective(Titled):
    """Who or what a piece of evidence comes from. COMPLIANCE is derived from checks, never coded."""

    CHILD = "child", N_("Children")
    COMPLIANCE = "compliance", N_("Compliance")
    OBSERVATION = "observation", N_("Our own observations")
    STAFF = "staff", N_("Staff")
    MANAGER = "manager", N_("Managers")
    DOCUMENT = "document", N_("Documents")
    OTHER = "other", N_("Other people")


class Position(IntEnum):
    """The position of an area. The digits are codes, ordered but not points; people see words."""

    SERIOUS = 1
    NEEDS_IMPROVEMENT = 2
    WORKS_IN_THE_MAIN = 3
    WORKS_WELL = 4


class Word(Titled):
    """The word shown for an area: one per position, one for an open account, one for no position."""

    WORKS_WELL = "Fungerar väl", N_("Works well")
    WORKS_IN_THE_MAIN = "Fungerar i huvudsak", N_("Works in the main")
    NEEDS_IMPROVEMENT = "Behöver förbättras", N_("Needs improvement")
    SERIOUS = "Allvarligt", N_("Serious situation")
    ACCOUNT_INVESTIGATED = "Allvarlig uppgift utreds", N_("Grave account being investigated")
    NOT_ASSESSABLE = "Kan inte bedömas ännu", N_("Cannot be assessed yet")


class Basis(Titled):
    """What a position rests on. Only an ESTABLISHED_FAILING may be called a failing in a decision."""

    ESTABLISHED_FAILING = "konstaterad brist", N_("established failing")
    CORROBORATED_ACCOUNT = "styrkt uppgift", N_("corroborated account")
    ACCOUNT_INVESTIGATED = "uppgift under utredning", N_("account under investigation")
    CHILDRENS_PICTURE = "barnens samlade bild", N_("the children's overall picture")
    TOO_FEW_PERSPECTIVES = "för få perspektiv", N_("too few perspectives")
    WEIGHED_PICTURE = "sammanvägd bild", N_("weighed picture")


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


class Ceiling(Titled):
    """The four rules that hold a position down however good the rest of the evidence is."""

    GRAVE_ACCOUNT = "T1", N_("A grave account")
    STATUTE = "T2", N_("A deviation from a legal requirement")
    CHILDREN = "T3", N_("The children's ceiling")
    BREADTH = "T4", N_("Too few perspectives for the highest word")


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


class Divergence(Titled):
    """How two perspectives on one area stand to each other."""

    AGREEMENT = "agreement", N_("Agreement")
    PARTIAL = "partial", N_("Partial agreement")
    DISSONANCE = "dissonance", N_("Dissonance")
    SILENCE = "silence", N_("Silence")


class GapClass(Titled):
    """How a theme that children bring up relates to what was checked."""

    SAME_PICTURE = "B0", N_("Checked, and the same picture")
    NO_REQUIREMENT = "B1", N_("No requirement covers it")
    NOT_CHECKED = "B2", N_("A requirement exists but was not checked")
    DIFFERENT_PICTURE = "B3", N_("Checked with at most a minor remark, but the children say otherwise")


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
