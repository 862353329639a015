"""The divergence register: what children tell that the checks do not show, and must be answered.

Every entry must be answered with a reason before a review can approve. The method asks for the
disagreement to be reported and not resolved (§2.10), for the letter to tell of all blind spots
(B1–B3, §2.11 and §11), and for each theme that children raised to get an answer (§11); a slight
disagreement is therefore answered as well as a sharp one. Answers are agreed, not agreed, followed
up, outside our remit, or withheld to protect a child. The register stays inside the authority.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from .weighing import AreaResult, Catalogue, Divergence, GapClass, Perspective, Weighing

#: What children see and the checks do not, sharpest first: also the order of the register.
APART = (Divergence.DISSONANCE, Divergence.PARTIAL)
BLIND_SPOTS = (GapClass.NO_REQUIREMENT, GapClass.NOT_CHECKED, GapClass.DIFFERENT_PICTURE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to answer. `key` is `area:TRY` or `theme:mat` and stays the same between weighings.

    `kind` says how children and compliance stand apart in an area, or which blind spot a theme is.
    """

    key: str
    kind: Divergence | GapClass
    area: str
    theme: str | None = None


def register_entries(result: Weighing, catalogue: Catalogue) -> tuple[Entry, ...]:
    """Areas where children and compliance point apart (in either direction), then raised blind spots.

    Dissonance stands before partial agreement and B1 before B2 before B3; then the catalogue's names
    in alphabetical order. A perspective that is silent is no divergence: what was not checked is B2.
    """
    pair = (Perspective.CHILD, Perspective.COMPLIANCE)
    areas = [
        Entry(f"area:{name}", area.divergence[pair].kind, name)
        for name, area in result.areas.items()
        if area.divergence[pair].kind in APART
    ]
    themes = [
        Entry(f"theme:{theme}", result.gap.themes[theme].kind, catalogue.themes[theme], theme)
        for theme in child_raised_themes(result)
        if result.gap.themes[theme].kind in BLIND_SPOTS
    ]
    return (
        *sorted(areas, key=lambda entry: (APART.index(Divergence(entry.kind)), entry.area)),
        *sorted(themes, key=lambda entry: (BLIND_SPOTS.index(GapClass(entry.kind)), entry.theme)),
    )


def how_children_differ(area: AreaResult) -> str:
    """Whether children's picture of the area is `lower` or `higher` than that of the checks; "" elsewhere."""
    pair = (Perspective.CHILD, Perspective.COMPLIANCE)
    if area.divergence[pair].kind not in APART:
        return ""
    return "lower" if area.levels[pair[0]] < area.levels[pair[1]] else "higher"


def child_raised_themes(result: Weighing) -> tuple[str, ...]:
    """The themes on the children's agenda (§2.11): raised by a child, or judged to be a problem."""
    return tuple(sorted(theme for theme, gap in result.gap.themes.items() if gap.children))


def unanswered(entries: Iterable[Entry], answered: Collection[str]) -> tuple[Entry, ...]:
    """The entries whose key is not among the `answered` keys, in their order."""
    return tuple(entry for entry in entries if entry.key not in answered)


def influence(raised: Iterable[str], answered: Collection[str]) -> Fraction | None:
    """The share of the child-raised themes that have an answer (§11): must be 1 to close the letter.

    A theme is answered when it stands in the letter, is withheld to protect a child with a note, or
    is explained to lie outside the remit. `None` when children raised nothing: there is no share of it.
    """
    themes = set(raised)
    return Fraction(len(themes & set(answered)), len(themes)) if themes else None
