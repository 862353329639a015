"""The letter as PDF or HTML: what was approved, byte for byte; before that, the draft as it stands."""

import hashlib
from dataclasses import replace
from datetime import datetime
from typing import Literal
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letters import Letter, LetterVersion, Paragraph
from ...models.vocabulary import N_, LetterState
from ...reports.content import ContentError, Language
from ...reports.content import Letter as Content
from ...reports.letter_data import from_data
from ...reports.letter_html import render_html
from ...reports.letter_pdf import render_pdf
from ...reports.pdf_fonts import MissingGlyph
from ..errors import NotPossibleNow
from ..i18n import LANGUAGES, translate
from ..outside.clock import SWEDEN
from ..rules.case_view import FindingView
from ..rules.finding_proposals import propose
from ..rules.letter_composition import compose
from ..settings import AuthorityDetails
from .compose_letter import on_day
from .find_letter import find_letter
from .lay_out_letter import lay_out_letter
from .propose_findings import phrases_of
from .view_case import view_case

Format = Literal["pdf", "html"]
DRAFT = N_("draft")
FROZEN = frozenset({LetterState.APPROVED, LetterState.SENT})


def frozen_version(letter: Letter, language: str) -> LetterVersion | None:
    """The newest approved version in that language; None while the letter is being written."""
    if letter.state not in FROZEN:
        return None
    return max(
        (one for one in letter.versions if one.language == language), key=lambda one: one.number, default=None
    )


def letter_content(
    db: Session, *, inspection: Inspection, language: Language, authority: AuthorityDetails, now: datetime
) -> Content:
    """The content of the letter: as approved, or the draft, which says that it is one.

    A case without a letter gives the draft that would be composed from what is proposed now.
    Raises NotPossibleNow when the parts cannot make a letter.
    """
    letter = find_letter(db, inspection)
    version = frozen_version(letter, language) if letter else None
    if version is not None:
        return from_data(version.content)
    try:
        content = lay_out_letter(
            db,
            inspection=inspection,
            letter=letter or _proposed_letter(db, inspection),
            language=language,
            authority=authority,
            dated_on=now.astimezone(SWEDEN).date(),
        )
    except ContentError as fault:
        raise NotPossibleNow(N_("The letter is not whole: %(what)s."), {"what": str(fault)}) from fault
    return replace(content, kind=f"{content.kind} – {translate(language, DRAFT)}")


def render_letter(
    db: Session,
    *,
    inspection: Inspection,
    language: Language,
    form: Format,
    authority: AuthorityDetails,
    now: datetime,
) -> bytes:
    """The letter as a file. An approved one is given out exactly as it was stored."""
    letter = find_letter(db, inspection)
    version = frozen_version(letter, language) if letter else None
    if version is not None and form == "pdf":
        return version.pdf
    content = letter_content(db, inspection=inspection, language=language, authority=authority, now=now)
    try:
        return render_pdf(content) if form == "pdf" else render_html(content).encode()
    except MissingGlyph as fault:
        raise NotPossibleNow(
            N_("The letter holds a sign that cannot be printed: %(sign)s. Take it away."),
            {"sign": fault.character},
        ) from fault


def recognise(db: Session, data: bytes) -> tuple[LetterVersion, Inspection] | None:
    """The approved version that this file is, unchanged; None when it is not one."""
    fingerprint = hashlib.sha256(data).hexdigest()
    found = db.execute(
        select(LetterVersion, Inspection)
        .join(Letter, Letter.id == LetterVersion.letter_id)
        .join(Inspection, Inspection.id == Letter.inspection_id)
        .where(or_(LetterVersion.pdf_sha256 == fingerprint, LetterVersion.html_sha256 == fingerprint))
        .order_by(LetterVersion.at.desc())
    ).first()
    return (found[0], found[1]) if found else None


def _proposed_letter(db: Session, inspection: Inspection) -> Letter:
    """A letter that is stored nowhere, composed from the findings, or from what is proposed as such."""
    view = view_case(db, inspection)
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
    letter = Letter(inspection_id=inspection.id, state=LetterState.DRAFT, versions=[])
    letter.paragraphs = [
        Paragraph(
            letter_id=letter.id, language=language, section=made.section, key=made.key, position=position,
            finding_id=made.finding_id, text=made.text.in_language(language), removed=False,
        )
        for language in LANGUAGES
        for position, made in enumerate(compose(view, phrases, on_day))
    ]  # fmt: skip
    return letter
