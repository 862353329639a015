"""How sure we are (method §2.9): four concerns 0–3 and the word they lead to."""

from fractions import Fraction

LOWER = Fraction(667, 1000)
UPPER = Fraction(4, 5)


def confidence_of(inspection, codings, levels, people, divergence, child_near, open_account):
    """(confidence 1–4, the four parts) for one area."""
    n, residents = len(people.get("child", [])), inspection["residents"]
    parts = {
        "method": method_concern(inspection),
        "coherence": coherence_concern(people, divergence),
        "adequacy": adequacy_concern(codings, levels, n, residents, child_near),
        "relevance": relevance_concern(codings),
    }
    confidence = max(1, 4 - sum(parts.values()) // 3)
    if (n == 0 and child_near) or (n == 1 and residents >= 2) or open_account:
        confidence = min(confidence, 2)
    return confidence, parts


def method_concern(inspection):
    talks = [talk["deviation"] for talk in inspection["interviews"]]
    bad = sum(talks)
    deviating = 0 if bad == 0 else 1 if 3 * bad <= len(talks) else 2 if 3 * bad <= 2 * len(talks) else 3
    alpha = None if inspection["alpha"] is None else Fraction(inspection["alpha"])
    coding = 1 if alpha is None else 0 if alpha >= UPPER else 1 if alpha >= LOWER else 2
    return max(deviating, coding, 0 if inspection["children_first"] else 1)


def coherence_concern(people, divergence):
    apart = [pair for pair, cell in divergence.items() if cell["kind"] == "dissonance"]
    if sum(1 for pair in apart if pair.startswith("child-")) >= 2:
        return 3
    if apart:
        return 2
    return 1 if any(levels[-1] - levels[0] >= 2 for levels in people.values()) else 0


def adequacy_concern(codings, levels, n, residents, child_near):
    concern = 0
    if child_near:
        concern = 3 if n == 0 else 2 if 2 * n < residents else 1 if 3 * n < 2 * residents else 0
        concrete = {c["source"] for c in codings if c["perspective"] == "child" and c["concrete"]}
        concern += 1 if 2 * len(concrete) < n else 0
    return min(3, concern + (1 if len(levels) < 3 else 0))


def relevance_concern(codings):
    sources = {c["source"] for c in codings}
    firsthand = {c["source"] for c in codings if c["firsthand"]}
    share = Fraction(len(firsthand), len(sources)) if sources else Fraction(0)
    return 0 if share >= Fraction(2, 3) else 1 if share >= Fraction(1, 2) else 2 if share > 0 else 3
