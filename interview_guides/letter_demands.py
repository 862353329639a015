"""How a letter may speak: demands stand with their law, advice suggests, and no word is the method's own.

The rules hold for every sentence, shared or of a pack; `docs/letter-wording.md` tells of them.
"""

import re

from .content import Text
from .nodes import Entry

MAY_DEMAND = ("deficiency.achieve.", "decision.measures.", "followup.remaining.")
"""How the ids of the sentences begin that may say what must be done."""

_WHERE = f"{', '.join(f'{one}*' for one in MAY_DEMAND[:-1])} or {MAY_DEMAND[-1]}*"

DEMAND = re.compile(r"\bni (?:ska(?! veta)|måste)\b|\byou (?:must|shall)\b", re.IGNORECASE)
"""Words of a demand. "Det här vill barnen att ni ska veta" is none."""

SUGGESTS = Text("Vi föreslår", "We suggest")
"""How advice begins."""

PROVISION = re.compile(r"\{source\}|\{law_[a-z]+\}|§|\bart")

METHOD = re.compile(
    r"\b(?:kod(?:ning|ad|bok)\w*|divergens\w*|perspektiv\w*|kravpunkt\w*|indikator\w*|klyfta\w*|viktning\w*"
    r"|coding|coded|code book|divergence\w*|perspectives?|indicators?|weighting)\b",
    re.IGNORECASE,
)
"""Words of the method, which are no words of a letter."""

OF_THE_METHOD = frozenset({"method_stamp"})
"""The one line that tells by which method the weighing was made."""


def check_wording(item: Entry, id: str, text: Text) -> None:
    """Record where a sentence demands without law, demands and suggests at once, or speaks of the method."""
    demands = [one for one in (text.sv, text.en) if DEMAND.search(one)]
    if demands and not id.startswith(MAY_DEMAND):
        item.fault(f"a demand stands only under {_WHERE}: {demands[0]!r}")
    elif demands and not (PROVISION.search(text.sv) and PROVISION.search(text.en)):
        item.fault("a demand has its provision beside it")
    for language in ("sv", "en"):
        said = text.in_language(language)
        if demands and SUGGESTS.in_language(language).lower() in said.lower():
            item.fault(f"what is demanded and what is suggested stand in one text: {said!r}")
        if id not in OF_THE_METHOD and (word := METHOD.search(said)):
            item.fault(f"{word[0]!r} is a word of the method, not of a letter")


def refuse_demand(item: Entry, text: Text) -> None:
    """Record a demand where there may be none."""
    for said in (text.sv, text.en):
        if DEMAND.search(said):
            item.fault(f"a demand stands only under {_WHERE}: {said!r}")
