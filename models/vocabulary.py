"""The words of the domain that are stored: one enum per closed vocabulary.

Every member owns its title, an English message that the catalogue translates;
the database stores the value, which is neutral to language and never changes.
The Swedish term of each word stands in `translations/sv`.
"""

import enum


def N_(message: str) -> str:
    """Mark `message` for translation without translating it (gettext's no-op)."""
    return message


class Titled(enum.StrEnum):
    """A string enum whose members carry a title: `MEMBER = "stored value", N_("Title")`."""

    title: str  # type: ignore[assignment]  # StrEnum has a method of this name; ours is the word people read

    def __new__(cls, value: str, title: str = "") -> "Titled":
        member = str.__new__(cls, value)
        member._value_ = value
        member.title = title
        return member


class Role(Titled):
    """What a person is signed in as (DOMAIN: the authority's roles, and two outside it)."""

    INSPECTOR = "inspector", N_("Inspector")
    SUPERVISOR = "supervisor", N_("Supervisor")
    PEER_REVIEWER = "peer_reviewer", N_("Peer reviewer")
    LAWYER = "lawyer", N_("Lawyer")
    REGISTRAR = "registrar", N_("Registrar")
    LOG_REVIEWER = "log_reviewer", N_("Log reviewer")
    ADMINISTRATOR = "administrator", N_("Administrator")
    PROVIDER = "provider", N_("Provider")
    HOME_MANAGER = "home_manager", N_("Manager of the home")


class TeamRole(Titled):
    """A person's part in one inspection."""

    INSPECTOR = "inspector", N_("Responsible inspector")
    CO_INSPECTOR = "co_inspector", N_("Co-inspector")
    DECISION_MAKER = "decision_maker", N_("Decision-maker")
    PEER_REVIEWER = "peer_reviewer", N_("Peer reviewer")
    LAWYER = "lawyer", N_("Lawyer")


class ProviderKind(Titled):
    PRIVATE = "private", N_("Private provider")
    MUNICIPAL = "municipal", N_("Municipality")
    STATE = "state", N_("State")


class HomeKind(Titled):
    """Dated in law; SoF (2025:468) 1 kap. 5 § lists the forms in force today."""

    HVB = "hvb", N_("Residential care home (HVB)")
    SUPPORTED = "stodboende", N_("Supported accommodation")
    PROTECTED = "skyddat_boende", N_("Protected housing")


class State(Titled):
    """The way of a case, in order. What leads from one to the next: rules/inspection_flow.py."""

    PLANNED = "planned", N_("Planned")
    PREPARED = "prepared", N_("Prepared")
    CHILDREN = "children", N_("Talks with the children")
    OTHER_TALKS = "other_talks", N_("Other talks and observations")
    DOCUMENTS = "documents", N_("Documents and requirements")
    WEIGHING = "weighing", N_("Weighing")
    REVIEW = "review", N_("Peer review")
    COMMUNICATION = "communication", N_("Right to reply")
    DIALOGUE = "dialogue", N_("Dialogue meeting")
    DECISION = "decision", N_("Decision and feedback")
    FOLLOW_UP = "follow_up", N_("Follow-up")
    CLOSED = "closed", N_("Closed")
    ARCHIVED = "archived", N_("Archived")


class InformationItem(Titled):
    """What children and guardians are told before a visit: SoF (2025:468) 16 kap. 3 §."""

    RIGHTS = "rights", N_("The children's rights")
    SUPERVISION = "supervision", N_("What the supervision is")
    CONTACT = "contact", N_("How to reach the right person at the authority")
    TALKS_WITHOUT_GUARDIAN = (
        "talks_without_guardian",
        N_("That we may talk with a child without the guardian's consent or presence"),
    )


class ChildOutcome(Titled):
    """What came of the offer to talk (SoF 16 kap. 1 §; SoL 28 kap. 4 §)."""

    TALKED = "talked", N_("Talked with us")
    DECLINED = "declined", N_("Did not want to talk")
    OFFERED_LATER = "offered_later", N_("Not there – offered another time or a phone call")
    NOT_HEARD_HARM = "not_heard_harm", N_("Not heard – could be harmed by it, assessed")


class Informant(Titled):
    """Whom a talk is held with."""

    CHILD = "child", N_("Child or young person")
    STAFF = "staff", N_("Staff")
    MANAGER = "manager", N_("Manager of the home")
    OTHER = "other", N_("Social worker, guardian or other")


class EvidenceKind(Titled):
    OBSERVATION = "observation", N_("Observation")
    DOCUMENT = "document", N_("Document")


class Wish(Titled):
    """The person's own decision about what may be told of a statement."""

    MAY_BE_TOLD = "may_be_told", N_("May be told")
    ONLY_IN_GENERAL = "only_in_general", N_("Only in general terms")
    NOT_AT_ALL = "not_at_all", N_("Not at all")


class StatementStatus(Titled):
    ACTIVE = "active", N_("Stands")
    CLOSED = "closed", N_("Over now")
    WITHDRAWN = "withdrawn", N_("Taken back")


class Resolution(Titled):
    """Set by an investigation record only, on grave accounts (method §2.2)."""

    CONFIRMED = "confirmed", N_("Confirmed")
    NOT_CONFIRMED = "not_confirmed", N_("Not confirmed")
    REFUTED = "refuted", N_("Refuted")


class CheckResult(Titled):
    """No row means not assessed; there is no default that says met."""

    MET = "met", N_("Met")
    DEVIATION = "deviation", N_("Deviation")
    NOT_CHECKED = "not_checked", N_("Not checked this time")
    NOT_APPLICABLE = "not_applicable", N_("Not applicable")


class FindingKind(Titled):
    STRENGTH = "strength", N_("Works well")
    ADVICE = "advice", N_("Area for development")
    DEFICIENCY = "deficiency", N_("Deficiency")


class LegalLevel(enum.IntEnum):
    """The legal ladder of a finding; decided by a person with reasons, never computed."""

    WORKS_WELL = 0
    DEVELOPMENT = 1
    MINOR_DEFICIENCY = 2
    DEFICIENCY = 3
    MALPRACTICE = 4
    SERIOUS_MALPRACTICE = 5


LEGAL_LEVEL_TITLES: dict[LegalLevel, str] = {
    LegalLevel.WORKS_WELL: N_("Works well"),
    LegalLevel.DEVELOPMENT: N_("Area for development"),
    LegalLevel.MINOR_DEFICIENCY: N_("Minor deficiency"),
    LegalLevel.DEFICIENCY: N_("Deficiency (legal level)"),
    LegalLevel.MALPRACTICE: N_("Malpractice"),
    LegalLevel.SERIOUS_MALPRACTICE: N_("Serious malpractice or danger"),
}


class Responsible(Titled):
    """The body that owns a matter; only the provider's own can be held against the home."""

    PROVIDER = "provider", N_("The provider")
    COMMITTEE = "committee", N_("The placing committee")
    BOTH = "both", N_("The provider and the placing committee")


class LetterState(Titled):
    DRAFT = "draft", N_("Draft")
    IN_REVIEW = "in_review", N_("In review")
    RETURNED = "returned", N_("Returned with remarks")
    APPROVED = "approved", N_("Approved")
    SENT = "sent", N_("Sent")


class Verdict(Titled):
    """What a reviewer did with a letter."""

    APPROVED = "approved", N_("Approved")
    RETURNED = "returned", N_("Returned")


class Stance(Titled):
    """How the provider answers one point of the letter."""

    AGREES = "agrees", N_("Agrees")
    DISAGREES = "disagrees", N_("Does not agree")
    COMMENTS = "comments", N_("Comments only")


class MeasureOutcome(Titled):
    """What the follow-up found; each with evidence of its own."""

    REMEDIED = "remedied", N_("Remedied")
    PARTLY = "partly", N_("Partly remedied")
    REMAINS = "remains", N_("Remains")


class SkipGround(Titled):
    """Why the right to reply was left out: FL (2017:900) 25 § first paragraph 1–3, second paragraph."""

    UNNECESSARY = "unnecessary", N_("Obviously unnecessary")
    HARD_TO_CARRY_OUT = "hard_to_carry_out", N_("Would make the decision considerably harder to carry out")
    CANNOT_WAIT = "cannot_wait", N_("An essential public or private interest needs a decision at once")


class DecisionKind(Titled):
    """What is decided; which of them may be appealed: SoL (2025:400) 35 kap. 2 §."""

    CLOSED_WITHOUT_DEFICIENCY = "closed", N_("The case is closed without deficiencies")
    CRITICISM = "criticism", N_("Criticism and account of measures")
    ORDER = "order", N_("Order (föreläggande)")


class ReportedTo(Titled):
    """Where an acute matter was taken."""

    SOCIAL_SERVICES = "social_services", N_("Report of concern to the social services (SoL 19:1)")
    POLICE = "police", N_("Police or prosecutor (OSL 10:21)")
    WITHIN = "within", N_("Decision-maker at the authority")


class EventKind(Titled):
    """Everything that is recorded, in the past tense. Keys of the details: services/record_event.py."""

    SIGNED_IN = "signed_in", N_("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", N_("Sign-in failed")
    SIGNED_OUT = "signed_out", N_("Signed out")
    USER_ADDED = "user_added", N_("User added")
    USER_DISABLED = "user_disabled", N_("User disabled")
    PROVIDER_REGISTERED = "provider_registered", N_("Provider registered")
    PROVIDER_CHANGED = "provider_changed", N_("Provider’s details changed")
    HOME_REGISTERED = "home_registered", N_("Home registered")
    HOME_CHANGED = "home_changed", N_("Home’s details changed")
    INSPECTION_PLANNED = "inspection_planned", N_("Inspection planned")
    INSPECTION_CHANGED = "inspection_changed", N_("Plan changed")
    INSPECTION_IMPORTED = "inspection_imported", N_("Inspection imported")
    INSPECTION_EXPORTED = "inspection_exported", N_("Inspection exported")
    INSPECTION_READ = "inspection_read", N_("Inspection read")
    TEAM_CHANGED = "team_changed", N_("Team changed")
    CONFLICT_DECLARED = "conflict_declared", N_("Conflict of interest declared")
    STATE_CHANGED = "state_changed", N_("State changed")
    INFORMATION_GIVEN = "information_given", N_("Information given")
    CHILD_ADDED = "child_added", N_("Child added")
    CHILD_REMOVED = "child_removed", N_("Child removed from the list")
    CHILD_OUTCOME_SET = "child_outcome_set", N_("Outcome for a child recorded")
    ORDER_OVERRIDDEN = "order_overridden", N_("Children-first order overridden")
    ACUTE_OPENED = "acute_opened", N_("Acute track opened")
    ACUTE_STEP_RECORDED = "acute_step_recorded", N_("Acute step recorded")
    INTERVIEW_STARTED = "interview_started", N_("Talk started")
    INTERVIEW_CHANGED = "interview_changed", N_("Talk changed")
    INTERVIEW_ENDED = "interview_ended", N_("Talk ended")
    STATEMENT_RECORDED = "statement_recorded", N_("Statement recorded")
    STATEMENT_CHANGED = "statement_changed", N_("Statement changed")
    EVIDENCE_ADDED = "evidence_added", N_("Observation or document added")
    REQUIREMENT_MARKED = "requirement_marked", N_("Requirement marked")
    OWN_VIEW_WRITTEN = "own_view_written", N_("Own view written")
    WEIGHED = "weighed", N_("Weighed")
    AREA_DECIDED = "area_decided", N_("Area assessed")
    FINDING_WRITTEN = "finding_written", N_("Finding written")
    FINDING_REMOVED = "finding_removed", N_("Finding removed")
    LETTER_COMPOSED = "letter_composed", N_("Letter composed")
    PARAGRAPH_CHANGED = "paragraph_changed", N_("Paragraph changed")
    REMARK_MADE = "remark_made", N_("Remark made")
    REMARK_RESOLVED = "remark_resolved", N_("Remark resolved")
    LETTER_SUBMITTED = "letter_submitted", N_("Letter submitted for review")
    LETTER_RETURNED = "letter_returned", N_("Letter returned")
    LETTER_APPROVED = "letter_approved", N_("Letter approved")
    LETTER_SENT = "letter_sent", N_("Letter sent")
    LETTER_OPENED = "letter_opened", N_("Letter opened by the provider")
    LETTER_RENDERED = "letter_rendered", N_("Letter rendered")
    COMMUNICATION_SENT = "communication_sent", N_("Facts sent for reply")
    COMMUNICATION_SKIPPED = "communication_skipped", N_("Right to reply left out")
    REPLY_RECEIVED = "reply_received", N_("Reply received")
    DIALOGUE_NOTED = "dialogue_noted", N_("Dialogue meeting noted")
    DECISION_RECORDED = "decision_recorded", N_("Decision recorded")
    ANSWER_SAVED = "answer_saved", N_("Answer saved")
    ANSWERS_SENT = "answers_sent", N_("Answers sent")
    MEASURE_PROPOSED = "measure_proposed", N_("Measure proposed")
    MEASURE_FOLLOWED_UP = "measure_followed_up", N_("Measure followed up")
    SELF_ASSESSMENT_SENT = "self_assessment_sent", N_("Self-assessment sent")
    LOG_READ = "log_read", N_("Log read")
