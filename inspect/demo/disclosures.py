"""Two requests for documents in the case from last year: one is answered, and one waits to be masked."""

from datetime import datetime
from typing import Any

from ...models.inspections import Inspection
from ...models.openness import DisclosureRequest
from ...models.openness_words import AskKind, Assessed, Ground, TextKind
from ..rules.access import Actor
from ..services.answer_disclosure import begin_disclosure, hand_over, let_out, look_over
from ..services.assess_text import assess_text
from ..services.freeze_texts import take_texts
from ..services.mask_text import mask_passages, settle_proposals
from ..services.texts_of_case import offered_texts
from .story import Story

WHY = "Uppgiften kan leda till ett barn eller till någon som arbetar där."


def ask_for_what_was_said(story: Story, case: Inspection, lead: Actor, decider: Actor) -> None:
    """Somebody has asked for what children and staff told; today a guardian asks for the same."""
    then = story.at(-20, 9)
    answered = _begun(story, case, lead, AskKind.PUBLIC, "Det som barn och personal har berättat.", then)
    at: dict[str, Any] = {"actor": lead, "inspection": case, "disclosure_id": answered.id, "now": then}
    for number, text in enumerate(answered.texts):
        if number == 0:
            mask_passages(
                story.db, text_id=text.id, ground=Ground.SOCIAL, reason=WHY, sentence_numbers={1}, **at
            )
        proposals = [mask.id for mask in text.masks if mask.ground is None]
        settle_proposals(
            story.db,
            text_id=text.id,
            shown=proposals,
            to_mask=proposals,
            ground=Ground.SOCIAL,
            reason=WHY,
            **at,
        )
        assess_text(story.db, text_id=text.id, assessed=Assessed.OPEN, **at)
    hand_over(story.db, version=answered.version, **at)
    look_over(story.db, version=answered.version, **{**at, "actor": decider})
    let_out(story.db, version=answered.version, authority=story.authority, **at)
    _begun(story, case, lead, AskKind.GUARDIAN, "Vad mitt barn har sagt om hemmet.", story.at(0, 8))


def _begun(
    story: Story, case: Inspection, lead: Actor, kind: AskKind, asked: str, now: datetime
) -> DisclosureRequest:
    request = begin_disclosure(
        story.db, actor=lead, inspection=case, kind=kind, came_on=now.date(), asked=asked, now=now
    )
    said = [one.key for one in offered_texts(story.db, case) if one.kind is TextKind.STATEMENT][:4]
    return take_texts(
        story.db, actor=lead, inspection=case, disclosure_id=request.id, version=request.version, keys=said,
        now=now,
    )  # fmt: skip
