"""How each table is kept. What nobody has thought about is preserved, and a test asks for every table.

An authority of the state disposes of records only by regulations or decisions of Riksarkivet, or by statute
(arkivlagen 10 §, arkivförordningen 14 §). So `WITH_CASE` allows nothing by itself: it says what a rule of the
authority (models/retention.py) can let go, and what leaves in the package for the e-archive.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from ...models.retention import RecordType
from ...models.vocabulary import N_


class Keeping(Enum):
    """A class of keeping; the value says it to a person."""

    PRESERVED = N_("Preserved: nothing takes it away")
    WITH_CASE = N_("Preserved, unless a rule lets its case go; it then goes with the case")
    TECHNICAL = N_("Technical, holds no records of a case; taken away when it has served")


_WITH_CASE = (
    # the case, its people and its way
    "team_members", "residents", "information_given", "state_changes", "order_overrides", "acute_steps",
    "self_assessments", "enquiry_lines", "communications", "decisions", "dissenting_opinions",
    "child_identities", "identity_openings", "legal_holds", "notices",
    # what was said and found
    "interviews", "evidence", "statements", "passages", "codings", "memos", "investigations", "checks",
    "uploads", "upload_parts", "surveys", "survey_codes", "survey_results", "document_requests",
    # what it was weighed to
    "area_assessments", "area_releases", "weighing_runs", "weighed_areas", "overrides", "divergence_answers",
    "findings", "finding_evidence", "committee_points",
    # letters, answers, meetings, sanctions
    "letters", "letter_versions", "paragraphs", "remarks", "reviews", "kept_texts", "identity_ticks",
    "obstacle_answers", "child_letters_given", "corrections", "corrected_words", "answers", "answer_files",
    "measures", "measure_reports", "outcome_grounds", "provider_times", "spoken_replies", "reply_points",
    "dialogue_meetings", "meeting_times", "meeting_confirmations", "agenda_items", "sanction_matters",
    # disclosure
    "disclosure_requests", "disclosure_texts", "disclosure_masks",
    # what devices sent about it
    "field_ops", "field_heads", "field_records", "held_ops", "awaited_ops", "quarantined_ops",
    "arrived_notes", "device_holdings",
)  # fmt: skip
_PRESERVED = (
    # the entry in the register stays, and so does what the log, its review and the receipts say by its id
    "inspections", "events", "event_links", "log_draws", "log_samples", "glass_openings",
    "retention_rules", "disposals", "disposal_cases", "archive_packages",
    # the key of a case may be destroyed; that it was, and when, stays
    "data_keys",
    # the register of activities, and what came in about them
    "providers", "homes", "permits", "municipalities", "committees", "signals", "reason_weightings",
    "register_changes", "register_imports", "guide_versions",
    # who has worked here, and with what
    "users", "user_roles", "invitations", "devices", "device_alarms", "missing_numbers", "recoveries",
    "role_requests",
)  # fmt: skip
_TECHNICAL = (
    "sign_in_attempts", "sign_in_sessions", "survey_failures", "passkey_challenges", "passkeys",
    "authenticators", "recovery_codes", "identity_links", "calendar_feeds", "mail_choices", "outgoing_mails",
)  # fmt: skip

KEEPING: Mapping[str, Keeping] = MappingProxyType(
    {
        **dict.fromkeys(_WITH_CASE, Keeping.WITH_CASE),
        **dict.fromkeys(_PRESERVED, Keeping.PRESERVED),
        **dict.fromkeys(_TECHNICAL, Keeping.TECHNICAL),
    }
)

PARTS: Mapping[RecordType, tuple[str, ...]] = MappingProxyType(
    {
        RecordType.RECORDINGS: ("uploads", "upload_parts"),
        RecordType.WORKING: (
            "survey_codes", "field_ops", "field_heads", "field_records", "held_ops", "awaited_ops",
            "quarantined_ops", "device_holdings",
        ),
    }
)  # fmt: skip
"""What a rule about a part of a case can let go: of the files those that are sound, of the rest all rows."""


def keeping_of(table: str) -> Keeping:
    """The class of a table; one without a class is preserved."""
    return KEEPING.get(table, Keeping.PRESERVED)
