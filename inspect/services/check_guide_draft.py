"""What is wrong in a draft, found by the very checks that the files of a pack go through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path as FilePath

from sqlalchemy.orm import Session

from ...interview_guides.content import Guide
from ...interview_guides.faults import FaultList
from ...interview_guides.guide import load_pack
from ...interview_guides.guide_files import read_guide
from ...interview_guides.guide_writing import heading_of, write_guide
from ...interview_guides.nodes import read_file
from ...interview_guides.places import Places
from ...interview_guides.reading import PACKS, read_pack
from ...models.guides import GuideVersion
from ..rules import guide_drafts as drafts
from .find_guides import published_versions

MAX_KNOWN = 200
_known: dict[tuple[str, ...], tuple["DraftFault", ...]] = {}
"""Faults that were found in this process, by the digests of what was read: the same text has the same."""


@dataclass(frozen=True, slots=True)
class DraftFault:
    """One fault of a draft: the part (`guide_drafts.FRAME`, or a question's id), the field, the words.

    A fault that the draft makes in another guide of the pack has the part `guide_drafts.ELSEWHERE`, and the
    name of that guide for its field.

    `field` is empty where it is the part as a whole; its language may be missing where the message says it.
    `message` is the one that `tillsyn guides check` prints.
    """

    part: str
    field: str
    message: str


def check_guide_draft(db: Session, draft: GuideVersion) -> tuple[DraftFault, ...]:
    """Every fault of the draft, in the order of its file; empty for one that can be published.

    The draft is read in the place of its file, together with the rest of its pack as it will be on the day
    from which the draft is meant to hold.
    """
    others = _others(db, draft.pack, draft.guide, draft.valid_from)
    key = (draft.pack, draft.guide, draft.content_sha256, *sorted(row.content_sha256 for row in others))
    faults = _known.get(key)
    if faults is None:
        if len(_known) >= MAX_KNOWN:
            _known.clear()
        faults = _known[key] = _check(draft, others)
    return faults


def _check(draft: GuideVersion, others: list[GuideVersion]) -> tuple[DraftFault, ...]:
    content = drafts.as_file(draft.content)
    written = write_guide(content)
    texts = {row.guide: write_guide(row.content).text for row in others} | {draft.guide: written.text}
    found: dict[DraftFault, None] = {}
    for fault in read_pack(PACKS / draft.pack, texts)[1]:
        if fault.path.stem == draft.guide:
            place = drafts.field_at(content, written.place_of(fault.line))
        else:
            place = drafts.ELSEWHERE, fault.path.stem
        found[DraftFault(*place, fault.message)] = None
    return tuple(sorted(found, key=lambda one: one.part == drafts.ELSEWHERE))


def guide_of_draft(draft: GuideVersion) -> Guide:
    """The draft as a guide to look at; what is missing is an empty text."""
    written = write_guide(drafts.as_file(draft.content))
    return read_guide(read_file(FilePath("guide.yaml"), FaultList(), written.text), Places())


def file_of_guide(pack: str, content: Mapping[str, object]) -> str:
    """The text of a guide's file, with the comment that the file of the product begins with."""
    known = PACKS / pack / "guides" / f"{content['id']}.yaml"
    heading = heading_of(known.read_text("utf-8")) if known.is_file() else ""
    return write_guide(drafts.as_file(dict(content)), heading).text


def _others(db: Session, pack: str, guide: str, day: date | None) -> list[GuideVersion]:
    """The versions of the pack's other guides that are published here and hold on the day."""
    names = [one.id for one in load_pack(pack).guides if one.id != guide]
    latest: dict[str, GuideVersion] = {}
    for row in published_versions(db, pack, names, on=day):
        latest.setdefault(row.guide, row)
    return list(latest.values())
