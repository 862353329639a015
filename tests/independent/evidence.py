"""From what was said and checked to severities and levels (method §2.3–2.4), as plain lists and dicts."""

from math import ceil

GROUPS = ("child", "staff", "manager")


def deviation_severity(check):
    """S2, read row by row from the table rather than from the rule: (fixed row, isolated row, one step up)."""
    c = check["consequence"]
    again = check["extent"] == 2 or check["repeated"]
    spot = check["fixed"] and check["extent"] == 0 and not check["repeated"]
    isolated = [0, 1, 2, 3, 4]
    on_the_spot = [0, 0, 2, 3, 4]
    stepped_up = [1, 2, 3, 3, 4]
    return (stepped_up if again else on_the_spot if spot else isolated)[c]


def checked_requirements(checks):
    """Requirement -> (severity, has a right to the learning premium), the worst check of each requirement."""
    found = {}
    for check in checks:
        if check["result"] == "met":
            outcome = (0, True)
        elif check["result"] == "deviation":
            outcome = (deviation_severity(check), check["self_reported"] and not check["repeated"])
        else:
            continue
        found.setdefault(check["requirement"], []).append(outcome)
    return {r: max(outcomes, key=lambda o: (o[0], not o[1])) for r, outcomes in found.items()}


def active_codings(codings, requirements, checked):
    """S3–S5: the codings that count, each with `effective`, `corroborated` and `level` added."""
    kept = [
        c
        for c in codings
        if c["resolution"] != "refuted" and not (c["severity"] <= 2 and c["status"] == "withdrawn")
    ]
    active = [{**c, "effective": effective(c)} for c in kept]
    proved = {t for r, (sev, _) in checked.items() if sev >= 2 for t in requirements[r]}
    supported = [
        (c["theme"], c["source"])
        for c in active
        if c["effective"] >= 2 and (c["firsthand"] or c["perspective"] in ("observation", "document"))
    ]
    for c in active:
        c["corroborated"] = c["severity"] >= 3 and (
            c["resolution"] == "confirmed"
            or c["perspective"] in ("observation", "document")
            or c["theme"] in proved
            or any(theme == c["theme"] and source != c["source"] for theme, source in supported)
        )
        c["level"] = level_of(c)
    return active


def effective(coding):
    if coding["severity"] <= 2:
        return 0 if coding["status"] == "closed" else coding["severity"]
    return 2 if coding["resolution"] == "not_confirmed" else coding["severity"]


def level_of(coding):
    if coding["severity"] <= 2:
        return 4 - coding["effective"]
    acute = coding["severity"] == 4 and coding["firsthand"] and coding["resolution"] != "not_confirmed"
    return 1 if coding["corroborated"] or acute else 2


def voices(codings):
    """P0: perspective -> source -> the lowest level that source has among the codings."""
    found = {}
    for c in codings:
        found.setdefault(c["perspective"], {}).setdefault(c["source"], []).append(c["level"])
    return {p: {s: min(levels) for s, levels in by_source.items()} for p, by_source in found.items()}


def third(levels):
    """P1: the ⌈n/3⌉-th lowest level."""
    return sorted(levels)[ceil(len(levels) / 3) - 1] if levels else None


def readings(heard):
    """P1 and P2: people are read at one third, what we saw and what is written at the worst."""
    people = {p: third(heard[p].values()) for p in heard if p in GROUPS}
    return people | {p: min(heard[p].values()) for p in heard if p in ("observation", "document")}


def theme_reading(codings, theme):
    """Perspective -> its level on one theme."""
    return readings(voices([c for c in codings if c["theme"] == theme]))


def children_on(codings, theme):
    """The children's level on one theme, read at one third; None when no child spoke of it."""
    return theme_reading(codings, theme).get("child")
