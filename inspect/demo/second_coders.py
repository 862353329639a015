"""The second coder of the example: judges apart from the first, mostly alike, and settles the rest."""

from datetime import datetime, timedelta

from ...models.inspections import Inspection
from ...models.vocabulary import TeamRole
from ..rules.access import Actor
from ..rules.two_coders import lacks_second_coder
from ..services.code_unit import CodingValues, code_unit
from ..services.find_codings import Unit, list_units
from ..services.find_inspection import find_inspection
from ..services.settle_coding import settle_coding
from ..services.staff_inspection import add_member
from .people import PEER_REVIEWER
from .story import Story


def code_by_two(story: Story, case: Inspection, lead: Actor, *, at: datetime, leave: int = 0) -> Inspection:
    """A second person codes what stands as 2 or more, and every talk that is drawn; gives the case anew.

    Now and then they judge one step milder; the two talk it over and the first judgement stands. With
    `leave`, that many units are left for somebody else, and the disagreements are left to settle.
    """
    second = _second_coder(story, case, lead, at)
    case = find_inspection(story.db, case.dnr)
    units = [unit for unit in list_units(story.db, case) if _is_for_two(unit)]
    must = [unit for unit in units if lacks_second_coder(unit.judged)]
    left = must[len(must) - leave :]
    for number, unit in enumerate(unit for unit in units if unit not in left):
        first = unit.judged.first
        assert first is not None  # noqa: S101 - asked for above  # nosec B101
        milder = first.severity == 2 and number % 7 == 3
        moment = at + timedelta(minutes=2 * number)
        code_unit(
            story.db,
            actor=second,
            inspection=case,
            unit_id=unit.id,
            version=0,
            values=CodingValues(first.theme, first.severity - int(milder)),
            now=moment,
        )
        if milder and not leave:
            settle_coding(
                story.db,
                actor=second,
                inspection=case,
                unit_id=unit.id,
                version=2,
                values=CodingValues(
                    first.theme,
                    first.severity,
                    "Vi läste exemplen tillsammans. Det påverkar vardagen tydligt.",
                ),
                now=moment + timedelta(minutes=1),
            )
    story.db.flush()
    return find_inspection(story.db, case.dnr)


def _is_for_two(unit: Unit) -> bool:
    return unit.judged.first is not None and (lacks_second_coder(unit.judged) or unit.is_drawn)


def _second_coder(story: Story, case: Inspection, lead: Actor, at: datetime) -> Actor:
    """The co-inspector of the case; where there is none, the peer reviewer joins it."""
    for member in case.team:
        if member.role is TeamRole.CO_INSPECTOR and member.user_id != lead.user_id:
            return next(actor for actor in story.people.values() if actor.user_id == member.user_id)
    reviewer = story.people[PEER_REVIEWER]
    if all(member.user_id != reviewer.user_id for member in case.team):
        add_member(
            story.db,
            actor=lead,
            inspection=case,
            user_id=reviewer.user_id,
            role=TeamRole.PEER_REVIEWER,
            now=at,
        )
        story.declare(find_inspection(story.db, case.dnr), reviewer, at)
    return reviewer
