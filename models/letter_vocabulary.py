"""The stored words of letters: their kinds, states, marks, answers and decisions."""

from .vocabulary import N_, Titled


class LetterKind(Titled):
    """The letters of a case. What each is for, when and to whom: inspect/rules/letter_kinds.py."""

    INFORMATION = "information", N_("Information before the visit")
    COMMUNICATION = "communication", N_("Facts for reply")
    FEEDBACK = "feedback", N_("Feedback letter")
    DECISION = "decision", N_("Decision document")
    COMMITTEE = "committee", N_("Letter to committees")
    CHILD_6_12 = "child-6-12", N_("Letter to children, 6–12 years")
    CHILD_13_20 = "child-13-20", N_("Letter to young people, 13–20 years")
    REMINDER = "reminder", N_("Reminder")
    FOLLOWUP = "followup", N_("Follow-up letter")
    CLOSING = "closing", N_("Closing letter")


ISSUED_WITHOUT_REVIEW: tuple[LetterKind, ...] = (
    LetterKind.INFORMATION, LetterKind.COMMUNICATION, LetterKind.DECISION, LetterKind.REMINDER,
)  # fmt: skip
"""Standing text, or what rides on a text that another person has approved; who issued it is recorded."""


class GivenWay(Titled):
    """How a child got its letter; as it wished (METHOD: the child's own decision)."""

    PAPER = "paper", N_("Given on paper")
    READ_ALOUD = "read_aloud", N_("Read aloud")
    PHONE = "phone", N_("Told by phone")
    SENT = "sent", N_("Sent by post or message")
    NOT_WANTED = "not_wanted", N_("Did not want a letter")


class CopyReader(Titled):
    """Who gets a copy of what was found: förordning (2013:176) 2 §."""

    MUNICIPALITY = "municipality", N_("The municipality")
    REGION = "region", N_("The region")


class LetterState(Titled):
    DRAFT = "draft", N_("Draft")
    IN_REVIEW = "in_review", N_("In review")
    RETURNED = "returned", N_("Returned with remarks")
    APPROVED = "approved", N_("Approved")
    SENT = "sent", N_("Sent")


class CorrectionState(Titled):
    """How far the correction of a writing error in a sent letter has come (FL 36 §)."""

    PROPOSED = "proposed", N_("Proposed")
    MADE = "made", N_("Made")
    REFUSED = "refused", N_("Not made")
    WITHDRAWN = "withdrawn", N_("Correction withdrawn")


class Verdict(Titled):
    """What a reviewer did with a letter: the decision-maker's verdict, or an opinion of another."""

    APPROVED = "approved", N_("Approved")
    RETURNED = "returned", N_("Returned")
    SUPPORTED = "supported", N_("Has nothing to object")
    OBJECTED = "objected", N_("Advises against")


class Stance(Titled):
    """How the provider answers one point of the letter."""

    AGREES = "agrees", N_("Agrees")
    DISAGREES = "disagrees", N_("Does not agree")
    COMMENTS = "comments", N_("Comments only")


OPINIONS = (Verdict.SUPPORTED, Verdict.OBJECTED)
"""What colleagues and lawyers say of a letter; they decide nothing."""


class SkipGround(Titled):
    """Why the right to reply was left out: FL (2017:900) 25 § first paragraph 1–3, second paragraph."""

    UNNECESSARY = "unnecessary", N_("Obviously unnecessary")
    HARD_TO_CARRY_OUT = "hard_to_carry_out", N_("Would make the decision considerably harder to carry out")
    CANNOT_WAIT = "cannot_wait", N_("An essential public or private interest needs a decision at once")


class DecisionKind(Titled):
    """What is decided; which of them may be appealed the pack says: `appeal` in its letter.yaml."""

    CLOSED_WITHOUT_DEFICIENCY = "closed", N_("The case is closed without deficiencies")
    CRITICISM = "criticism", N_("Criticism and account of measures")
    ORDER = "order", N_("Order (föreläggande)")


class TextChange(Titled):
    """How a text came to stand in a paragraph of a letter."""

    COMPOSED = "composed", N_("Made from the data")
    EDITED = "edited", N_("Written by hand")
    TAKEN = "taken", N_("The text of the data taken instead")
    MERGED = "merged", N_("Both texts merged")
    RESTORED = "restored", N_("An earlier text put back")
    GONE = "gone", N_("No longer given by the data")


class MarkKind(Titled):
    """What the re-identification guard marks (METHOD 2.17; rules/reidentification)."""

    IDENTIFIER = "identifier", N_("Number, address or link")
    ROSTER = "roster", N_("Name or label in the case")
    NAME = "name", N_("Name")
    CAPITAL = "capital", N_("Word that may be a name")
    AGE = "age", N_("Age")
    DATE = "date", N_("Exact time")
    PLACE = "place", N_("Place")
    UNIQUE = "unique", N_("Something that only one has or did")
    FEW = "few", N_("Number or share of people")
    WISH = "wish", N_("Words that somebody did not want told")
    QUOTE = "quote", N_("Words as they were said")


class TickChoice(Titled):
    """What a person decides about a mark."""

    KEEP = "keep", N_("Keep")
    REPHRASE = "rephrase", N_("Rephrase")
    REMOVE = "remove", N_("Remove")
