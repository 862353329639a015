"""A small inspection file for tests, whole enough to be weighed; each test spoils its own copy."""

import copy
from typing import Any

from tillsyn.interview_guides.guide import load_pack


def statement(label: str, theme: str, severity: int | None, **more: Any) -> dict[str, Any]:
    return {
        "id": label,
        "theme": theme,
        "text": more.pop("text", f"Det här sades om {theme}."),
        "severity": severity,
        "own_words": True,
        "prompted": False,
        "important": False,
        "concrete": True,
        "firsthand": True,
        "wish": "only_in_general",
        **more,
    }


_SMALL: dict[str, Any] = {
    "format": "tillsyn-inspection/1",
    "dnr": "2026-00042",
    "title": "Tillsyn av Testhemmet",
    "announced": True,
    "provider": {"name": "Testomsorg AB", "organisation_number": "556000-0001", "kind": "private"},
    "home": {"name": "Testhemmet", "municipality": "Provkommun", "kind": "hvb", "places": 4},
    "visit": {"started_at": "2026-03-03T13:00+01:00", "ended_at": "2026-03-03T18:00+01:00"},
    "team": [{"role": "inspector", "name": "Utan Konto"}],
    "information_given": ["rights", "supervision", "contact", "talks_without_guardian"],
    "residents": [{"person": "b1", "outcome": "talked"}, {"person": "b2", "outcome": "declined"}],
    "interviews": [
        {
            "person": "b1",
            "kind": "child",
            "started_at": "2026-03-03T13:05+01:00",
            "ended_at": "2026-03-03T13:40+01:00",
            "statements": [statement("u1", "fortroende", 0), statement("u2", "natt", 2, important=True)],
            "age_band": "13-15",
            "language": "sv",
            "interpreter": False,
            "read_back": True,
        },
        {
            "person": "p1",
            "kind": "staff",
            "started_at": "2026-03-03T15:00+01:00",
            "ended_at": "2026-03-03T15:30+01:00",
            "statements": [statement("u3", "natt", 1)],
        },
        {
            "person": "l1",
            "kind": "manager",
            "started_at": "2026-03-03T16:00+01:00",
            "ended_at": "2026-03-03T16:45+01:00",
            "statements": [statement("u4", "bemanning", 1)],
        },
    ],
    "evidence": [{"person": "o1", "kind": "observation", "statements": [statement("u5", "rum", 0)]}],
    "checks": [],
}


def check(requirement: str, result: str = "met", **more: Any) -> dict[str, Any]:
    base = {
        "consequence": 0,
        "extent": 0,
        "repeated": False,
        "fixed": False,
        "self_reported": False,
        "note": "",
    }
    return {"requirement": requirement, "result": result, **base, **more}


def small_inspection() -> dict[str, Any]:
    """A fresh copy, with every requirement of the pack marked and one deviation (K10)."""
    data = copy.deepcopy(_SMALL)
    data["checks"] = [
        check(one.id)
        if one.id != "K10"
        else check("K10", "deviation", consequence=2, extent=1, note="En vaken natt.")
        for one in load_pack("hvb").requirements
    ]
    return data
