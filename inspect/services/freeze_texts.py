"""Take texts of a case into a request for documents: each is frozen as it stands, and masks are proposed.

What is offered stands in one list (rules/case_texts.py). A file is known by its bytes; what stands for it in
the answer, and a transcript of it, is a text like the others.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.openness_words import OpennessWords
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.openness import DisclosureMask, DisclosureRequest, DisclosureText
from ...models.openness_words import MaskState, TextKind
from ...models.vocabulary import N_
from ..errors import Invalid
from ..rules.access import Actor
from ..rules.masking import whole_words
from ..rules.openness import is_read_through
from ..rules.reidentification import Guard, Passage
from .find_disclosure import changed, to_change
from .gather_roster import gather_roster
from .guard_words import lexicon_of
from .record_event import record_event
from .texts_of_case import Offered, offered_texts


def take_texts(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    disclosure_id: UUID,
    version: int,
    keys: Collection[str] = (),
    kinds: Collection[TextKind] = (),
    words: OpennessWords | None = None,
    now: datetime,
) -> DisclosureRequest:
    """Freeze the chosen texts, and all of the chosen kinds, and propose masks.

    Those that are chosen no longer go, with their masks.
    Raises NotAllowed, NotFound, NotPossibleNow, Conflict, and Invalid when nothing is chosen.
    """
    request = to_change(db, actor, inspection, disclosure_id, version)
    known = offered_texts(db, inspection, but=request.id, words=words, now=now)
    offered = [one for one in known if one.key in keys or one.kind in kinds]
    if not offered:
        raise Invalid(N_("Choose at least one text."), {"field": "texts"})
    kept = {f"{one.kind.value}.{one.source_id}": one for one in request.texts}
    request.texts = [one for key, one in kept.items() if key in {new.key for new in offered}]
    guard = guard_of(db, inspection)
    for position, new in enumerate(offered):
        text = kept.get(new.key) or _frozen(request, new)
        text.position = position
        if new.key not in kept:
            request.texts.append(text)
            text.masks = list(proposals(guard, text)) if is_read_through(request.kind, new.kind) else []
    changed(request)
    db.flush()
    record_event(
        db, EventKind.DISCLOSURE_TEXTS_TAKEN, actor=actor, now=now, inspection_id=inspection.id,
        disclosure=request.id, number=len(offered),
    )  # fmt: skip
    return request


def guard_of(db: Session, inspection: Inspection) -> Guard:
    """The guard that reads letters, with the names that it knows of this case."""
    return Guard(gather_roster(db, inspection), lexicon_of(inspection.pack))


def proposals(guard: Guard, text: DisclosureText) -> Sequence[DisclosureMask]:
    """What the guard would ask a person about, as ranges over whole words; each once."""
    said = text.text
    made: dict[tuple[int, int], DisclosureMask] = {}
    for mark in guard.look(Passage(said)):
        start, end = whole_words(said, mark.start, mark.end)
        if start < end and (start, end) not in made:
            made[start, end] = DisclosureMask(
                text_id=text.id, start=start, end=end, state=MaskState.PROPOSED, found=mark.kind
            )
    return list(made.values())


def _frozen(request: DisclosureRequest, new: Offered) -> DisclosureText:
    made = DisclosureText(
        request_id=request.id, kind=new.kind, source_id=new.source_id, dated_on=new.dated_on, position=0,
        file_sha256=new.file and new.file.sha256,
    )  # fmt: skip
    made.text = new.text
    return made
