"""A visit that begins is written on the home in the same breath, whatever use case it begins in."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, event, inspect, or_, update
from sqlalchemy.orm import Mapper

from .inspections import Inspection
from .register import Home

SWEDEN = ZoneInfo("Europe/Stockholm")


def day_in_sweden(moment: datetime) -> date:
    return moment.astimezone(SWEDEN).date()


@event.listens_for(Inspection, "after_insert")
@event.listens_for(Inspection, "after_update")
def _note_the_visit(mapper: Mapper[Any], connection: Connection, inspection: Inspection) -> None:
    if inspection.visit_started_at is None or not inspect(inspection).attrs.visit_started_at.history.added:
        return
    day = day_in_sweden(inspection.visit_started_at)
    connection.execute(
        update(Home)
        .where(Home.id == inspection.home_id, or_(Home.last_visit_on.is_(None), Home.last_visit_on < day))
        .values(last_visit_on=day)
    )
