"""The inspector of the example decides about each word of a letter that may tell who somebody is."""

from datetime import datetime

from ...models.inspections import Inspection
from ...models.letter_vocabulary import LetterKind, MarkKind, TickChoice
from ..rules.access import Actor
from ..services.check_identities import open_marks
from ..services.find_letter import the_letter
from ..services.tick_identities import tick_identities
from .story import Story

USUAL = "Det sägs i allmänhet och pekar inte ut någon."
REASONS: dict[MarkKind, str] = {
    MarkKind.FEW: "Verksamheten vet det redan, och det säger inget om vad någon har berättat.",
    MarkKind.DATE: "Dagen är känd av verksamheten och säger inget om vem som har berättat.",
    MarkKind.PLACE: "Platsen är känd och säger inget om någon enskild.",
    MarkKind.UNIQUE: "Det handlar om hur verksamheten arbetar, inte om någon enskild.",
    MarkKind.CAPITAL: "Det är inget namn på en person.",
}


def decide_identities(
    story: Story, case: Inspection, actor: Actor, *, at: datetime, kind: LetterKind = LetterKind.FEEDBACK
) -> None:
    """Keep every marked word of the letter, each with the reason why nobody is recognised by it."""
    letter = the_letter(story.db, case, kind)
    names: dict[str, set[str]] = {}
    for one in open_marks(story.db, case, letter):
        names.setdefault(REASONS.get(one.mark.kind, USUAL), set()).add(one.name)
    for reason, chosen in names.items():
        tick_identities(
            story.db, actor=actor, inspection=case, names=chosen, choice=TickChoice.KEEP, reason=reason,
            now=at, kind=kind,
        )  # fmt: skip
    story.db.flush()
