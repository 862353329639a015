"""Drafts of guides: find one, find all, and say who has written in one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.content import Guide
from ...interview_guides.guide import Pack, available_packs, load_pack, pack_cards
from ...models.event_kinds import EventKind
from ...models.events import Event
from ...models.guides import GuideVersion
from ...models.people import User
from ...models.vocabulary import N_, GuideState
from ..errors import NotAllowed, NotFound, NotPossibleNow
from ..rules.access import Actor, Permission, may


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One guide as its owner sees it in the list: the versions that are published and the draft, if any."""

    pack: Pack
    guide: Guide
    """As it came with the product; its title names it."""
    published: tuple[GuideVersion, ...]
    """The latest first."""
    draft: GuideVersion | None


def find_draft(db: Session, draft_id: UUID) -> GuideVersion:
    """The draft. Raises NotFound also for a version that is no draft: that never changes."""
    draft = db.get(GuideVersion, draft_id)
    if draft is None or draft.state is not GuideState.DRAFT or draft.pack not in available_packs():
        raise NotFound(N_("There is no such draft."))
    return draft


def find_version(db: Session, version_id: UUID) -> GuideVersion:
    """A version of a guide, a draft or not. Raises NotFound."""
    row = db.get(GuideVersion, version_id)
    if row is None:
        raise NotFound(N_("There is no such version."))
    return row


def draft_to_write(db: Session, actor: Actor, draft_id: UUID) -> GuideVersion:
    """The draft, held until the transaction ends, so that two saves follow each other."""
    if not may(actor, Permission.WRITE_GUIDES):
        raise NotAllowed(N_("Guides are written by the method owner."))
    return held_draft(db, draft_id)


def held_draft(db: Session, draft_id: UUID) -> GuideVersion:
    """The draft, held until the transaction ends. Raises NotPossibleNow when it is none any more."""
    draft = db.scalar(
        select(GuideVersion)
        .where(GuideVersion.id == draft_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if draft is None:
        raise NotFound(N_("There is no such draft."))
    if draft.state is not GuideState.DRAFT:
        raise NotPossibleNow(N_("This version is published and never changes. Start a new draft from it."))
    return draft


def list_guides_to_write(db: Session) -> list[GuideLine]:
    """Every guide that is offered, of every pack, with its published versions and its draft."""
    rows = db.scalars(
        select(GuideVersion)
        .where(GuideVersion.state.in_((GuideState.DRAFT, GuideState.PUBLISHED)))
        .order_by(GuideVersion.valid_from.desc(), GuideVersion.published_at.desc())
    ).all()
    lines = []
    for pack in (load_pack(card.id) for card in pack_cards()):
        for guide in (one for one in pack.guides if one.offered):
            own = [row for row in rows if (row.pack, row.guide) == (pack.id, guide.id)]
            published = tuple(row for row in own if row.state is GuideState.PUBLISHED)
            draft = next((row for row in own if row.state is GuideState.DRAFT), None)
            lines.append(GuideLine(pack, guide, published, draft))
    return lines


def writers_of(db: Session, draft: GuideVersion) -> dict[UUID, str]:
    """Who has written in the draft, by id, with their names: none of them publishes it."""
    rows = db.execute(
        select(User.id, User.name)
        .join(Event, Event.actor_id == User.id)
        .where(
            Event.kind == EventKind.GUIDE_DRAFTED,
            Event.details["guide_version"].as_string() == str(draft.id),
            Event.details["part"].as_string().is_not(None),
        )
        .distinct()
        .order_by(User.name)
    )
    return {row[0]: row[1] for row in rows}


def last_writer(db: Session, draft: GuideVersion, part: str) -> str:
    """The name of who wrote last in one part of the draft; empty when nobody has."""
    return (
        db.scalar(
            select(User.name)
            .join(Event, Event.actor_id == User.id)
            .where(
                Event.kind == EventKind.GUIDE_DRAFTED,
                Event.details["guide_version"].as_string() == str(draft.id),
                Event.details["part"].as_string() == part,
            )
            .order_by(Event.at.desc(), Event.id.desc())
            .limit(1)
        )
        or ""
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits for a second pair of eyes."""

    draft: GuideVersion
    since: datetime
    by: str


def drafts_that_wait(db: Session, actor: Actor) -> list[Waiting]:
    """Drafts handed over by somebody else, for those who may publish; the longest waiting first."""
    if not may(actor, Permission.PUBLISH_GUIDES):
        return []
    rows = db.execute(
        select(GuideVersion, User.name)
        .join(User, User.id == GuideVersion.handed_over_by_id)
        .where(
            GuideVersion.state == GuideState.DRAFT,
            GuideVersion.handed_over_at.is_not(None),
            GuideVersion.handed_over_by_id != actor.user_id,
        )
        .order_by(GuideVersion.handed_over_at)
    )
    return [Waiting(draft, draft.handed_over_at, name) for draft, name in rows if draft.handed_over_at]


def open_drafts(db: Session) -> list[GuideVersion]:
    """Every draft, the one that was changed last first."""
    rows = db.scalars(
        select(GuideVersion)
        .where(GuideVersion.state == GuideState.DRAFT, GuideVersion.pack.in_(available_packs()))
        .order_by(GuideVersion.changed_at.desc())
    )
    return list(rows)
