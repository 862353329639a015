"""Ids of anything, put anywhere, by anybody: nothing of another unit's is told or changed, and no time tells of it.

test_ids_of_others.py exchanges one id at a time for one of the same kind. Here addresses are filled by lot with
the ids of all rows that there are, of other cases and of other tables too, with what is no id, and with none; and
what the database is asked is compared, address by address and id by id, since that is what takes time.
"""

# ruff: noqa: F811 - fixtures of another file are asked for by their names

import random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.integration.hostile_words import sealed_texts
from tests.integration.rich_site import RichSite
from tests.integration.test_ids_of_others import (
    MADE_BY_THE_PAGE,
    OF_EVERYBODY,
    OPEN,
    UNKNOWN_NUMBER,
    WORDS,
    ask,
    elsewhere,  # noqa: F401 - a fixture
    mine,
    questions_noted,
    theirs,  # noqa: F401 - a fixture
)
from tests.integration.who_may import ANYBODY, MAY, NOBODY_HERE, SUPERVISORS
from tests.rich_elsewhere import DNR
from tests.rows import all_rows, hanging_on, picture
from tillsyn.models.base import new_id
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User

TRIES = 800
MARK = "Granndalsordet"
"""Stands in every sealed text of the other unit's case, and nowhere else."""
NO_ID = ("0", "null", "%2e%2e", "' OR 1=1 --", "1e999", "\N{LATIN SMALL LETTER A WITH RING ABOVE}" * 40)
NOT_OF_THE_CASE = frozenset({"events", "event_links", "users", "sign_in_sessions", "notices"})


@pytest.fixture
def marked(theirs: dict[str, Any], rich: RichSite) -> dict[str, list[UUID]]:
    """The ids of all rows by their table; what the other unit's case has is marked."""
    with rich.db() as db:
        case = db.scalars(select(Inspection.id).where(Inspection.dnr == DNR)).one()
        rows = all_rows(db.connection())
        of_theirs = hanging_on(rows, case, but_for=NOT_OF_THE_CASE) | {("inspections", (case,))}
        marks = 0
        for cls, name in sealed_texts():
            for row in db.scalars(select(cls)):
                written, place = getattr(row, name), (cls.__tablename__, (getattr(row, "id", None),))
                if place in of_theirs and isinstance(written, str) and written and written[0] not in "[{":
                    setattr(row, name, f"{written} {MARK}")
                    marks += 1
        db.commit()
    assert marks > 50
    found: dict[str, list[UUID]] = {}
    for table, key in rows:
        if len(key) == 1 and isinstance(key[0], UUID):
            found.setdefault(table, []).append(key[0])
    return found


def filled(
    rich: RichSite,
    rule: Rule,
    ours: dict[str, Any],
    chance: random.Random,
    there: dict[str, Any],
    ids: dict[str, list[UUID]],
) -> dict[str, Any]:
    """The parameters of `rule` by lot: `ours`, the other unit's, those of any row, or of nothing."""
    values = dict(ours)
    for name in rule.arguments - WORDS:
        lot = chance.random()
        if name == "dnr":
            others = [DNR, UNKNOWN_NUMBER, *rich.made.cases.values()]
            values[name] = values[name] if lot < 0.6 else chance.choice(others)
        elif lot < 0.35:
            continue
        elif lot < 0.65 and there.get(name) is not None:
            values[name] = there[name]
        elif lot < 0.9 and isinstance(values[name], UUID):
            values[name] = chance.choice(ids[chance.choice(sorted(ids))])
        elif isinstance(values[name], UUID):
            values[name] = new_id()
        else:
            values[name] = chance.choice(NO_ID)
    return values


def test_ids_put_anywhere_by_lot_tell_and_change_nothing_of_another_unit_s(
    theirs: dict[str, Any],
    rich: RichSite,
    marked: dict[str, list[UUID]],
) -> None:
    chance = random.Random(20261123)  # noqa: S311 - so that a failure can be seen again
    with rich.db() as db:
        case = db.scalars(select(Inspection.id).where(Inspection.dnr == DNR)).one()
        rows = all_rows(db.connection())
        of_theirs = hanging_on(rows, case, but_for=NOT_OF_THE_CASE)
        before = {key: hashed for key, hashed in picture(rows).items() if key in of_theirs}
    rules = [(method, rule) for method in ("GET", "POST", "PUT") for rule in rich.rules(method)
             if MAY[rule.endpoint] != NOBODY_HERE and rule.arguments - WORDS]  # fmt: skip
    # Asked before anything changes: who may, takes things away on the way.
    ours = {id(rule): mine(rich, rule) for _method, rule in rules}
    everybody, wrong, let_in = sorted(ANYBODY), [], 0
    for _try in range(TRIES):
        method, rule = chance.choice(rules)
        who = chance.choice(sorted(MAY[rule.endpoint]) if chance.random() < 0.5 else everybody)
        values = filled(rich, rule, ours[id(rule)], chance, theirs, marked)
        status, said = ask(rich, method, rule, values, who)
        let_in += status == 200
        if status >= 500 or MARK in said:
            wrong.append(f"{who} {method} {rule.rule} with {values}: {status} {MARK in said}")
    assert not wrong, "\n".join(wrong)
    assert let_in > TRIES / 20, "some are to be let in, or this test shows nothing"
    with rich.db() as db:
        rows = all_rows(db.connection())
        after = picture(rows)
        assert {key for key in before if after.get(key) != before[key]} == set()
        assert hanging_on(rows, case, but_for=NOT_OF_THE_CASE) == of_theirs, "something was added"


def test_the_mark_of_the_other_unit_is_read_by_its_own_people(
    elsewhere: Any,
    rich: RichSite,
    marked: dict[str, list[UUID]],
) -> None:
    """The positive control of the test above."""
    assert marked
    browser = rich.as_(None)
    with rich.db() as db:
        leader = db.get_one(User, elsewhere.people["leader"])
    browser.sign_in_as(leader)
    pages = (f"/inspections/{DNR}/{page}" for page in ("talks", "findings", "evidence", "letter", "areas"))
    assert any(MARK in browser.http.get(page).get_data(as_text=True) for page in pages)


def test_what_the_database_is_asked_is_the_same_for_an_id_of_another_unit_and_of_nothing(
    theirs: dict[str, Any],
    rich: RichSite,
) -> None:
    """As many questions, the same and in the same order: neither the clock nor the load of the machine tells."""
    engine = rich.app.extensions["tillsyn_engine"]
    wrong, seen = [], set()
    for method in ("GET", "POST"):
        for rule in rich.rules(method):
            if MAY[rule.endpoint] == NOBODY_HERE:
                continue
            own, who = mine(rich, rule), min(MAY[rule.endpoint] - SUPERVISORS or MAY[rule.endpoint])
            for name in sorted(rule.arguments - WORDS - OF_EVERYBODY - MADE_BY_THE_PAGE - {"dnr", "label"}):
                if theirs.get(name) is None or (rule.endpoint, name) in OPEN or theirs[name] == own[name]:
                    continue
                seen.add(name)
                nothing = "2026-00000000" if name == "letter_number" else new_id()
                asked: list[list[str]] = []
                ask(rich, method, rule, own | {name: new_id()}, who)  # what is kept from then on is kept
                for value in (theirs[name], nothing):
                    questions: list[str] = []
                    with questions_noted(engine, questions):
                        ask(rich, method, rule, own | {name: value}, who)
                    asked.append(questions)
                if asked[0] != asked[1]:
                    wrong.append(f"{who} {method} {rule.rule} by {name}: {_first(asked[0], asked[1])}")
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 20, seen


def _first(one: list[str], other: list[str]) -> str:
    """How many questions each was, and the first that differs."""
    place = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    first = next(iter([*one[place:], *other[place:]]), "")
    return f"{len(one)} and {len(other)} questions, from number {place}: {' '.join(first.split())[:100]}"
