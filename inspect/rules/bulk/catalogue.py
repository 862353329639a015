"""The catalogue as numbers and masks."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..weighing.configuration import WEIGHTED
from ..weighing.inputs import Catalogue
from ..weighing.scales import Perspective, Resolution, Status

#: The number of each perspective: the six weighted in the method's order, then other people.
PERSPECTIVES: Mapping[str, int] = {
    **{perspective.value: number for number, perspective in enumerate(WEIGHTED)},
    Perspective.OTHER.value: len(WEIGHTED),
}
CHILD, COMPLIANCE, OBSERVATION, STAFF, MANAGER, DOCUMENT, OTHER = range(len(PERSPECTIVES))
STATUSES: Mapping[str, int] = {status.value: number for number, status in enumerate(Status)}
#: 0 means that nobody has investigated.
RESOLUTIONS: Mapping[str | None, int] = {
    None: 0,
    **{resolution.value: number for number, resolution in enumerate(Resolution, start=1)},
}


@dataclass(frozen=True)
class CatalogueArrays:
    """A catalogue with A areas, T themes and R requirements, in the order of their names.

    `area_of` (T,) is the area of each theme, `covers` (R, T) and `touches` (R, A) what a
    requirement is about, `covered` (T,) the themes with any requirement, `near` (A,) the areas
    close to children.
    """

    areas: tuple[str, ...]
    themes: Mapping[str, int]
    requirements: Mapping[str, int]
    area_of: NDArray[np.int64]
    covers: NDArray[np.bool_]
    touches: NDArray[np.bool_]
    covered: NDArray[np.bool_]
    near: NDArray[np.bool_]


def arrays_of(catalogue: Catalogue) -> CatalogueArrays:
    """`catalogue` as arrays."""
    areas = {area: number for number, area in enumerate(catalogue.areas)}
    themes = {theme: number for number, theme in enumerate(sorted(catalogue.themes))}
    requirements = {name: number for number, name in enumerate(sorted(catalogue.requirements))}
    covers = np.zeros((len(requirements), len(themes)), bool)
    touches = np.zeros((len(requirements), len(areas)), bool)
    for name, row in requirements.items():
        covers[row, [themes[theme] for theme in catalogue.requirements[name]]] = True
        touches[row, [areas[area] for area in catalogue.requirement_areas[name]]] = True
    return CatalogueArrays(
        areas=catalogue.areas,
        themes=themes,
        requirements=requirements,
        area_of=np.array([areas[catalogue.themes[theme]] for theme in themes], np.int64),
        covers=covers,
        touches=touches,
        covered=np.asarray(covers.any(axis=0), bool),
        near=np.array([catalogue.is_child_near(area) for area in areas], bool),
    )
