"""Mask passages of a frozen text, by hand and as the program proposes (TF 2 kap. 15 §).

Each mask has a section of the law and a reason. What is proposed is masked or left open by a person.
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.openness import DisclosureMask, DisclosureRequest, DisclosureText
from ...models.openness_words import Ground, MaskState
from ...models.vocabulary import N_
from ..errors import Invalid, NotFound, NotPossibleNow
from ..rules.access import Actor
from ..rules.masking import places_of, sentences_of, whole_words, words_of
from ..rules.openness import is_always_shown
from .find_disclosure import changed, proposed, text_of, to_change
from .record_event import record_event

LONGEST = 2_000
SHORTEST = 5
PARTY_SEES = N_("A party always sees the decision: nothing in it may be masked (OSL 10:3).")


def mask_passages(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    text_id: UUID,
    ground: Ground,
    reason: str,
    words: str = "",
    sentence_numbers: Collection[int] = (),
    word_numbers: Collection[int] = (),
    now: datetime,
) -> int:
    """Mask by hand: words wherever they stand, whole sentences, or words by number. Gives how many places.

    Raises NotAllowed, NotFound, NotPossibleNow, and Invalid that names the field.
    """
    request, text = text_to_change(db, actor, inspection, disclosure_id, text_id)
    said = text.text
    by_hand = places_of(said, words) if words.strip() else ()
    if words.strip() and not by_hand:
        raise Invalid(
            N_("These words do not stand in the text. Write them as they stand."), {"field": "words"}
        )
    ranges = {
        *by_hand,
        *((one.start, one.end) for one in sentences_of(said) if one.number in sentence_numbers),
        *((one.start, one.end) for one in words_of(said) if one.number in word_numbers),
    }
    if not ranges:
        raise Invalid(N_("Write words, or tick sentences, that are to be masked."), {"field": "words"})
    why = checked_reason(reason)
    for start, end in sorted(ranges):
        _stand(text, *whole_words(said, start, end), ground, why, actor, now)
    changed(request)
    db.flush()
    record_event(
        db, EventKind.DISCLOSURE_MASKED, actor=actor, now=now, inspection_id=inspection.id,
        disclosure=request.id, text=text.id, ground=ground.value, number=len(ranges),
    )  # fmt: skip
    return len(ranges)


def take_mask_away(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    text_id: UUID,
    mask_id: UUID,
    now: datetime,
) -> None:
    """Take a mask away; one that was proposed is then left open. Raises as mask_passages."""
    request, text = text_to_change(db, actor, inspection, disclosure_id, text_id)
    mask = next((one for one in text.masks if one.id == mask_id and one.state is MaskState.STANDS), None)
    if mask is None:
        raise NotFound(N_("There is no such mask in this text."))
    ground = mask.ground
    if mask.found is None:
        text.masks.remove(mask)
    else:
        _leave_open(mask, actor, now)
    changed(request)
    db.flush()
    record_event(
        db, EventKind.DISCLOSURE_UNMASKED, actor=actor, now=now, inspection_id=inspection.id,
        disclosure=request.id, text=text.id, ground=ground.value if ground else "",
    )  # fmt: skip


def settle_proposals(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    text_id: UUID,
    shown: Iterable[UUID],
    to_mask: Collection[UUID],
    ground: Ground | None,
    reason: str,
    now: datetime,
) -> int:
    """Of the proposals that were shown, mask those that are ticked and leave the others open.

    Gives how many were masked. Raises as mask_passages.
    """
    request, text = text_to_change(db, actor, inspection, disclosure_id, text_id)
    seen = set(shown)
    waiting = [one for one in proposed(text) if one.id in seen]
    chosen = [one for one in waiting if one.id in to_mask]
    if chosen and ground is None:
        raise Invalid(N_("Choose the section that the masks rest on."), {"field": "ground"})
    why = checked_reason(reason) if chosen else ""
    for one in waiting:
        if one in chosen and ground is not None:
            _stand(text, one.start, one.end, ground, why, actor, now)
        else:
            _leave_open(one, actor, now)
    changed(request)
    db.flush()
    record_event(
        db, EventKind.DISCLOSURE_PROPOSALS_SETTLED, actor=actor, now=now, inspection_id=inspection.id,
        disclosure=request.id, text=text.id, number=len(chosen), left_open=len(waiting) - len(chosen),
    )  # fmt: skip
    return len(chosen)


def text_to_change(
    db: Session,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    text_id: UUID,
    *,
    open_always: bool = False,
) -> tuple[DisclosureRequest, DisclosureText]:
    """The text, in a request that is locked. A party sees the decision whole (OSL 10 kap. 3 §)."""
    request = to_change(db, actor, inspection, disclosure_id)
    text = text_of(request, text_id)
    if is_always_shown(request.kind, text.kind) and not open_always:
        raise NotPossibleNow(PARTY_SEES)
    return request, text


def _stand(
    text: DisclosureText, start: int, end: int, ground: Ground, reason: str, actor: Actor, now: datetime
) -> None:
    """One mask a range: a proposal for it becomes the mask, and a mask on it gets the new ground."""
    mask = next((one for one in text.masks if (one.start, one.end) == (start, end)), None)
    if mask is None:
        mask = DisclosureMask(text_id=text.id, start=start, end=end)
        text.masks.append(mask)
    mask.state, mask.ground, mask.reason = MaskState.STANDS, ground, reason
    mask.at, mask.by_id = now, actor.user_id


def _leave_open(mask: DisclosureMask, actor: Actor, now: datetime) -> None:
    mask.state, mask.ground, mask.reason_sealed = MaskState.LEFT_OPEN, None, None
    mask.at, mask.by_id = now, actor.user_id


def checked_reason(text: str) -> str:
    """Why something is kept back, in a few words. Raises Invalid."""
    text = text.strip()
    if len(text) < SHORTEST:
        raise Invalid(N_("Write in a few words why it is secret."), {"field": "reason"})
    if len(text) > LONGEST:
        raise Invalid(
            N_("Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text."),
            {"field": "reason", "count": len(text), "limit": LONGEST},
        )
    return text
