"""A whole content pack and the questions that can be put to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeVar

from .content import (
    Activity,
    Area,
    Change,
    Gate,
    Guide,
    Question,
    Requirement,
    SeverityAnchor,
    Status,
    Text,
    Theme,
    Vocabulary,
)


class UnknownContent(KeyError):
    """An id that the pack does not have. The text says which, of what kind, and in which pack."""

    kind = "content"

    def __init__(self, id: str, pack: str) -> None:
        super().__init__(id)
        self.id = id
        self.pack = pack

    def __str__(self) -> str:
        return f"there is no {self.kind} {self.id!r} in the pack {self.pack!r}"


class UnknownArea(UnknownContent):
    kind = "area"


class UnknownTheme(UnknownContent):
    kind = "theme"


class UnknownRequirement(UnknownContent):
    kind = "requirement"


class UnknownGuide(UnknownContent):
    kind = "guide"


class UnknownSeverity(UnknownContent):
    kind = "severity"


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Content = TypeVar("_Content", bound=_Identified)


def _by_id(contents: Iterable[_Content]) -> dict[str, _Content]:
    return {content.id: content for content in contents}


@dataclass(frozen=True, slots=True)
class Pack:
    """All content of one domain. Tuples keep the order of the files, which is the order on screen.

    Every look-up by an id that does not exist raises a subclass of :class:`UnknownContent` (a ``KeyError``).
    """

    id: str
    version: str
    title: Text
    users: Vocabulary
    areas: tuple[Area, ...]
    themes: tuple[Theme, ...]
    requirements: tuple[Requirement, ...]
    guides: tuple[Guide, ...]
    severity: tuple[SeverityAnchor, ...]
    information_items: tuple[tuple[str, Text], ...]
    evidence_kinds: tuple[tuple[str, Text], ...] = ()
    changes: tuple[Change, ...] = ()
    """The versions of the code book, the latest first."""
    status: Status = "in_use"
    """``example``: shows how a pack is made; an authority verifies it before anybody is inspected by it."""
    verified_note: Text | None = None
    """Of an example: what is to be verified."""
    is_default: bool = False
    """Whether it is meant where no pack is named; at most one of the packs is."""
    activities: tuple[Activity, ...] = ()
    """The kinds of activity in the register that it can be chosen for."""
    gate: Gate = field(default_factory=Gate)
    provider_words: tuple[tuple[str, Text], ...] = ()
    informants: tuple[tuple[str, Text], ...] = ()
    _areas: Mapping[str, Area] = field(init=False, repr=False, compare=False)
    _themes: Mapping[str, Theme] = field(init=False, repr=False, compare=False)
    _requirements: Mapping[str, Requirement] = field(init=False, repr=False, compare=False)
    _guides: Mapping[str, Guide] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name in ("areas", "themes", "requirements", "guides"):
            object.__setattr__(self, f"_{name}", _by_id(getattr(self, name)))

    def area(self, id: str) -> Area:
        """The area with that id, or :class:`UnknownArea`."""
        if id not in self._areas:
            raise UnknownArea(id, self.id)
        return self._areas[id]

    def theme(self, id: str) -> Theme:
        """The theme with that id, or :class:`UnknownTheme`."""
        if id not in self._themes:
            raise UnknownTheme(id, self.id)
        return self._themes[id]

    def requirement(self, id: str) -> Requirement:
        """The requirement with that id, whether in force or not, or :class:`UnknownRequirement`."""
        if id not in self._requirements:
            raise UnknownRequirement(id, self.id)
        return self._requirements[id]

    def guide(self, id: str) -> Guide:
        """The guide with that id, or :class:`UnknownGuide`."""
        if id not in self._guides:
            raise UnknownGuide(id, self.id)
        return self._guides[id]

    def anchor(self, severity: int) -> SeverityAnchor:
        """The anchor of a severity, or :class:`UnknownSeverity`."""
        for anchor in self.severity:
            if anchor.severity == severity:
                return anchor
        raise UnknownSeverity(str(severity), self.id)

    @property
    def is_example(self) -> bool:
        return self.status == "example"

    def provider_word(self, id: str) -> Text | None:
        """What the pack calls the provider, its staff …, by the id of the word; ``None``: no own word."""
        return dict(self.provider_words).get(id)

    def informant(self, id: str) -> Text | None:
        """What the pack calls one kind of informant in lists and headings; ``None``: no own word."""
        return dict(self.informants).get(id)

    def pairs(self) -> dict[str, tuple[tuple[Guide, Question], ...]]:
        """The paired questions by their word, each with its guide, in the order of the guides."""
        found: dict[str, tuple[tuple[Guide, Question], ...]] = {}
        for guide in self.guides:
            for question in guide.questions:
                if question.pair is not None:
                    found[question.pair] = (*found.get(question.pair, ()), (guide, question))
        return found

    def guides_for(self, informant: str) -> tuple[Guide, ...]:
        """The guides offered for "child", "staff", "manager" or "other"; empty for any other word."""
        return tuple(guide for guide in self.guides if guide.informant == informant and guide.offered)

    def themes_in(self, area: str | Area) -> tuple[Theme, ...]:
        """The themes of an area, given by id or itself."""
        id = self.area(area if isinstance(area, str) else area.id).id
        return tuple(theme for theme in self.themes if theme.area == id)

    def areas_of(self, requirement: str | Requirement) -> tuple[Area, ...]:
        """The areas that a requirement touches through its themes, in the order of the areas."""
        found = self.requirement(requirement) if isinstance(requirement, str) else requirement
        ids = {self.theme(theme).area for theme in found.themes}
        return tuple(area for area in self.areas if area.id in ids)

    def requirements_in(self, area: str | Area) -> tuple[Requirement, ...]:
        """The requirements with a theme in that area, given by id or itself."""
        wanted = self.area(area if isinstance(area, str) else area.id)
        return tuple(requirement for requirement in self.requirements if wanted in self.areas_of(requirement))

    def requirements_on(self, day: date) -> tuple[Requirement, ...]:
        """The requirements in force on a day."""
        return tuple(requirement for requirement in self.requirements if requirement.in_force_on(day))
