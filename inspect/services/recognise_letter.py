"""Whether a file, or a number, is that of a letter of ours: to staff who verify, and to anybody who asks.

Anybody is told only of what has been sent: before that a letter is unknown to the public, as if there were
none (OSL 17 kap. 1 §: an inspection that is planned must not be betrayed). And only what kind of letter it
is, when it was made and whether a newer version has been sent; never about whom.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, or_, select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind
from ...models.letters import Letter, LetterVersion
from ...models.people import SignInAttempt
from ...models.vocabulary import N_
from ..errors import NotPossibleNow
from ..outside.clock import SWEDEN
from ..rules.letter_numbers import read_number

WINDOW = timedelta(minutes=15)
LIMIT_PER_ORIGIN = 30
"""Files and numbers that were no letter of ours, from one address in that time."""

NO_NUMBER = ""


class TooManyQuestions(NotPossibleNow):
    """Too many letters that are not ours were asked about from there lately."""


WAIT = N_("Too many attempts. Wait %(minutes)s minutes and try again.")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A frozen letter, whose it is, and the version that has come in its place, if any."""

    version: LetterVersion
    letter: Letter
    inspection: Inspection
    newer: LetterVersion | None


@dataclass(frozen=True, slots=True)
class Genuine:
    """All that anybody may know of a letter that was sent."""

    kind: LetterKind
    made_on: date
    is_replaced: bool


def recognise(db: Session, data: bytes) -> Recognised | None:
    """The frozen letter that this file is, unchanged, as PDF, HTML or DOCX; None when it is not one."""
    return _found(db, _is_file(data))


def tell_of_file(db: Session, data: bytes, *, origin: str, secret_key: str, now: datetime) -> Genuine | None:
    """What anybody may know of the letter in a file; None: no letter of ours, changed, or not sent.

    Raises TooManyQuestions. Commit afterwards: what is not ours is counted.
    """
    return _tell(db, _is_file(data), origin, secret_key, now)


def tell_of_number(db: Session, typed: str, *, origin: str, secret_key: str, now: datetime) -> Genuine | None:
    """As tell_of_file, by the number in the letter's head. One that cannot be a number is asked for too."""
    number = read_number(typed) or NO_NUMBER
    return _tell(db, LetterVersion.letter_number == number, origin, secret_key, now)


def _tell(
    db: Session, which: ColumnElement[bool], origin: str, secret_key: str, now: datetime
) -> Genuine | None:
    place = hmac.new(secret_key.encode(), f"letter:{origin}".encode(), hashlib.sha256).digest()
    db.execute(delete(SignInAttempt).where(SignInAttempt.at < now - WINDOW))
    missed = select(func.count()).select_from(SignInAttempt).where(SignInAttempt.origin_hash == place)
    if (db.scalar(missed) or 0) >= LIMIT_PER_ORIGIN:
        raise TooManyQuestions(WAIT, {"minutes": int(WINDOW.total_seconds() // 60)})
    found = _found(db, which, LetterVersion.sent_at.is_not(None))
    if found is None:
        db.add(SignInAttempt(account_hash=place, origin_hash=place, at=now))
        return None
    return Genuine(
        kind=found.letter.kind,
        made_on=found.version.at.astimezone(SWEDEN).date(),
        is_replaced=found.newer is not None,
    )


def _is_file(data: bytes) -> ColumnElement[bool]:
    fingerprint = hashlib.sha256(data).hexdigest()
    return or_(
        LetterVersion.pdf_sha256 == fingerprint,
        LetterVersion.html_sha256 == fingerprint,
        LetterVersion.docx_sha256 == fingerprint,
    )


def _found(db: Session, *conditions: ColumnElement[bool]) -> Recognised | None:
    """The letter, and the newest version after it that holds to the conditions but the first."""
    row = db.execute(
        select(LetterVersion, Letter, Inspection)
        .join(Letter, Letter.id == LetterVersion.letter_id)
        .join(Inspection, Inspection.id == Letter.inspection_id)
        .where(*conditions)
        .order_by(LetterVersion.at.desc())
    ).first()
    if row is None:
        return None
    version, letter, inspection = row
    newer = db.scalar(
        select(LetterVersion)
        .where(
            LetterVersion.letter_id == version.letter_id,
            LetterVersion.language == version.language,
            LetterVersion.number > version.number,
            *conditions[1:],
        )
        .order_by(LetterVersion.number.desc())
        .limit(1)
    )
    return Recognised(version, letter, inspection, newer)
