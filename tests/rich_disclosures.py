"""Two requests for documents in the fullest case: one that is being assessed, and one that is answered in part."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from tests.rich_account import MARKER, NOW
from tillsyn.inspect.exchange.painted_pictures import Area
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.answer_disclosure import (
    begin_disclosure,
    decide_refusal,
    hand_over,
    let_out,
    look_over,
    want_decision,
)
from tillsyn.inspect.services.assess_text import assess_text
from tillsyn.inspect.services.disclose_file import PICTURES, paint_over
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.freeze_texts import take_texts
from tillsyn.inspect.services.mask_text import mask_passages, settle_proposals
from tillsyn.inspect.services.texts_of_case import offered_texts
from tillsyn.inspect.settings import AuthorityDetails
from tillsyn.models.openness import DisclosureRequest
from tillsyn.models.openness_words import AskKind, Assessed, Ground, TextKind

OF_A_FILE = frozenset(
    f"disclosures.{name}"
    for name in ("original", "copy", "grid", "whole", "paint", "unpaint", "write_transcript")
)
OF_AN_ANSWER = frozenset(
    {"disclosures.file", "disclosures.sent_file", "received_requests.file", "received_requests.sent_file"}
)


@dataclass(frozen=True)
class RichDisclosures:
    open_id: UUID
    answered_id: UUID
    picture_id: UUID
    """The text of a photo in the request that is open."""
    sent_id: UUID
    """The text of a photo that went out with the answer."""

    def put_into(self, endpoint: str, values: dict[str, Any]) -> None:
        """What stands in the address of a page about a file, or about what left."""
        if endpoint in OF_AN_ANSWER:
            values["disclosure_id"] = self.answered_id
        if endpoint in ("disclosures.sent_file", "received_requests.sent_file"):
            values["text_id"] = self.sent_id
        if endpoint in OF_A_FILE:
            values["text_id"] = self.picture_id


def build_rich_disclosures(
    db: Session, dnr: str, actor: Actor, another: Actor, decider: Actor, authority: AuthorityDetails
) -> RichDisclosures:
    """Each of two statements and a photo; a sentence of the first is masked, and the marker stands wherever people
    wrote.
    """
    inspection = find_inspection(db, dnr)
    known = offered_texts(db, inspection)
    offered = [one for one in known if one.kind is TextKind.STATEMENT][:2]
    offered += [one for one in known if one.file is not None and one.file.media_type in PICTURES][:1]
    made: list[DisclosureRequest] = []
    for kind in (AskKind.GUARDIAN, AskKind.PUBLIC):
        request = begin_disclosure(
            db, actor=actor, inspection=inspection, kind=kind, came_on=NOW.date(),
            asked=f"Det barnen har sagt, {MARKER}.", reach=f"{MARKER}@exempel.se", now=NOW,
        )  # fmt: skip
        take_texts(
            db, actor=actor, inspection=inspection, disclosure_id=request.id, version=1,
            keys={one.key for one in offered}, now=NOW,
        )  # fmt: skip
        at = {"actor": actor, "inspection": inspection, "disclosure_id": request.id, "now": NOW}
        mask_passages(
            db, text_id=request.texts[0].id, ground=Ground.SOCIAL, reason=f"Pekar ut {MARKER}.",
            sentence_numbers={1}, **at,
        )  # fmt: skip
        made.append(request)
    first, answered = made
    at["disclosure_id"] = answered.id
    for text in answered.texts:
        settle_proposals(
            db,
            text_id=text.id,
            shown=[one.id for one in text.masks],
            to_mask=[],
            ground=None,
            reason="",
            **at,
        )
        assess_text(db, text_id=text.id, assessed=Assessed.FILE if text.kind.is_file else Assessed.OPEN, **at)
    hand_over(db, version=answered.version, **at)
    look_over(db, version=answered.version, **at | {"actor": another})
    let_out(db, version=answered.version, authority=authority, **at)
    want_decision(db, wanted_on=NOW.date(), **at)
    decide_refusal(db, reasons=f"Det gäller {MARKER}.", authority=authority, **at | {"actor": decider})
    assess_text(
        db, text_id=first.texts[1].id, assessed=Assessed.WITHHELD, ground=Ground.MINOR,
        reason=f"Barnet kan lida men, {MARKER}.", **at | {"disclosure_id": first.id},
    )  # fmt: skip
    paint_over(db, text_id=first.texts[2].id, area=Area(1, 3, 1, 3), **at | {"disclosure_id": first.id})
    first.remark = f"Maska även {MARKER}."
    db.flush()
    return RichDisclosures(first.id, answered.id, first.texts[2].id, answered.texts[2].id)
