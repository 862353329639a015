"""An inspection as its findings and its letter see it: plain values, frozen, without what must not be used.

Made by services/view_case.py. A statement whose teller said "not at all" is not here, and so can
never reach a finding or a letter (METHOD 2.17).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from ...interview_guides.content import Text
from ...interview_guides.guide import Pack
from ...models.vocabulary import FindingKind, RegisterAnswer, Responsible, Wish
from .case_course import Course
from .weighing import CheckResult, Perspective
from .weighing.external_view import OutsideShare


@dataclass(frozen=True, slots=True)
class Said:
    """One judged statement that counts. `severity` is what counts after the rules S3 (0–4)."""

    id: UUID
    label: str
    source: str
    perspective: Perspective
    theme: str
    severity: int
    wish: Wish = Wish.ONLY_IN_GENERAL
    unprompted: bool = False
    important: bool = False
    grave: bool = False

    @property
    def is_child(self) -> bool:
        return self.perspective is Perspective.CHILD


@dataclass(frozen=True, slots=True)
class Marked:
    """The mark on one requirement. `severity` is derived by rule S2; 0 for all but deviations.

    What the inspector noted at the check is not here: it is internal, and so can never reach a letter.
    """

    requirement: str
    result: CheckResult
    severity: int = 0
    extent: int = 0
    repeated: bool = False
    fixed: bool = False
    self_reported: bool = False


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as it stands. Texts are those of the case's own language, Swedish."""

    id: UUID
    kind: FindingKind
    area: str
    theme: str | None
    requirement: str | None
    level: int
    sanction: bool
    responsible: Responsible
    title: str
    saw: str = ""
    matters: str = ""
    proportion: str = ""
    achieve: str = ""
    due_on: date | None = None
    evidence: tuple[str, ...] = ()
    """Labels of the statements behind it."""


@dataclass(frozen=True, slots=True)
class AreaView:
    """What is held about one area. `word` is the method's word (its Swedish value); None: not weighed."""

    area: str
    word: str | None = None
    pending: bool = False
    """An open grave account, or a picture that would point at somebody: shown as being assessed."""
    reasoning: str = ""
    children_weighed: str = ""
    decided: str | None = None
    """The word of a decided position that stands beside the computed one (method §8); None: none does."""
    decided_reason: str = ""
    """The code of its reason. The reason in full stays inside the authority: it may point at a child."""
    differs: str = ""
    """How children's picture stands to what was checked, where they stand apart: lower or higher."""


@dataclass(frozen=True, slots=True)
class Talks:
    """How many were asked, and how many talks were held."""

    residents: int = 0
    offered: int = 0
    talked: int = 0
    declined: int = 0
    staff: int = 0
    managers: int = 0
    others: int = 0
    observations: int = 0
    documents: int = 0
    adults_before_children: int = 0
    interpreter: bool = False
    later: int = 0
    not_heard_harm: int = 0


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that a letter is composed from."""

    pack: Pack
    day: date
    """The day of the visit; what the law was then decides."""
    home: str
    announced: bool
    children_first: bool = True
    talks: Talks = Talks()
    order_reasons: tuple[str, ...] = ()
    acute: bool = False
    contact: str = ""
    """Whom the provider turns to: the responsible inspector."""
    withheld: bool = False
    """Something was told that the teller did not want passed on; it is not in `said`."""
    said: tuple[Said, ...] = ()
    heard: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The children heard in each area, whether or not what they said may be passed on."""
    investigated: frozenset[str] = frozenset()
    """The themes with a grave account on them, whoever told it and whether or not it may be passed on."""
    outside: OutsideShare | None = None
    """How much of what children bring up lies outside what we checked; None: it may not be told."""
    marks: tuple[Marked, ...] = ()
    findings: tuple[FindingView, ...] = ()
    areas: Mapping[str, AreaView] = field(default_factory=dict)
    weighed: bool = False
    strengths_by_home: tuple[str, ...] = ()
    worries_by_home: tuple[str, ...] = ()
    communicated_on: date | None = None
    reply_by: date | None = None
    replied: bool = False
    not_asked_because: str = ""
    """Why the right to reply was left out, as the official wrote it (FL 25 §)."""
    public_provider: bool = False
    """Whether the provider is a municipality or the state: its time to appeal runs otherwise (FL 44 §)."""
    decision: str = ""
    """The words of the recorded decision, once there is one."""
    course: Course = field(default_factory=Course)
    """What has passed between the authority and the provider."""
    routed: frozenset[UUID] = frozenset()
    """The findings that are routed to a placing committee."""
    answers: Mapping[str, RegisterAnswer] = field(default_factory=dict)
    """What was answered in the divergence register, by key: `area:…` or `theme:…`. Reasons stay inside."""

    def on_theme(self, theme: str) -> tuple[Said, ...]:
        return tuple(one for one in self.said if one.theme == theme)

    def has_account(self, theme: str) -> bool:
        """Whether no letter may tell of a theme: there is a grave account on it (METHOD 2.17, rule 4)."""
        return theme in self.investigated or any(one.grave for one in self.on_theme(theme))

    def mark(self, requirement: str) -> Marked | None:
        return next((one for one in self.marks if one.requirement == requirement), None)

    @property
    def deviations(self) -> tuple[Marked, ...]:
        return tuple(one for one in self.marks if one.result is CheckResult.DEVIATION)

    def areas_pending(self, area: str) -> bool:
        return area in self.areas and self.areas[area].pending

    def title_of(self, requirement: str) -> Text:
        return self.pack.requirement(requirement).title
