"""The gap between what children bring up and what supervision checks (method §2.11), in exact fractions."""

from fractions import Fraction

from .evidence import children_on

MEASURES = ("outside", "B1", "B2", "B3", "distance", "checks_without_voice", "saturation")


def gap(catalogue, codings, checked):
    """The gap of one inspection; measures that cannot be had are None."""
    p, mentions = children_agenda(codings)
    q = checking_agenda(catalogue["requirements"], checked)
    classes = {t: class_of(t, catalogue["requirements"], codings, checked) for t in catalogue["themes"]}
    everything = set(catalogue["themes"])
    found = dict.fromkeys(MEASURES)
    if p:
        for name in ("B1", "B2", "B3"):
            found[name] = sum((p.get(t, Fraction(0)) for t in everything if classes[t] == name), Fraction(0))
        found["outside"] = found["B1"] + found["B2"]
        once = sum(1 for children in mentions.values() if len(children) == 1)
        found["saturation"] = 1 - Fraction(once, sum(len(children) for children in mentions.values()))
    if p and q:
        found["distance"] = (
            sum((abs(p.get(t, Fraction(0)) - q.get(t, Fraction(0))) for t in everything), Fraction(0)) / 2
        )
        found["checks_without_voice"] = sum((share for t, share in q.items() if t not in p), Fraction(0))
    exact = {name: None if value is None else str(value) for name, value in found.items()}
    levels = {t: children_on(codings, t) for t in everything}
    told = [t for t in everything if levels[t] is not None or t in p or t in q]
    themes = {
        t: {
            "class": classes[t],
            "children": str(p.get(t, Fraction(0))) if p else None,
            "checks": str(q.get(t, Fraction(0))) if q else None,
            "children_level": levels[t],
        }
        for t in told
    }
    return exact | {"themes": themes}


def children_agenda(codings):
    """({theme: share of the children's attention}, {theme: children who brought it up})."""
    said = [c for c in codings if c["perspective"] == "child"]
    attention = {}
    for c in said:
        v = 2 if c["important"] else 1 if not c["prompted"] or c["effective"] >= 1 else 0
        of_child = attention.setdefault(c["source"], {})
        of_child[c["theme"]] = max(v, of_child.get(c["theme"], 0))
    speaking = {child: values for child, values in attention.items() if sum(values.values()) > 0}
    agenda, mentions = {}, {}
    for child, values in speaking.items():
        for theme, v in values.items():
            if v:
                agenda[theme] = agenda.get(theme, Fraction(0)) + Fraction(
                    v, sum(values.values()) * len(speaking)
                )
                mentions.setdefault(theme, set()).add(child)
    return agenda, mentions


def checking_agenda(requirements, checked):
    agenda = {}
    for requirement in checked:
        covered = set(requirements[requirement])
        for theme in covered:
            agenda[theme] = agenda.get(theme, Fraction(0)) + Fraction(1, len(covered) * len(checked))
    return agenda


def class_of(theme, requirements, codings, checked):
    covering = {r for r, covered in requirements.items() if theme in covered}
    done = covering & set(checked)
    if not covering:
        return "B1"
    if not done:
        return "B2"
    level = children_on(codings, theme)
    return "B3" if max(checked[r][0] for r in done) <= 1 and level is not None and level <= 2 else "B0"
