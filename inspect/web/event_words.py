"""What happened, in words: an event's kind, and what its details say to a person."""

from flask_babel import gettext as _

from ...models.break_glass import GlassReason
from ...models.child_identities import IdentityPurpose
from ...models.dialogue_vocabulary import PointVerdict
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.inspections import Inspection
from ...models.letter_vocabulary import DecisionKind, SkipGround, Verdict
from ...models.log_review import ReviewOutcome
from ...models.openness_words import AskKind, AskOutcome, Assessed
from ...models.planning_words import SignalKind
from ...models.retention import HoldKind
from ...models.sanctions import SanctionGround, SanctionOutcome
from ...models.sign_in import WayIn
from ...models.vocabulary import (
    N_,
    CheckResult,
    ChildOutcome,
    EnquiryKind,
    EvidenceKind,
    FindingKind,
    Informant,
    InformationItem,
    MeasureOutcome,
    MediaType,
    Progress,
    Resolution,
    Role,
    Standing,
    State,
    TeamRole,
    Titled,
)
from .case_tabs import LINKS

WORDS: dict[tuple[EventKind, str], type[Titled]] = {
    (EventKind.STATE_CHANGED, "from"): State,
    (EventKind.STATE_CHANGED, "to"): State,
    (EventKind.TEAM_CHANGED, "role"): TeamRole,
    (EventKind.ROLE_ASKED, "role"): Role,
    (EventKind.ROLE_GIVEN, "role"): Role,
    (EventKind.ROLE_STOPPED, "role"): Role,
    (EventKind.INFORMATION_GIVEN, "item"): InformationItem,
    (EventKind.CHILD_OUTCOME_SET, "outcome"): ChildOutcome,
    (EventKind.INTERVIEW_STARTED, "informant"): Informant,
    (EventKind.EVIDENCE_ADDED, "kind"): EvidenceKind,
    (EventKind.FILE_DESCRIBED, "type"): MediaType,
    (EventKind.FILE_RECEIVED, "type"): MediaType,
    (EventKind.REQUIREMENT_MARKED, "result"): CheckResult,
    (EventKind.FINDING_WRITTEN, "kind"): FindingKind,
    (EventKind.COMMUNICATION_SKIPPED, "ground"): SkipGround,
    (EventKind.DECISION_RECORDED, "kind"): DecisionKind,
    (EventKind.OPINION_GIVEN, "verdict"): Verdict,
    (EventKind.SANCTION_OPENED, "ground"): SanctionGround,
    (EventKind.SANCTION_DECIDED, "outcome"): SanctionOutcome,
    (EventKind.MEASURE_FOLLOWED_UP, "outcome"): MeasureOutcome,
    (EventKind.POINT_ANSWERED, "verdict"): PointVerdict,
    (EventKind.MEASURE_REPORTED, "progress"): Progress,
    (EventKind.ANSWER_FILE_ATTACHED, "type"): MediaType,
    (EventKind.INVITATION_MADE, "standing"): Standing,
    (EventKind.INVITATION_USED, "standing"): Standing,
    (EventKind.SIGNED_IN, "way"): WayIn,
    (EventKind.PROVED_AGAIN, "way"): WayIn,
    (EventKind.ACCOUNT_INVESTIGATED, "resolution"): Resolution,
    (EventKind.ACCOUNT_RESOLVED, "resolution"): Resolution,
    (EventKind.SIGNAL_REGISTERED, "kind"): SignalKind,
    (EventKind.ENQUIRY_CHOSEN, "kind"): EnquiryKind,
    (EventKind.ENQUIRY_REMOVED, "kind"): EnquiryKind,
    (EventKind.LOG_SAMPLE_JUDGED, "outcome"): ReviewOutcome,
    (EventKind.GLASS_BROKEN, "reason"): GlassReason,
    (EventKind.HOLD_PLACED, "kind"): HoldKind,
    (EventKind.IDENTITY_ASKED, "purpose"): IdentityPurpose,
    (EventKind.IDENTITY_OPENED, "purpose"): IdentityPurpose,
    (EventKind.DISCLOSURE_BEGUN, "ask"): AskKind,
    (EventKind.DISCLOSURE_TEXT_ASSESSED, "assessed"): Assessed,
    (EventKind.DISCLOSURE_LEFT, "outcome"): AskOutcome,
}
"""Details that are words of a vocabulary."""

PLAIN = frozenset({"requirement", "number", "area", "reply_by", "format", "language"})
"""Details that are readable as they stand."""


PAGES: dict[str, str] = {
    **dict(LINKS),
    "cases.plan": N_("Plan and team"),
    "cases.declare": N_("Conflict of interest"),
    "cases.prepare": N_("Before the visit"),
    "cases.acute": N_("The acute track"),
    "documents.asked": N_("Documents we ask for"),
    "cases.concern_report": N_("Report of concern"),
    "child_identities.record": N_("A child’s sealed record"),
    "sanctions.matter": N_("A matter of sanction"),
    "dissent.opinions": N_("Dissenting opinions"),
    "accounts.account": N_("A grave account"),
    "surveys.survey": N_("The children’s survey"),
    "surveys.results": N_("What the children said"),
    "enquiry.lines": N_("Lines of enquiry"),
    "corrections.letter": N_("Correct the letter"),
    "archive.package": N_("Package for the e-archive"),
    "disclosures.one": N_("A request for documents"),
    "disclosures.text": N_("A text of a request for documents"),
    "disclosures.sentence": N_("A text of a request for documents"),
    "disclosures.whole": N_("A file of a request for documents"),
    "disclosures.original": N_("A file of a request for documents"),
    "disclosures.copy": N_("A file of a request for documents"),
    "disclosures.grid": N_("A file of a request for documents"),
    "disclosures.sent_file": N_("A file of a request for documents"),
    "received_requests.file": N_("Requests for documents, as the register has them"),
    "received_requests.requests": N_("Requests for documents, as the register has them"),
    "received_requests.sent_file": N_("Requests for documents, as the register has them"),
}
"""What a page of a case is called, by its endpoint."""


def _by_glass(event: Event) -> bool:
    """Read by somebody who had opened the case without a part in it."""
    return bool(event.details.get("opening"))


def in_words(event: Event, inspection: Inspection | None = None) -> str:
    """The details of `event` in the reader's language; empty when its kind says it all."""
    details = event.details
    if event.kind is EventKind.STATE_CHANGED:
        return " → ".join(_word(event, key) for key in ("from", "to"))
    if event.kind is EventKind.USER_ADDED:
        roles = [_(role.title) for role in Role if role.value in str(details.get("roles", "")).split(",")]
        return ", ".join(roles)
    if event.kind is EventKind.INSPECTION_READ:
        page = _(PAGES[details["page"]]) if details.get("page") in PAGES else ""
        return (
            ", ".join(part for part in (page, _("without a part in it")) if part)
            if _by_glass(event)
            else page
        )
    parts = [_word(event, key) for key in details if (event.kind, key) in WORDS or key in PLAIN]
    if event.kind is EventKind.TEAM_CHANGED:
        added = details.get("change") == "added"
        name = _name(inspection, str(details.get("member")))
        parts = [
            *([name] if name else []),
            *parts,
            _("added to the team") if added else _("removed from the team"),
        ]
    if event.kind is EventKind.INFORMATION_GIVEN and not details.get("given", True):
        parts.append(_("taken back"))
    if event.kind is EventKind.CONFLICT_DECLARED:
        parts.append(
            _("has a conflict of interest") if details.get("conflict") else _("has no conflict of interest")
        )
    if event.kind is EventKind.CHILD_OUTCOME_SET and inspection is not None:
        child = next((r.person for r in inspection.residents if str(r.id) == details.get("resident")), "")
        parts = [child, *parts] if child else parts
    if event.kind is EventKind.CONTENT_BY_COMMAND:
        system = " → ".join(str(details[key]) for key in ("login", "system_user") if details.get(key))
        parts = [
            f"tillsyn {str(details.get('command', '')).replace('.', ' ')}",
            _("the server’s account %(name)s", name=system),
        ]
    if details.get("before_children"):
        parts.append(_("before every child had been offered a talk"))
    return ", ".join(parts)


def _word(event: Event, key: str) -> str:
    text = str(event.details.get(key, ""))
    vocabulary = WORDS.get((event.kind, key))
    member = next((m for m in vocabulary if m.value == text), None) if vocabulary else None
    return _(member.title) if member is not None else text


def _name(inspection: Inspection | None, member_id: str) -> str:
    team = inspection.team if inspection is not None else ()
    return next((member.name for member in team if str(member.id) == member_id), "")
