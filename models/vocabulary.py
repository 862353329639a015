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
    METHOD_OWNER = "method_owner", N_("Method owner")


class Standing(Titled):
    """What a person may do at their provider: the owner invites and sends, a helper writes only."""

    OWNER = "owner", N_("Responsible for the answers")
    MANAGER = "manager", N_("Manager of the home")
    HELPER = "helper", N_("Helps with the answers")


class Progress(Titled):
    """How far a measure has come, as the provider tells it; the follow-up judges by its own evidence."""

    UNDER_WAY = "under_way", N_("Under way")
    DELAYED = "delayed", N_("Takes longer than planned")
    DONE = "done", N_("Done")


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


class MediaType(Titled):
    """The kinds of files that a case takes in, by what is in them, never by what they are called."""

    JPEG = "image/jpeg", N_("Photo (JPEG)")
    PNG = "image/png", N_("Picture (PNG)")
    WEBP = "image/webp", N_("Picture (WebP)")
    PDF = "application/pdf", N_("PDF document")
    WEBM = "audio/webm", N_("Sound recording (WebM)")
    OGG = "audio/ogg", N_("Sound recording (Ogg)")
    MP4 = "audio/mp4", N_("Sound recording (MP4)")


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


class CodingPart(Titled):
    """Whose judgement of a passage: two coders apart from each other, then what they agree on."""

    FIRST = "first", N_("First coder")
    SECOND = "second", N_("Second coder")
    SETTLED = "settled", N_("Settled together")


class OverrideReason(Titled):
    """Why a decided position differs from the computed one; free text always says more (method §8)."""

    CONTEXT = "context", N_("Context")
    THEME = "theme", N_("Wrong theme or area")
    TIME = "time", N_("Time: it has changed since")
    WEIGHT = "weight", N_("Weight of the evidence")
    EVIDENCE = "evidence", N_("Gaps in the evidence")


class RegisterAnswer(Titled):
    """The answer to a divergence or a blind spot; each with a reason."""

    AGREED = "agreed", N_("We agree with the children")
    NOT_AGREED = "not_agreed", N_("We do not agree")
    FOLLOWED_UP = "followed_up", N_("We follow it up")
    OUTSIDE_REMIT = "outside_remit", N_("Outside our remit")
    WITHHELD = "withheld", N_("Not told, to protect a child")


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


class MeasureOutcome(Titled):
    """What the follow-up found; each with evidence of its own."""

    REMEDIED = "remedied", N_("Remedied")
    PARTLY = "partly", N_("Partly remedied")
    REMAINS = "remains", N_("Remains")


class GuideState(Titled):
    """Where a version of an interview guide stands; `shipped`: it came with the product and was used."""

    DRAFT = "draft", N_("Draft")
    PUBLISHED = "published", N_("Published")
    WITHDRAWN = "withdrawn", N_("Withdrawn")
    SHIPPED = "shipped", N_("Came with the product")


class ReportedTo(Titled):
    """What was done about danger to a child: where it was taken, or what was decided with a reason."""

    SOCIAL_SERVICES = "social_services", N_("Report of concern to the social services (SoL 19:1)")
    NO_REPORT = "no_report", N_("Decided: no report of concern is needed")
    POLICE = "police", N_("Police or prosecutor (OSL 10:21)")
    NO_POLICE = "no_police", N_("Decided: no contact with the police now")
    CHILD_TOLD = "child_told", N_("Talked with the child about what we do")
    CHILD_NOT_TOLD = "child_not_told", N_("Decided: the child is not told now")
    WITHIN = "within", N_("Decision-maker at the authority")


class OwnPicture(Titled):
    """How the manager of a home sees one area of it, in the self-assessment."""

    WELL = "well", N_("Works well")
    MOSTLY = "mostly", N_("Works for the most part")
    PARTLY = "partly", N_("Works in part")
    POORLY = "poorly", N_("Does not work well enough")


class EnquiryKind(Titled):
    """A line of enquiry: what it comes from, and what it asks of an area."""

    APART = (
        "apart",
        N_("The children and the manager see it in different ways. What lies behind it?"),
    )
    CHILDREN = "children", N_("What do the children want us to see here, and what would make it better?")
    MANAGER = "manager", N_("The home itself is not satisfied. What does it do about it, and is it noticed?")
    EARLIER = "earlier", N_("The last inspection pointed this out. How is it for the children now?")
    PROMISED = "promised", N_("The provider has promised a change. Has it come about, and is it noticed?")
    OWN = "own", N_("Own line of enquiry")
