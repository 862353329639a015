"""No page of the whole authority, or of a whole provider, asks the database for all rows there are.

Everything that can grow is made MANY of; every page without an id in its address is opened by everybody who may.
A question that gives more than MOST rows is a fault, unless WHY says what bounds it. A new list that reads all
rows fails here, and so does a reason for a list that no longer does.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.engine.cursor import CursorFetchStrategy
from sqlalchemy.orm import Session

from tests.builders import NOW, make_home, make_inspection, make_provider, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import make_sent_letter
from tests.integration.who_may import MAY
from tillsyn.inspect.services.long_lists import PER_PAGE
from tillsyn.models.asked_of_provider import DocumentRequest
from tillsyn.models.assessments import WeighedArea, WeighingRun
from tillsyn.models.corrections import Correction
from tillsyn.models.decisions import Communication
from tillsyn.models.devices import Device, KeyWay
from tillsyn.models.letter_vocabulary import CorrectionState, LetterKind, LetterState
from tillsyn.models.letters import Letter, LetterVersion
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.people import User
from tillsyn.models.register import Municipality
from tillsyn.models.retention import (
    ArchivePackage,
    CountedFrom,
    Disposal,
    HoldKind,
    LegalHold,
    RecordType,
    RetentionRule,
)
from tillsyn.models.vocabulary import Role, Standing, State, TeamRole

MANY = 5 * PER_PAGE
MOST = 4 * PER_PAGE
"""Rows of a page with what belongs to them: a team has three people here."""

WHY = {
    "calendar.visits": "the cases in which the reader works now, to know whose days are whose",
    "calendar.workload": "the inspectors of the unit, by name: people who are employed",
    "devices.mine": "the browsers that one person has enrolled themselves",
    "homes.home": "the inspections there have been of one home: one or two a year",
    "log.review": "the people of the authority, to choose one of: providers and managers are not among them",
    "planning.inspections": "the inspectors, to choose one of: people who are employed",
    "planning.new": "the people of the authority, to put a team together of: people who are employed",
    "start.home": "the cases in which the reader works now: looked through for what to take first, some shown",
}
"""By endpoint: what bounds a question that gives more than MOST rows."""


@pytest.fixture
def people(db: Session) -> dict[str, User]:
    """One of each, where everything that can grow has grown."""
    sent = make_sent_letter(db)
    home, provider = sent.inspection.home, sent.inspection.home.provider
    found = {
        "inspector": sent.inspector,
        "supervisor": make_user(db, Role.SUPERVISOR),
        "provider": sent.provider,
        "home_manager": make_user(db, Role.HOME_MANAGER, home_id=home.id),
    }
    for role in (
        Role.REGISTRAR,
        Role.LOG_REVIEWER,
        Role.ADMINISTRATOR,
        Role.METHOD_OWNER,
        Role.PEER_REVIEWER,
    ):
        found[role.value] = make_user(db, role)
    team = {
        TeamRole.INSPECTOR: found["inspector"],
        TeamRole.DECISION_MAKER: found["supervisor"],
        TeamRole.PEER_REVIEWER: found["peer_reviewer"],
    }
    reviews = (State.REVIEW, State.DECISION, State.DOCUMENTS, State.FOLLOW_UP, State.CLOSED)
    rule = RetentionRule(
        decision_number="RA-MS 2020:1", decided_on=NOW.date(), record_type=RecordType.CASE, years=1,
        counted_from=CountedFrom.CLOSED, after_archiving=False, entered_at=NOW, entered_by_id=found["registrar"].id,
    )  # fmt: skip
    db.add(rule)
    db.flush()
    for number in range(MANY):
        at = NOW - timedelta(days=400 + number)
        other = make_home(db, provider if number % 2 else make_provider(db), name=f"Hem {number}")
        case = make_inspection(
            db, home=home if number % 3 == 0 else other, children=1, team=team, state=reviews[number % 5],
            planned_on=NOW.date() + timedelta(days=number % 20),
        )  # fmt: skip
        case.state_since = at
        make_user(db, Role.INSPECTOR)
        make_user(db, Role.PROVIDER, provider_id=provider.id, standing=Standing.HELPER)
        kind = LetterKind.REMINDER if number % 2 else LetterKind.FEEDBACK
        letter = Letter(
            inspection_id=case.id, kind=kind, state=LetterState.SENT, author_id=sent.letter.author_id,
            composed_at=at, submitted_at=at, sent_at=at,
        )  # fmt: skip
        if number % 2:
            letter.issued_by_id = found["supervisor"].id
        else:
            letter.approved_at, letter.approved_by_id = at, found["supervisor"].id
        request = DocumentRequest(
            inspection_id=case.id, due_on=NOW.date(), asked_at=at, by_id=found["inspector"].id
        )
        request.what = "Bemanningsschemat"
        hold = LegalHold(
            inspection_id=case.id, kind=HoldKind.OTHER, placed_at=at, placed_by_id=found["registrar"].id
        )
        hold.reason = "Målet prövas."
        run = WeighingRun(
            inspection_id=case.id, at=at, method_version="3.0.0", config_hash="0" * 64, input_hash="0" * 64,
            result={},
        )  # fmt: skip
        db.add_all((run, letter, request, hold, Municipality(name=f"Ort {number}", created_at=NOW)))
        db.flush()
        db.add_all((
            LetterVersion(
                letter_id=letter.id, language="sv", number=1, letter_number=f"N-{number}", content={},
                content_sha256="0" * 64, pdf=b"%PDF", pdf_sha256="0" * 64, html_sha256="0" * 64, at=at,
                by_id=found["inspector"].id, sent_at=at,
            ),
            Correction(
                letter_id=letter.id, state=CorrectionState.PROPOSED, proposed_by_id=found["inspector"].id,
                proposed_at=at, comment_by_on=NOW.date(),
            ),
            Communication(
                inspection_id=case.id, sent_at=at, reply_by_on=NOW.date(), by_id=found["inspector"].id
            ),
            RetentionRule(
                decision_number=f"RA-MS 2021:{number}", decided_on=NOW.date(), record_type=RecordType.CASE,
                years=1, counted_from=CountedFrom.CLOSED, after_archiving=False, entered_at=NOW,
                entered_by_id=found["registrar"].id,
            ),
            WeighedArea(run_id=run.id, area="TRY", base=1, binding_rule="T2", position=2, own=3),
            Disposal(rule_id=rule.id, proposed_at=at, proposed_by_id=found["registrar"].id, counts={}),
            ArchivePackage(
                inspection_id=case.id, made_at=at, made_by_id=found["inspector"].id,
                manifest_sha256="a" * 64, files=1,
            ),
            Device(
                user_id=found["inspector"].id, name=f"Dator {number}", key_way=KeyWay.PASSPHRASE, client="1",
                token_hash=number.to_bytes(32, "big"), enrolled_at=at, last_seen_at=at,
            ),
            *(Notice(user_id=user.id, kind=NoticeKind.LETTER_RETURNED, at=at) for user in found.values()),
        ))  # fmt: skip
    db.commit()
    return found


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[int, tuple[str, int]]]:
    """By result: what was asked, and how many rows it has given."""
    met: dict[int, tuple[str, int]] = {}
    kept: list[Any] = []

    def count(name: str) -> None:
        original = getattr(CursorFetchStrategy, name)

        def counted(self: Any, result: Any, *rest: Any, **more: Any) -> Any:
            given = original(self, result, *rest, **more)
            number = len(given) if isinstance(given, list) else int(given is not None)
            asked = str(getattr(result.context, "statement", ""))
            met[id(result)] = (asked, met.get(id(result), ("", 0))[1] + number)
            kept.append(result)
            return given

        monkeypatch.setattr(CursorFetchStrategy, name, counted)

    for name in ("fetchone", "fetchmany", "fetchall"):
        count(name)
    yield met
    kept.clear()


def pages_of(app: Flask) -> list[tuple[str, str]]:
    """Endpoint and address of every page without an id in its address."""
    rules = app.url_map.iter_rules()
    return sorted(
        (rule.endpoint, str(rule))
        for rule in rules
        if not rule.arguments and "GET" in (rule.methods or ()) and rule.endpoint in MAY
    )


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_no_page_asks_for_all_rows_but_those_that_say_why(
    app: Flask, client: Browsing, db: Session, people: dict[str, User], rows: dict[int, tuple[str, int]]
) -> None:
    rule_of_many = db.scalars(select(Disposal.rule_id)).first()
    faults: dict[str, set[str]] = {}
    opened = set()
    provider, home = people["provider"].provider_id, people["home_manager"].home_id
    of_one = [
        ("register.provider", f"/providers/{provider}"),
        ("invitations.invite", f"/providers/{provider}/invite"),
        ("homes.home", f"/homes/{home}"),
        ("planning.new", f"/plan-inspection?home={home}"),
        ("retention.rule", f"/retention/rules/{rule_of_many}"),
    ]
    for who, user in people.items():
        client.sign_in_as(user)
        for endpoint, address in [*pages_of(app), *of_one]:
            rows.clear()
            answer = client.http.get(address)
            if answer.status_code != 200:
                continue
            opened.add(endpoint)
            for asked, number in rows.values():
                if number > MOST:
                    faults.setdefault(endpoint, set()).add(f"{who}: {number} rows of {asked[:160]!r}")
        client.sign_out()
    assert len(opened) > 25 and {endpoint for endpoint, _address in of_one} <= opened, sorted(opened)
    left = {endpoint: told for endpoint, told in faults.items() if endpoint not in WHY}
    assert not left, "\n".join(
        f"{endpoint}: {one}" for endpoint, told in left.items() for one in sorted(told)
    )
    assert not set(WHY) - set(faults), "a reason for what is bounded now"
