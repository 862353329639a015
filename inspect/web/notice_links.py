"""Where a notice leads: to the page on which the person does something about it."""

from flask import current_app, url_for

from ...models.notices import NoticeKind
from ..rules.access import Actor, Permission, may
from ..services.list_notices import Told
from .start_letters import address_in

PAGE_OF_CASE: dict[NoticeKind, str] = {
    NoticeKind.ADDED_TO_TEAM: "cases.declare",
    NoticeKind.CONFLICT_FOUND: "cases.plan",
    NoticeKind.GLASS_BROKEN: "cases.plan",
    NoticeKind.IDENTITY_ASKED: "talks.children",
    NoticeKind.IDENTITY_OPENED: "cases.log",
    NoticeKind.ACUTE_OPENED: "cases.acute",
    NoticeKind.LETTER_SUBMITTED: "letters.review",
    NoticeKind.REVIEW_WAITS_LONG: "letters.review",
    NoticeKind.LETTER_RETURNED: "letters.editor",
    NoticeKind.REMARK_MADE: "letters.editor",
    NoticeKind.LETTER_APPROVED: "case_letters.letters",
    NoticeKind.CORRECTION_PROPOSED: "case_letters.letters",
    NoticeKind.CORRECTION_SETTLED: "case_letters.letters",
    NoticeKind.DECISION_WAITS: "dialogue.decision",
    NoticeKind.REPLY_RECEIVED: "dialogue.communication",
    NoticeKind.ANSWERS_SENT: "dialogue.answers",
    NoticeKind.MEASURE_REPORTED: "dialogue.follow_up",
    NoticeKind.MEETING_PROPOSED: "dialogue.meetings",
    NoticeKind.MEETING_AGREED: "dialogue.meetings",
    NoticeKind.MEETING_NOTED: "dialogue.meetings",
    NoticeKind.DOCUMENTS_CAME: "documents.asked",
    NoticeKind.DISCLOSURE_CAME: "disclosures.requests",
    NoticeKind.REFUSAL_WANTED: "disclosures.requests",
}
"""For those at the authority; anything else leads to the overview of the case."""

OF_ONES_ACCOUNT = frozenset({NoticeKind.WAYS_IN_CHANGED, NoticeKind.CODES_GUESSED})
OF_A_MEETING = frozenset({NoticeKind.MEETING_PROPOSED, NoticeKind.MEETING_AGREED, NoticeKind.MEETING_NOTED})
OF_A_LETTER = frozenset({"letters.review", "letters.editor"})


def address_of_notice(told: Told, actor: Actor) -> str | None:
    """The address of the page; None for a case that is not open to the person any more."""
    if told.closed:
        return None
    if told.notice.kind in OF_ONES_ACCOUNT:
        return url_for("own_account.mine")
    if told.notice.kind is NoticeKind.ROLE_WAITS and may(actor, Permission.CONFIRM_ROLES):
        return url_for("role_requests.waiting")
    if told.inspection is None:
        return url_for("start.home")
    if may(actor, Permission.SEE_INSPECTIONS):
        endpoint = PAGE_OF_CASE.get(told.notice.kind, "cases.overview")
        kind = {"kind": told.letter.kind.value} if told.letter and endpoint in OF_A_LETTER else {}
        return address_in(endpoint, told.inspection, **kind)
    return _outside(told, actor)


def _outside(told: Told, actor: Actor) -> str:
    """For the provider and the manager of a home."""
    if told.notice.kind is NoticeKind.DOCUMENTS_ASKED and "documents.to_send" in current_app.view_functions:
        return url_for("documents.to_send")
    if told.notice.kind is NoticeKind.SELF_ASSESSMENT_ASKED and may(actor, Permission.ASSESS_ONESELF):
        return url_for("self_assessment.write")
    if not may(actor, Permission.ANSWER_LETTERS):
        return url_for("start.home")
    if told.notice.kind in OF_A_MEETING and told.inspection is not None:
        return url_for("provider.meeting", inspection_id=told.inspection.id)
    if told.letter is not None:
        return url_for("provider.letter", letter_id=told.letter.id)
    return url_for("provider.letters")
