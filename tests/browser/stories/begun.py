"""What is there when a story begins: an authority with its people, and a case that has come some way.

The way up to there is gone by the use cases (tests/rich_way.py); what the story is about is then done on
the screen.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from tests.browser.authority import PEOPLE, email_of
from tests.builders import make_home, make_provider, make_user
from tests.example_inspection import check
from tests.rich_account import NOW
from tests.rich_case import rich_inspection_file, with_grave_account
from tests.rich_way import TEAM, Way
from tillsyn.inspect.services.move_inspection import move_inspection
from tillsyn.inspect.settings import Settings
from tillsyn.models.people import User
from tillsyn.models.register import Home, Provider
from tillsyn.models.vocabulary import Role, State

Begin = Callable[[Session, Settings], None]

HOME = "HVB Lindgården"
PARTS = {
    "leader": "inspector",
    "co_inspector": "co_inspector",
    "decision_maker": "supervisor",
    "peer_reviewer": "peer_reviewer",
    "lawyer": "lawyer",
}
"""Who of the authority has which part in a case (tests/rich_way.py: TEAM)."""


def at_the_provider(db: Session) -> Home:
    """A home, the one who answers for it and the one who manages it, with accounts of their own."""
    home = make_home(db, make_provider(db, name="Lindgårdens Omsorg AB"), name=HOME)
    make_user(db, Role.PROVIDER, name="Petra Öst", email=email_of("provider"), provider_id=home.provider_id)
    make_user(db, Role.HOME_MANAGER, name="Hugo Berg", email=email_of("home_manager"), home_id=home.id)
    return home


def case_of(
    db: Session,
    settings: Settings,
    home: Home,
    dnr: str,
    *,
    grave: bool = False,
    sanction: bool = False,
    in_the_field: bool = False,
) -> Way:
    """A case taken in from a file, ready to be gone further (`Way.go_as_far_as`).

    `grave`: with an account that a child gives alone. `sanction`: somebody began without the register check.
    `in_the_field`: the visit goes on, one child has talked with us and one has not been asked.
    """
    known = {who: db.query(User).filter_by(email=email_of(who)).one().id for who in (*PEOPLE, "provider")}
    outside = {name: make_user(db, TEAM[name][0]).id for name in TEAM if name not in PARTS}
    people = known | outside | {name: known[who] for name, who in PARTS.items()}
    data: dict[str, Any] = rich_inspection_file(home, db.get_one(Provider, home.provider_id)) | {"dnr": dnr}
    if sanction:
        breach = check("K08", "deviation", consequence=2, extent=1, note="En vikarie saknade utdrag.")
        data["checks"] = [breach if one["requirement"] == "K08" else one for one in data["checks"]]
    if in_the_field:
        data["residents"][1]["outcome"], data["interviews"], data["checks"] = None, data["interviews"][:1], []
    return Way(db, people, settings, with_grave_account(data) if grave else data)


def with_letter_sent(way: Way) -> Way:
    """The letter is decided and sent, and the follow-up has begun; nothing is answered in it."""
    way.go_as_far_as(State.DECISION)
    way.decide()
    move_inspection(
        way.db, actor=way.actor("leader"), inspection=way.case, to=State.FOLLOW_UP, now=NOW
    )  # fmt: skip
    way.db.flush()
    return way
