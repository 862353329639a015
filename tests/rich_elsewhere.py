"""A whole case of another unit beside the rich authority's: other people, another home, another provider."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from tests.builders import make_home, make_provider, make_user
from tests.rich_case import RichAuthority, rich_inspection_file, with_grave_account
from tests.rich_devices import RichDevices, build_rich_devices
from tests.rich_disclosures import RichDisclosures, build_rich_disclosures
from tests.rich_files import RichFiles, build_rich_files
from tests.rich_log import build_rich_identity, build_rich_opening
from tests.rich_notices import build_rich_notices
from tests.rich_portal import RichPortal, build_rich_portal
from tests.rich_way import TEAM, Way
from tillsyn.inspect.settings import Settings
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State

DNR = "2026-28888"


@dataclass
class Elsewhere:
    """`made` as of the rich authority: its people by the same names, its only case under `follow_up`."""

    made: RichAuthority
    devices: RichDevices
    files: RichFiles
    portal: RichPortal
    disclosures: RichDisclosures
    notice_id: UUID
    people: dict[str, UUID] = field(default_factory=dict)


def build_elsewhere(db: Session, settings: Settings) -> Elsewhere:
    provider = make_provider(db)
    home = make_home(db, provider)
    people = {
        name: make_user(db, role, email=f"{name}@annan-enhet.example").id for name, (role, _) in TEAM.items()
    }
    people["provider"] = make_user(
        db, Role.PROVIDER, email="provider@annan-enhet.example", provider_id=provider.id
    ).id
    people["home_manager"] = make_user(
        db, Role.HOME_MANAGER, email="home_manager@annan-enhet.example", home_id=home.id
    ).id
    made = RichAuthority(people=people, cases={"follow_up": DNR}, provider_id=provider.id, home_id=home.id)
    data = with_grave_account(rich_inspection_file(home, provider)) | {
        "dnr": DNR,
        "title": "Tillsyn annorstädes",
    }
    Way(db, people, settings, data).go_as_far_as(State.FOLLOW_UP)
    leader = actor_of(db.get_one(User, people["leader"]))
    devices = build_rich_devices(db, made, "follow_up")
    notice = build_rich_notices(db, people, DNR)
    files = build_rich_files(db, DNR, leader)
    portal = build_rich_portal(db, made, DNR)
    build_rich_identity(db, people, DNR)
    build_rich_opening(db, make_user(db, Role.INSPECTOR).id, DNR)
    co_inspector, decider = (
        actor_of(db.get_one(User, people[name])) for name in ("co_inspector", "decision_maker")
    )
    disclosures = build_rich_disclosures(db, DNR, leader, co_inspector, decider, settings.authority)
    return Elsewhere(made, devices, files, portal, disclosures, notice, people)
