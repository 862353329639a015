"""What a paper of disclosure says, in plain Swedish: what goes out, what does not and why, what one may do.

The texts of the case arrive masked. Nothing here knows a word of what was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ...models.openness_words import AskKind, AskOutcome, Ground, TextKind
from ...reports.disclosure_pdf import Paper, PaperPart
from ...reports.wording import wording

NAMES = {
    TextKind.LETTER: "Brev som har skickats",
    TextKind.DECISION: "Beslut",
    TextKind.TALK_NOTE: "Anteckning från ett samtal",
    TextKind.STATEMENT: "Uppgift från ett samtal",
    TextKind.EVIDENCE: "Uppgift från en iakttagelse eller ett dokument",
    TextKind.MEETING_NOTE: "Anteckning från ett möte med verksamheten",
    TextKind.REPLY: "Verksamhetens svar",
}
MEANINGS = {
    Ground.SOCIAL: "någons personliga förhållanden, i socialtjänsten och i tillsynen över den",
    Ground.TOLD_BY: "vem som har anmält eller berättat något om någon",
    Ground.ADDRESS_OF_HOME: "var ett skyddat boende ligger",
    Ground.MINOR: "uppgifter om ett barn som inte lämnas till vårdnadshavaren",
    Ground.PARTY_LIMIT: "uppgifter som av synnerlig vikt inte lämnas till en part",
    Ground.INSPECTION_PLAN: "hur en inspektion är planerad",
    Ground.HEALTH: "någons hälsa eller sexualliv",
    Ground.THREATENED: "var någon som är hotad bor eller finns",
    Ground.BUSINESS: "affärs- och driftförhållanden i verksamheten",
}
BY_WHAT_RIGHT = {
    AskKind.PUBLIC: "Begäran om allmänna handlingar (2 kap. tryckfrihetsförordningen)",
    AskKind.PARTY: "Begäran om insyn av den som är part (10 § förvaltningslagen)",
    AskKind.CHILD: "Begäran av det barn som uppgifterna gäller",
    AskKind.GUARDIAN: "Begäran av en vårdnadshavare",
    AskKind.SPOKEN_OF: "Begäran av den som uppgifterna gäller",
}
SAID_OF = {
    AskOutcome.WHOLE: "Du får allt du har bett om. Ingenting är maskerat.",
    AskOutcome.PARTLY: "Du får det du har bett om, utom de delar som är hemliga enligt lag. Där något inte"
    " lämnas ut står ordet maskerat och den paragraf som det beror på.",
    AskOutcome.REFUSED: "Det du har bett om är hemligt enligt lag. Vi kan därför inte lämna ut något av det.",
}
ANSWERED = {
    AskOutcome.WHOLE: "Lämnas ut i sin helhet",
    AskOutcome.PARTLY: "Lämnas ut delvis",
    AskOutcome.REFUSED: "Lämnas inte ut",
}
MAY_ASK_FOR_A_DECISION = (
    "Om du inte är nöjd kan du be oss om ett skriftligt beslut av myndigheten (6 kap. 3 § offentlighets- och"
    " sekretesslagen). Beslutet kostar ingenting och går att överklaga.",
    "Skriv eller ring till oss och säg att du vill ha ett beslut. Våra kontaktuppgifter står sist.",
)
WHERE_TO_APPEAL = (
    "Du kan överklaga beslutet till kammarrätten (6 kap. 7–8 §§ offentlighets- och sekretesslagen).",
    "Så gör du om du vill överklaga:",
)
HOW_TO_APPEAL = (
    "Skriv vilket beslut du överklagar. Diarienumret och dagen för beslutet står överst.",
    "Skriv hur du vill att beslutet ska ändras, och varför.",
    "Ställ överklagandet till kammarrätten, men skicka det till oss. Våra kontaktuppgifter står sist.",
    "Överklagandet ska ha kommit till oss inom tre veckor från den dag då du fick del av beslutet"
    " (44 § förvaltningslagen).",
)
AFTER_APPEAL = (
    "Kommer överklagandet i rätt tid skickar vi det och handlingarna i ärendet vidare till kammarrätten.",
)


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
    parts = [PaperPart("Vårt svar", (SAID_OF[outcome],))]
    if grounds:
        why = tuple(f"{one.cited}: {MEANINGS[one]}" for one in grounds)
        parts.append(PaperPart("Därför är något maskerat", ("Det här betyder paragraferna:",), why))
        parts.append(PaperPart("Vill du ha ett beslut?", MAY_ASK_FOR_A_DECISION, boxed=True))
    if outcome is not AskOutcome.REFUSED:
        for number, one in enumerate(texts, start=1):
            day = f", {on(one.dated_on)}" if one.dated_on else ""
            parts.append(PaperPart(f"{number}. {NAMES[one.kind]}{day}", (one.text,)))
    return Paper(
        sender=sender.name,
        unit=sender.unit,
        reference=dnr,
        kind="Svar på en begäran om handlingar",
        title=f"Handlingar i ärende {dnr}",
        rows=(
            ("Diarienummer", dnr),
            ("Begäran", BY_WHAT_RIGHT[ask]),
            ("Kom in", on(came_on)),
            ("Besvarad", on(left_on)),
            ("Svar", ANSWERED[outcome]),
            ("Antal handlingar", str(len(texts))),
        ),
        parts=tuple(parts),
        contact=sender.contact,
        colour=sender.colour,
    )


def refusal(
    sender: Sender,
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
    extent = "handlingarna" if outcome is AskOutcome.REFUSED else "de maskerade delarna av handlingarna"
    rests_on = ", ".join(one.cited for one in grounds)
    return Paper(
        sender=sender.name,
        unit=sender.unit,
        reference=dnr,
        kind="Beslut",
        title=f"Beslut att inte lämna ut uppgifter i ärende {dnr}",
        rows=(
            ("Diarienummer", dnr),
            ("Begäran", BY_WHAT_RIGHT[ask]),
            ("Kom in", on(came_on)),
            ("Beslut begärt", on(wanted_on)),
            ("Beslut fattat", on(decided_on)),
        ),
        parts=(
            PaperPart("Beslut", (f"Vi lämnar inte ut {extent}. Beslutet grundar sig på {rests_on}.",)),
            PaperPart("Skälen för beslutet", (reasons,), tuple(f"{g.cited}: {MEANINGS[g]}" for g in grounds)),
            PaperPart("Så överklagar du", WHERE_TO_APPEAL, HOW_TO_APPEAL),
            PaperPart("När du har överklagat", AFTER_APPEAL),
        ),
        contact=sender.contact,
        signed=("Beslutet är fattat av", decider),
        colour=sender.colour,
    )
