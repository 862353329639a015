"""Decide of one text or file what goes out. Each is assessed by itself (TF 2 kap. 15 §, OSL 12 kap. 3 §)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.openness import DisclosureText
from ...models.openness_words import Assessed, Ground
from ...models.vocabulary import N_
from ..errors import Invalid
from ..rules.access import Actor
from ..rules.openness import choices_for
from .disclose_file import has_transcript
from .find_disclosure import changed
from .mask_text import checked_reason, text_to_change
from .record_event import record_event

WHOLE = frozenset({Assessed.OPEN, Assessed.FILE})


def assess_text(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    text_id: UUID,
    assessed: Assessed,
    ground: Ground | None = None,
    reason: str = "",
    now: datetime,
) -> None:
    """Decide of one text whether it goes out with its masks, or nothing of it does.

    Of a file: whether it goes out as it is, as a copy that is painted over, as a transcript, or not.

    Raises NotAllowed, NotFound, NotPossibleNow, and Invalid that names the field.
    """
    request, text = text_to_change(
        db, actor, inspection, disclosure_id, text_id, open_always=assessed in WHOLE
    )
    _check(text, assessed)
    if assessed.keeps_something_back:
        if ground is None:
            raise Invalid(N_("Choose the section that it rests on."), {"field": "ground"})
        text.reason, text.ground = checked_reason(reason), ground
    else:
        text.reason_sealed, text.ground = None, None
    text.assessed, text.assessed_at, text.assessed_by_id = assessed, now, actor.user_id
    changed(request)
    db.flush()
    record_event(
        db, EventKind.DISCLOSURE_TEXT_ASSESSED, actor=actor, now=now, inspection_id=inspection.id,
        disclosure=request.id, text=text.id, assessed=assessed.value,
        **({"ground": text.ground.value} if text.ground else {}),
    )  # fmt: skip


def _check(text: DisclosureText, assessed: Assessed) -> None:
    if assessed not in choices_for(text.kind):
        raise Invalid(N_("Choose what goes out of this text."), {"field": "assessed"})
    if assessed is Assessed.COPY and text.copy_sealed is None:
        raise Invalid(
            N_("There is no copy yet. Paint over what is secret in the picture first."), {"field": "assessed"}
        )
    if assessed is Assessed.TRANSCRIPT and not has_transcript(text):
        raise Invalid(
            N_("There is no transcript yet. Write what the file says or shows first."), {"field": "assessed"}
        )
