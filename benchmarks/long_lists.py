"""An authority with very many homes and cases, for `python -m benchmarks lists`: its people and its register.

The accounts of the example data are some of its people: each has as much as one of so many would have.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy import insert as sql_insert

from tillsyn.inspect.outside.database import make_engine
from tillsyn.models.base import new_id
from tillsyn.models.devices import Device, DeviceHolding, KeyWay
from tillsyn.models.planning_words import SignalKind
from tillsyn.models.search_keys import search_key
from tillsyn.models.vocabulary import Role

from .bulk_rows import Rows, any_row, ids_after_all, many_to_come
from .many_cases import Cases, PersonId, moment

BATCH = 5_000
PER_ROLE = {Role.INSPECTOR: 250, Role.SUPERVISOR: 30, Role.PEER_REVIEWER: 40, Role.LAWYER: 20}
ONE_PROVIDERS_HOMES = 200
"""So many homes are of one provider, that of the first account of a provider."""
DEVICES = 300
YEARS = 20
WORDS = (
    "Björken", "Eken", "Granen", "Havet", "Lärkan", "Måsen", "Sjöstugan", "Tallbacken", "Åkerlunden",
    "Ängsgården", "Östra vägen", "Norrgården",
)  # fmt: skip
PLACES = ("Exempelstad", "Provköping", "Ådala", "Östvik", "Sandmo", "Ängsholm")
SIGNAL = {
    "id": "", "dnr": "", "subject": "Exempel", "set_aside_at": None, "set_aside_by_id": None,
    "text_sealed": None, "reason_sealed": None,
}  # fmt: skip


class Authority:
    """Writes the rows; `now` is the day of the measurement."""

    def __init__(self, connection: Connection, *, homes: int, inspections: int) -> None:
        self._connection = connection
        self._homes, self._inspections = homes, inspections
        self._ids = ids_after_all()
        self._chance = random.Random(7)  # noqa: S311 - cases, not secrets
        self._now = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
        self._cases = Cases(connection, self._ids, self._chance, self._now)

    def fill(self) -> None:
        tables = ("providers", "homes", "users", "signals", *(rows.table for rows in self._cases.tables))
        with many_to_come(self._connection, tables):
            people = self._people()
            homes = self._register(people[Role.SUPERVISOR])
            for number in range(self._inspections):
                self._cases.add(number, homes[number % len(homes)], people)
                if number % BATCH == BATCH - 1:
                    self._cases.write()
            self._cases.write()
            self._last_visits()
            self._connection.connection.commit()  # the rows went past SQLAlchemy
        self._devices(people[Role.INSPECTOR])
        self._connection.commit()

    def _people(self) -> dict[Role, list[PersonId]]:
        """Id and name of those with each role, the accounts of the example data among them."""
        found: dict[Role, list[PersonId]] = {}
        there = self._connection.execute(
            text("SELECT users.id, users.name, role FROM users JOIN user_roles ON user_id = users.id")
        )
        for key, name, role in there:
            if role in {one.value for one in PER_ROLE}:
                found.setdefault(Role(role), []).append((_plain(key), name))
        users = Rows("users", any_row(self._connection, "users"), "name", "email", "search_key")
        roles = Rows("user_roles", {}, "user_id", "role")
        for role, number in PER_ROLE.items():
            for place in range(number):
                name = f"{role.value} {place}"
                email = f"{role.value}.{place}@example.se"
                key = next(self._ids)
                users.add(key, name, email, search_key(name, email))
                roles.add(key, role.value)
                found.setdefault(role, []).append((key, name))
        users.write(self._connection)
        roles.write(self._connection)
        return found

    def _register(self, registrars: Sequence[PersonId]) -> list[str]:
        """The homes; a signal about every tenth."""
        having = "SELECT provider_id FROM users WHERE provider_id IS NOT NULL ORDER BY email"
        provider = _plain(self._connection.execute(text(having)).scalars().first())
        providers = Rows(
            "providers", any_row(self._connection, "providers"),
            "name", "organisation_number", "search_key", "created_at",
        )  # fmt: skip
        homes = Rows(
            "homes", any_row(self._connection, "homes") | {"closed_on": None, "last_visit_on": None},
            "provider_id", "name", "municipality", "search_key", "created_at", "opened_on",
        )  # fmt: skip
        signals = Rows("signals", SIGNAL, "home_id", "kind", "came_on", "registered_at", "by_id")
        keys = []
        for number in range(self._homes):
            if number > ONE_PROVIDERS_HOMES and number % 3 == 0:
                name, provider = f"{self._chance.choice(WORDS)} omsorg {number} AB", next(self._ids)
                organisation = f"9{number:05d}-{number % 10000:04d}"
                made = moment(self._now, YEARS * 365)
                providers.add(provider, name, organisation, search_key(name, organisation), made)
            name, place = f"{self._chance.choice(WORDS)} {number}", self._chance.choice(PLACES)
            made, key = moment(self._now, number % 7000 + 30), next(self._ids)
            homes.add(key, provider, name, place, search_key(name, place), made, made[:10])
            keys.append(key)
            if number % 10 == 0:
                came = moment(self._now, number % 700)
                kind = self._chance.choice(list(SignalKind)).value
                signals.add(next(self._ids), key, kind, came[:10], came, registrars[0][0])
        for rows in (providers, homes, signals):
            rows.write(self._connection)
        return keys

    def _last_visits(self) -> None:
        """What models/visits.py keeps when a visit begins through the product."""
        self._connection.connection.driver_connection.execute(
            "UPDATE homes SET last_visit_on = visits.latest FROM (SELECT home_id,"
            " date(max(visit_started_at)) AS latest FROM inspections GROUP BY home_id) AS visits"
            " WHERE visits.home_id = homes.id AND last_visit_on IS NULL"
        )

    def _devices(self, inspectors: Sequence[PersonId]) -> None:
        held = self._connection.execute(
            text("SELECT id FROM inspections ORDER BY state_since DESC LIMIT 900")
        ).all()
        devices, holdings = [], []
        for number in range(DEVICES):
            device = new_id()
            seen = datetime.now(UTC) - timedelta(days=number % 60)
            user = UUID(inspectors[number % len(inspectors)][0])
            devices.append(
                {"id": device, "user_id": user, "key_way": KeyWay.PASSPHRASE, "client": "1"}
                | {"name": f"Platta {number}", "token_hash": number.to_bytes(32, "big")}
                | {"last_seen_at": seen, "enrolled_at": seen}
            )
            holdings += [
                {"device_id": device, "inspection_id": UUID(str(row[0]))}
                | {"taken_at": seen, "fetched_at": seen}
                for row in held[number * 3 : number * 3 + 3]
            ]
        self._connection.execute(sql_insert(Device), devices)
        self._connection.execute(sql_insert(DeviceHolding), holdings)


def _plain(key: object) -> str:
    return str(key).replace("-", "")


def fill(connection: Connection, *, homes: int, inspections: int) -> None:
    """Add so many homes, with providers, and so many inspections, with teams, letters, notices and a log."""
    Authority(connection, homes=homes, inspections=inspections).fill()


def provider_with_most_homes(url: str) -> UUID:
    engine = make_engine(url)
    with engine.connect() as connection:
        most = "SELECT provider_id FROM homes GROUP BY provider_id ORDER BY count(*) DESC LIMIT 1"
        found = UUID(str(connection.execute(text(most)).scalar_one()))
    engine.dispose()
    return found


def roles_of(listing: str) -> Iterator[tuple[str, frozenset[str]]]:
    """E-mail address and roles of each account in what `tillsyn user list` prints."""
    for line in listing.splitlines():
        parts = line.split()
        if len(parts) > 1 and parts[1] == "active" and line.endswith(")"):
            yield parts[0], frozenset(line[line.rindex("(") + 1 : -1].split(", "))
