"""Random inspections for the two implementations: one seeded generator, as wide as the contract is.

`case(seed)` is sound input; each case draws its own character first (how much is said, how grave, who is
absent), so that sparse, calm, divided and alarming inspections are all common.
"""

from random import Random

AREAS = ("TRY", "DEL", "VAR", "OMV", "DOK", "REG")
ALPHAS = (
    None,
    "0",
    "1",
    "4/5",
    "799/1000",
    "801/1000",
    "667/1000",
    "666/1000",
    "2/3",
    "41/50",
    "-1/4",
    "333/500",
    "9/10",
)
# How often each severity 0–4 is told of: from calm homes to alarming ones.
GRAVITIES = (
    (1, 0, 0, 0, 0),
    (20, 1, 0, 0, 0),
    (6, 2, 0, 0, 0),
    (6, 3, 2, 0, 0),
    (8, 4, 3, 1, 1),
    (5, 5, 5, 5, 5),
    (1, 3, 9, 2, 0),
    (2, 6, 4, 1, 0),
)
RESOLUTIONS = (None, None, None, "confirmed", "not_confirmed", "refuted")
SOURCES = {"child": "b", "staff": "p", "manager": "l", "other": "a", "observation": "o", "document": "d"}


def case(seed):
    """One sound case in the shape of the contract."""
    draw = Random(f"case {seed}")  # noqa: S311  (cases, not secrets)
    catalogue = catalogue_of(draw)
    return {"catalogue": catalogue, "inspection": inspection_of(draw, catalogue, f"x{seed}")}


def catalogue_of(draw):
    areas = draw.sample(AREAS, draw.randint(1, 4))
    themes = {}
    for area in areas:
        for number in range(draw.randint(1, 3)):
            themes[f"{area.lower()}_{number}"] = area
    names = list(themes)
    draw.shuffle(names)
    themes = {name: themes[name] for name in names}
    covered = draw.sample(names, draw.randint(0, len(names)))
    requirements = {
        f"KR{number}": draw.sample(
            covered, draw.choice([1, 1, 1, min(2, len(covered)), min(3, len(covered))])
        )
        for number in range(1, draw.randint(1, 6) if covered else 1)
    }
    for listed in requirements.values():
        if draw.random() < 0.05:
            listed.append(listed[0])  # the same theme again is the same theme
    used = list(dict.fromkeys(themes.values()))
    return {
        "themes": themes,
        "requirements": requirements,
        "administrative_areas": draw.sample(used, draw.choice([0, 0, 1, min(2, len(used))])),
    }


def inspection_of(draw, catalogue, name):
    residents = draw.choice([0, *range(1, 11), 1, 2, 3, 4])
    gravity = draw.choice(GRAVITIES)
    talkative = draw.choice([0, 1, 2, 3, 6])
    people = [
        (f"{letter}{number}", perspective)
        for perspective, letter in SOURCES.items()
        for number in range(1, 1 + how_many(draw, perspective, residents))
    ]
    codings = [
        coding_of(draw, source, perspective, draw.choice(list(catalogue["themes"])), gravity)
        for source, perspective in people
        for _ in range(draw.randint(0, talkative) if draw.random() < 0.9 else talkative * 2)
    ]
    draw.shuffle(codings)
    for number, coding in enumerate(codings, start=1):
        coding["id"] = f"c{number}"
    often = draw.choice([0.0, 0.1, 0.4, 1.0])
    interviews = [
        {"source": source, "deviation": draw.random() < often}
        for source, perspective in people
        if perspective not in ("observation", "document")
        for _ in range(draw.choice([0, 1, 1, 1, 2]))
    ]
    return {
        "id": name,
        "residents": residents,
        "children_first": draw.random() < 0.7,
        "alpha": draw.choice(ALPHAS),
        "interviews": interviews,
        "codings": codings,
        "checks": checks_of(draw, catalogue, gravity),
    }


def how_many(draw, perspective, residents):
    if draw.random() < 0.25:
        return 0
    if perspective == "child":
        return draw.choice([residents, draw.randint(0, residents), min(1, residents)])
    return draw.randint(
        1, {"staff": 5, "manager": 3, "other": 2, "observation": 2, "document": 3}[perspective]
    )


def coding_of(draw, source, perspective, theme, gravity):
    severity = draw.choices(range(5), gravity)[0]
    return {
        "id": "",
        "source": source,
        "perspective": perspective,
        "theme": theme,
        "severity": severity,
        "firsthand": draw.random() < 0.65,
        "status": draw.choice(["active", "active", "active", "active", "closed", "withdrawn"]),
        "resolution": draw.choice(RESOLUTIONS) if severity >= 3 or draw.random() < 0.05 else None,
        "prompted": draw.random() < 0.5,
        "important": perspective == "child" and draw.random() < 0.3,
        "concrete": draw.random() < 0.55,
        "release": draw.random() < 0.5,
    }


def checks_of(draw, catalogue, gravity):
    chance = draw.choice([0.0, 0.5, 0.9])
    checks = []
    for requirement in catalogue["requirements"]:
        for _ in range(draw.choice([1, 1, 1, 2, 3]) if draw.random() < chance else 0):
            result = draw.choices(["met", "deviation", "not_checked", "not_applicable"], (4, 3, 1, 1))[0]
            checks.append(check_of(draw, requirement, result, gravity))
    draw.shuffle(checks)
    return checks


def check_of(draw, requirement, result, gravity):
    told = result == "deviation" or draw.random() < 0.1  # the fields mean nothing for another result
    return {
        "requirement": requirement,
        "result": result,
        "consequence": draw.choices(range(5), gravity)[0] if told else 0,
        "extent": draw.choice([0, 0, 1, 2]) if told else 0,
        "repeated": told and draw.random() < 0.25,
        "fixed": told and draw.random() < 0.4,
        "self_reported": told and draw.random() < 0.5,
    }
