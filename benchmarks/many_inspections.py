"""Very many weighed inspections, made from one example, for `python -m benchmarks weigh-all`."""

import random
from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from tillsyn.inspect.services.weigh_all import COMPARED, Tally, alpha_by_quarter, weigh_all
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.assessments import WeighingRun
from tillsyn.models.inspections import Inspection

from .bulk_rows import Row, any_row, ids_after_all, insert

TALKS = (("child", "b", 5), ("staff", "p", 3), ("manager", "l", 1), ("other", "a", 1))
EVIDENCE = (("observation", "o", 1), ("document", "d", 1))
CODINGS_PER_SOURCE = 8
"""Twelve sources with eight or nine statements each: about a hundred codings."""
BATCH = 500
TABLES = ("inspections", "residents", "interviews", "evidence", "statements", "checks", "weighing_runs")
PREFIX = "BENCH-"

_SEVERITIES = (0,) * 60 + (1,) * 25 + (2,) * 11 + (3,) * 3 + (4,)
_STATUSES = ("active",) * 95 + ("closed",) * 3 + ("withdrawn",) * 2
_CHECKED = ("met",) * 80 + ("deviation",) * 12 + ("not_checked",) * 8


def fill(connection: Connection, count: int) -> None:
    """Add `count` inspections with talks, statements and checks, copied from one that is there."""
    templates = {table: any_row(connection, table) for table in TABLES}
    pack = load_pack(templates["inspections"]["pack"])
    themes = [theme.id for theme in pack.themes]
    requirements = [one.id for one in pack.requirements if one.can_be_deficiency_of_home]
    ids = ids_after_all()
    for start in range(0, count, BATCH):
        rows: dict[str, list[Row]] = {table: [] for table in templates}
        for number in range(start, min(start + BATCH, count)):
            _one(rows, templates, ids, number, themes, requirements)
        for table, made in rows.items():
            insert(connection, table, made)
        connection.connection.commit()  # the rows went past SQLAlchemy


def keep_results(db: Session) -> None:
    """Weigh what `fill` made and keep a row per area, as every weighing does."""
    runs = dict(db.execute(select(Inspection.dnr, WeighingRun.id).join(WeighingRun)).tuples().all())
    rows: list[Row] = []
    found = weigh_all(db, alpha_at=alpha_by_quarter(db), tally=Tally())
    for (dnr, area), fields in groupby(found, key=lambda one: (one.dnr, one.area)):
        if dnr.startswith(PREFIX):
            empty = {"run_id": runs[dnr].hex, "area": area, "base": 1, "binding_rule": "", "own": None}
            rows.append(empty | dict.fromkeys(COMPARED) | {field.field: field.computed for field in fields})
    for start in range(0, len(rows), 10_000):
        insert(db.connection(), "weighed_areas", rows[start : start + 10_000])


def _one(
    rows: dict[str, list[Row]],
    templates: dict[str, Row],
    ids: Iterator[str],
    number: int,
    themes: Sequence[str],
    requirements: Sequence[str],
) -> None:
    chance = random.Random(number)  # noqa: S311 - cases, not secrets
    inspection = next(ids)
    own = {"inspection_id": inspection}
    rows["inspections"].append(
        templates["inspections"] | {"id": inspection, "dnr": f"{PREFIX}{number:06d}", "imported_from": None}
    )
    residents = [next(ids) for _ in range(6)]
    rows["residents"] += [
        templates["residents"] | own | {"id": one, "person": f"b{place}", "position": place}
        for place, one in enumerate(residents, start=1)
    ]
    sources: list[tuple[str | None, str | None]] = []
    for informant, letter, heads in TALKS:
        for place in range(1, heads + 1):
            talk = next(ids)
            sources.append((talk, None))
            child = residents[place - 1] if informant == "child" else None
            rows["interviews"].append(
                templates["interviews"]
                | own
                | {
                    "id": talk,
                    "informant": informant,
                    "resident_id": child,
                    "person": f"{letter}{place}",
                    "deviation": chance.random() < 0.1,
                }
            )
    for kind, letter, heads in EVIDENCE:
        for place in range(1, heads + 1):
            item = next(ids)
            sources.append((None, item))
            rows["evidence"].append(
                templates["evidence"] | own | {"id": item, "kind": kind, "person": f"{letter}{place}"}
            )
    label = 0
    for talk, item in sources:
        for _ in range(CODINGS_PER_SOURCE + (chance.random() < 0.4)):
            label += 1
            rows["statements"].append(
                templates["statements"]
                | own
                | {
                    "id": next(ids),
                    "interview_id": talk,
                    "evidence_id": item,
                    "label": f"u{label}",
                    "position": label,
                    "theme": chance.choice(themes),
                    "severity": chance.choice(_SEVERITIES),
                    "status": chance.choice(_STATUSES),
                    "resolution": None,
                    "firsthand": chance.random() < 0.8,
                    "prompted": chance.random() < 0.5,
                    "important": False,
                    "concrete": chance.random() < 0.8,
                    "text_sealed": None,
                }
            )
    for requirement in chance.sample(requirements, 21):
        result = chance.choice(_CHECKED)
        deviates = result == "deviation"
        rows["checks"].append(
            templates["checks"]
            | own
            | {
                "id": next(ids),
                "requirement": requirement,
                "result": result,
                "consequence": chance.choice((0, 1, 1, 2, 2, 3)) if deviates else 0,
                "extent": chance.choice((0, 0, 1, 2)) if deviates else 0,
                "repeated": deviates and chance.random() < 0.1,
                "fixed": deviates and chance.random() < 0.3,
                "self_reported": deviates and chance.random() < 0.3,
                "note_sealed": None,
            }
        )
    rows["weighing_runs"].append(templates["weighing_runs"] | own | {"id": next(ids), "result": "{}"})
