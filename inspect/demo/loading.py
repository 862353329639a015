"""Load everything, in the order in which it would have happened."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.people import User
from ...models.vocabulary import N_
from ..errors import Conflict
from ..settings import AuthorityDetails
from . import finished_cases, open_cases, other_packs
from .people import INSPECTOR, add_people
from .register import fill_the_register
from .story import Story


def is_loaded(db: Session) -> bool:
    """Whether the example data is there: its first account is."""
    return db.scalar(select(User.id).where(User.email == INSPECTOR)) is not None


def load_demo(db: Session, *, authority: AuthorityDetails, now: datetime) -> None:
    """Add the example data. Everything that has happened in it lies before `now`.

    Raises Conflict when it is there already.
    """
    if is_loaded(db):
        raise Conflict(N_("The example data is here already."))
    people = add_people(db, now=now - timedelta(days=500))
    story = Story(db=db, people=people, authority=authority, now=now)
    fill_the_register(story)
    finished_cases.closed_last_year(story)
    finished_cases.answered_by_the_provider(story)
    finished_cases.sent_to_the_provider(story)
    finished_cases.waiting_for_the_supervisor(story)
    open_cases.ready_to_weigh(story)
    open_cases.asked_for_self_assessment(story)
    open_cases.unannounced_next_week(story)
    open_cases.visit_going_on(story)
    other_packs.group_home_in_review(story)
    other_packs.home_care_being_prepared(story)
    other_packs.school_being_visited(story)
