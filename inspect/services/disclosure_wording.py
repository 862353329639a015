"""What a paper of disclosure says, in plain Swedish: what goes out, what does not and why, what one may do.

The texts of the case arrive masked. Nothing here knows a word of what was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...interview_guides.openness_words import OpennessWords
from ...models.openness_words import AskKind, AskOutcome, Ground, TextKind
from ...reports.disclosure_pdf import Paper, PaperPart
from ...reports.wording import wording


@dataclass(frozen=True, slots=True)
class Sender:
    """The authority as it stands on the paper."""

    name: str
    unit: str
    contact: tuple[str, ...]
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One text as it goes out, masked already."""

    kind: TextKind
    dated_on: date | None
    text: str


def disclosure(
    sender: Sender,
    words: OpennessWords,
    *,
    dnr: str,
    ask: AskKind,
    came_on: date,
    left_on: date,
    outcome: AskOutcome,
    texts: Sequence[Shown],
    grounds: Sequence[Ground],
) -> Paper:
    """The paper with what goes out of a case; `grounds`: the sections that anything is masked on."""
    on = wording("sv").on
    parts = [PaperPart("Vårt svar", (words.one("answers", outcome.value),))]
    if grounds:
        why = words.one("why_refused" if outcome is AskOutcome.REFUSED else "why_masked")
        parts.append(PaperPart(why, (words.one("what_sections_mean"),), _meanings(words, grounds)))
        parts.append(
            PaperPart(words.one("decision_offered"), words.many("may_ask_for_a_decision"), boxed=True)
        )
    if outcome is not AskOutcome.REFUSED:
        for number, one in enumerate(texts, start=1):
            day = f", {on(one.dated_on)}" if one.dated_on else ""
            parts.append(
                PaperPart(f"{number}. {words.one('kinds', one.kind.value)}{day}", (one.text,), given=True)
            )
    return Paper(
        sender=sender.name,
        unit=sender.unit,
        reference=dnr,
        kind="Svar på en begäran om handlingar",
        title=f"Handlingar i ärende {dnr}",
        rows=(
            ("Diarienummer", dnr),
            ("Begäran", words.one("asks", ask.value)),
            ("Kom in", on(came_on)),
            ("Besvarad", on(left_on)),
            ("Svar", words.one("outcomes", outcome.value)),
            ("Antal handlingar", str(len(texts))),
        ),
        parts=tuple(parts),
        contact=sender.contact,
        colour=sender.colour,
    )


def refusal(
    sender: Sender,
    words: OpennessWords,
    *,
    dnr: str,
    ask: AskKind,
    came_on: date,
    wanted_on: date,
    decided_on: date,
    outcome: AskOutcome,
    reasons: str,
    grounds: Sequence[Ground],
    decider: str,
) -> Paper:
    """The authority's decision not to disclose, with reasons (FL 32 §) and how to appeal (FL 33 §)."""
    on = wording("sv").on
    decided = words.one("refused").format(
        extent=words.one("extents", outcome.value), sections=_listed([one.cited for one in grounds])
    )
    return Paper(
        sender=sender.name,
        unit=sender.unit,
        reference=dnr,
        kind="Beslut",
        title=f"Beslut att inte lämna ut uppgifter i ärende {dnr}",
        rows=(
            ("Diarienummer", dnr),
            ("Begäran", words.one("asks", ask.value)),
            ("Kom in", on(came_on)),
            ("Beslut begärt", on(wanted_on)),
            ("Beslut fattat", on(decided_on)),
            ("Fattat av", decider),
        ),
        parts=(
            PaperPart("Beslut", (decided,)),
            PaperPart("Skälen för beslutet", (reasons,), _meanings(words, grounds)),
            PaperPart(words.one("how_to_appeal"), words.many("where_to_appeal"), words.many("appeal_steps")),
            PaperPart(words.one("after_appeal_heading"), words.many("after_appeal")),
        ),
        contact=sender.contact,
        colour=sender.colour,
    )


def _listed(said: Sequence[str]) -> str:
    return " och ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def _meanings(words: OpennessWords, grounds: Sequence[Ground]) -> tuple[str, ...]:
    return tuple(f"{one.cited}: {words.one('grounds', one.value)}" for one in grounds)
