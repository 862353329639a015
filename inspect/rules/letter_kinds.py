"""The kinds of letter: what each is for, who reads it, when it is made and who must have seen it.

One table, `KINDS`. Order and review follow the method (METHOD §11) and the law: information before the
visit (SoF 16 kap. 3 §), communication (FL 25 §), decision (FL 30–33 §§; SoL 28 kap. 9 §), what others than
the provider answer for (förordning 2013:176, 2 §).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ...models.letter_vocabulary import ISSUED_WITHOUT_REVIEW, LetterKind
from ...models.vocabulary import N_, State
from .inspection_flow import WAY

SWEDISH_ENGLISH = ("sv", "en")
FOR_CHILDREN = ("sv", "en", "ar")
LIX_OF_PROVIDER = 45
LIX_OF_CHILD = 25


class Reader(StrEnum):
    """Whom a letter is written to."""

    PROVIDER = "provider"
    CHILDREN = "children"
    CHILDREN_AND_GUARDIANS = "children_and_guardians"
    COMMITTEES = "committees"


@dataclass(frozen=True, slots=True)
class KindOfLetter:
    """One kind of letter.

    `states`: where the case can be when it is composed, edited and sent; `submitted_in` and `approved_in`
    when that is narrower. `rides_on`: what sends it, so that nobody sends it by itself. `again`: whether it
    may be sent once more, as a new version. `sections`: as in reports.content.SECTIONS. `most_lix`: the
    highest readability index of its text.
    """

    kind: LetterKind
    purpose: str
    reader: Reader
    states: frozenset[State]
    sections: tuple[str, ...]
    languages: tuple[str, ...] = SWEDISH_ENGLISH
    most_lix: int = LIX_OF_PROVIDER
    rides_on: str = ""
    again: bool = False
    submitted_in: frozenset[State] = frozenset()
    approved_in: frozenset[State] = frozenset()

    def __post_init__(self) -> None:
        for name in ("submitted_in", "approved_in"):
            object.__setattr__(self, name, getattr(self, name) or self.states)

    @property
    def reviewed(self) -> bool:
        """Whether another person than its author approves it before it is sent."""
        return self.kind not in ISSUED_WITHOUT_REVIEW

    @property
    def for_provider(self) -> bool:
        return self.reader is Reader.PROVIDER


def _between(first: State, last: State) -> frozenset[State]:
    way = tuple(WAY)
    return frozenset(way[way.index(first) : way.index(last) + 1])


_CHILD_SECTIONS = ("head", "told", "decided", "cannot", "next", "reach")
_CHILD_STATES = _between(State.WEIGHING, State.FOLLOW_UP)

_ROWS = (
    KindOfLetter(
        LetterKind.INFORMATION,
        N_("Tells those whom the visit is for, before it, of their rights, our talks and how to reach us."),
        Reader.CHILDREN_AND_GUARDIANS,
        _between(State.PLANNED, State.OTHER_TALKS),
        ("head", "why", "talks", "rights", "contact"),
        most_lix=LIX_OF_CHILD,
    ),
    KindOfLetter(
        LetterKind.COMMUNICATION,
        N_("Gives the provider the facts and our preliminary assessment, with time to answer (FL 25 §)."),
        Reader.PROVIDER,
        frozenset({State.COMMUNICATION}),
        ("head", "summary", "facts", "preliminary", "reply", "legal"),
        rides_on=N_("It goes with the facts, when they are sent for reply."),
        again=True,
    ),
    KindOfLetter(
        LetterKind.FEEDBACK,
        N_("The main letter: what we were told, what works, what must change, and how to answer."),
        Reader.PROVIDER,
        _between(State.PLANNED, State.DECISION),
        (
            "head", "summary", "children", "scope", "strengths", "advice", "deficiencies", "your_view",
            "assessment", "decision", "questions", "follow_up", "legal", "appendices",
        ),
        submitted_in=frozenset({State.WEIGHING, State.REVIEW}),
        approved_in=frozenset({State.REVIEW}),
    ),
    KindOfLetter(
        LetterKind.DECISION,
        N_("The decision by itself: what is demanded, why, by when, and how to appeal."),
        Reader.PROVIDER,
        frozenset({State.DECISION}),
        ("head", "decision", "grounds", "measures", "appeal"),
        rides_on=N_("It goes with the feedback letter, and is frozen with it."),
    ),
    KindOfLetter(
        LetterKind.COMMITTEE,
        N_("Tells each committee what it answers for itself. It is never held against the provider."),
        Reader.COMMITTEES,
        _between(State.DECISION, State.CLOSED),
        ("head", "points", "asked", "contact"),
        again=True,
    ),
    KindOfLetter(
        LetterKind.CHILD_6_12,
        N_("Answers those we talked with: what they told, what we decided and what happens now."),
        Reader.CHILDREN,
        _CHILD_STATES,
        _CHILD_SECTIONS,
        FOR_CHILDREN,
        LIX_OF_CHILD,
        approved_in=_CHILD_STATES - {State.WEIGHING},
    ),
    KindOfLetter(
        LetterKind.CHILD_13_20,
        N_("Answers those we talked with: what they told, what we decided and what happens now."),
        Reader.CHILDREN,
        _CHILD_STATES,
        _CHILD_SECTIONS,
        FOR_CHILDREN,
        LIX_OF_CHILD,
        approved_in=_CHILD_STATES - {State.WEIGHING},
    ),
    KindOfLetter(
        LetterKind.REMINDER,
        N_("Says what is late, until when it can still come, and who helps."),
        Reader.PROVIDER,
        frozenset({State.COMMUNICATION, State.FOLLOW_UP}),
        ("head", "late", "until", "contact"),
        again=True,
    ),
    KindOfLetter(
        LetterKind.FOLLOWUP,
        N_("Says of each measure what was promised, what we see, what we are told now, and what is left."),
        Reader.PROVIDER,
        frozenset({State.FOLLOW_UP}),
        ("head", "summary", "measures", "voices", "remaining", "next", "legal"),
        again=True,
    ),
    KindOfLetter(
        LetterKind.CLOSING,
        N_("Says what became of each measure, what we are told now, and why the case is closed."),
        Reader.PROVIDER,
        frozenset({State.FOLLOW_UP, State.CLOSED}),
        ("head", "summary", "measures", "voices", "learned", "closed", "legal"),
    ),
)  # fmt: skip

KINDS: Mapping[LetterKind, KindOfLetter] = {row.kind: row for row in _ROWS}
"""Every kind, in the order in which they come in a case."""

FOR_CHILDREN_KINDS = (LetterKind.CHILD_6_12, LetterKind.CHILD_13_20)
"""The answers to children who were heard, by age."""

TO_PROVIDER = tuple(row.kind for row in _ROWS if row.for_provider)


def kind_named(name: str, age: str = "13-20") -> LetterKind:
    """`feedback`, `child` with an age, … as the command line says it. ValueError on every other."""
    return LetterKind(f"child-{age}" if name == "child" else name)
