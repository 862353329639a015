"""The rule of the order as a device asks it: the same as the pages' (interview_order.py), answered in keys.

`static/field/gate.js` is the same rule for a device without network. Both are held against
`tests/vectors/gate.json`.
"""

from collections.abc import Mapping

from ...models.vocabulary import N_, Informant
from .inspection_flow import CaseFacts
from .interview_order import refused_talk

REASONS: Mapping[str, str] = {
    "before_visit": N_("Recording opens when the visit starts. Prepare the case, then start the visit."),
    "over": N_("The case is closed. What was recorded can be read, not changed."),
    "handed_over": N_("The evidence is weighed and handed over. Take the case back to record more."),
    "list_open": N_("Confirm that the list of children who live there is complete."),
    "children_wait": N_(
        "Talks with staff and managers open when every child has been offered one. Left: %(who)s."
    ),
}
"""Key → the sentence that the rules give. `who`: the children without an outcome, in their order."""

_KEYS = {text: key for key, text in REASONS.items()}


def refusal_keys(case: CaseFacts, informant: Informant) -> tuple[str, ...]:
    """Why a talk of this kind cannot begin now, as keys of REASONS; empty when it can."""
    return tuple(_KEYS[reason.text] for reason in refused_talk(case, informant))
