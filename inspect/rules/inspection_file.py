"""The file format tillsyn-inspection/1: is this a usable inspection? Every fault at once, each with its path.

First the shape (inspection_file_shape.py), then what a schema cannot say:
known themes and requirements, one outcome per child, talks that fit the residents, children first.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ...interview_guides.guide import Pack
from ...models.vocabulary import N_
from .inspection_file_codings import coding_faults
from .inspection_file_shape import FileFault as FileFault
from .inspection_file_shape import shape_faults


def faults_of_file(data: Any, packs: Mapping[str, Pack]) -> tuple[FileFault, ...]:
    """All faults of a parsed file; empty when it can be imported. `packs` are those installed, by id.

    A file that names no pack is of the default one.
    """
    shape = shape_faults(data)
    if shape:
        return shape
    default = next((id for id, one in packs.items() if one.is_default), "")
    pack = packs.get(data.get("pack", default))
    if pack is None:
        return (FileFault("pack", N_("there is no such domain pack here")),)
    return (
        *_home_faults(data, pack),
        *_time_faults(data),
        *_people_faults(data),
        *_statement_faults(data, pack),
        *_check_faults(data, pack),
        *_order_faults(data, pack),
    )


def moment(text: str) -> datetime:
    """An aware time from its ISO 8601 form; ValueError when it has no time zone."""
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("no time zone")
    return value


def _home_faults(data: dict[str, Any], pack: Pack) -> Iterator[FileFault]:
    kind = data["home"]["kind"]
    known = [one.id for one in pack.activities]
    if kind not in known:
        text = N_("“%(kind)s” is no kind of activity that the pack is made for; it is made for %(known)s")
        yield FileFault("home.kind", text, {"kind": kind, "known": ", ".join(known)})


def _time_faults(data: dict[str, Any]) -> Iterator[FileFault]:
    held = [("visit", data["visit"])]
    held += [(f"interviews[{i}]", talk) for i, talk in enumerate(data["interviews"])]
    held += [(f"evidence[{i}]", item) for i, item in enumerate(data["evidence"])]
    held += [(f"order_overrides[{i}]", item) for i, item in enumerate(data.get("order_overrides", ()))]
    for place, item in held:
        times = {}
        for name in ("started_at", "ended_at", "noted_at", "at"):
            if name in item:
                try:
                    times[name] = moment(item[name])
                except ValueError:
                    yield FileFault(
                        f"{place}.{name}", N_("is not a time with a time zone, as 2026-10-06T13:05+02:00")
                    )
        if "started_at" in times and "ended_at" in times and times["ended_at"] < times["started_at"]:
            yield FileFault(f"{place}.ended_at", N_("ends before it starts"))


def _people_faults(data: dict[str, Any]) -> Iterator[FileFault]:
    yield from _twice("residents", "person", [item["person"] for item in data["residents"]])
    yield from _twice("evidence", "person", [item["person"] for item in data["evidence"]])
    outcomes = {item["person"]: item["outcome"] for item in data["residents"]}
    kinds: dict[str, str] = {}
    for i, talk in enumerate(data["interviews"]):
        who = {"person": talk["person"]}
        if kinds.setdefault(talk["person"], talk["kind"]) != talk["kind"]:
            text = N_("%(person)s is heard in two roles; use one, that in which the person was heard")
            yield FileFault(f"interviews[{i}].person", text, who)
        if talk["kind"] == "child":
            yield from _child_faults(i, talk["person"], outcomes)
        elif talk["person"] in outcomes:
            yield FileFault(f"interviews[{i}].kind", N_("%(person)s is a child who lives there"), who)
    for i, item in enumerate(data["residents"]):
        if item["outcome"] == "talked" and kinds.get(item["person"]) != "child":
            text = N_("%(person)s talked, but there is no talk")
            yield FileFault(f"residents[{i}].outcome", text, {"person": item["person"]})
    for i, item in enumerate(data["evidence"]):
        if item["person"] in kinds or item["person"] in outcomes:
            text = N_("%(person)s is a person in this file")
            yield FileFault(f"evidence[{i}].person", text, {"person": item["person"]})
        if item["kind"] == "observation" and not item.get("produced", True):
            text = N_("only a document can be asked for and not produced")
            yield FileFault(f"evidence[{i}].produced", text)


def _child_faults(i: int, person: str, outcomes: dict[str, str | None]) -> Iterator[FileFault]:
    """A talk with a child fits the list of those who live there, and what came of the offer."""
    if person not in outcomes:
        text = N_("a talk with %(person)s, who is not among the %(residents)s residents")
        yield FileFault(f"interviews[{i}].person", text, {"person": person, "residents": len(outcomes)})
    elif outcomes[person] != "talked":
        text = N_("a talk with %(person)s, whose outcome is not “talked”")
        yield FileFault(f"interviews[{i}].person", text, {"person": person})


def _statement_faults(data: dict[str, Any], pack: Pack) -> Iterator[FileFault]:
    themes = {theme.id for theme in pack.themes}
    areas = {area.id for area in pack.areas}
    seen: set[str] = set()
    for group in ("interviews", "evidence"):
        for i, source in enumerate(data[group]):
            for j, statement in enumerate(source["statements"]):
                place = f"{group}[{i}].statements[{j}]"
                if statement["theme"] is not None and statement["theme"] not in themes:
                    yield FileFault(
                        f"{place}.theme", N_("unknown theme “%(theme)s”"), {"theme": statement["theme"]}
                    )
                if statement["id"] in seen:
                    yield FileFault(
                        f"{place}.id", N_("the id “%(id)s” is used twice"), {"id": statement["id"]}
                    )
                seen.add(statement["id"])
                if statement.get("resolution") and (statement["severity"] or 0) < 3:
                    yield FileFault(
                        f"{place}.resolution", N_("only statements of severity 3 or 4 are investigated")
                    )
                for fault in coding_faults(statement, themes, seen):
                    yield FileFault(f"{place}.{fault.path}", fault.text, dict(fault.values))
    for i, area in enumerate(data.get("focus_areas", ())):
        if area not in areas:
            yield FileFault(f"focus_areas[{i}]", N_("unknown area “%(area)s”"), {"area": area})


def _check_faults(data: dict[str, Any], pack: Pack) -> Iterator[FileFault]:
    known = {requirement.id for requirement in pack.requirements}
    names = [check["requirement"] for check in data["checks"]]
    yield from _twice("checks", "requirement", names, N_("two results for the requirement %(name)s"))
    for i, check in enumerate(data["checks"]):
        if check["requirement"] not in known:
            yield FileFault(
                f"checks[{i}].requirement",
                N_("unknown requirement “%(name)s”"),
                {"name": check["requirement"]},
            )
        described = any(check.get(n) for n in ("consequence", "extent", "repeated", "fixed", "self_reported"))
        if described and check["result"] != "deviation":
            yield FileFault(
                f"checks[{i}].result", N_("only a deviation has consequence, extent and the rest")
            )


def _order_faults(data: dict[str, Any], pack: Pack) -> Iterator[FileFault]:
    """The gate of the pack: no talk with who should wait while a child has no outcome, unless overridden."""
    waiting = [item["person"] for item in data["residents"] if item["outcome"] is None]
    if not waiting or data.get("order_overrides"):
        return
    for i, talk in enumerate(data["interviews"]):
        if talk["kind"] in pack.gate.before:
            yield FileFault(
                f"interviews[{i}]",
                N_(
                    "a talk with an adult before these children have an outcome: %(who)s. "
                    "Give their outcomes, or an entry in order_overrides with the reason"
                ),
                {"who": ", ".join(waiting)},
            )


def _twice(
    place: str, name: str, values: list[str], text: str = N_("“%(name)s” stands twice")
) -> Iterator[FileFault]:
    seen: set[str] = set()
    for i, value in enumerate(values):
        if value in seen:
            yield FileFault(f"{place}[{i}].{name}", text, {"name": value})
        seen.add(value)
