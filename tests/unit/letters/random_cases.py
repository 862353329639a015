"""Any inspection that could have been made, as its letters see it, and what must never leave of it.

What is made here is weighed and filtered by the code of the product itself; so a letter of it holds what a
letter of a real case could hold. One number makes one case, the same each time.
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cache
from types import NoneType, SimpleNamespace, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from tillsyn.inspect.rules.case_view import AreaView, CaseView, FindingView, Marked, Talks
from tillsyn.inspect.rules.finding_proposals import propose
from tillsyn.inspect.rules.letter_phrases import Phrases
from tillsyn.inspect.rules.weighing import (
    Check,
    CheckResult,
    Coding,
    Inspection,
    Perspective,
    Resolution,
    Status,
    Weighing,
    deviation_severity,
    weigh,
)
from tillsyn.inspect.rules.weighing.external_view import is_on_hold, outside_share
from tillsyn.inspect.services import view_case
from tillsyn.inspect.services.weighing_catalogue import catalogue_of
from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.guide import Pack, available_packs, load_pack
from tillsyn.interview_guides.letter_wording import load_letter_wording
from tillsyn.models.vocabulary import FindingKind, Wish

PACKS = available_packs()
DAY = date(2026, 9, 22)
ROLES = {
    "b": Perspective.CHILD, "p": Perspective.STAFF, "l": Perspective.MANAGER, "a": Perspective.OTHER,
    "o": Perspective.OBSERVATION, "d": Perspective.DOCUMENT,
}  # fmt: skip
ROSTER = (
    "Qvintus",
    "Zaphira",
    "Wolmar",
    "Xenia",
    "Yrla",
    "Zebulon",
    "Qadira",
    "Wigmar",
    "Xerxes",
    "Yxtaholm",
)
"""Names of children that stand in no wording."""
UNTOLD = "grönklädd trombon smältande barometer {name} kvittrande parapet {name} oavvislig {label}"
"""What a statement says: words that stand in no wording."""
ON_HOLD = "Violett ångvält, enligt {name}, med bekymrad manet ombord."
"""What a person has written about an area that is on hold."""
HARMLESS = "Ni har skickat en plan."


@dataclass(frozen=True)
class RandomCase:
    """A case: what its letters are composed from, and what none of them may say.

    `names`: of children and sources, short names of statements, ids. `hidden_themes`: what children brought
    up and nobody may be told that they did: all of it withheld, grave, or in an area on hold.
    """

    seed: int
    view: CaseView
    names: frozenset[str]
    hidden_themes: frozenset[str]
    weighing: Weighing

    @property
    def heard(self) -> int:
        """How many children were heard."""
        return len(frozenset().union(*self.view.heard.values()))

    @property
    def on_hold(self) -> frozenset[str]:
        return frozenset(area.area for area in self.view.areas.values() if area.pending)


def random_case(seed: int) -> RandomCase:
    """The case of a number."""
    rng = random.Random(seed)  # noqa: S311 - any number will do
    pack = load_pack(rng.choice(PACKS))
    children = rng.randint(1, 9)
    codings, statements = _told(rng, pack, children)
    checks = tuple(_checks(rng, pack))
    made = Inspection(
        id="x", residents=max(children, rng.randint(children, 10)), codings=codings, checks=checks,
        children_first=rng.random() < 0.8,
    )  # fmt: skip
    weighing = weigh(catalogue_of(pack), made)
    said = view_case._said(weighing, statements)
    heard = {name: frozenset(area.voices.get(Perspective.CHILD, ())) for name, area in weighing.areas.items()}
    view = CaseView(
        pack=pack,
        day=DAY,
        home="Björken",
        announced=rng.random() < 0.5,
        children_first=made.children_first,
        talks=_talks(rng, made.residents, children),
        contact="Inspektör Exempel",
        withheld=any(one.wish is Wish.NOT_AT_ALL for one in statements.values()),
        said=said,
        heard=heard,
        investigated=frozenset(one.coding.theme for area in weighing.areas.values() for one in area.accounts),
        outside=outside_share(weighing.gap.outside, len(frozenset().union(*heard.values()))),
        marks=tuple(_mark(check) for check in checks),
        areas=_areas(rng, weighing),
        weighed=rng.random() < 0.9,
        public_provider=rng.random() < 0.3,
        communicated_on=DAY if rng.random() < 0.6 else None,
        reply_by=DAY + timedelta(21),
        replied=rng.random() < 0.5,
    )
    view = replace(view, findings=tuple(_findings(rng, view)))
    view = replace(view, **_what_else(rng, view))
    ids = {str(one.id) for one in (*statements.values(), *view.findings)}
    return RandomCase(
        seed=seed,
        view=view,
        names=frozenset({*ROSTER[:children], *statements, *(one.source for one in codings), *ids}),
        hidden_themes=frozenset(_hidden(view, codings, statements)),
        weighing=weighing,
    )


def _told(rng: random.Random, pack: Pack, children: int) -> tuple[tuple[Coding, ...], dict[str, Any]]:
    sources = [f"b{n}" for n in range(1, children + 1)]
    others = rng.sample(["p1", "p2", "p3", "p4", "l1", "a1", "o1", "d1"], k=rng.randint(0, 6))
    themes = rng.sample([theme.id for theme in pack.themes], k=rng.randint(1, min(7, len(pack.themes))))
    open_children = rng.random()
    codings: list[Coding] = []
    statements: dict[str, Any] = {}
    for number in range(rng.randint(0, 16)):
        source = rng.choice(sources if rng.random() < 0.7 or not others else others)
        wish = rng.choices(list(Wish), weights=[0.2 + open_children, 0.5, 0.25])[0]
        severity = rng.choices(range(5), weights=[3, 4, 3, 0.7, 0.2])[0]
        label = f"u{number + 1}"
        codings.append(
            Coding(
                id=label,
                source=source,
                perspective=ROLES[source[0]],
                theme=rng.choice(themes),
                severity=severity,
                firsthand=rng.random() < 0.8,
                status=rng.choices(list(Status), weights=[6, 1, 1])[0],
                resolution=rng.choice([None, None, *Resolution]) if severity >= 3 else None,
                prompted=rng.random() < 0.4,
                important=rng.random() < 0.3,
                concrete=rng.random() < 0.8,
                release=wish is Wish.MAY_BE_TOLD,
            )
        )
        name = ROSTER[int(source[1:]) - 1] if source[0] == "b" else "Personalen"
        statements[label] = SimpleNamespace(
            id=UUID(int=rng.getrandbits(128)),
            label=label,
            wish=wish,
            text=UNTOLD.format(name=name, label=label),
        )
    return tuple(codings), statements


def _checks(rng: random.Random, pack: Pack) -> Iterator[Check]:
    weighed = catalogue_of(pack).requirements
    for rule in rng.sample(list(pack.requirements), k=rng.randint(0, min(9, len(pack.requirements)))):
        result = rng.choice(list(CheckResult))
        if rule.id not in weighed:
            continue
        deviates = result is CheckResult.DEVIATION
        yield Check(
            rule.id, result, rng.randint(0, 4) if deviates else 0, rng.randint(0, 2) if deviates else 0,
            repeated=deviates and rng.random() < 0.3, fixed=deviates and rng.random() < 0.3,
            self_reported=deviates and rng.random() < 0.3,
        )  # fmt: skip


def _mark(check: Check) -> Marked:
    severity = deviation_severity(
        consequence=check.consequence, extent=check.extent, repeated=check.repeated, fixed=check.fixed
    )
    deviates = check.result is CheckResult.DEVIATION
    return Marked(
        check.requirement, check.result, severity if deviates else 0, check.extent, check.repeated, check.fixed,
        check.self_reported,
    )  # fmt: skip


def _talks(rng: random.Random, residents: int, children: int) -> Talks:
    talked = rng.randint(0, children)
    return Talks(
        residents=residents, offered=rng.randint(talked, residents), talked=talked, declined=residents - talked,
        staff=rng.randint(0, 4), managers=rng.randint(0, 2), later=rng.randint(0, 1), observations=rng.randint(0, 2),
        not_heard_harm=rng.choice([0, 0, 0, 1]),
    )  # fmt: skip


def _areas(rng: random.Random, weighing: Weighing) -> dict[str, AreaView]:
    made = {}
    for name, area in weighing.areas.items():
        pending = is_on_hold(area, released=rng.random() < 0.2)
        written = ON_HOLD.format(name=rng.choice(ROSTER)) if pending else "Vi såg att det fungerade."
        made[name] = AreaView(
            name, area.word.value, pending, reasoning=written, children_weighed=written if pending else ""
        )
    return made


def _findings(rng: random.Random, view: CaseView) -> Iterator[FindingView]:
    for one in propose(view, Phrases(load_letter_wording(view.pack.id))):
        if rng.random() < 0.1:
            continue
        yield FindingView(
            UUID(int=rng.getrandbits(128)), one.kind, one.area, one.theme, one.requirement, int(one.level),
            one.sanction, one.responsible, one.title.sv, one.saw.sv, one.matters.sv, one.proportion.sv,
            one.achieve.sv,
            due_on=DAY + timedelta(rng.randint(10, 90)) if one.kind is FindingKind.DEFICIENCY else None,
            evidence=tuple(sorted(said.label for said in one.behind)),
        )  # fmt: skip


def _hidden(view: CaseView, codings: tuple[Coding, ...], statements: dict[str, Any]) -> Iterator[str]:
    pending = {area.area for area in view.areas.values() if area.pending}
    by_theme: dict[str, list[Coding]] = {}
    for one in codings:
        if one.perspective is Perspective.CHILD:
            by_theme.setdefault(one.theme, []).append(one)
    for theme, told in by_theme.items():
        withheld = all(statements[one.id].wish is Wish.NOT_AT_ALL for one in told)
        grave = any(one.severity >= 3 and one.resolution is not Resolution.REFUTED for one in told)
        if withheld or grave or view.pack.theme(theme).area in pending:
            yield theme


# --- what a letter of a later kind is composed from ---

_KNOWN = {
    "pack", "day", "home", "announced", "children_first", "talks", "order_reasons", "contact", "withheld", "said", "heard",
    "outside", "investigated", "marks", "findings", "areas", "weighed", "public_provider", "communicated_on", "reply_by", "replied",
    "decision", "not_asked_because", "acute",
}  # fmt: skip


def _what_else(rng: random.Random, view: CaseView) -> dict[str, Any]:
    """Values for what was added to the view: whatever its type allows."""
    hints = _hints(CaseView)
    names = [field.name for field in fields(CaseView) if field.name not in _KNOWN]
    return {name: _any_of(rng, hints[name], view) for name in names if rng.random() < 0.85}


_hints = cache(get_type_hints)


def _any_of(rng: random.Random, hint: Any, view: CaseView, name: str = "") -> Any:
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _any_of(rng, rng.choice([part for part in parts if part is not NoneType]), view, name)
    if origin is tuple:
        return tuple(_any_of(rng, parts[0], view, name) for _ in range(rng.randint(0, 4)))
    if origin is frozenset:
        return frozenset(_any_of(rng, parts[0], view, name) for _ in range(rng.randint(0, 3)))
    if origin is not None and issubclass(origin, Mapping):
        themes = rng.sample([theme.id for theme in view.pack.themes], k=2)
        return {f"theme:{theme}": _any_of(rng, parts[1], view, name) for theme in themes}
    if hint is Text:
        return Text(HARMLESS, HARMLESS)
    if is_dataclass(hint):
        types = _hints(hint)
        return hint(**{
            field.name: _any_of(rng, types[field.name], view, field.name) for field in fields(hint)
            if field.default is MISSING or rng.random() < 0.8
        })  # fmt: skip
    if isinstance(hint, type) and issubclass(hint, Enum):
        return rng.choice(list(hint))
    named = {
        "area": lambda: rng.choice(view.pack.areas).id,
        "theme": lambda: rng.choice(view.pack.themes).id,
        "requirement": lambda: rng.choice(view.pack.requirements).id,
    }
    made = {
        str: named.get(name, lambda: HARMLESS),
        bool: lambda: rng.random() < 0.5,
        int: lambda: rng.randint(0, 5),
        date: lambda: DAY + timedelta(rng.randint(-40, 90)),
        UUID: lambda: UUID(int=rng.getrandbits(128)),
    }
    return made[hint]()
