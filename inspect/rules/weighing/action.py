"""The action track: what the authority may and should do (METHOD 2.12).

Kept apart from the picture. Steps 2 and 4 exist only on an established deviation or a
corroborated account; what no requirement covers can never give more than a dialogue.
"""

from collections.abc import Mapping, Sequence

from .configuration import GRAVE
from .flags import Flags
from .scales import ActionTrack, Perspective, Position
from .severity import ActiveCoding, RequirementResult


def action_of(
    position: Position | None,
    codings: Sequence[ActiveCoding],
    requirements: Sequence[RequirementResult],
    themes: Mapping[str, Mapping[Perspective, int]],
    flags: Flags,
) -> ActionTrack | None:
    """The highest step that applies to one area, `None` when there is no evidence at all."""
    if not codings and not requirements:
        return None
    if flags.acute:
        return ActionTrack.IMMEDIATE_PROTECTION
    if any(result.severity >= GRAVE for result in requirements) or any(
        active.is_grave and active.corroborated for active in codings
    ):
        return ActionTrack.CONSIDER_INTERVENTION
    if flags.investigate:
        return ActionTrack.INVESTIGATE
    # The learning premium: what a home has found itself and begun to put right is talked about.
    if any(result.severity == 2 and not result.learning for result in requirements):
        return ActionTrack.REQUEST_CORRECTION
    children_dissatisfied = any(levels.get(Perspective.CHILD, 4) <= 3 for levels in themes.values())
    if (position is not None and position <= 3) or children_dissatisfied:
        return ActionTrack.DIALOGUE
    if any(result.severity >= 1 for result in requirements):
        return ActionTrack.DIALOGUE
    return ActionTrack.AFFIRM
