"""The invented register and accounts. Nobody and nothing here exists."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.people import User
from ...models.register import Home, Provider
from ...models.vocabulary import ProviderKind, Role
from ..rules.access import Actor
from ..services.manage_users import add_user
from ..services.register_home import register_home
from ..services.register_provider import register_provider

PASSWORD = "prova-tillsyn-2026"  # noqa: S105 — printed for everybody who tries the example  # nosec B105

INSPECTOR = "inspektor@exempel.se"
SECOND_INSPECTOR = "inspektor2@exempel.se"
SUPERVISOR = "beslutsfattare@exempel.se"
PEER_REVIEWER = "granskare@exempel.se"
LAWYER = "jurist@exempel.se"
REGISTRAR = "registrator@exempel.se"
LOG_REVIEWER = "loggkontroll@exempel.se"
ADMINISTRATOR = "administrator@exempel.se"
METHOD_OWNER = "metod@exempel.se"
PROVIDER = "huvudman@exempel.se"
SECOND_PROVIDER = "huvudman2@exempel.se"
HOME_MANAGER = "forestandare@exempel.se"


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the example. `belongs_to`: organisation number of a provider, or name of a home."""

    email: str
    name: str
    role: Role
    belongs_to: str = ""


NYPONBACKEN_OMSORG = "550101-0101"
GRANHOLMENS_VARD = "550202-0208"
EXEMPELKOPING = "219901-0303"

EKORRGARDEN = "HVB Ekorrgården"
MOSSEBO = "HVB Mossebo"
TALLASEN = "HVB Tallåsen"

ACCOUNTS = (
    Account(INSPECTOR, "Maja Exempelberg", Role.INSPECTOR),
    Account(SECOND_INSPECTOR, "Tore Påhittsson", Role.INSPECTOR),
    Account(SUPERVISOR, "Karin Exempelstrand", Role.SUPERVISOR),
    Account(PEER_REVIEWER, "Yusuf Exempelqvist", Role.PEER_REVIEWER),
    Account(LAWYER, "Elin Påhittsdotter", Role.LAWYER),
    Account(PROVIDER, "Birgitta Exempelhed", Role.PROVIDER, NYPONBACKEN_OMSORG),
    Account(SECOND_PROVIDER, "Oskar Påhittsberg", Role.PROVIDER, GRANHOLMENS_VARD),
    Account(HOME_MANAGER, "Nadia Exempelvik", Role.HOME_MANAGER, MOSSEBO),
    Account(REGISTRAR, "Ragnar Exempeldal", Role.REGISTRAR),
    Account(LOG_REVIEWER, "Lovisa Exempelfors", Role.LOG_REVIEWER),
    Account(ADMINISTRATOR, "Anders Påhittslund", Role.ADMINISTRATOR),
    Account(METHOD_OWNER, "Märta Exempelmo", Role.METHOD_OWNER),
)

PROVIDERS = (
    (
        NYPONBACKEN_OMSORG,
        "Nyponbacken Omsorg Exempel AB",
        ProviderKind.PRIVATE,
        "Nyponvägen 1, 000 01 Exempelköping",
    ),
    (GRANHOLMENS_VARD, "Granholmens Vård Exempel AB", ProviderKind.PRIVATE, "Holmgatan 2, 000 02 Exempelbo"),
    (EXEMPELKOPING, "Exempelköpings kommun", ProviderKind.MUNICIPAL, "Stora torget 1, 000 01 Exempelköping"),
)

HOMES = (
    (NYPONBACKEN_OMSORG, "HVB Nyponbacken", "Exempelköping", 7, "Pojkar och flickor 13–17 år"),
    (NYPONBACKEN_OMSORG, "HVB Strandängen", "Påhittsvik", 8, "Pojkar och flickor 14–18 år"),
    (GRANHOLMENS_VARD, "HVB Granholmen", "Exempelbo", 6, "Flickor 12–17 år"),
    (GRANHOLMENS_VARD, TALLASEN, "Sagoskoga", 6, "Pojkar 14–18 år"),
    (EXEMPELKOPING, EKORRGARDEN, "Exempelköping", 6, "Barn 7–12 år"),
    (EXEMPELKOPING, MOSSEBO, "Exempelköping", 5, "Pojkar och flickor 15–20 år"),
)


def add_people(db: Session, *, now: datetime) -> dict[str, Actor]:
    """Register the providers and homes and open the accounts. Gives an actor per e-mail address."""
    registrar = next(account for account in ACCOUNTS if account.role is Role.REGISTRAR)
    actors = {registrar.email: _open(db, registrar, now)}
    for number, name, kind, address in PROVIDERS:
        register_provider(
            db, actor=actors[registrar.email], name=name, number=number, kind=kind, address=address, now=now
        )
    for number, name, municipality, places, group in HOMES:
        register_home(
            db,
            actor=actors[registrar.email],
            provider=db.scalars(select(Provider).where(Provider.organisation_number == number)).one(),
            name=name,
            kind="hvb",
            municipality=municipality,
            places=places,
            target_group=group,
            address="",
            now=now,
        )
    for account in ACCOUNTS:
        if account is not registrar:
            actors[account.email] = _open(db, account, now)
    return actors


def _open(db: Session, account: Account, now: datetime) -> Actor:
    provider = db.scalar(select(Provider).where(Provider.organisation_number == account.belongs_to))
    user = add_user(
        db,
        actor=None,
        email=account.email,
        name=account.name,
        password=PASSWORD,
        roles=[account.role],
        now=now,
        provider=provider,
        home=db.scalar(select(Home).where(Home.name == account.belongs_to)),
    )
    return actor_of(user)


def actor_of(user: User) -> Actor:
    return Actor(
        user_id=user.id,
        name=user.name,
        roles=frozenset(item.role for item in user.roles),
        provider_id=user.provider_id,
        home_id=user.home_id,
        standing=user.standing,
    )
