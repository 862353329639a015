"""The passkeys of a person: asked for, kept, listed, taken away; and the questions that devices sign."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.vocabulary import N_
from ...models.ways_in import Passkey, PasskeyChallenge
from ..errors import Conflict, Invalid, NotFound, NotPossibleNow
from ..outside.passkeys import NewPasskey
from ..rules.access import Actor
from .record_event import record_event
from .tell_of_ways_in import tell_of_changed_ways

ANSWER_WITHIN = timedelta(minutes=10)
MOST_PASSKEYS = 20
TOO_LATE = N_("It took too long, or the page is old. Try once more.")


def ask_challenge(db: Session, *, now: datetime) -> PasskeyChallenge:
    """A new question for a device to sign; those that nobody answered in time go."""
    db.execute(delete(PasskeyChallenge).where(PasskeyChallenge.at < now - ANSWER_WITHIN))
    asked = PasskeyChallenge(challenge=secrets.token_bytes(32), at=now)
    db.add(asked)
    db.flush()
    return asked


def take_challenge(db: Session, *, challenge_id: str, now: datetime) -> bytes:
    """The question with this id, which cannot be answered again. Raises Invalid for none, or an old one."""
    try:
        key = UUID(challenge_id)
    except ValueError:
        raise Invalid(TOO_LATE) from None
    asked = db.get(PasskeyChallenge, key)
    if asked is None or asked.at < now - ANSWER_WITHIN:
        raise Invalid(TOO_LATE)
    challenge = asked.challenge
    db.delete(asked)
    db.flush()
    return challenge


def list_passkeys(db: Session, user_id: UUID) -> Sequence[Passkey]:
    return db.scalars(select(Passkey).where(Passkey.user_id == user_id).order_by(Passkey.id)).all()


def keep_passkey(db: Session, *, actor: Actor, passkey: NewPasskey, name: str = "", now: datetime) -> Passkey:
    """Keep the public half of a key for the actor. Raises Conflict (known already), NotPossibleNow (many)."""
    if db.scalar(select(Passkey.id).where(Passkey.credential_id == passkey.credential_id)):
        raise Conflict(N_("That passkey is in use already."))
    there = db.scalar(select(func.count()).where(Passkey.user_id == actor.user_id)) or 0
    if there >= MOST_PASSKEYS:
        raise NotPossibleNow(N_("You have many passkeys already. Take away one that you do not use."))
    kept = Passkey(
        user_id=actor.user_id,
        credential_id=passkey.credential_id,
        public_key=passkey.public_key,
        sign_count=passkey.sign_count,
        name=name.strip()[:100],
        made_at=now,
    )
    db.add(kept)
    db.flush()
    record_event(db, EventKind.PASSKEY_ADDED, actor=actor, now=now, passkey=kept.id)
    tell_of_changed_ways(db, actor.user_id, now=now)
    return kept


def remove_passkey(db: Session, *, actor: Actor, passkey_id: UUID, now: datetime) -> None:
    """Take a passkey away. Raises NotFound, or NotPossibleNow for the last way in."""
    found = db.get(Passkey, passkey_id)
    if found is None or found.user_id != actor.user_id:
        raise NotFound(N_("There is no such passkey."))
    user = db.get_one(User, actor.user_id)
    if not user.password_hash and len(list_passkeys(db, actor.user_id)) == 1:
        raise NotPossibleNow(N_("This is your only way to sign in. Choose a password first."))
    db.delete(found)
    record_event(db, EventKind.PASSKEY_REMOVED, actor=actor, now=now, passkey=found.id)
    tell_of_changed_ways(db, actor.user_id, now=now)
    db.flush()
