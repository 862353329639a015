"""A form (XLSForm) as the draft of a guide's next version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import UnknownContent, load_pack
from ...interview_guides.guide_form import digest_of
from ...models.guides import GuideVersion
from ...models.vocabulary import N_, GuideState
from ..errors import Invalid, NotAllowed, NotFound, NotPossibleNow
from ..exchange.xlsform_report import Fate, ReportLine
from ..rules.access import Actor, Permission, may
from .edit_guide_draft import MAX_WORDING, start_guide_draft
from .import_guide_form import import_guide_form

_FROM_FORM = ("opening", "closing", "questions")
_NEVER_FROM_FORM = ("id", "informant", "version")


@dataclass(frozen=True, slots=True)
class DraftFromForm:
    """The draft, how many questions it got and how many of them need an area, and what became of the form.

    `report` is without what is to be filled in: the draft's own page says that, field by field.
    """

    draft: GuideVersion
    questions: int
    without_area: int
    report: tuple[ReportLine, ...]


def start_draft_from_form(
    db: Session, *, actor: Actor, pack: str, guide: str, content: bytes, now: datetime
) -> DraftFromForm:
    """Start a draft of the guide with the questions of a form; words the form does not have stay the guide's.

    Raises UnusableForm, with its faults, for a file that is no form; NotPossibleNow when there is a draft
    already; Invalid for a form without questions or with a text that is too long; NotFound.
    """
    if not may(actor, Permission.WRITE_GUIDES):
        raise NotAllowed(N_("Guides are written by the method owner."))
    try:
        known = load_pack(pack)
        known.guide(guide)
    except UnknownContent:
        raise NotFound(N_("There is no such guide.")) from None
    written = select(GuideVersion.id).where(
        GuideVersion.pack == pack, GuideVersion.guide == guide, GuideVersion.state == GuideState.DRAFT
    )
    if db.scalar(written) is not None:
        raise NotPossibleNow(N_("There is a draft of this guide already. Withdraw it first."))
    made = import_guide_form(content, pack=known)
    _check(made.written)
    draft = start_guide_draft(db, actor=actor, pack=pack, guide=guide, now=now)
    given = {
        name: value
        for name, value in made.written.items()
        if name in _FROM_FORM or (name not in _NEVER_FROM_FORM and name not in draft.content)
    }
    draft.content = draft.content | {name: value for name, value in given.items() if value}
    draft.content_sha256 = digest_of(draft.content)
    db.flush()
    told = tuple(line for line in made.report if line.fate is not Fate.NEEDED)
    return DraftFromForm(draft, made.questions, made.without_area, told)


def _check(written: dict[str, Any]) -> None:
    if not written["questions"]:
        raise Invalid(N_("The form asks nothing that a guide can ask."))
    longest = max(map(len, _texts(written)), default=0)
    if longest > MAX_WORDING:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"num": longest, "most": MAX_WORDING},
        )


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return [value] if isinstance(value, str) else []
