"""What is known of a case when its gates are asked (inspection_gates.py)."""

from dataclasses import dataclass, field
from datetime import date

from ...interview_guides.content import Gate as TalkOrder
from ...models.letter_vocabulary import LetterState
from ...models.vocabulary import InformationItem, State
from .grave_accounts import Account


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the gates look at; gathered by services/gather_facts.py. Lists hold short names (`b4`, `K08`)."""

    state: State
    announced: bool = True
    dnr: str = ""
    has_inspector: bool = False
    undeclared: tuple[str, ...] = ()
    conflicted: tuple[str, ...] = ()
    information_given: frozenset[InformationItem] = frozenset()
    residents: int = 0
    children_confirmed: bool = False
    without_outcome: tuple[str, ...] = ()
    overridden: bool = False
    acute: bool = False
    open_talks: tuple[str, ...] = ()
    staff_talks: int = 0
    manager_talks: int = 0
    no_staff_reason: bool = False
    unmarked: tuple[str, ...] = ()
    unjudged: tuple[str, ...] = ()
    without_second_coder: tuple[str, ...] = ()
    """Judged as 2 or more by one person only; asked for while the case stands at the weighing."""
    disputed: tuple[str, ...] = ()
    """Two coders disagree where 2 or more stands, and have not settled it; asked for at the weighing."""
    coders: int = 2
    """How many in the team can code."""
    areas_without_own_view: tuple[str, ...] = ()
    areas_without_reasoning: tuple[str, ...] = ()
    weighed: bool = False
    letter: LetterState | None = None
    highest_level: int = 0
    sanction: bool = False
    lawyer_in_team: bool = False
    lawyer_heard: bool = False
    """The lawyer of the team has given an opinion on the letter as it was handed in last."""
    sanctions_open: tuple[str, ...] = ()
    """Requirements whose breach carries a sanction fee and that nobody has decided about."""
    communicated: bool = False
    communication_skipped: bool = False
    replied: bool = False
    reply_by_on: date | None = None
    points_left: int = 0
    """Facts that the provider calls wrong, and that nobody has answered."""
    meetings: int = 0
    decided: bool = False
    letter_sent: bool = False
    deficiencies: tuple[str, ...] = ()
    not_followed_up: tuple[str, ...] = ()
    to_pass_on: int = 0
    """Copies, points and letters that wait to be passed on; asked for when the case is to end."""
    accounts: tuple[Account, ...] = ()
    """Every grave account of the case (rules/grave_accounts.py)."""
    today: date = date.min
    field_conflicts: int = 0
    field_held: int = 0
    """Texts that two have written in the same place, and what devices sent and the case said no to."""
    field_waiting: int = 0
    """Notes that devices have sent and that are not yet taken into the case."""
    talk_order: TalkOrder = field(default_factory=TalkOrder)
    """Before whom each child is offered a talk, as the pack says."""
