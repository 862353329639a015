"""Which guide a talk is held with, and the version that it was held with.

A guide is offered in the latest published version that is valid on the day; while there is none, as
the file of the product says it. A talk keeps the version it began with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from ...interview_guides.content import Guide
from ...interview_guides.guide import UnknownContent, UnknownGuide, load_pack
from ...interview_guides.guide_form import digest_of, guide_as_plain, guide_from_plain
from ...models.guides import GuideVersion
from ...models.interviews import Interview
from ...models.vocabulary import GuideState

MAX_KNOWN = 400
_known: dict[str, Guide] = {}
"""Guides that were read in this process, by their digest: what is published never changes."""


class ChangedContent(RuntimeError):
    """A kept version is not what its digest says: somebody has written past the database's own guard."""


def guide_in(row: GuideVersion) -> Guide:
    """The guide that a row of the table holds. Raises BrokenGuide for a draft that is no guide yet."""
    if row.state is GuideState.DRAFT:
        return guide_from_plain(row.content)
    found = _known.get(row.content_sha256)
    if found is None:
        if digest_of(row.content) != row.content_sha256:
            raise ChangedContent(f"guide version {row.id} is not what its digest says")
        if len(_known) >= MAX_KNOWN:
            _known.clear()
        found = _known[row.content_sha256] = guide_from_plain(row.content)
    return found


def published_versions(
    db: Session, pack: str, guides: Iterable[str], *, on: date | None = None
) -> list[GuideVersion]:
    """The published versions of these guides that are valid on the day (of any day: None), latest first."""
    query = select(GuideVersion).where(
        GuideVersion.pack == pack,
        GuideVersion.guide.in_(list(guides)),
        GuideVersion.state == GuideState.PUBLISHED,
    )
    if on is not None:
        query = query.where(GuideVersion.valid_from <= on)
    return list(db.scalars(query.order_by(GuideVersion.valid_from.desc(), GuideVersion.published_at.desc())))


def offered_guides(db: Session, pack: str, informant: str | None = None, *, on: date) -> tuple[Guide, ...]:
    """The guides for one kind of informant, or for all, as talks that begin on that day are held."""
    every = load_pack(pack)
    own = every.guides_for(informant) if informant else tuple(one for one in every.guides if one.offered)
    latest: dict[str, GuideVersion] = {}
    for row in published_versions(db, pack, (guide.id for guide in own), on=on):
        latest.setdefault(row.guide, row)
    return tuple(guide_in(latest[guide.id]) if guide.id in latest else guide for guide in own)


def offered_guide(db: Session, pack: str, guide: str, *, on: date) -> Guide:
    """One guide as a talk that begins on that day is held with it. Raises UnknownGuide."""
    own = load_pack(pack).guide(guide)
    rows = published_versions(db, pack, [guide], on=on)
    return guide_in(rows[0]) if rows else own


def latest_guide(db: Session, pack: str, guide: str) -> Guide:
    """The version that was published for the latest day, also one to come; else the file's.

    Raises UnknownContent when there is no such pack or guide.
    """
    own = load_pack(pack).guide(guide)
    rows = published_versions(db, pack, [guide])
    return guide_in(rows[0]) if rows else own


def guide_version(db: Session, pack: str, guide: str, version: str) -> Guide | None:
    """One version of a guide: published, withdrawn, kept or the file's. None when none has that name."""
    row = db.scalar(_version(pack, guide, version).where(GuideVersion.state != GuideState.DRAFT))
    if row is not None:
        return guide_in(row)
    try:
        own = load_pack(pack).guide(guide)
    except UnknownContent:
        return None
    return own if own.version == version else None


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of a guide as a list shows it; `is_offered`: talks that begin on the day are held with it.

    `row` is None for the file's version while no talk has been held with it.
    """

    name: str
    guide: Guide
    row: GuideVersion | None
    is_offered: bool


def list_versions(db: Session, pack: str, guide: str, *, on: date) -> list[VersionLine]:
    """Every version that can be read, drafts not among them: what is offered first, then the latest.

    Raises UnknownContent when there is no such pack or guide.
    """
    own = load_pack(pack).guide(guide)
    rows = db.scalars(
        select(GuideVersion)
        .where(GuideVersion.pack == pack, GuideVersion.guide == guide, GuideVersion.state != GuideState.DRAFT)
        .order_by(GuideVersion.valid_from.desc().nulls_last(), GuideVersion.changed_at.desc())
    ).all()
    offered = offered_guide(db, pack, guide, on=on)
    lines = [VersionLine(row.version, guide_in(row), row, guide_in(row) == offered) for row in rows]
    if all(line.guide != own for line in lines):
        lines.append(VersionLine(own.version, own, None, own == offered))
    return sorted(lines, key=lambda line: not line.is_offered)


def guide_of_talk(db: Session, pack: str, talk: Interview) -> Guide | None:
    """The guide that a talk is held with, as it was when the talk began.

    A talk that came from elsewhere may name a version that we do not have: it is shown with the file's,
    whose ids mean the same. None for a talk that was held without a guide of ours.
    """
    if not talk.guide:
        return None
    found = guide_version(db, pack, talk.guide, talk.guide_version)
    if found is not None:
        return found
    try:
        return load_pack(pack).guide(talk.guide)
    except UnknownGuide:
        return None


def keep_version(db: Session, pack: str, guide: Guide, *, now: datetime) -> str:
    """See to it that this version stays to be read, and give the name it is stamped with.

    The file's version is kept the first time a talk is held with it. Should a later release have changed a
    file without naming it anew, the changed one gets a name of its own: a stamp means one content for ever.
    """
    content = guide_as_plain(guide)
    digest = digest_of(content)
    for attempt in (1, 2):
        rows = db.scalars(
            select(GuideVersion).where(GuideVersion.pack == pack, GuideVersion.guide == guide.id)
        ).all()
        for row in rows:
            if row.content_sha256 == digest and row.state is not GuideState.DRAFT:
                return row.version
        taken = any(row.version == guide.version for row in rows)
        name = f"{guide.version[:12]}+{digest[:7]}" if taken else guide.version
        kept = GuideVersion(
            pack=pack,
            guide=guide.id,
            version=name,
            state=GuideState.SHIPPED,
            content=content,
            content_sha256=digest,
            changed_at=now,
        )
        try:
            with db.begin_nested():
                db.add(kept)
        except IntegrityError:  # somebody else began a talk with it in the same moment
            if attempt == 2:
                raise
        else:
            break
    return name


def _version(pack: str, guide: str, version: str) -> Select[GuideVersion]:
    return select(GuideVersion).where(
        GuideVersion.pack == pack, GuideVersion.guide == guide, GuideVersion.version == version
    )
