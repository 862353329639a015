"""What breaks the rules of the code book, a short list: each thing in words, and where to put it right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from ...models.inspections import Inspection
from ..rules.weighing.input_rules import Breach
from ..services.find_evidence import Sources
from .case_frame import show
from .evidence_links import NOBODY


@dataclass(frozen=True, slots=True)
class BreachLine:
    """One thing to look over. `places`: short names of statements or sources, and where they stand."""

    rule: str
    text: str
    places: tuple[tuple[str, str], ...]


def breach_lines(
    inspection: Inspection, sources: Sources, breaches: Sequence[Breach]
) -> tuple[BreachLine, ...]:
    """The same sentence about several statements is one line with all of them."""
    known = _addresses(inspection, sources)
    lines: dict[tuple[str, str], dict[str, str]] = {}
    for breach in breaches:
        name = breach.coding or str(breach.reason.values.get("source", ""))
        places = lines.setdefault((breach.rule, show(breach.reason)), {})
        if name:
            places[name] = known.get(name) or known.get(name.rpartition(".")[0], "")
    return tuple(BreachLine(rule, text, tuple(places.items())) for (rule, text), places in lines.items())


def _addresses(inspection: Inspection, sources: Sources) -> Mapping[str, str]:
    """Where each source and each of its statements stands, by short name; a passage is in its statement."""
    talk = url_for("talks.interview", dnr=inspection.dnr, talk_id=NOBODY)
    item = url_for("checks.evidence_item", dnr=inspection.dnr, evidence_id=NOBODY)
    sides = (
        *((one.person, one.id, one.statements, talk) for one in sources.talks),
        *((one.person, one.id, one.statements, item) for one in sources.evidence),
    )
    found: dict[str, str] = {}
    for person, key, statements, address in sides:
        href = address.replace(str(NOBODY), str(key))
        found.setdefault(person, href)
        found |= {one.label: f"{href}#note-{one.id}" for one in statements}
    return found
