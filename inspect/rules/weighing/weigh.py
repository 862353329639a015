"""The whole weighing of one inspection: `weigh`."""

from collections import Counter
from collections.abc import Collection, Sequence

from .action import action_of
from .bounds import bounds_of
from .ceilings import account_ceiling
from .confidence import concerns_of, confidence_of
from .divergence import divergence_of
from .flags import flags_of
from .gap import gap_of
from .inputs import Catalogue, Inspection
from .levels import minority_sources, perspective_levels, read_children, theme_levels, voices
from .margin import margin_of
from .patterns import pattern_of
from .position import basis_of, word_of
from .results import AreaResult, Weighing
from .scales import Perspective, Word
from .severity import ActiveCoding, RequirementResult, active_codings, checked_requirements
from .stamp import stamp_of
from .state_table import weighed_state
from .trace import trace_of


def weigh(
    catalogue: Catalogue, inspection: Inspection, *, earlier_minor_themes: Collection[str] = ()
) -> Weighing:
    """Weigh one inspection by HVB-VM 1.0.

    Every area of the catalogue is in the result, empty ones without a position. Neither the order
    of the records nor the inspection's id matters. The input must be consistent (known themes and
    requirements, unique coding ids): see `parse_case`. `earlier_minor_themes` (see `minor_themes`)
    are those of the home's inspection before this one; they can raise the flag `pattern`, nothing else.
    """
    earlier = frozenset(earlier_minor_themes)
    checked = checked_requirements(inspection.checks)
    active = active_codings(catalogue, inspection.codings, checked)
    codings_by_area: dict[str, list[ActiveCoding]] = {area: [] for area in catalogue.areas}
    for coding in active:
        codings_by_area[catalogue.themes[coding.coding.theme]].append(coding)
    results_by_area: dict[str, list[RequirementResult]] = {area: [] for area in catalogue.areas}
    for requirement in sorted(checked):
        for area in catalogue.requirement_areas[requirement]:
            results_by_area[area].append(checked[requirement])

    areas = {
        area: _weigh_area(catalogue, inspection, area, codings_by_area[area], results_by_area[area], earlier)
        for area in catalogue.areas
    }
    steps = [area.action for area in areas.values() if area.action is not None]
    highest = max(steps, default=None)
    words = Counter(area.word for area in areas.values())
    return Weighing(
        stamp=stamp_of(catalogue, inspection),
        areas=areas,
        gap=gap_of(catalogue, active, checked),
        profile={word: words[word] for word in Word if word in words},
        action=highest,
        driving_areas=tuple(
            name for name, area in areas.items() if highest is not None and area.action == highest
        ),
    )


def _weigh_area(
    catalogue: Catalogue,
    inspection: Inspection,
    area: str,
    codings: Sequence[ActiveCoding],
    requirements: Sequence[RequirementResult],
    earlier_minor_themes: frozenset[str],
) -> AreaResult:
    said = voices(codings)
    levels = perspective_levels(said, requirements)
    child_near = catalogue.is_child_near(area)
    children = tuple(said.get(Perspective.CHILD, {}).values())
    account = account_ceiling(codings)
    weighed = weighed_state(read_children(children), levels, account=account, child_near=child_near)
    accounts = [active for active in codings if active.is_grave]
    basis = basis_of(weighed, accounts)
    themes = theme_levels(codings)
    pattern = pattern_of(catalogue, codings, requirements, earlier_minor_themes)
    flags = flags_of(catalogue, weighed.position, codings, requirements, themes, pattern=bool(pattern))
    divergence = divergence_of(levels)
    concerns = confidence = None
    if codings or requirements:
        concerns = concerns_of(inspection, codings, said, levels, divergence, child_near=child_near)
        confidence = confidence_of(
            concerns,
            residents=inspection.residents,
            children=len(children),
            child_near=child_near,
            account_open=flags.investigate,
        )
    return AreaResult(
        area=area,
        child_near=child_near,
        position=weighed.position,
        word=word_of(weighed.position, basis, accounts),
        basis=basis,
        levels=levels,
        base=weighed.base,
        ceilings=weighed.ceilings,
        confidence=confidence,
        confidence_parts=concerns,
        action=action_of(weighed.position, codings, requirements, themes, flags),
        flags=flags,
        minority=minority_sources(said, levels),
        bounds=bounds_of(
            weighed.position,
            children,
            levels,
            residents=inspection.residents,
            account=account,
            child_near=child_near,
        ),
        margin=margin_of(levels, weighed),
        divergence=divergence,
        trace=trace_of(levels, weighed),
        codings=tuple(codings),
        requirements=tuple(requirements),
        voices=said,
    )
