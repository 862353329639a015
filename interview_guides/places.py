"""Where in the files each value was read, so that a fault between two files points at a line."""

from dataclasses import dataclass, field

from .conditions import Condition
from .content import Activity, Area, Guide, Question, Requirement, SeverityAnchor, Theme
from .nodes import Entry


@dataclass(slots=True)
class Places:
    """The values of a pack in the order they were read, each with the entry it was read from."""

    about: Entry | None = None
    gate: Entry | None = None
    activities: list[tuple[Activity, Entry]] = field(default_factory=list)
    areas: list[tuple[Area, Entry]] = field(default_factory=list)
    themes: list[tuple[Theme, Entry]] = field(default_factory=list)
    requirements: list[tuple[Requirement, Entry]] = field(default_factory=list)
    guides: list[tuple[Guide, Entry]] = field(default_factory=list)
    questions: list[tuple[Question, Entry]] = field(default_factory=list)
    conditions: list[tuple[Condition, Entry]] = field(default_factory=list)
    severity: list[tuple[SeverityAnchor, Entry]] = field(default_factory=list)

    def entry_of(self, condition: Condition) -> Entry | None:
        """The entry that a condition was read from: the very one, not one that is equal."""
        return next((entry for known, entry in self.conditions if known is condition), None)
