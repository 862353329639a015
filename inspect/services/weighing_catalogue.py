"""What the method knows of a pack: its themes, areas and requirements."""

from ...interview_guides.guide import Pack
from ..rules.weighing import Catalogue

_catalogues: dict[tuple[str, str], Catalogue] = {}


def catalogue_of(pack: Pack) -> Catalogue:
    """The catalogue of the method. What the law puts on the placing committee alone is left out:

    it is checked and passed on, but never weighed against the home. Made once per pack and version.
    """
    known = _catalogues.get((pack.id, pack.version))
    if known is None:
        known = _catalogues[pack.id, pack.version] = _catalogue(pack)
    return known


def _catalogue(pack: Pack) -> Catalogue:
    return Catalogue(
        themes={theme.id: theme.area for theme in pack.themes},
        requirements={
            requirement.id: frozenset(requirement.themes)
            for requirement in pack.requirements
            if requirement.can_be_deficiency_of_home
        },
        administrative_areas=frozenset(area.id for area in pack.areas if area.administrative),
    )
