"""Answer a case's divergence register, and decide a position: what a case needs on its way to review."""

from datetime import datetime

from sqlalchemy.orm import Session

from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.weighing import Position
from tillsyn.inspect.services.answer_divergence import answer_divergence, find_register
from tillsyn.inspect.services.answer_obstacle import answer_obstacle
from tillsyn.inspect.services.edit_paragraph import edit_paragraph
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.override_position import evidence_of, override_position
from tillsyn.inspect.services.weigh_inspection import weighed
from tillsyn.models.inspections import Inspection
from tillsyn.models.overrides import Override
from tillsyn.models.vocabulary import OverrideReason, RegisterAnswer

BECAUSE = "Vi tar upp det med hemmet i dialogen."
ADDED_TO = "children.talks"
"""The paragraph of the letter to which `add_a_sentence` adds."""

TO_PROTECT = "Att berätta det skulle peka ut den som sa det."


def answer_register(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> int:
    """Answer every entry that waits; gives how many there were.

    A theme that no finding is on is withheld: otherwise the letter itself would have to speak of it.
    """
    register = find_register(db, inspection)
    spoken_of = {line.entry.key for line in register.lines if line.findings or line.entry.theme is None}
    for entry in register.left:
        told = entry.key in spoken_of
        answer_divergence(
            db, actor=actor, inspection=inspection, key=entry.key, version=0,
            answer=RegisterAnswer.FOLLOWED_UP if told else RegisterAnswer.WITHHELD,
            reason=BECAUSE if told else TO_PROTECT, now=now,
        )  # fmt: skip
    return len(register.left)


def add_a_sentence(db: Session, *, actor: Actor, inspection: Inspection, now: datetime) -> None:
    """A sentence that rests on no evidence, with the reason why it stands."""
    talks = next(
        one for one in the_letter(db, inspection).paragraphs if (one.language, one.key) == ("sv", ADDED_TO)
    )
    edit_paragraph(
        db, actor=actor, inspection=inspection, paragraph_id=talks.id, version=talks.version,
        text=f"{talks.text} Vi satt i köket.", now=now,
    )  # fmt: skip
    answer_obstacle(
        db, actor=actor, inspection=inspection, key=f"sentence:sv:{ADDED_TO}", version=0,
        reason="Det visste vi själva, för det var där vi satt.", now=now,
    )  # fmt: skip


def decide_one_step_down(
    db: Session, *, actor: Actor, inspection: Inspection, why: str, now: datetime
) -> Override:
    """Decide the next lower position in the first area that has one below it; `why` begins the reason."""
    areas = weighed(db, inspection).result.areas.values()
    area = next(one for one in areas if (one.position or 0) > 1 and evidence_of(one))
    return override_position(
        db, actor=actor, inspection=inspection, area=area.area,
        decided=Position((area.position or 0) - 1), reason_code=OverrideReason.CONTEXT,
        text=f"{why} Vi ser allvarligare på det här än vad metoden gör, eftersom flera säger samma sak.",
        evidence=sorted(evidence_of(area)), now=now,
    )  # fmt: skip
