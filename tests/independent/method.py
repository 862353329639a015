"""HVB-VM 1.0 written a second time, from the specification and without sight of `inspect/rules/weighing`.

`weigh(case)`: the contract's plain input in (method §2.20), the contract's plain result out, without the two
hashes of the stamp. The input is taken to be sound. Nothing here is fast or clever on purpose: lists are
sorted, levels are tried one after the other and everything is a fraction, so that a mistake in the product
is not made here as well.

Where the specification leaves a choice, this is what was read out of it:

 1. *Heard* and n count children with an **active** statement in the area; a refuted one was never said (I22).
 2. Deviating talks (§2.9) are counted over all talks of the inspection; no talk gives no concern.
 3. "Never double-coded" is alpha = null. The lower threshold is 667/1000, not two thirds.
 4. A person group *spans* two levels when its best and worst voice are two steps apart (example 1).
 5. A child was *concrete* when one of its active statements in the area is. The rule is part of the
    child-near half of adequacy and says nothing where no child was heard.
 6. Relevance counts every source with an active coding, of any perspective; only the field `firsthand` makes
    a coding first-hand here. No source at all is the share 0.
 7. Confidence and action exist when there is any evidence (an active coding, or a requirement checked),
    also where the position cannot be assessed; bounds, margins and basis need a position.
 8. "One child heard and N ≥ 2" lowers confidence in every area, administrative ones too.
 9. Unheard children do not widen the bounds of an administrative area (example 2, DOK).
10. The base is 1 where no weighted perspective is present: the only case "1 if none" can mean (§2.5).
11. "Allvarlig uppgift utreds" stands where the *basis* is an account (§2.7 says what decides when several
    ceilings bind), no such account is corroborated and an unresolved one sets the ceiling.
12. A *negative theme* (`fordjupa`) is one that some weighted perspective, read as a whole, puts at level 2 or
    lower. (First read as the children alone, from B3; the rule names no perspective, and an area can be held
    down by what staff say or we see. One grave voice of four is not enough: the contract's own sample.)
13. `rojanderisk` counts the different sources of the active codings of severity ≥ 3 in the area.
14. Of several checks of one requirement the worst counts; of two equally severe, the one that has no right
    to the learning premium is the worse.
15. Agenda p is taken over active statements; there is none when no child has Σv > 0. What is computed from
    both agendas is null when either is missing.
16. A requirement found not applicable was not checked: its theme can be B2.
17. A difference in the divergence is the first perspective's level minus the second's.
18. Absent perspectives stand as null in `levels`; words no area has are left out of the profile.
19. Refuted is removed at any severity: S3 sets no limit there, though only severity ≥ 3 should carry it.

Not said by the specification, and taken over from the product's documented shape: areas are listed by name;
the fields of `gap.themes` and of the rows of the trace beyond `rule`.
"""

from fractions import Fraction

from .attention import gap
from .evidence import (
    GROUPS,
    active_codings,
    checked_requirements,
    children_on,
    readings,
    theme_reading,
    third,
    voices,
)
from .security import confidence_of

ORDER = ("child", "compliance", "observation", "staff", "manager", "document")
WEIGHT = dict(zip(ORDER, (4, 3, 2, 1, 1, 1), strict=True))
WORDS = {
    4: "Fungerar väl",
    3: "Fungerar i huvudsak",
    2: "Behöver förbättras",
    1: "Allvarligt",
    None: "Kan inte bedömas ännu",
}
UNDER_INVESTIGATION = "Allvarlig uppgift utreds"


def weigh(case):
    """The whole result of one case in the shape of the contract, the hashes of the stamp left out."""
    catalogue, inspection = case["catalogue"], case["inspection"]
    checked = checked_requirements(inspection["checks"])
    codings = active_codings(inspection["codings"], catalogue["requirements"], checked)
    names = sorted(set(catalogue["themes"].values()))
    areas = {name: area_result(name, catalogue, inspection, codings, checked) for name in names}
    steps = [a["action"] for a in areas.values() if a["action"] is not None]
    highest = max(steps, default=None)
    shown = [a["word"] for a in areas.values()]
    return {
        "stamp": {"method": "HVB-VM", "version": "1.0.0"},
        "areas": areas,
        "gap": gap(catalogue, codings, checked),
        "profile": {word: shown.count(word) for word in shown},
        "action": highest,
        "driving_areas": [n for n in names if highest is not None and areas[n]["action"] == highest],
    }


def base_of(levels):
    """The highest level that more than half of the present weight reaches; 1 when nothing is present."""
    total = sum(WEIGHT[p] for p in levels)
    won = [x for x in (1, 2, 3, 4) if 2 * sum(WEIGHT[p] for p in levels if levels[p] >= x) > total]
    return max(won, default=1)


def t1_of(graves):
    """The lowest ceiling any active grave account sets."""
    return min([4, *map(one_account, graves)])


def one_account(coding):
    if coding["corroborated"]:
        return 1
    if coding["resolution"] == "not_confirmed":
        return 3
    return 1 if coding["severity"] == 4 and coding["firsthand"] else 2


def t3_of(children, child_near):
    """The children's ceiling, the six rows of the table counted one by one rather than by the formula."""
    n = len(children)
    if n == 0:
        return 3 if child_near else 4
    at_most = {x: sum(1 for level in children if level <= x) for x in (1, 2, 3)}
    rows = [
        (at_most[2] >= 1, 3),
        (3 * at_most[3] >= n, 3),
        (2 * at_most[3] >= n, 3),
        (2 * at_most[2] >= n, 2),
        (3 * at_most[1] >= n, 2),
        (2 * at_most[1] >= n, 1),
    ]
    return min([4, *(ceiling for met, ceiling in rows if met)])


def position_of(levels, children, t1, child_near):
    """Position (or None), base and ceilings from levels alone (§2.5–2.6)."""
    k = levels.get("compliance", 4)
    ceilings = {
        "T1": t1,
        "T2": k if k <= 2 else 4,
        "T3": t3_of(children, child_near),
        "T4": 4 if list(levels.values()).count(4) >= 2 else 3,
    }
    base = base_of(levels)
    enough = sum(WEIGHT[p] for p in levels) >= 4 or ceilings["T1"] < 4 or ceilings["T2"] < 4
    return (min(base, *ceilings.values()) if enough else None), base, ceilings


def area_result(name, catalogue, inspection, codings, checked):
    themes = {t for t, area in catalogue["themes"].items() if area == name}
    mine = [c for c in codings if c["theme"] in themes]
    deviations = [
        checked[r]
        for r, covered in catalogue["requirements"].items()
        if r in checked and themes & set(covered)
    ]
    severities = [sev for sev, _premium in deviations]
    heard = voices(mine)
    people = {p: sorted(heard[p].values()) for p in heard if p in GROUPS}
    known = readings(heard)
    if severities:
        known["compliance"] = 4 - min(3, max(severities))
    levels = {p: known[p] for p in ORDER if p in known}
    children = people.get("child", [])
    child_near = name not in catalogue["administrative_areas"]
    graves = [c for c in mine if c["severity"] >= 3]
    open_ones = [c for c in graves if c["resolution"] is None and not c["corroborated"]]
    t1 = t1_of(graves)
    position, base, ceilings = position_of(levels, children, t1, child_near)
    basis = basis_of(position, base, ceilings, graves)
    evidence = bool(mine or severities)
    divergence = divergence_of(levels)
    acute = 4 in severities or any(
        c["severity"] == 4 and (c["corroborated"] or c["resolution"] != "not_confirmed") for c in graves
    )
    negative = {t for t in themes if (read := theme_reading(mine, t)) and min(read.values()) <= 2}
    coverable = {t for covered in catalogue["requirements"].values() for t in covered}
    confidence, parts = confidence_of(
        inspection, mine, levels, people, divergence, child_near, bool(open_ones)
    )
    return {
        "position": position,
        "word": word_of(position, basis, ceilings, open_ones),
        "basis": basis,
        "levels": {p: levels.get(p) for p in ORDER},
        "base": base,
        "ceilings": ceilings,
        "confidence": confidence if evidence else None,
        "confidence_parts": parts if evidence else None,
        "action": action_of(position, deviations, mine, themes, bool(open_ones), graves, acute)
        if evidence
        else None,
        "flags": {
            "acute": acute,
            "investigate": bool(open_ones),
            "deepen": position in (1, 2)
            and not any(s >= 2 for s in severities)
            and bool(negative & coverable),
            "disclosure_risk": 1 <= len({c["source"] for c in graves}) < 3,
        },
        "minority": {
            p: below
            for p in GROUPS
            if p in levels and (below := sorted(s for s, level in heard[p].items() if level < levels[p]))
        },
        "bounds": bounds_of(position, levels, children, t1, child_near, inspection["residents"]),
        "margin": margin_of(position, levels, ceilings),
        "divergence": divergence,
        "trace": trace_of(position, levels, ceilings),
    }


def basis_of(position, base, ceilings, graves):
    if position is None:
        return None
    if ceilings["T2"] == position <= 2:
        return "konstaterad brist"
    if ceilings["T1"] == position < 4:
        return "styrkt uppgift" if any(c["corroborated"] for c in graves) else "uppgift under utredning"
    if base > position:
        return "barnens samlade bild" if ceilings["T3"] == position else "för få perspektiv"
    return "sammanvägd bild"


def word_of(position, basis, ceilings, open_ones):
    binding = [c for c in open_ones if one_account(c) == ceilings["T1"]]
    return UNDER_INVESTIGATION if basis == "uppgift under utredning" and binding else WORDS[position]


def action_of(position, deviations, mine, themes, investigate, graves, acute):
    """The highest step of §2.12 that applies."""
    twos = [premium for sev, premium in deviations if sev == 2]
    steps = [
        (0, True),
        (1, position is not None and position <= 3),
        (1, any(sev == 1 for sev, _ in deviations)),
        (1, any(level <= 3 for t in themes if (level := children_on(mine, t)) is not None)),
        (1, bool(twos)),
        (2, not all(twos)),
        (3, investigate),
        (4, any(sev >= 3 for sev, _ in deviations)),
        (4, any(c["corroborated"] for c in graves)),
        (5, acute),
    ]
    return max(step for step, applies in steps if applies)


def divergence_of(levels):
    pairs = [(a, b) for i, a in enumerate(ORDER) for b in ORDER[i + 1 :]]
    return {f"{a}-{b}": difference(levels.get(a), levels.get(b)) for a, b in pairs}


def difference(a, b):
    if a is None or b is None:
        return {"kind": "silence", "difference": None}
    kind = ["agreement", "partial", "dissonance", "dissonance"][abs(a - b)]
    return {"kind": kind, "difference": a - b}


def bounds_of(position, levels, children, t1, child_near, residents):
    """Position if every child not heard had said level 2, and level 4, stretched to hold the position."""
    if position is None:
        return None
    unheard = residents - len(children) if child_near else 0
    ends = [position]
    for said in (2, 4):
        completed = sorted([*children, *[said] * unheard])
        imagined = {**levels, **({"child": third(completed)} if completed else {})}
        ends.append(position_of(imagined, completed, t1, child_near)[0])
    return [min(ends[0], ends[1]), max(ends[0], ends[2])]


def margin_of(position, levels, ceilings):
    """K1 by its closed form; `margin_search` tries the weights themselves."""
    total = sum(WEIGHT[p] for p in levels)
    if position is None or total == 0:
        return {"down": None, "up": None}
    reach = {x: sum(WEIGHT[p] for p in levels if levels[p] >= x) for x in (1, 2, 3, 4, 5)}
    down = str(Fraction(2 * reach[position] - total, total)) if position > 1 else None
    blocked = position == 4 or min(ceilings.values()) == position
    return {"down": down, "up": None if blocked else str(Fraction(total - 2 * reach[position + 1], total))}


def trace_of(position, levels, ceilings):
    """The rows of §2.16, in order."""
    total = sum(WEIGHT[p] for p in levels)
    reach = {x: sum(WEIGHT[p] for p in levels if levels[p] >= x) for x in (4, 3, 2)}
    return [
        *({"rule": "P", "perspective": p, "level": levels[p], "weight": WEIGHT[p]} for p in levels),
        *(
            {"rule": "V1", "level": x, "for": reach[x], "of": total, "reached": 2 * reach[x] > total}
            for x in reach
        ),
        *({"rule": t, "at_most": ceilings[t]} for t in ceilings),
        {"rule": "V0", "weight": total, "enough": position is not None},
        {"rule": "L", "position": position},
    ]
