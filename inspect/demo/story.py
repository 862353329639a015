"""What the cases of the example have in common: times counted from the loading, people, and the way on."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.vocabulary import State, TeamRole
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..services.find_inspection import find_inspection
from ..services.import_inspection import import_inspection
from ..services.move_inspection import move_inspection
from ..services.staff_inspection import add_member, declare_conflict
from ..settings import AuthorityDetails
from .people import LAWYER

TIMES = frozenset({"started_at", "ended_at", "noted_at", "at"})
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Story:
    """The example as it is being told: `now` is the moment of loading, `people` the actors by e-mail."""

    db: Session
    people: dict[str, Actor]
    authority: AuthorityDetails
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(SWEDEN).date()

    def at(self, days: int, hour: int = 10, minute: int = 0) -> datetime:
        """That time of day in Sweden, `days` from today; never later than the moment of loading."""
        moment = datetime.combine(self.today + timedelta(days=days), time(hour, minute), SWEDEN)
        return min(moment, self.now)

    def import_visit(self, name: str, *, days_ago: int, imported: datetime) -> Inspection:
        """Take in `inspection-<name>.json`, its visit moved to about `days_ago`; everybody declares."""
        text = (Path(__file__).parent / f"inspection-{name}.json").read_text(encoding="utf-8")
        data = json.loads(text)
        begins = datetime.fromisoformat(data["visit"]["started_at"]).date()
        moved = _moved(data, working_day(self.today - timedelta(days=days_ago)) - begins)
        _say_who_coded(moved, imported)
        moved["dnr"] = f"{moved['planned_on'][:4]}-{data['dnr'].partition('-')[2]}"
        inspection = import_inspection(self.db, actor=None, data=moved, now=imported).inspection
        members = {member.user_id for member in inspection.team}
        for actor in self.people.values():
            if actor.user_id in members:
                self.declare(inspection, actor, imported)
        return inspection

    def declare(self, inspection: Inspection, actor: Actor, at: datetime) -> None:
        """The actor says that they have no conflict of interest."""
        declare_conflict(self.db, actor=actor, inspection=inspection, has_conflict=False, note="", now=at)
        self.db.flush()

    def add_lawyer(self, inspection: Inspection, actor: Actor, *, at: datetime) -> Inspection:
        """The lawyer of the example joins the team, without a conflict of interest."""
        lawyer = self.people[LAWYER]
        add_member(
            self.db, actor=actor, inspection=inspection, user_id=lawyer.user_id, role=TeamRole.LAWYER, now=at
        )
        self.db.flush()
        case = find_inspection(self.db, inspection.dnr)
        self.declare(case, lawyer, at)
        return case

    def move(
        self, inspection: Inspection, actor: Actor, *states: State, at: datetime, reason: str = ""
    ) -> Inspection:
        """Through the gates, a minute between them. Gives the case as it stands afterwards."""
        for step, state in enumerate(states):
            move_inspection(
                self.db,
                actor=actor,
                inspection=inspection,
                to=state,
                reason=reason,
                now=at + timedelta(minutes=step),
            )
            self.db.flush()
        return find_inspection(self.db, inspection.dnr)


def _say_who_coded(data: dict[str, Any], at: datetime) -> None:
    """The responsible inspector has coded what the file says is judged."""
    lead = next(member["name"] for member in data["team"] if member["role"] == "inspector")
    for source in (*data["interviews"], *data["evidence"]):
        for told in source["statements"]:
            if told["severity"] is not None and told["theme"] is not None:
                first = {"part": "first", "theme": told["theme"], "severity": told["severity"]}
                told["codings"] = [first | {"coder": lead, "coded_at": at.isoformat()}]


def working_day(day: date) -> date:
    """That day, or the nearest Monday to Thursday before it: visits of two days end within the week."""
    while day.weekday() >= FRIDAY:
        day -= timedelta(days=1)
    return day


def _moved(value: Any, by: timedelta, key: str = "") -> Any:
    """The data of a file with every time moved by whole days, the hour in Sweden unchanged."""
    if isinstance(value, dict):
        return {name: _moved(item, by, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, by) for item in value]
    if key == "planned_on":
        return (date.fromisoformat(value) + by).isoformat()
    if key in TIMES:
        local = datetime.fromisoformat(value).astimezone(SWEDEN).replace(tzinfo=None)
        return (local + by).replace(tzinfo=SWEDEN).isoformat()
    return value
