"""What the inspectors of the example answer to what children bring up and the checks do not show."""

from datetime import datetime, timedelta

from ...models.inspections import Inspection
from ...models.vocabulary import RegisterAnswer
from ..rules.access import Actor
from ..services.answer_divergence import answer_divergence, find_register
from .story import Story

Given = tuple[RegisterAnswer, str]

ON_THEME: dict[str, Given] = {
    "kontinuitet": (
        RegisterAnswer.AGREED,
        "De unga har rätt: vikarierna märks varje vecka. Brevet tar upp det under bemanning.",
    ),
    "psykisk_halsa": (
        RegisterAnswer.FOLLOWED_UP,
        "Vi frågar om det igen vid uppföljningen, i enskilda samtal.",
    ),
    "mat": (
        RegisterAnswer.OUTSIDE_REMIT,
        "Inget krav gäller maten. Vi för önskemålet vidare i dialogen med hemmet.",
    ),
    "fritid": (
        RegisterAnswer.AGREED,
        "Det är en styrka som vi lyfter fram, fast inget krav gäller den.",
    ),
    "rum": (
        RegisterAnswer.AGREED,
        "De unga är nöjda med sina rum, och det såg vi också själva.",
    ),
    "skolgang": (
        RegisterAnswer.AGREED,
        "Skolgången fungerar. Vi kan inte kräva den av hemmet men nämner den i brevet.",
    ),
    "laxhjalp": (
        RegisterAnswer.AGREED,
        "Läxhjälpen uppskattas, och brevet säger det som en styrka.",
    ),
    "vanner": (
        RegisterAnswer.AGREED,
        "Att få ta emot vänner är viktigt för de unga. Brevet lyfter det som en styrka.",
    ),
}

OTHERWISE: Given = (
    RegisterAnswer.AGREED,
    "Vår bild är densamma som deras som berättade. Den finns med i det vi skriver om området.",
)


def answer_the_register(story: Story, case: Inspection, actor: Actor, *, at: datetime) -> None:
    """Answer each entry that waits, a few minutes apart."""
    for number, entry in enumerate(find_register(story.db, case).left):
        answer, reason = ON_THEME.get(entry.theme or "", OTHERWISE)
        answer_divergence(
            story.db,
            actor=actor,
            inspection=case,
            key=entry.key,
            version=0,
            answer=answer,
            reason=reason,
            now=at + timedelta(minutes=3 * number),
        )
