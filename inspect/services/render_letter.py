"""A letter as a file: what was approved or issued, byte for byte; before that, the draft as it stands."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, LetterState
from ...models.letters import Letter, LetterVersion, Paragraph
from ...models.register import Committee
from ...models.vocabulary import N_
from ...reports.content import ContentError, Language
from ...reports.content import Letter as Content
from ...reports.letter_data import from_data
from ..errors import NotFound
from ..i18n import translate
from ..outside.clock import SWEDEN
from ..rules.case_view import FindingView
from ..rules.finding_proposals import propose
from ..rules.letter_kinds import KINDS
from ..settings import AuthorityDetails
from .compose_letter import fresh_paragraphs, view_for
from .find_letter import find_letter
from .lay_out_letter import lay_out_letter
from .letter_files import Format, file_of, render_content
from .propose_findings import phrases_of
from .say_what_lacks import not_whole

DRAFT = N_("draft")
DRAFT_IN = {"ar": "مسودة"}
"""In languages that only letters are written in."""

FROZEN = frozenset({LetterState.APPROVED, LetterState.SENT})


def frozen_version(
    letter: Letter, language: str, committee: Committee | None = None, number: int = 0
) -> LetterVersion | None:
    """The newest approved version in that language, to that committee where it is to several; None while the
    letter is being written. `number`: that version, which its reader has got."""
    if number:
        these = (one for one in letter.versions if one.number == number and one.sent_at is not None)
        return next((one for one in these if one.language == language), None)
    if letter.state not in FROZEN:
        return None
    those = (one for one in letter.versions if one.language == language)
    if committee is not None:
        those = (one for one in those if one.committee_id == committee.id)
    return max(those, key=lambda one: one.number, default=None)


def letter_content(
    db: Session,
    *,
    inspection: Inspection,
    language: Language,
    authority: AuthorityDetails,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
    committee: Committee | None = None,
) -> Content:
    """The content of the letter: as approved or issued, or the draft, which says that it is one.

    A case without a letter gives the draft that would be composed from what is proposed now.
    Raises NotPossibleNow when the parts cannot make a letter.
    """
    letter = find_letter(db, inspection, kind)
    version = frozen_version(letter, language, committee) if letter else None
    if version is not None:
        return from_data(version.content)
    try:
        content = lay_out_letter(
            db,
            inspection=inspection,
            letter=letter or _proposed_letter(db, inspection, kind, now),
            language=language,
            authority=authority,
            dated_on=now.astimezone(SWEDEN).date(),
            committee=committee,
        )
    except ContentError as fault:
        raise not_whole(fault) from fault
    return replace(content, kind=f"{content.kind} – {DRAFT_IN.get(language) or translate(language, DRAFT)}")


def render_letter(
    db: Session,
    *,
    inspection: Inspection,
    language: Language,
    form: Format,
    authority: AuthorityDetails,
    now: datetime,
    kind: LetterKind = LetterKind.FEEDBACK,
    committee: Committee | None = None,
    number: int = 0,
) -> bytes:
    """The letter as a file. One that is approved or issued is given out exactly as it was stored.

    `number`: the version that its reader got, also when the letter is written once more. Raises NotFound.
    """
    letter = find_letter(db, inspection, kind)
    version = frozen_version(letter, language, committee, number) if letter else None
    if number and version is None:
        raise NotFound(N_("There is no such letter."))
    stored = file_of(version, form) if version else None
    if stored is not None:
        return stored
    content = letter_content(
        db, inspection=inspection, language=language, authority=authority, now=now, kind=kind,
        committee=committee,
    )  # fmt: skip
    return render_content(content, form)


def _proposed_letter(db: Session, inspection: Inspection, kind: LetterKind, now: datetime) -> Letter:
    """A letter that is stored nowhere, composed from the findings, or from what is proposed as such."""
    view = view_for(db, inspection, kind, on=now)
    phrases = phrases_of(view)
    if not view.findings:
        proposals = propose(view, phrases)
        view = replace(
            view,
            findings=tuple(
                FindingView(
                    id=uuid4(), kind=one.kind, area=one.area, theme=one.theme, requirement=one.requirement,
                    level=int(one.level), sanction=one.sanction, responsible=one.responsible,
                    title=one.title.sv, saw=one.saw.sv, matters=one.matters.sv, proportion=one.proportion.sv,
                    achieve=one.achieve.sv,
                )
                for one in proposals
            ),
        )  # fmt: skip
    letter = Letter(inspection_id=inspection.id, kind=kind, state=LetterState.DRAFT, versions=[])
    letter.paragraphs = [
        Paragraph(
            letter_id=letter.id, language=language, section=made.section, key=made.key, position=position,
            finding_id=made.finding_id, text=made.text.in_language(language), removed=False,
        )
        for language in KINDS[kind].languages
        for position, made in enumerate(fresh_paragraphs(view, kind))
    ]  # fmt: skip
    return letter
