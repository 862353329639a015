"""The guides of a pack as the files they are committed as."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import UnknownContent, load_pack
from ...interview_guides.guide_form import guide_as_plain
from ...models.guides import GuideVersion
from ...models.vocabulary import N_
from ..errors import NotFound
from .check_guide_draft import file_of_guide
from .find_guides import guide_version, offered_guide


def export_guides(
    db: Session, *, pack: str, guide: str | None = None, version: str | None = None, on: date
) -> dict[str, str]:
    """The text of each guide's file, by the name of the guide: as talks are held with it on a day.

    `guide`: only that one; `version`: in a version of that name, also a draft. The reader takes the files as
    they are. Raises NotFound: there is no such pack, guide or version.
    """
    try:
        known = load_pack(pack)
        wanted = [known.guide(guide)] if guide is not None else list(known.guides)
    except UnknownContent as fault:
        raise NotFound(str(fault)) from None
    if version is not None:
        return {one.id: _of_version(db, pack, one.id, version) for one in wanted}
    return {
        one.id: file_of_guide(pack, guide_as_plain(offered_guide(db, pack, one.id, on=on))) for one in wanted
    }


def _of_version(db: Session, pack: str, guide: str, version: str) -> str:
    row = db.scalar(
        select(GuideVersion).where(
            GuideVersion.pack == pack, GuideVersion.guide == guide, GuideVersion.version == version
        )
    )
    if row is not None:
        return file_of_guide(pack, row.content)
    found = guide_version(db, pack, guide, version)
    if found is None:
        raise NotFound(
            N_("There is no version %(version)s of the guide %(guide)s."),
            {"version": version, "guide": guide},
        )
    return file_of_guide(pack, guide_as_plain(found))
