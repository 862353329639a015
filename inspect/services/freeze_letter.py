"""Freeze an approved letter: its content, its PDF and the hashes by which a file is recognised."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letters import Letter, LetterVersion
from ...models.vocabulary import N_
from ...reports.content import LANGUAGES, ContentError
from ...reports.content import Letter as Content
from ...reports.letter_data import to_data
from ...reports.letter_html import render_html
from ...reports.letter_pdf import render_pdf
from ...reports.pdf_fonts import MissingGlyph
from ..errors import NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..settings import AuthorityDetails
from .lay_out_letter import lay_out_letter


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(content: dict[str, Any]) -> bytes:
    """One form for one content: sorted keys, no blanks, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def freeze_letter(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    authority: AuthorityDetails,
    now: datetime,
) -> list[LetterVersion]:
    """Store the letter as it stands, in every language, as a new version. Older ones are kept.

    Raises NotPossibleNow when the content cannot be rendered.
    """
    last = db.scalar(select(func.max(LetterVersion.number)).where(LetterVersion.letter_id == letter.id))
    versions = []
    for language in LANGUAGES:
        try:
            content = lay_out_letter(
                db, inspection=inspection, letter=letter, language=language,  # type: ignore[arg-type]
                authority=authority, dated_on=now.astimezone(SWEDEN).date(),
            )  # fmt: skip
            version = _version(letter, content, (last or 0) + 1, actor, now)
        except MissingGlyph as fault:
            raise NotPossibleNow(
                N_("The letter holds a sign that cannot be printed: %(sign)s. Take it away."),
                {"sign": fault.character},
            ) from fault
        except ContentError as fault:
            raise NotPossibleNow(N_("The letter is not whole: %(what)s."), {"what": str(fault)}) from fault
        letter.versions.append(version)
        versions.append(version)
    db.flush()
    return versions


def _version(letter: Letter, content: Content, number: int, actor: Actor, now: datetime) -> LetterVersion:
    data = to_data(content)
    pdf = render_pdf(content)
    return LetterVersion(
        letter_id=letter.id,
        language=content.language,
        number=number,
        content=data,
        content_sha256=digest(canonical(data)),
        pdf=pdf,
        pdf_sha256=digest(pdf),
        html_sha256=digest(render_html(content).encode()),
        at=now,
        by_id=actor.user_id,
    )
