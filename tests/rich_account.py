"""What is done about a grave account on the way of one case (see tests/rich_way.py)."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.countersign_account import countersign_account, return_account
from tillsyn.inspect.services.find_accounts import find_account
from tillsyn.inspect.services.investigate_account import investigate_account
from tillsyn.inspect.services.record_acute import record_acute
from tillsyn.inspect.services.release_area import release_area
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.vocabulary import ReportedTo, Resolution

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""The moment at which the whole way was gone, and at which the pages are read."""

MARKER = "Zeldahemlig"
"""A name that stands in what people said and wrote about children, and nowhere else."""


class WayOfAnAccount:
    """The steps about u7, by those whose task each is; `case` is theirs."""

    db: Session
    people: dict[str, UUID]
    case: Inspection

    def actor(self, name: str) -> Actor:
        return actor_of(self.db.get_one(User, self.people[name]))

    def open_the_acute_track(self) -> None:
        record_acute(
            self.db, actor=self.actor("leader"), inspection=self.case, reported_to=ReportedTo.SOCIAL_SERVICES,
            told_child=True, note=f"Vi ringde om {MARKER}.",
            told_child_what=f"Maja berättade för {MARKER} vad vi gör.", now=NOW,
        )  # fmt: skip

    def deal_with_the_account(self) -> None:
        """What is done at once about u7 is noted, and a second person has written the investigation."""
        for kind, told in (
            (ReportedTo.NO_REPORT, False), (ReportedTo.NO_POLICE, False), (ReportedTo.CHILD_TOLD, True)
        ):  # fmt: skip
            record_acute(
                self.db, actor=self.actor("leader"), inspection=self.case, reported_to=kind, told_child=told,
                note=f"Socialtjänsten känner redan till {MARKER}.", about=("u7",),
                told_child_what=f"Vi berättade för {MARKER}." if told else "", now=NOW,
            )  # fmt: skip
        self.investigate()

    def investigate(self) -> None:
        investigate_account(
            self.db, actor=self.actor("co_inspector"), inspection=self.case, label="u7",
            resolution=Resolution.NOT_CONFIRMED, record=f"Vi talade med personalen om {MARKER}.",
            attempt=f"Vi ringde {MARKER} två gånger.", reached_child=False,
            decision="Det går varken att visa eller utesluta.", now=NOW,
        )  # fmt: skip

    def resolve_the_account(self) -> None:
        """Returned once, written anew and countersigned; then its area, on hold for its few sources, is let go."""
        self.deal_with_the_account()
        first = find_account(self.db, self.case, "u7").waiting
        assert first is not None
        return_account(
            self.db, actor=self.actor("decision_maker"), inspection=self.case, label="u7",
            investigation_id=first.id, remark=f"Skriv hur ni sökte {MARKER}.", now=NOW,
        )  # fmt: skip
        self.investigate()
        waiting = find_account(self.db, self.case, "u7").waiting
        assert waiting is not None
        countersign_account(
            self.db, actor=self.actor("decision_maker"), inspection=self.case, label="u7",
            investigation_id=waiting.id, now=NOW,
        )  # fmt: skip
        release_area(
            self.db, actor=self.actor("decision_maker"), inspection=self.case,
            area=find_account(self.db, self.case, "u7").area,
            assessment=f"Området kan återges: ingen kan förstå att det är {MARKER} som har berättat.", now=NOW,
        )  # fmt: skip
