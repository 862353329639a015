"""May a decision be appealed, and by what law: derived from what is decided, never chosen.

SoL (2025:400) 35 kap. 2 § lists what may be appealed, orders among it (first paragraph, point 3);
other decisions of the authority under the act may not. Orders apply at once (35 kap. 5 § second
paragraph). The time is three weeks from the day the party got the decision (FL 44 §).
"""

from dataclasses import dataclass

from ...models.vocabulary import N_, DecisionKind

WEEKS_TO_APPEAL = 3


@dataclass(frozen=True, slots=True)
class Appeal:
    """`law` is the section, the same in every language; `text` a message of the catalogue."""

    allowed: bool
    law: str
    text: str
    applies_at_once: bool = False


ORDER = Appeal(
    allowed=True,
    law="SoL 35:2, 35:5; FL 44",
    text=N_(
        "The order may be appealed to the administrative court within three weeks from the day the provider"
        " got it (SoL 35:2). It applies at once (SoL 35:5)."
    ),
    applies_at_once=True,
)
OTHER = Appeal(
    allowed=False,
    law="SoL 35:2",
    text=N_("The decision may not be appealed (SoL 35:2)."),
)


def appeal_of(kind: DecisionKind) -> Appeal:
    """What the law says about appealing a decision of this kind."""
    return ORDER if kind is DecisionKind.ORDER else OTHER
