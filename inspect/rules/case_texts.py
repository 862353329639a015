"""What the texts of a case are: one list, by which they can be asked for; the archive is tested against it.

Whoever asks for documents is offered what is an official document or was brought into the case (TF 2 kap.
9–12 §§, FL 10 and 27 §§): what came in, what was sent, and facts that were noted, at once; how it was
weighed, when the case is closed; drafts and working notes, when they are kept in the archive. A table with a
text that is not in this list fails tests/integration/test_texts_of_a_case.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ...models.openness_words import TextKind
from ...models.vocabulary import N_, Titled


class Since(Titled):
    """From when on a text is an official document, or one that was brought into the case."""

    AT_ONCE = "at_once", N_("It came in, was sent, or is a fact that was noted")
    CLOSED = "closed", N_("It is finished when the case is closed")
    ARCHIVED = "archived", N_("It is a draft or a working note, until it is kept in the archive")
    NEVER = "never", N_("It is not disclosed from here")


@dataclass(frozen=True, slots=True)
class CaseText:
    """The texts of a row of `table`, read as one text in this order, whether they are sealed or in clear.

    `after`: columns of which one must be filled first (it was sent, it is whole), with a table before the dot
    where they stand in a row that this one refers to. `dated`: the column with its day. `why`: of what is
    never disclosed.
    """

    table: str
    texts: tuple[str, ...]
    kind: TextKind | None
    since: Since = Since.AT_ONCE
    dated: str = ""
    after: tuple[str, ...] = ()
    why: str = ""

    @property
    def places(self) -> frozenset[str]:
        return frozenset(f"{self.table}.{name}" for name in self.texts)


def _never(table: str, texts: tuple[str, ...], why: str) -> CaseText:
    return CaseText(table, texts, None, Since.NEVER, why=why)


def _draft(table: str, *texts: str) -> CaseText:
    return CaseText(table, texts, TextKind.DRAFT, Since.ARCHIVED)


def _weighed(table: str, *texts: str) -> CaseText:
    return CaseText(table, texts, TextKind.ASSESSMENT, Since.CLOSED)


_ANSWERED = ("letters.answers_sent_at",)
_TRAVELLED = "how notes travelled from devices; what they said stands in the records"
_IDENTITY = "who a child is stands in a record of its own, which two people open together"

CASE_TEXTS: tuple[CaseText, ...] = (
    CaseText("letter_versions", ("content",), TextKind.LETTER, dated="sent_at", after=("sent_at",)),
    CaseText("decisions", ("content", "participants", "dissent"), TextKind.DECISION, dated="decided_on"),
    CaseText("dissenting_opinions", ("opinion",), TextKind.DISSENT, dated="at"),
    # what was said and seen
    CaseText("interviews", ("note", "place", "feedback_channel"), TextKind.TALK_NOTE),
    CaseText("statements", ("own_question", "text"), TextKind.STATEMENT),
    CaseText("evidence", ("title",), TextKind.EVIDENCE),
    CaseText("checks", ("note",), TextKind.CHECK),
    CaseText("survey_results", ("content",), TextKind.SURVEY),
    CaseText("uploads", ("title", "withdrawal"), TextKind.FILE, after=("completed_at",)),
    CaseText("acute_steps", ("note", "told_child_what"), TextKind.ACUTE, dated="at"),
    CaseText("investigations", ("record", "attempt", "decision"), TextKind.INVESTIGATION),
    CaseText("residents", ("outcome_note",), TextKind.CASE_NOTE),
    # what the home and its provider told, and what passed between them and the authority
    CaseText(
        "self_assessments", ("strengths", "worries", "by_area"), TextKind.SELF_ASSESSMENT,
        dated="sent_at", after=("sent_at",),
    ),
    CaseText("document_requests", ("what", "said"), TextKind.DOCUMENT_REQUEST, dated="asked_at"),
    CaseText("communications", ("skip_reason", "facts"), TextKind.COMMUNICATED, dated="sent_at"),
    CaseText("communications", ("reply",), TextKind.REPLY, dated="replied_at", after=("replied_at",)),
    CaseText("spoken_replies", ("said_by", "note"), TextKind.REPLY, dated="said_at"),
    CaseText("reply_points", ("said", "why", "english"), TextKind.POINT, dated="at"),
    CaseText("dialogue_meetings", ("present", "note"), TextKind.MEETING_NOTE, dated="held_at"),
    CaseText("meeting_confirmations", ("remark",), TextKind.MEETING_NOTE, dated="at"),
    CaseText("meeting_times", ("place",), TextKind.MEETING_NOTE, dated="starts_at"),
    CaseText("agenda_items", ("text",), TextKind.MEETING_NOTE, dated="added_at"),
    CaseText("answers", ("text",), TextKind.ANSWER, dated="saved_at", after=_ANSWERED),
    CaseText("measures", ("description", "owner"), TextKind.MEASURE, dated="proposed_at", after=_ANSWERED),
    CaseText("answer_files", ("name",), TextKind.ANSWER_FILE, dated="attached_at", after=_ANSWERED),
    CaseText("measure_reports", ("said",), TextKind.MEASURE_REPORT, dated="at"),
    CaseText(
        "measures", ("evidence", "children_say"), TextKind.FOLLOW_UP,
        dated="followed_up_at", after=("followed_up_at",),
    ),
    CaseText(
        "corrections", ("why", "comment", "reason"), TextKind.CORRECTION,
        dated="proposed_at", after=("comment_by_on", "decided_at"),
    ),
    CaseText("corrected_words", ("wrong", "right"), TextKind.CORRECTION, after=("made_id",)),
    CaseText("disclosure_requests", ("asked", "reach", "reasons"), TextKind.EARLIER_REQUEST, dated="came_on"),
    # how it was weighed, and what was decided on the way
    _weighed("area_assessments", "own_reason", "reasoning", "children_weighed"),
    _weighed("area_releases", "assessment"),
    _weighed("findings", "title", "saw", "matters", "achieve", "proportion"),
    _weighed("overrides", "text"),
    _weighed("divergence_answers", "reason"),
    _weighed("outcome_grounds", "weighed"),
    CaseText("sanction_matters", ("what", "lawyer_says", "reasons"), TextKind.SANCTION, Since.CLOSED),
    CaseText(
        "inspections", ("title", "risk_note", "arrangements", "no_staff_reason", "note"), TextKind.CASE_NOTE,
        Since.CLOSED,
    ),
    CaseText("enquiry_lines", ("text",), TextKind.CASE_NOTE, Since.CLOSED),
    CaseText("order_overrides", ("reason",), TextKind.CASE_NOTE, Since.CLOSED),
    CaseText("state_changes", ("reason",), TextKind.CASE_NOTE, Since.CLOSED),
    CaseText("team_members", ("name", "conflict_note"), TextKind.CASE_NOTE, Since.CLOSED),
    CaseText("legal_holds", ("reason",), TextKind.CASE_NOTE, Since.CLOSED),
    # drafts and working notes
    _draft("paragraphs", "text", "composed", "base", "vouched"),
    _draft("kept_texts", "text", "steps"),
    _draft("remarks", "text"),
    _draft("reviews", "reason"),
    _draft("obstacle_answers", "reason", "about"),
    _draft("identity_ticks", "sentence", "words", "reason"),
    _draft("letters", "without_child_letter"),
    _draft("codings", "reason"),
    _draft("memos", "text"),
    CaseText("investigations", ("remark",), TextKind.DRAFT, Since.ARCHIVED),
    CaseText("disclosure_requests", ("remark",), TextKind.DRAFT, Since.ARCHIVED),
    _draft("disclosure_texts", "reason"),
    _draft("disclosure_masks", "reason"),
    # what is never disclosed from here
    _never("communications", ("draft",), "the provider has not sent it: it has not come in (TF 2:9)"),
    _never("disclosure_texts", ("text",), "a copy of a text that is asked for by itself"),
    _never("child_identities", ("name", "number", "contact"), _IDENTITY),
    _never("identity_openings", ("words",), _IDENTITY),
    _never("field_ops", ("content",), _TRAVELLED),
    _never("arrived_notes", ("content",), _TRAVELLED),
    _never("held_ops", ("reason", "why"), _TRAVELLED),
    _never("quarantined_ops", ("content", "why"), _TRAVELLED),
)  # fmt: skip

NOT_COME_IN = frozenset({"communications.draft"})
"""Texts in rows of the archive that are no document of the authority, and so stay out of it."""

OFFERED = tuple(one for one in CASE_TEXTS if one.since is not Since.NEVER)


def offered_when(*, closed: bool, archived: bool) -> Iterable[CaseText]:
    """What can be asked for in a case that has come so far, in the order of the list."""
    reached = {Since.AT_ONCE, *((Since.CLOSED,) if closed else ()), *((Since.ARCHIVED,) if archived else ())}
    return (one for one in OFFERED if one.since in reached)


def not_offered_yet(*, closed: bool, archived: bool) -> tuple[TextKind, ...]:
    """Kinds that cannot be asked for before the case has come further."""
    now = {one.kind for one in offered_when(closed=closed, archived=archived)}
    later = (one.kind for one in OFFERED if one.kind is not None and one.kind not in now)
    return tuple(dict.fromkeys(later))
