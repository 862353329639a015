"""The closed words of openness: who asks, what a mask rests on, how far a request has come."""

from .vocabulary import N_, Titled


class AskKind(Titled):
    """By what right somebody asks. Who it is, is never asked for more than the assessment needs (TF 2:18)."""

    PUBLIC = "public", N_("Anybody, for official documents (TF 2 kap.)")
    PARTY = "party", N_("The provider, as a party to the case (FL 10 §)")
    CHILD = "child", N_("The child that the statements are about")
    GUARDIAN = "guardian", N_("A guardian of the child (OSL 12:3)")
    SPOKEN_OF = "spoken_of", N_("A person whom somebody told of (OSL 26:5)")


class Ground(Titled):
    """The section of offentlighets- och sekretesslagen (2009:400) that a mask rests on: a closed list."""

    SOCIAL = (
        "26:1",
        N_("OSL 26:1 – somebody’s personal circumstances, in social services and its supervision"),
    )
    TOLD_BY = "26:5", N_("OSL 26:5 – who reported or told something about somebody")
    ADDRESS_OF_HOME = "26:14b", N_("OSL 26:14 b – where a protected home is")
    MINOR = "12:3", N_("OSL 12:3 – a child’s secrecy towards a guardian")
    PARTY_LIMIT = "10:3", N_("OSL 10:3 – what a party may not see, for a reason of extraordinary weight")
    INSPECTION_PLAN = "17:1", N_("OSL 17:1 – planning of an inspection")
    HEALTH = "21:1", N_("OSL 21:1 – somebody’s health or sexual life")
    THREATENED = "21:3", N_("OSL 21:3 – address of somebody who is threatened")
    BUSINESS = "30:23", N_("OSL 30:23 – a provider’s business")

    @property
    def cited(self) -> str:
        """As it stands in what leaves, in Swedish: "OSL 26 kap. 1 §"."""
        chapter, section = self.value.split(":")
        number = f"{section[:-1]} {section[-1]}" if section[-1].isalpha() else section
        return f"OSL {chapter} kap. {number} §"


class TextKind(Titled):
    """What is disclosed: which record of the case a frozen text was taken from."""

    LETTER = "letter", N_("Letter that was sent")
    DECISION = "decision", N_("Decision")
    TALK_NOTE = "talk_note", N_("Note from a talk")
    STATEMENT = "statement", N_("Statement from a talk")
    EVIDENCE = "evidence", N_("What an observation or a document shows")
    MEETING_NOTE = "meeting_note", N_("Note of a meeting with the provider")
    REPLY = "reply", N_("The provider’s reply")
    SELF_ASSESSMENT = "self_assessment", N_("The home’s self-assessment")
    COMMUNICATED = "communicated", N_("What was communicated before the decision")
    POINT = "point", N_("What the provider says of a fact, and our answer")
    ANSWER = "answer", N_("The provider’s answer to the letter")
    MEASURE = "measure", N_("Measure in the provider’s plan")
    MEASURE_REPORT = "measure_report", N_("How far a measure has come, as the provider tells")
    FOLLOW_UP = "follow_up", N_("What the follow-up found")
    DOCUMENT_REQUEST = "document_request", N_("A document that we asked for")
    CORRECTION = "correction", N_("Correction of a letter")
    DISSENT = "dissent", N_("Dissenting opinion")
    CHECK = "check", N_("Note on a requirement")
    ACUTE = "acute", N_("Step taken in an acute matter")
    INVESTIGATION = "investigation", N_("Investigation of a grave account")
    SURVEY = "survey", N_("What a survey showed")
    EARLIER_REQUEST = "earlier_request", N_("An earlier request for documents")
    FILE = "file", N_("File of the case")
    ANSWER_FILE = "answer_file", N_("File that the provider sent")
    ASSESSMENT = "assessment", N_("How it was weighed")
    SANCTION = "sanction", N_("Matter of a sanction fee")
    CASE_NOTE = "case_note", N_("Other note in the case")
    DRAFT = "draft", N_("Draft or working note that is archived")

    @property
    def is_file(self) -> bool:
        """A file cannot be masked as a text: it goes out as it is, as a copy or a transcript, or not."""
        return self in (TextKind.FILE, TextKind.ANSWER_FILE)


class Assessed(Titled):
    """What is decided of one text. Each is assessed by itself; nothing is decided for a heap."""

    OPEN = "open", N_("Goes out, with the masks there are")
    FILE = "file", N_("The file goes out as it is")
    COPY = "copy", N_("A copy goes out in which parts of the picture are painted over")
    TRANSCRIPT = "transcript", N_("A transcript goes out instead of the file, with the masks there are")
    WITHHELD = "withheld", N_("Nothing of it goes out")

    @property
    def keeps_something_back(self) -> bool:
        """What rests on a section of the law, with a reason."""
        return self in (Assessed.COPY, Assessed.TRANSCRIPT, Assessed.WITHHELD)

    @property
    def goes_as_file(self) -> bool:
        return self in (Assessed.FILE, Assessed.COPY)


class AskState(Titled):
    """How far a request has come."""

    ASSESSED = "assessed", N_("Being assessed")
    SECOND_LOOK = "second_look", N_("Waits for a second look")
    LOOKED_OVER = "looked_over", N_("Looked over, ready to go out")
    LEFT = "left", N_("Answered")


class AskOutcome(Titled):
    """How a request was answered."""

    WHOLE = "whole", N_("Disclosed in whole")
    PARTLY = "partly", N_("Disclosed in part")
    REFUSED = "refused", N_("Not disclosed")


class MaskState(Titled):
    """A mask that the program proposes waits for a person; nothing leaves while one waits."""

    PROPOSED = "proposed", N_("Proposed")
    STANDS = "stands", N_("Masked")
    LEFT_OPEN = "left_open", N_("Looked at, and left open")
