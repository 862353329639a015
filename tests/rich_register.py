"""What the register of the rich authority holds beside its homes: permits, a committee, what came in, a file."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from tests.rich_account import MARKER, NOW
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.visit_reasons import FROM_THE_START, Weighed
from tillsyn.inspect.services.import_register import keep_file
from tillsyn.inspect.services.register_home import find_home
from tillsyn.inspect.services.register_municipality import (
    find_municipality,
    municipality_named,
    save_committee,
    save_municipality,
)
from tillsyn.inspect.services.register_permit import PermitValues, save_permit
from tillsyn.inspect.services.register_signal import register_signal, set_signal_aside
from tillsyn.inspect.services.weigh_reasons import weigh_reasons
from tillsyn.models.planning_words import PermitKind, SignalKind, VisitReason, Weight

FILE = "Organisationsnummer;Huvudman;Typ av huvudman\n556677-8899;Ängsliden Omsorg AB;privat\n"


@dataclass(frozen=True)
class RichRegister:
    municipality_id: UUID
    committee_id: UUID
    permit_id: UUID
    signal_id: UUID
    import_id: UUID


def build_rich_register(db: Session, home_id: UUID, registrar: Actor, supervisor: Actor) -> RichRegister:
    home = find_home(db, home_id)
    found = municipality_named(db, home.municipality, actor=registrar, now=NOW)
    home.municipality_id = found.id
    town = save_municipality(
        db, actor=registrar, municipality=found, name=found.name, code="1880", region="Region Exempel",
        address="Torget 1", email="registrator@exempel.se", now=NOW,
    )  # fmt: skip
    committee = save_committee(
        db, actor=registrar, municipality=find_municipality(db, town.id), committee=None,
        name="Socialnämnden", address="Torget 2", email="namnd@exempel.se", now=NOW,
    )  # fmt: skip
    for year, places in ((2023, home.places), (2025, home.places + 1)):
        permit = save_permit(
            db, actor=registrar, home=home, permit=None, now=NOW,
            values=PermitValues(
                PermitKind.PERMIT, date(year, 1, 1), places, f"{year}-77", None, "Unga 13–17 år", 13, 17, "Villkor."
            ),
        )  # fmt: skip
    signals = [
        register_signal(
            db, actor=registrar, home=home, kind=kind, came_on=date(2026, 3, 9), subject="Bemanning på natten",
            text=f"Någon berättar om {MARKER}.", dnr="2026-00042", now=NOW,
        )
        for kind in SignalKind
    ]  # fmt: skip
    set_signal_aside(
        db, actor=supervisor, signal=signals[-1], reason=f"Gäller {MARKER}, som har flyttat.", now=NOW
    )
    weigh_reasons(
        db, actor=supervisor, made_from=0, why="Tips har visat sig stämma oftare än vi trodde.", now=NOW,
        weighting={**FROM_THE_START, VisitReason.TIP: Weighed(Weight.STRONG, 24)},
    )  # fmt: skip
    kept = keep_file(db, actor=registrar, name="register.csv", content=FILE.encode(), now=NOW)
    return RichRegister(town.id, committee.id, permit.id, signals[0].id, kept.id)
