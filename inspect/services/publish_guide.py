"""From a draft to a version that never changes: handed over by its writer, published by somebody else.

What a child is asked is decided by more than one person, as a letter is: whoever has written in a draft does
not publish it.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.guide_form import digest_of, guide_as_plain, guide_from_plain
from ...models.event_kinds import EventKind
from ...models.guides import GuideVersion
from ...models.vocabulary import N_, GuideState
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules import guide_drafts as drafts
from ..rules.access import Actor, Permission, may
from .check_guide_draft import check_guide_draft
from .find_guide_drafts import draft_to_write, held_draft, writers_of
from .record_event import record_event

MAX_REMARK = 2_000


def hand_over_draft(
    db: Session, *, actor: Actor, draft_id: UUID, valid_from: date | None, now: datetime
) -> GuideVersion:
    """Ask for a draft to be published, to hold from a day on. Writing in it takes it back.

    Raises NotPossibleNow while it has faults; Invalid for a day that has passed.
    """
    draft = draft_to_write(db, actor, draft_id)
    day = _fit_day(valid_from, now)
    draft.valid_from = day
    _check_fit(db, draft)
    draft.handed_over_at = now
    draft.handed_over_by_id = actor.user_id
    draft.remark = ""
    db.flush()
    record_event(db, EventKind.GUIDE_HANDED_OVER, actor=actor, now=now, guide_version=draft.id)
    return draft


def take_draft_back(db: Session, *, actor: Actor, draft_id: UUID, now: datetime) -> GuideVersion:
    """Take back what was handed over, to write in it again."""
    draft = draft_to_write(db, actor, draft_id)
    if draft.handed_over_at is not None:
        draft.handed_over_at = draft.handed_over_by_id = None
        record_event(db, EventKind.GUIDE_DRAFTED, actor=actor, now=now, guide_version=draft.id)
    return draft


def return_draft(db: Session, *, actor: Actor, draft_id: UUID, remark: str, now: datetime) -> GuideVersion:
    """Give a draft back to its writers, with what is to be changed."""
    draft = _handed_over(db, actor, draft_id)
    if not remark.strip():
        raise Invalid(
            N_("Write why, in a sentence, so that the author knows what to do."), {"field": "remark"}
        )
    if len(remark) > MAX_REMARK:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": "remark", "num": len(remark), "most": MAX_REMARK},
        )
    draft.remark = remark.strip()
    draft.handed_over_at = draft.handed_over_by_id = None
    db.flush()
    record_event(db, EventKind.GUIDE_RETURNED, actor=actor, now=now, guide_version=draft.id)
    return draft


def publish_guide(
    db: Session, *, actor: Actor, draft_id: UUID, digest: str, valid_from: date | None, now: datetime
) -> GuideVersion:
    """Publish a draft that was handed over, to hold from a day on. It never changes again. Of two versions
    that hold from the same day the one published last is used, so that a mistake is mended the same day.

    `digest`: of the content that the person has read (`GuideVersion.content_sha256`). Raises Conflict when
    it is not what stands; NotAllowed to those who have written in it; NotPossibleNow with what is in the way.
    """
    draft = _handed_over(db, actor, draft_id)
    if draft.content_sha256 != digest:
        raise Conflict(N_("The draft has changed since you read it. Read it again before you publish it."))
    refused = why_not_publish(db, actor, draft)
    if refused is not None:
        raise refused
    draft.valid_from = _fit_day(valid_from, now)
    _check_fit(db, draft)
    draft.content = guide_as_plain(guide_from_plain(drafts.as_file(draft.content)))
    draft.content_sha256 = digest_of(draft.content)
    draft.state = GuideState.PUBLISHED
    draft.published_at = now
    draft.published_by_id = actor.user_id
    draft.saves += 1
    db.flush()
    record_event(db, EventKind.GUIDE_PUBLISHED, actor=actor, now=now, guide_version=draft.id)
    return draft


def why_not_publish(db: Session, actor: Actor, draft: GuideVersion) -> NotAllowed | NotPossibleNow | None:
    """Why this person cannot publish the draft now, faults aside; None when nothing is in the way."""
    if not may(actor, Permission.PUBLISH_GUIDES):
        return NotAllowed(N_("Guides are published by a method owner or a supervisor."))
    if actor.user_id in {*writers_of(db, draft), draft.handed_over_by_id}:
        return NotAllowed(
            N_("You have written in this draft. Another method owner or a supervisor reads and publishes it.")
        )
    if draft.handed_over_at is None:
        return NotPossibleNow(
            N_("The draft is still being written. Its writer hands it over when it is ready.")
        )
    return None


def first_day(now: datetime) -> date:
    """The first day from which a version can hold: a talk that was held keeps its version."""
    return now.astimezone(SWEDEN).date()


def _handed_over(db: Session, actor: Actor, draft_id: UUID) -> GuideVersion:
    if not may(actor, Permission.PUBLISH_GUIDES):
        raise NotAllowed(N_("Guides are published by a method owner or a supervisor."))
    draft = held_draft(db, draft_id)
    if draft.handed_over_at is None:
        raise NotPossibleNow(
            N_("The draft is still being written. Its writer hands it over when it is ready.")
        )
    return draft


def _fit_day(day: date | None, now: datetime) -> date:
    if day is None:
        raise Invalid(N_("Choose the day from which it holds."), {"field": "valid_from"})
    if day < first_day(now):
        raise Invalid(
            N_("The day has passed. Talks that were held keep the version they were held with."),
            {"field": "valid_from"},
        )
    return day


def _check_fit(db: Session, draft: GuideVersion) -> None:
    faults = check_guide_draft(db, draft)
    if faults:
        raise NotPossibleNow(N_("%(num)s faults are left. Mend them first."), {"num": len(faults)})
