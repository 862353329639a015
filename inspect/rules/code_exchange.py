"""Which of our themes a code of an exchange file means, and by which guids our own codes are known.

The guid of a theme follows from the pack's id and the theme's: every export has the same one, in both
languages and in every version of the code book, so that codes are found again however they are named.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from ...interview_guides.guide import Pack, SeverityAnchor, Text
from ..exchange.refi_qda_model import Code

NAMESPACE = uuid5(NAMESPACE_URL, "urn:tillsyn:exchange")
SEVERITY_GROUP = "severity"
FOREIGN_GROUP = "foreign"


def guid_of(*parts: str) -> str:
    """The stable guid of something that is known by its names: `guid_of("book", "theme", "natt")`."""
    return str(uuid5(NAMESPACE, "/".join(parts)))


def derived(guid: UUID, what: str) -> str:
    """The guid of something that belongs to a row, and to that row alone."""
    return str(uuid5(guid, what))


def theme_guid(pack: Pack, theme: str) -> str:
    return guid_of(pack.id, "theme", theme)


def severity_guid(pack: Pack, severity: int) -> str:
    return guid_of(pack.id, "severity", str(severity))


def foreign_guid(name: str) -> str:
    return guid_of("foreign", name)


def step_name(anchor: SeverityAnchor, language: str) -> str:
    """`3 Allvarlig`."""
    return f"{anchor.severity} {anchor.name.in_language(language)}"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code of a file means here: a theme, a severity, a group, or (`path`) nothing we know."""

    path: str
    """The code's name with those of the groups above it: `Skola / Lärare`."""

    theme: str | None = None
    severity: int | None = None
    is_group: bool = False
    description: str = ""

    @property
    def is_foreign(self) -> bool:
        return self.theme is None and self.severity is None and not self.is_group


def meanings(codes: Iterable[Code], pack: Pack) -> dict[str, Meaning]:
    """What each code of a file means, by guid. A theme is known by its guid, else its id, else its name.

    Names count in Swedish and English, whatever the case. The severity scale is known by guid or id;
    by name only as we write it ourselves (`3 Allvarlig`), for a number may mean anything.
    """
    known = _Known(pack)
    return dict(_meanings(codes, known, ()))


def _meanings(
    codes: Iterable[Code], known: "_Known", above: tuple[str, ...]
) -> Iterator[tuple[str, Meaning]]:
    for code in codes:
        found = known.meaning(code)
        path = " / ".join((*above, code.name))
        if found is None:
            is_group = code.guid in known.groups or not code.is_codable
            found = Meaning(path, is_group=is_group, description=code.description)
        yield code.guid, found
        # Codes that we kept from another program have their groups in their names already.
        below = () if code.guid == known.foreign_group else (*above, code.name)
        yield from _meanings(code.codes, known, below)


class _Known:
    """The names under which themes and severities of a pack are known."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack.id
        self.themes = {theme_guid(pack, theme.id): theme.id for theme in pack.themes}
        self.steps = {severity_guid(pack, one.severity): one.severity for one in pack.severity}
        self.foreign_group = guid_of(FOREIGN_GROUP)
        self.groups = {
            guid_of(pack.id, SEVERITY_GROUP),
            self.foreign_group,
            *(guid_of(pack.id, "area", area.id) for area in pack.areas),
        }
        self.theme_names = {
            **{name: theme.id for theme in pack.themes for name in _names(theme.name)},
            **{theme.id: theme.id for theme in pack.themes},
        }
        self.step_names = {
            _plain(step_name(one, language)): one.severity
            for one in pack.severity
            for language in ("sv", "en")
        }

    def meaning(self, code: Code) -> Meaning | None:
        theme = self.themes.get(code.guid) or self._tagged("theme", code, self.themes.values())
        if theme is not None:
            return Meaning(code.name, theme=theme)
        severity = self.steps.get(code.guid)
        if severity is None:
            tagged = self._tagged("severity", code, map(str, self.steps.values()))
            severity = int(tagged) if tagged is not None else self.step_names.get(_plain(code.name))
        if severity is not None:
            return Meaning(code.name, severity=severity)
        named = self.theme_names.get(_plain(code.name)) if code.is_codable else None
        return None if named is None else Meaning(code.name, theme=named)

    def _tagged(self, kind: str, code: Code, known: Iterable[str]) -> str | None:
        """The id that our own description ends with, when a program has given the code a new guid."""
        last = code.description.strip().rsplit("\n", 1)[-1].strip()
        start = f"{self.pack}/{kind}/"
        found = last.removeprefix(start) if last.startswith(start) else None
        return found if found in set(known) else None


def _names(text: Text) -> tuple[str, str]:
    return _plain(text.sv), _plain(text.en)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
