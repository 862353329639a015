"""Passages and every coding come out of a file as they went in; what cannot be is refused with its path."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.example_inspection import small_inspection
from tillsyn.inspect.rules.inspection_file import faults_of_file
from tillsyn.inspect.services.export_inspection import export_inspection
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.import_inspection import import_inspection
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.codings import Coding, Passage


def with_codings(now) -> dict:
    """u2 judged by two who disagreed and settled it, with a passage of its own."""
    data = small_inspection()
    told = data["interviews"][0]["statements"][1]
    at = [(now + timedelta(minutes=m)).isoformat() for m in range(3)]
    told["codings"] = [
        {"part": "first", "theme": "natt", "severity": 2, "coded_at": at[0]},
        {"part": "second", "theme": "natt", "severity": 3, "coded_at": at[1]},
        {"part": "settled", "theme": "natt", "severity": 2, "coded_at": at[2], "reason": "Efter samtal."},
    ]
    told["passages"] = [
        {"id": "u2.1", "begins": 0, "ends": 3, "theme": "mat", "severity": 1, "marked_at": at[0]}
    ]
    return data


def test_what_two_have_coded_comes_out_the_same(db: Session, now) -> None:
    import_inspection(db, actor=None, data=with_codings(now), now=now)
    out = export_inspection(db, actor=None, inspection=find_inspection(db, "2026-00042"), now=now)
    told = out["interviews"][0]["statements"][1]
    assert [row["part"] for row in told["codings"]] == ["first", "second", "settled"]
    assert told["codings"][2]["reason"] == "Efter samtal."
    assert told["passages"][0]["id"] == "u2.1"
    import_inspection(db, actor=None, data=out | {"dnr": "2026-00043"}, now=now)
    again = export_inspection(db, actor=None, inspection=find_inspection(db, "2026-00043"), now=now)
    assert again | {"dnr": ""} == out | {"dnr": ""}


def test_a_judgement_without_codings_is_a_first_one_by_nobody(db: Session, now) -> None:
    data = small_inspection()
    import_inspection(db, actor=None, data=data, now=now)
    judged = [s for source in (*data["interviews"], *data["evidence"]) for s in source["statements"]]
    assert db.scalar(select(func.count()).select_from(Coding)) == len(judged)
    assert set(db.scalars(select(Coding.coder_id))) == {None}
    assert db.scalar(select(func.count()).select_from(Passage)) == 0


@pytest.mark.parametrize(
    ("path", "spoil"),
    [
        ("severity", lambda told: told.update(severity=4)),
        ("codings", lambda told: told["codings"].pop(0)),
        ("codings[1].theme", lambda told: told["codings"][1].update(theme="vädret")),
        ("passages[0].ends", lambda told: told["passages"][0].update(ends=9999)),
        ("passages[0].id", lambda told: told["passages"][0].update(id="u1")),
        ("passages[0].theme", lambda told: told["passages"][0].update(theme="vädret")),
    ],
)
def test_what_cannot_be_is_refused_with_its_path(now, path, spoil) -> None:
    data = with_codings(now)
    spoil(data["interviews"][0]["statements"][1])
    faults = faults_of_file(data, {"hvb": load_pack("hvb")})
    assert f"interviews[0].statements[1].{path}" in [fault.path for fault in faults]
