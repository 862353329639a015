"""Where the questions of a form belong: language, area and theme, by its columns, its groups or what is said.

Nothing is guessed from the words of a question. What is not known stays empty, and the check of the guide
says so with file and line.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...interview_guides.guide import Area, Pack, Theme
from ..exchange.xlsform_columns import OWN, language_of
from ..exchange.xlsform_model import Cell, Item

PLAIN = ""
"""The name of the language of columns that name none, and of the place for all groups."""


@dataclass(frozen=True, slots=True)
class Placing:
    """What whoever imports the form says of it.

    `areas` and `themes`: id of the area or theme for the questions in a group, by the group's name, and
    under PLAIN for all others. `languages`: "sv" or "en" for a language of the form by its name, and under
    PLAIN for columns that name none. `guide_id`, `informant` and `version` go before what the form says.
    """

    areas: Mapping[str, str] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    guide_id: str = ""
    informant: str = ""
    version: str = ""


class Languages:
    """Which of the form's languages are ours."""

    def __init__(self, placing: Placing, default_language: str) -> None:
        self.said = {name.strip().lower(): language for name, language in placing.languages.items()}
        self.plain = self.said.get(PLAIN) or self._of(default_language)
        self.assumed = self.plain is None
        """Nothing says in which language the columns without one are; Swedish is meant then."""

    def of(self, name: str) -> str | None:
        """ "sv", "en", or None for any other language."""
        if name in ("", "default"):
            return self.plain or "sv"
        return self._of(name)

    def _of(self, name: str) -> str | None:
        return self.said.get(name.strip().lower()) or language_of(name)

    def wording(self, cells: Iterable[Cell]) -> tuple[dict[str, str], list[Cell]]:
        """The texts by our languages, Swedish first, and their cells: the first of each language."""
        found: dict[str, Cell] = {}
        for cell in cells:
            language = self.of(cell.column.language)
            if language is not None:
                found.setdefault(language, cell)
        return (
            {language: found[language].value for language in ("sv", "en") if language in found},
            list(found.values()),
        )


class Places:
    """Areas and themes by id and by name, whatever the capitals."""

    def __init__(self, placing: Placing, pack: Pack | None) -> None:
        self.placing = placing
        self.areas = _by_name(pack.areas if pack is not None else ())
        self.themes = _by_name(pack.themes if pack is not None else ())
        self.area_of = {theme.id: theme.area for theme in pack.themes} if pack is not None else {}

    def of(self, item: Item) -> tuple[str, str, list[Cell]]:
        """Area, theme (both empty where unknown), and the cells that say so.

        The form's own columns go first, then what is said of the innermost group, then a group that is named
        as an area or theme, then what is said of all. A theme alone gives its area.
        """
        area_cell, theme_cell = (
            next((cell for name in (f"{OWN}{kind}", kind) if (cell := item.row.cell(name))), None)
            for kind in ("area", "theme")
        )
        groups = [*reversed(item.within)]
        theme = self._place(theme_cell, groups, self.themes, self.placing.themes)
        area = self._place(
            area_cell, groups, self.areas, self.placing.areas, last=self.area_of.get(theme, "")
        )
        return area, theme, [cell for cell in (area_cell, theme_cell) if cell is not None]

    def _place(
        self,
        cell: Cell | None,
        groups: list[Item],
        known: Mapping[str, str],
        said: Mapping[str, str],
        last: str = "",
    ) -> str:
        if cell is not None:
            return known.get(cell.value.lower(), cell.value)
        for group in groups:
            if group.name in said:
                return said[group.name]
        if last:
            return last
        for group in groups:
            for name in (group.name, *(cell.value for cell in group.row.all("label"))):
                if name.lower() in known:
                    return known[name.lower()]
        return said.get(PLAIN, "")


def _by_name(contents: Iterable[Area | Theme]) -> dict[str, str]:
    contents = list(contents)
    names = {name.lower(): one.id for one in contents for name in (one.name.en, one.name.sv)}
    return names | {one.id.lower(): one.id for one in contents}
