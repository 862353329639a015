"""What a file would change in the register: every step in order, and every fault, before anything is written.

An empty cell, or a column that is not there, leaves what stands as it stands: a file takes nothing away.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.among import among
from ...models.base import new_id
from ...models.planning_words import PermitKind, RegisterPart
from ...models.register import Home, Municipality, Permit, Provider
from ...models.vocabulary import N_, ProviderKind
from ..rules.register_rows import ReadRow, RowFault

AT_ONCE = 1_000
"""Keys in one question: SQLite takes some thirty thousand, and plans best with few."""

Key = TypeVar("Key")


@dataclass(slots=True)
class Step:
    """One row of the register that is made (`row` None) or changed. `values`: only what becomes different."""

    part: RegisterPart
    line: int
    id: UUID
    name: str
    values: dict[str, Any]
    row: Any = None


@dataclass(slots=True)
class RegisterPlan:
    steps: list[Step] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    lines: int = 0

    @property
    def added(self) -> list[Step]:
        return [step for step in self.steps if step.row is None]

    @property
    def changed(self) -> list[Step]:
        return [step for step in self.steps if step.row is not None and step.values]


def plan_register(db: Session, rows: Sequence[ReadRow]) -> RegisterPlan:
    """The plan for rows without faults of their own."""
    planner = _Planner(db, rows)
    for row in rows:
        planner.take(row)
    planner.order_permits()
    planner.plan.steps = [step for step in planner.plan.steps if step.row is None or step.values]
    planner.plan.lines = len(rows)
    return planner.plan


def _in_parts(keys: Iterable[Key]) -> Iterator[list[Key]]:
    rest = iter(keys)
    while part := list(islice(rest, AT_ONCE)):
        yield part


class _Planner:
    """Goes through the rows with the register as it stands, and as the rows before have left it."""

    def __init__(self, db: Session, rows: Sequence[ReadRow]) -> None:
        self.plan = RegisterPlan()
        self.steps: dict[UUID, Step] = {}
        self.providers: dict[str, tuple[UUID, Any]] = {}
        self.homes: dict[tuple[UUID, str], tuple[UUID, Any]] = {}
        self.permits: dict[UUID, dict[date, tuple[UUID, Any]]] = {}
        self.towns: dict[str, tuple[UUID, Any]] = {}
        self.codes: dict[str, str] = {}
        self._read(db, {row.number for row in rows})

    def _read(self, db: Session, numbers: set[str]) -> None:
        for part in _in_parts(sorted(numbers)):
            for one in db.scalars(select(Provider).where(among(Provider.organisation_number, part))):
                self.providers[one.organisation_number] = (one.id, one)
        for keys in _in_parts([key for key, _row in self.providers.values()]):
            for home in db.scalars(select(Home).where(among(Home.provider_id, keys))):
                self.homes[(home.provider_id, home.name.casefold())] = (home.id, home)
        for keys in _in_parts([key for key, _row in self.homes.values()]):
            for permit in db.scalars(select(Permit).where(among(Permit.home_id, keys))):
                self.permits.setdefault(permit.home_id, {})[permit.from_on] = (permit.id, permit)
        for town in db.scalars(select(Municipality)):
            self.towns[town.name.casefold()] = (town.id, town)
            if town.code:
                self.codes[town.code] = town.name.casefold()

    def fault(self, line: int, column: str, text: str, **values: Any) -> None:
        self.plan.faults.append(RowFault(line, column, text, values))

    def take(self, row: ReadRow) -> None:
        provider_id, kind = self._provider(row)
        if row.home:
            town = self._town(row)
            home_id, places = self._home(row, provider_id, town)
            if "from_on" in row.permit:
                self._permit(row, home_id, kind, places)

    def _step(
        self, part: RegisterPart, line: int, key: UUID, name: str, row: Any, values: dict[str, Any]
    ) -> Step:
        """The step about this row of the register; what differs from before is added to it."""
        step = self.steps.get(key)
        if step is None:
            step = self.steps[key] = Step(part, line, key, name, {}, row)
            self.plan.steps.append(step)
        for name_, value in values.items():
            if row is None or getattr(row, name_) != value:
                step.values[name_] = value
        return step

    def _value(self, key: UUID, row: Any, name: str) -> Any:
        """What the field will hold after the steps so far."""
        step = self.steps.get(key)
        if step is not None and name in step.values:
            return step.values[name]
        return getattr(row, name) if row is not None else None

    def _provider(self, row: ReadRow) -> tuple[UUID, ProviderKind | None]:
        key, there = self.providers.get(row.number, (None, None))
        values = dict(row.provider)
        if key is None:
            key = new_id()
            self.providers[row.number] = (key, None)
            values["organisation_number"] = row.number
            if "kind" not in values:
                self.fault(
                    row.line,
                    "provider_kind",
                    N_("A new provider needs its kind: privat, kommunal or statlig."),
                )
        self._step(RegisterPart.PROVIDER, row.line, key, row.provider.get("name", row.number), there, values)
        return key, self._value(key, there, "kind")

    def _town(self, row: ReadRow) -> tuple[UUID, str] | None:
        name, code = row.values.get("municipality"), row.municipality_code
        if name is None and code is not None:
            known = self.codes.get(code)
            if known is None:
                self.fault(
                    row.line, "municipality_code", N_("No municipality in the register has this code.")
                )
                return None
            name = known
        if name is None:
            return None
        key, there = self.towns.get(name.casefold(), (None, None))
        if key is None:
            key = new_id()
            self.towns[name.casefold()] = (key, None)
            self._step(RegisterPart.MUNICIPALITY, row.line, key, name, None, {"name": name})
        title = self._value(key, there, "name")
        if code is not None:
            held = self._value(key, there, "code")
            if (held or code) != code or self.codes.get(code, title.casefold()) != title.casefold():
                self.fault(
                    row.line,
                    "municipality_code",
                    N_("The code belongs to another municipality, or the other way round."),
                )
            elif held is None:
                self.codes[code] = title.casefold()
                self._step(RegisterPart.MUNICIPALITY, row.line, key, title, there, {"code": code})
        return key, title

    def _home(self, row: ReadRow, provider_id: UUID, town: tuple[UUID, str] | None) -> tuple[UUID, int]:
        key, there = self.homes.get((provider_id, row.home.casefold()), (None, None))
        values = {name: value for name, value in row.values.items() if name != "municipality"}
        if town is not None:
            values["municipality_id"], values["municipality"] = town
        if key is None:
            key = new_id()
            self.homes[(provider_id, row.home.casefold())] = (key, None)
            values |= {"name": row.home, "provider_id": provider_id}
            missing = [name for name in ("kind", "municipality", "places") if name not in values]
            for name in missing:
                self.fault(row.line, name, N_("A new home needs this."))
        latest = self._value(key, there, "last_visit_on")
        if latest is not None and values.get("last_visit_on", latest) <= latest:
            values.pop("last_visit_on", None)
        self._step(RegisterPart.HOME, row.line, key, row.home, there, values)
        opened, closed = self._value(key, there, "opened_on"), self._value(key, there, "closed_on")
        if opened is not None and closed is not None and closed < opened:
            self.fault(row.line, "closed_on", N_("A home cannot be closed down before it opened."))
        return key, self._value(key, there, "places") or 0

    def _permit(self, row: ReadRow, home_id: UUID, provider: ProviderKind | None, places: int) -> None:
        held = self.permits.setdefault(home_id, {})
        key, there = held.get(row.permit["from_on"], (None, None))
        values = dict(row.permit)
        if key is None:
            key = new_id()
            held[row.permit["from_on"]] = (key, None)
            private = provider in (ProviderKind.PRIVATE, None)
            values.setdefault("kind", PermitKind.PERMIT if private else PermitKind.NOTIFICATION)
            values.setdefault("places", places)
            values["home_id"] = home_id
        self._step(RegisterPart.PERMIT, row.line, key, row.home, there, values)

    def order_permits(self) -> None:
        """A permit without a last day ends the day before the next; two that hold on one day are a fault."""
        for held in self.permits.values():
            for first, second in pairwise(sorted(held)):
                key, there = held[first]
                after, _later = held[second]
                if key not in self.steps and after not in self.steps:
                    continue
                ends = self._value(key, there, "to_on")
                line = (self.steps.get(after) or self.steps[key]).line
                if ends is None:
                    day_before = {"to_on": second - timedelta(days=1)}
                    self._step(RegisterPart.PERMIT, line, key, self._name(key), there, day_before)
                elif ends >= second:
                    both = N_("Another permit of the home holds on some of these days, from %(day)s.")
                    self.fault(line, "permit_from", both, day=first)

    def _name(self, key: UUID) -> str:
        return self.steps[key].name if key in self.steps else ""


def before_and_after(step: Step) -> Mapping[str, tuple[Any, Any]]:
    """What each field of a row holds, and will hold; ids are left out."""
    return {
        name: (getattr(step.row, name, None), value)
        for name, value in step.values.items()
        if not name.endswith("_id")
    }
