"""Cases with several planted faults, and the path at which each of them must be named.

No planted fault hides another: each record gets at most one, and what names a record from elsewhere (a
theme's area, a person's role) is planted where nothing else depends on it.
"""

import copy
from random import Random

from .cases import case

NOT_WHOLE = (-1, 5, "3", 2.0, True, None, [], {}, 10**30, float("nan"), float("inf"))
NOT_TRUE_OR_FALSE = ("yes", 0, 1, None, [], "true")
NOT_TEXT = ("", " ", 7, None, [], True, "half \ud800")
NOT_LISTS = ({}, "x", 3, None, False)
NOT_OBJECTS = ([], "x", 3, None, True)
NOT_ALPHAS = (0.82, 1, "0.82", "5/4", "1/0", "a", True, [], "1/2/3", " 1/2")
CODING_FLAGS = ("firsthand", "prompted", "important", "concrete", "release")
CHECK_FLAGS = ("repeated", "fixed", "self_reported")


def faulty(seed, most=8):
    """(case, paths): unusable input and the set of paths of everything that is wrong with it."""
    draw = Random(f"fault {seed}")  # noqa: S311  (cases, not secrets)
    data = sound(seed)
    paths = set()
    plans = [plan for plan in PLANS for _ in range(3)]
    draw.shuffle(plans)
    untouched = {
        "codings": set(range(len(data["inspection"]["codings"]))),
        "checks": set(range(len(data["inspection"]["checks"]))),
        "interviews": set(range(len(data["inspection"]["interviews"]))),
        "inspection": {"id", "alpha", "children_first", "residents"},
        "catalogue": {"themes", "requirements", "administrative_areas"},
    }
    wanted = draw.randint(1, most)
    for plan in plans:
        if len(paths) < wanted:
            paths |= plan(draw, data, untouched) or set()
    return data, paths


def sound(seed):
    """A sound case with something of everything in it, to plant faults in."""
    for attempt in range(seed * 1000, seed * 1000 + 1000):
        data = case(attempt)
        held = data["inspection"]
        if len(held["codings"]) >= 8 and held["checks"] and held["interviews"]:
            return copy.deepcopy(data)
    raise AssertionError("the generator gives no full case")


def pick(draw, untouched, kind):
    """One record (or field) that no fault has touched yet; from now on it is touched."""
    free = sorted(untouched[kind])
    chosen = draw.choice(free) if free else None
    untouched[kind].discard(chosen)
    return chosen


def misread_field(kind, wrong_values):
    """A plan: one field of one record gets a value of the wrong kind or is taken away."""

    def plan(draw, data, untouched):
        number = pick(draw, untouched, kind)
        if number is None:
            return None
        record = data["inspection"][kind][number]
        fields = [f for f in wrong_values if f in record and not (kind == "checks" and unused(record, f))]
        name = draw.choice(fields)
        record[name] = draw.choice(wrong_values[name])
        if name not in ("resolution",) and draw.random() < 0.25:
            del record[name]
        return {f"inspection.{kind}[{number}].{name}"}

    return plan


def unused(check, field):
    """Whether leaving this field out of a check is no fault."""
    return check["result"] != "deviation" and field not in ("requirement", "result")


def unknown_field(kind):
    def plan(draw, data, untouched):
        number = pick(draw, untouched, kind)
        if number is None:
            return None
        data["inspection"][kind][number][draw.choice(["severty", "Theme", "note", ""])] = draw.choice(
            [1, None, "x"]
        )
        return {f"inspection.{kind}[{number}]"}

    return plan


def no_record(kind):
    def plan(draw, data, untouched):
        number = pick(draw, untouched, kind)
        if number is None:
            return None
        data["inspection"][kind][number] = draw.choice(NOT_OBJECTS)
        return {f"inspection.{kind}[{number}]"}

    return plan


def one_id_twice(draw, data, untouched):
    if len(untouched["codings"]) < 2:
        return None
    first, later = sorted((pick(draw, untouched, "codings"), pick(draw, untouched, "codings")))
    codings = data["inspection"]["codings"]
    codings[later]["id"] = codings[first]["id"]
    return {f"inspection.codings[{later}].id"}


def two_roles(draw, data, untouched):
    """A person who spoke in one role before speaks in another."""
    codings = data["inspection"]["codings"]
    free = sorted(untouched["codings"])
    pairs = [(i, j) for i in free for j in free if i < j and codings[i]["source"] == codings[j]["source"]]
    if not pairs:
        return None
    first, later = draw.choice(pairs)
    if any(
        c["source"] == codings[first]["source"]
        for c in codings[:first]
        if isinstance(c, dict) and "source" in c
    ):
        return None
    untouched["codings"] -= {first, later}
    roles = {"staff", "manager", "other"} - {codings[later]["perspective"]}
    codings[later]["perspective"] = draw.choice(sorted(roles))
    return {f"inspection.codings[{later}].perspective"}


def misread_inspection(draw, data, untouched):
    name = pick(draw, untouched, "inspection")
    if name is None:
        return None
    wrong = {
        "id": NOT_TEXT,
        "alpha": NOT_ALPHAS,
        "children_first": NOT_TRUE_OR_FALSE,
        "residents": [v for v in NOT_WHOLE if v not in (5, 10**30)],
    }
    data["inspection"][name] = draw.choice(wrong[name])
    if draw.random() < 0.25:
        del data["inspection"][name]
    return {f"inspection.{name}"}


def too_few_residents(draw, data, untouched):
    codings = [data["inspection"]["codings"][number] for number in untouched["codings"]]
    heard = {c["source"] for c in codings if c["perspective"] == "child"}
    if not heard or "residents" not in untouched["inspection"]:
        return None
    untouched["inspection"].discard("residents")
    untouched["codings"] -= {
        n for n in untouched["codings"] if data["inspection"]["codings"][n]["source"] in heard
    }
    data["inspection"]["residents"] = draw.randrange(len(heard))
    return {"inspection.codings"}


def no_interviews(draw, data, untouched):
    held = data["inspection"].get("interviews")
    if not isinstance(held, list) or len(untouched["interviews"]) < len(held):
        return None
    untouched["interviews"] = set()
    data["inspection"]["interviews"] = draw.choice(NOT_LISTS)
    if draw.random() < 0.5:
        del data["inspection"]["interviews"]
    return {"inspection.interviews"}


def misread_catalogue(draw, data, untouched):
    part = pick(draw, untouched, "catalogue")
    catalogue = data["catalogue"]
    if part == "administrative_areas":
        if draw.random() < 0.3:
            catalogue[part] = draw.choice(NOT_LISTS)
            return {"catalogue.administrative_areas"}
        catalogue[part] = [*catalogue[part], draw.choice(["ABC", 3, None, ["TRY"]])]
        return {f"catalogue.administrative_areas[{len(catalogue[part]) - 1}]"}
    if part == "themes":
        if "administrative_areas" not in untouched["catalogue"]:
            return None
        untouched["catalogue"].discard("administrative_areas")
        plain = [
            t for t, area in catalogue["themes"].items() if area not in catalogue["administrative_areas"]
        ]
        if not plain:
            return None
        theme = draw.choice(plain)
        catalogue["themes"][theme] = draw.choice(NOT_TEXT)
        return {f"catalogue.themes.{theme}"}
    if part == "requirements":
        requirement = draw.choice(list(catalogue["requirements"]))
        covered = catalogue["requirements"][requirement]
        if draw.random() < 0.5:
            catalogue["requirements"][requirement] = draw.choice([[], *NOT_LISTS])
            return {f"catalogue.requirements.{requirement}"}
        catalogue["requirements"][requirement] = [*covered, draw.choice(["nowhere", 3, None, ["x"]])]
        return {f"catalogue.requirements.{requirement}[{len(covered)}]"}
    return None


PLANS = (
    misread_field(
        "codings",
        {
            "id": NOT_TEXT,
            "source": NOT_TEXT,
            "perspective": ("compliance", "kid", "Child", 3, None, []),
            "theme": ("nowhere", *NOT_TEXT),
            "severity": NOT_WHOLE,
            "status": ("open", "Active", 1, None, []),
            "resolution": ("maybe", "Confirmed", 1, False, [], {}),
            **dict.fromkeys(CODING_FLAGS, NOT_TRUE_OR_FALSE),
        },
    ),
    misread_field(
        "checks",
        {
            "requirement": ("KR99", *NOT_TEXT),
            "result": ("ok", "Met", None, 1, []),
            "consequence": NOT_WHOLE,
            "extent": (3, *NOT_WHOLE),
            **dict.fromkeys(CHECK_FLAGS, NOT_TRUE_OR_FALSE),
        },
    ),
    misread_field("interviews", {"source": NOT_TEXT, "deviation": NOT_TRUE_OR_FALSE}),
    *(unknown_field(kind) for kind in ("codings", "checks", "interviews")),
    *(no_record(kind) for kind in ("codings", "checks", "interviews")),
    one_id_twice,
    two_roles,
    misread_inspection,
    too_few_residents,
    no_interviews,
    misread_catalogue,
)
