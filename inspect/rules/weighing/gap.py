"""The gap between what children bring up and what was checked (METHOD 2.11)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from .inputs import Catalogue
from .levels import theme_levels
from .results import Gap, ThemeGap
from .scales import GapClass, Perspective
from .severity import ActiveCoding, RequirementResult

_ZERO = Fraction(0)


def gap_of(
    catalogue: Catalogue, codings: Iterable[ActiveCoding], checked: Mapping[str, RequirementResult]
) -> Gap:
    """The gap of a whole inspection.

    Undefined (`None`) without a child who brought anything up; the two measures that compare with
    the checks are undefined without a checked requirement too. Never 0 for want of evidence.
    """
    childrens = [active for active in codings if active.coding.perspective is Perspective.CHILD]
    attention = _attention(childrens)
    children = _mean_agenda(attention)
    checks = _mean_agenda([dict.fromkeys(catalogue.requirements[one], 1) for one in sorted(checked)])
    levels = {theme: read[Perspective.CHILD] for theme, read in theme_levels(childrens).items()}
    kinds = {
        theme: _kind(catalogue, theme, levels.get(theme), checked)
        for theme in sorted({*levels, *(children or {}), *(checks or {})})
    }
    themes = {
        theme: ThemeGap(
            kind=kind,
            children=None if children is None else children.get(theme, _ZERO),
            checks=None if checks is None else checks.get(theme, _ZERO),
            children_level=levels.get(theme),
        )
        for theme, kind in kinds.items()
    }
    if children is None:
        return Gap(None, None, None, None, None, None, None, themes)
    shares: defaultdict[GapClass, Fraction] = defaultdict(Fraction)
    for theme, share in children.items():
        shares[kinds[theme]] += share
    return Gap(
        outside=shares[GapClass.NO_REQUIREMENT] + shares[GapClass.NOT_CHECKED],
        no_requirement=shares[GapClass.NO_REQUIREMENT],
        not_checked=shares[GapClass.NOT_CHECKED],
        different_picture=shares[GapClass.DIFFERENT_PICTURE],
        distance=None if checks is None else _distance(children, checks),
        checks_without_voice=None
        if checks is None
        else sum((share for theme, share in checks.items() if not children.get(theme)), _ZERO),
        saturation=_saturation(attention),
        themes=themes,
    )


def _attention(childrens: Sequence[ActiveCoding]) -> list[dict[str, int]]:
    """Per child who brought something up: theme to attention, 2 for important, 1 for raised."""
    by_child: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for active in childrens:
        coding = active.coding
        if coding.important:
            attention = 2
        elif active.effective >= 1 or not coding.prompted:
            attention = 1
        else:
            continue
        themes = by_child[coding.source]
        themes[coding.theme] = max(attention, themes.get(coding.theme, 0))
    return [by_child[child] for child in sorted(by_child)]


def _mean_agenda(parts: Sequence[Mapping[str, int]]) -> dict[str, Fraction] | None:
    """Everybody spreads one unit over their themes; the mean of it, `None` for nobody."""
    if not parts:
        return None
    agenda: defaultdict[str, Fraction] = defaultdict(Fraction)
    for part in parts:
        whole = sum(part.values()) * len(parts)
        for theme, value in part.items():
            agenda[theme] += Fraction(value, whole)
    return dict(agenda)


def _kind(
    catalogue: Catalogue, theme: str, level: int | None, checked: Mapping[str, RequirementResult]
) -> GapClass:
    if theme not in catalogue.covered_themes:
        return GapClass.NO_REQUIREMENT
    found = [result.severity for name, result in checked.items() if theme in catalogue.requirements[name]]
    if not found:
        return GapClass.NOT_CHECKED
    if max(found) <= 1 and level is not None and level <= 2:
        return GapClass.DIFFERENT_PICTURE
    return GapClass.SAME_PICTURE


def _distance(children: Mapping[str, Fraction], checks: Mapping[str, Fraction]) -> Fraction:
    """Total variation: half the sum of the differences."""
    themes = {*children, *checks}
    return sum((abs(children.get(one, _ZERO) - checks.get(one, _ZERO)) for one in themes), _ZERO) / 2


def _saturation(attention: Sequence[Mapping[str, int]]) -> Fraction:
    """Good–Turing: one minus the share of mentions whose theme only one child raised."""
    mentions = Counter(theme for themes in attention for theme in themes)
    once = sum(count == 1 for count in mentions.values())
    return 1 - Fraction(once, sum(mentions.values()))
