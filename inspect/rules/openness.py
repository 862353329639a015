"""What may be masked for whom, and what must be done before a request for documents is answered.

TF 2 kap. 15–16 §§: at once or promptly, and what is not secret goes out. OSL 10 kap. 3 §: a party sees the
decision whatever is secret. OSL 12 kap. 3 §: a guardian has no right to what would harm the child.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ...models.openness_words import AskKind, AskOutcome, Assessed, Ground, TextKind
from ...models.vocabulary import N_
from .reasons import Reason

USUAL: Mapping[AskKind, Ground] = {
    AskKind.PUBLIC: Ground.SOCIAL,
    AskKind.PARTY: Ground.PARTY_LIMIT,
    AskKind.CHILD: Ground.SOCIAL,
    AskKind.GUARDIAN: Ground.MINOR,
    AskKind.SPOKEN_OF: Ground.TOLD_BY,
}
"""The section that a mask for such an asker most often rests on: chosen beforehand, never without a look."""

WEIGHED: Mapping[AskKind, str] = {
    AskKind.PUBLIC: N_(
        "Somebody’s personal circumstances go out only if it is clear that neither that person nor anybody"
        " close to them suffers for it (OSL 26:1). Everything else goes out."
    ),
    AskKind.PARTY: N_(
        "A party sees everything that was brought into the case. Only what is of extraordinary weight for"
        " somebody else, or for the public, is kept back, and never the decision (FL 10 §, OSL 10:3)."
    ),
    AskKind.CHILD: N_(
        "The child may see what it has said itself, and what concerns itself. What concerns others is"
        " assessed as for anybody (OSL 12:1, 26:1)."
    ),
    AskKind.GUARDIAN: N_(
        "Assess each statement by itself: may the child be assumed to suffer considerable harm if the"
        " guardian learns it, or is it the child who decides about it? Then it stays (OSL 12:3)."
    ),
    AskKind.SPOKEN_OF: N_(
        "Whoever is told of may see what was told, unless there is fear of violence or other serious harm to"
        " the one who told it (OSL 26:5). What concerns others is assessed as for anybody."
    ),
}
"""The question that is put beside each text."""

OF_A_CHILD = frozenset({AskKind.CHILD, AskKind.GUARDIAN})
ONLY_OF_A_CHILD = N_("Choose the child only when the child or a guardian asks.")
WHOSE: Mapping[bool | None, str] = {
    True: N_("These are the words of the child that the request is about."),
    False: N_("Somebody else said this, not the child that the request is about."),
}
"""Whether the child of the request said a text itself (OSL 12 kap. 3 §)."""

SHOWN_TO_A_PARTY = frozenset({TextKind.DECISION})
"""What secrecy never keeps from a party (OSL 10 kap. 3 §)."""


OWN_OF_A_PARTY = frozenset(
    {
        TextKind.REPLY, TextKind.SELF_ASSESSMENT, TextKind.COMMUNICATED, TextKind.ANSWER, TextKind.MEASURE,
        TextKind.MEASURE_REPORT, TextKind.ANSWER_FILE,
    }
)  # fmt: skip
"""What the provider wrote itself, or has been sent for reply: no mask is proposed in it for the provider."""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """One text of a request: what is decided of it, and what is masked or waits to be decided on."""

    assessed: Assessed | None
    masks: int
    waiting: int


def is_always_shown(ask: AskKind, kind: TextKind) -> bool:
    return ask is AskKind.PARTY and kind in SHOWN_TO_A_PARTY


def is_read_through(ask: AskKind, kind: TextKind) -> bool:
    """Whether masks are proposed in such a text for such an asker; a person may mask all the same."""
    return not is_always_shown(ask, kind) and not (ask is AskKind.PARTY and kind in OWN_OF_A_PARTY)


def choices_for(kind: TextKind) -> tuple[Assessed, ...]:
    """What can be decided of such a text: a file is not masked as a text is."""
    if kind.is_file:
        return (Assessed.FILE, Assessed.COPY, Assessed.TRANSCRIPT, Assessed.WITHHELD)
    return (Assessed.OPEN, Assessed.WITHHELD)


def outcome_of(texts: Iterable[TextFacts]) -> AskOutcome:
    """How the request is answered, as its texts are assessed."""
    known = list(texts)
    withheld = [one.assessed is Assessed.WITHHELD for one in known]
    if all(withheld):
        return AskOutcome.REFUSED
    kept_back = any(one.assessed is not None and one.assessed.keeps_something_back for one in known)
    return AskOutcome.PARTLY if kept_back or any(one.masks for one in known) else AskOutcome.WHOLE


def left_to_do(texts: Iterable[TextFacts]) -> tuple[Reason, ...]:
    """What keeps a request from being handed over for the second look."""
    known = list(texts)
    if not known:
        return (Reason(N_("Choose which texts the request is about.")),)
    left = []
    undecided = sum(one.assessed is None for one in known)
    if undecided:
        left.append(Reason(N_("Assess each text by itself. Left: %(num)s."), {"num": undecided}))
    waiting = sum(one.waiting for one in known if one.assessed is not Assessed.WITHHELD)
    if waiting:
        left.append(Reason(N_("Decide on each proposed mask. Left: %(num)s."), {"num": waiting}))
    return tuple(left)


def days_waited(came_on: date, today: date) -> int:
    """Days since the request came in; 0 on the same day, by when it is normally answered."""
    return max(0, (today - came_on).days)
