"""Freeze a letter as it leaves: its content, its files and the hashes by which they are recognised."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letters import Letter, LetterVersion
from ...models.register import Committee
from ...models.vocabulary import N_
from ...reports.content import ContentError
from ...reports.content import Letter as Content
from ...reports.letter_data import to_data
from ..errors import NotPossibleNow
from ..outside.clock import SWEDEN
from ..outside.seal import SealFault, sealer_with
from ..rules.access import Actor
from ..rules.letter_kinds import KINDS, Reader
from ..rules.letter_numbers import new_number
from ..settings import AuthorityDetails
from .lay_out_letter import lay_out_letter
from .letter_files import FORMATS, digest, render_content
from .route_to_committees import committees_to_write_to
from .say_what_lacks import not_whole


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
    """Store the letter as it stands, in every language of its kind, as a new version. Older ones are kept.

    To committees there is one version for each, with its own points.

    Raises NotPossibleNow when the content cannot be rendered.
    """
    last = db.scalar(select(func.max(LetterVersion.number)).where(LetterVersion.letter_id == letter.id))
    versions = []
    for number, committee in enumerate(_readers(db, inspection, letter), start=(last or 0) + 1):
        for language in KINDS[letter.kind].languages:
            try:
                content = lay_out_letter(
                    db, inspection=inspection, letter=letter, language=language,  # type: ignore[arg-type]
                    authority=authority, dated_on=now.astimezone(SWEDEN).date(), committee=committee,
                )  # fmt: skip
            except ContentError as fault:
                raise not_whole(fault) from fault
            version = freeze_content(letter, content, number, actor=actor, authority=authority, now=now)
            version.committee_id = committee.id if committee else None
            versions.append(version)
    db.flush()
    return versions


def _readers(db: Session, inspection: Inspection, letter: Letter) -> Sequence[Committee | None]:
    """The committees that it goes to, each with a version of its own; [None] for every other kind."""
    if KINDS[letter.kind].reader is not Reader.COMMITTEES:
        return [None]
    found = committees_to_write_to(db, inspection.id)
    if not found:
        raise NotPossibleNow(N_("Say first which committee each point goes to."))
    return found


def freeze_content(
    letter: Letter,
    content: Content,
    number: int,
    *,
    actor: Actor,
    authority: AuthorityDetails,
    now: datetime,
) -> LetterVersion:
    """The content as version `number` of the letter, with a letter number; sealed where there is a seal.

    Raises NotPossibleNow when it cannot be rendered, or not sealed.
    """
    content = replace(content, number=new_number(secrets.choice))
    data = to_data(content)
    sealer = sealer_with(authority.seal)
    files = {form: render_content(content, form, to_be_sealed=sealer is not None) for form in FORMATS}
    if sealer is not None:
        try:
            files["pdf"] = sealer.seal(files["pdf"], at=now)
        except SealFault as fault:
            raise NotPossibleNow(N_("The letter cannot be sealed: %(why)s."), {"why": str(fault)}) from fault
    docx = files.get("docx")
    version = LetterVersion(
        letter_id=letter.id,
        language=content.language,
        number=number,
        letter_number=content.number,
        content=data,
        content_sha256=digest(canonical(data)),
        pdf=files["pdf"],
        pdf_sha256=digest(files["pdf"]),
        html=files["html"],
        html_sha256=digest(files["html"]),
        docx=docx,
        docx_sha256=digest(docx) if docx else "",
        at=now,
        by_id=actor.user_id,
    )
    letter.versions.append(version)
    return version
