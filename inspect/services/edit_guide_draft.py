"""Write in the draft of a guide: start it, save a part, arrange its questions, withdraw it."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import UnknownContent, load_pack
from ...interview_guides.guide_form import digest_of, guide_as_plain
from ...models.event_kinds import EventKind
from ...models.guides import GuideVersion
from ...models.vocabulary import N_, GuideState
from ..errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules import guide_drafts as drafts
from ..rules.access import Actor, Permission, may
from .find_guide_drafts import draft_to_write, last_writer
from .find_guides import latest_guide
from .record_event import record_event

MAX_WORDING = 5_000
"""Characters in one wording of a guide; longer text is refused with a message that says so."""

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,19}")


def start_guide_draft(db: Session, *, actor: Actor, pack: str, guide: str, now: datetime) -> GuideVersion:
    """A draft made from the latest version of a guide, under the next free name; the one that is, if any.

    Raises Invalid: there is no such guide.
    """
    if not may(actor, Permission.WRITE_GUIDES):
        raise NotAllowed(N_("Guides are written by the method owner."))
    try:
        base = latest_guide(db, pack, guide)
    except UnknownContent:
        raise Invalid(N_("There is no such guide.")) from None
    rows = db.scalars(
        select(GuideVersion).where(GuideVersion.pack == pack, GuideVersion.guide == guide).with_for_update()
    ).all()
    for row in rows:
        if row.state is GuideState.DRAFT:
            return row
    known = {row.version for row in rows} | {base.version}
    content = guide_as_plain(base) | {
        "version": drafts.next_version(now.astimezone(SWEDEN).year, known),
    }
    draft = GuideVersion(
        pack=pack,
        guide=guide,
        version=content["version"],
        state=GuideState.DRAFT,
        content=content,
        content_sha256=digest_of(content),
        based_on=base.version,
        changed_at=now,
        changed_by_id=actor.user_id,
    )
    db.add(draft)
    db.flush()
    record_event(
        db, EventKind.GUIDE_DRAFTED, actor=actor, now=now, guide_version=draft.id,
    )  # fmt: skip
    return draft


def save_part(
    db: Session,
    *,
    actor: Actor,
    draft_id: UUID,
    part: str,
    number: int,
    fields: Mapping[str, str],
    now: datetime,
) -> tuple[GuideVersion, int]:
    """Keep fields of one part of a draft: a question by its id, or `guide_drafts.FRAME`.

    `number` says what the part held when it was opened (`guide_drafts.number_of`). Gives the draft and the
    part's new number. Raises Conflict with everything that stands in the part when somebody has written in
    it since; Invalid, naming the field, for what cannot be kept at all. Faults of the guide itself are kept:
    a draft may have them.
    """
    draft = draft_to_write(db, actor, draft_id)
    standing = _fields(draft, part)
    known = {name: as_kept(text) for name, text in fields.items() if name in standing}
    _check_kept(db, draft, known)
    if all(standing[name] == text for name, text in known.items()):
        return draft, drafts.number_of(standing)
    if drafts.number_of(standing) != number:
        raise Conflict(
            N_("Somebody else has written in this part of the guide. Both texts are shown."),
            theirs=dict(standing),
            version=drafts.number_of(standing),
            by=last_writer(db, draft, part),
        )
    _keep(db, actor, draft, drafts.with_fields(draft.content, part, known), part, now)
    return draft, drafts.number_of(_fields(draft, part))


def add_question(
    db: Session, *, actor: Actor, draft_id: UUID, after: str | None, now: datetime
) -> tuple[GuideVersion, str]:
    """One more question after another, or first. Gives the draft and the id of the new question."""
    draft = draft_to_write(db, actor, draft_id)
    taken = {one.id for guide in load_pack(draft.pack).guides for one in guide.questions}
    question = drafts.new_id(draft.content, taken)
    changed = _arranged(lambda content: drafts.with_question(content, question, after), draft)
    _keep(db, actor, draft, changed, question, now)
    return draft, question


def move_question(
    db: Session, *, actor: Actor, draft_id: UUID, question: str, steps: int, now: datetime
) -> GuideVersion:
    """A question so many steps down (up: less than 0)."""
    return _arrange(db, actor, draft_id, question, now, lambda c: drafts.moved(c, question, steps))


def remove_question(
    db: Session, *, actor: Actor, draft_id: UUID, question: str, now: datetime
) -> GuideVersion:
    """Take a question out; it is kept beside the draft and can be put back."""
    return _arrange(db, actor, draft_id, question, now, lambda c: drafts.without_question(c, question))


def put_question_back(
    db: Session, *, actor: Actor, draft_id: UUID, question: str, now: datetime
) -> GuideVersion:
    """Put a question back that was taken out, at the place it had."""
    return _arrange(db, actor, draft_id, question, now, lambda c: drafts.with_question_back(c, question))


def withdraw_draft(db: Session, *, actor: Actor, draft_id: UUID, now: datetime) -> None:
    """Throw a draft away. What it was made from stands as it stood."""
    draft = draft_to_write(db, actor, draft_id)
    record_event(
        db, EventKind.GUIDE_DRAFT_REMOVED, actor=actor, now=now, guide_version=draft.id,
    )  # fmt: skip
    db.delete(draft)
    db.flush()


def as_kept(text: str) -> str:
    """A text as it is kept: line ends of one kind, nothing around it that nobody sees, no NUL."""
    return text.replace("\r\n", "\n").replace("\x00", "").strip()


def _fields(draft: GuideVersion, part: str) -> drafts.Fields:
    try:
        return drafts.fields_of(draft.content, part)
    except KeyError:
        raise NotPossibleNow(
            N_("Somebody has taken this question out of the draft. Put it back to write in it.")
        ) from None


def _check_kept(db: Session, draft: GuideVersion, fields: Mapping[str, str]) -> None:
    for name, text in fields.items():
        if len(text) > MAX_WORDING:
            raise Invalid(
                N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
                {"field": name, "num": len(text), "most": MAX_WORDING},
            )
    version = fields.get("version")
    if version is None or version == draft.version:
        return
    if not _VERSION.fullmatch(version):
        raise Invalid(
            N_("Name the version with letters, digits, points and hyphens, at most 20; for example 2026-2."),
            {"field": "version"},
        )
    known = select(GuideVersion.id).where(
        GuideVersion.pack == draft.pack,
        GuideVersion.guide == draft.guide,
        GuideVersion.version == version,
        GuideVersion.id != draft.id,
    )
    if version == load_pack(draft.pack).guide(draft.guide).version or db.scalar(known):
        raise Invalid(N_("There is a version of that name already."), {"field": "version"})


def _arrange(
    db: Session,
    actor: Actor,
    draft_id: UUID,
    question: str,
    now: datetime,
    change: Callable[[drafts.Plain], drafts.Plain],
) -> GuideVersion:
    draft = draft_to_write(db, actor, draft_id)
    changed = _arranged(change, draft)
    if changed != draft.content:
        _keep(db, actor, draft, changed, question, now)
    return draft


def _arranged(change: Callable[[drafts.Plain], drafts.Plain], draft: GuideVersion) -> drafts.Plain:
    try:
        return change(draft.content)
    except KeyError:
        raise NotFound(N_("There is no such question in the draft any more.")) from None


def _keep(
    db: Session, actor: Actor, draft: GuideVersion, content: drafts.Plain, part: str, now: datetime
) -> None:
    """What was handed over to be published is handed over no more: it is not what was read."""
    draft.content = content
    draft.content_sha256 = digest_of(content)
    draft.version = content["version"] or draft.version
    draft.saves += 1
    draft.changed_at = now
    draft.changed_by_id = actor.user_id
    draft.handed_over_at = draft.handed_over_by_id = None
    db.flush()
    record_event(
        db, EventKind.GUIDE_DRAFTED, actor=actor, now=now,
        guide_version=draft.id, part=part,
    )  # fmt: skip
