"""Somebody is told that their ways in have been changed, or that somebody is close to having them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.notices import NoticeKind
from .tell import tell


def tell_of_changed_ways(db: Session, user_id: UUID, *, now: datetime) -> None:
    """A password, passkey, second factor or tie was added, changed or taken away; by whom is not asked."""
    tell(db, users=[user_id], kind=NoticeKind.WAYS_IN_CHANGED, now=now)


def tell_of_guessed_codes(db: Session, user_id: UUID, *, now: datetime) -> None:
    """So many codes were wrong that no more are taken for a while; all after the right password."""
    tell(db, users=[user_id], kind=NoticeKind.CODES_GUESSED, now=now)
