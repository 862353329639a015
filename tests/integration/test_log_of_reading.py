"""Reading a case is an event; reading changes nothing else; and the log holds ids, never contents.

SoLPuL 10 §: access to what is known of children is checked afterwards, systematically.
"""

import json
import logging
import re
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_every_page import visitors_of
from tests.integration.who_may import SIGNED_OUT
from tests.rich_account import MARKER
from tillsyn.inspect.services.record_event import KEYS, record_event
from tillsyn.inspect.web.database import GetWroteSomething
from tillsyn.models import Base
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection

READINGS = {
    EventKind.INSPECTION_READ,
    EventKind.LOG_READ,
    EventKind.LETTER_OPENED,
    EventKind.CODES_EXPORTED,
    EventKind.FILE_READ,
    EventKind.SIGNAL_READ,
    EventKind.ANSWER_FILE_READ,
    EventKind.DISCLOSURE_FILE_READ,
}


def counts(db: Session) -> dict[str, int]:
    """Rows of each table but the log."""
    return {
        table.name: db.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
        if table.name not in ("events", "event_links")
    }


def contents(db: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the log and its chain, as stored."""
    return {
        table.name: sorted((tuple(row) for row in db.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
        if table.name not in ("events", "event_links")
    }


def events_after(db: Session, known: set[UUID]) -> list[Event]:
    return [event for event in db.scalars(select(Event)) if event.id not in known]


def test_reading_every_page_changes_nothing_and_leaves_its_trace(rich: RichSite) -> None:
    with rich.db() as db:
        before, known = contents(db), set(db.scalars(select(Event.id)))
        dnr = rich.made.cases[FULLEST]
        case_id = db.scalars(select(Inspection.id).where(Inspection.dnr == dnr)).one()
    untold = []
    for rule in rich.rules("GET"):
        address = rich.address(rule)
        assert address is not None
        for who in visitors_of(rule)[:1]:
            rich.as_(None if who == SIGNED_OUT else who).http.get(address)
            with rich.db() as db:
                new = events_after(db, known)
                known |= {event.id for event in new}
            assert {event.kind for event in new} <= READINGS, (rule.endpoint, [e.kind for e in new])
            if "dnr" not in rule.arguments:
                continue
            told = [event for event in new if event.kind is EventKind.INSPECTION_READ]
            right = len(told) == 1 and (told[0].inspection_id, told[0].actor_id, told[0].details) == (
                case_id,
                rich.made.people[who],
                {"page": rule.endpoint},
            )
            if not right and rule.endpoint != "cases.declare":
                untold.append(rule.endpoint)
    assert not untold, f"reading these pages of a case leaves no trace, or a wrong one: {untold}"
    with rich.db() as db:
        after = contents(db)
    changed = {name: set(before[name]) ^ set(after[name]) for name in before if before[name] != after[name]}
    assert not changed, {name: sorted(rows, key=repr)[:4] for name, rows in changed.items()}


def test_a_page_that_is_refused_is_not_logged_as_read(rich: RichSite) -> None:
    with rich.db() as db:
        known = set(db.scalars(select(Event.id)))
    for who in ("inspector_outside", "conflicted", "undeclared", "administrator", "provider"):
        for rule in rich.rules("GET"):
            if "dnr" in rule.arguments and rule.endpoint not in ("cases.declare", "cases.plan"):
                rich.as_(who).http.get(str(rich.address(rule)))
    with rich.db() as db:
        assert events_after(db, known) == []


def test_a_reading_page_that_writes_is_a_fault(rich: RichSite) -> None:
    from tests.builders import make_provider
    from tillsyn.inspect.app import create_app
    from tillsyn.inspect.rules.access import Permission
    from tillsyn.inspect.web.access import access
    from tillsyn.inspect.web.database import db
    from tillsyn.models.register import Provider

    app = create_app(rich.settings)
    app.testing = True

    @access(Permission.SIGN_IN)
    def write() -> str:
        changed = db().scalars(select(Provider).limit(1)).one()
        changed.name = "Changed by reading"
        return "done"

    app.add_url_rule("/write", "write", write)
    with pytest.raises(GetWroteSomething):
        app.test_client().get("/write")
    app.extensions["tillsyn_engine"].dispose()
    with rich.db() as own:
        before = counts(own)
        assert own.scalar(select(func.count()).where(Provider.name == "Changed by reading")) == 0
        make_provider(own)
        assert counts(own) != before, "the count would have noticed"


def test_events_hold_declared_keys_and_short_words_only(rich: RichSite) -> None:
    """Ids and words of closed vocabularies; nothing that somebody wrote."""
    with rich.db() as db:
        events = db.scalars(select(Event)).all()
    assert len({event.kind for event in events}) > 15
    for event in events:
        assert event.details.keys() <= KEYS.get(event.kind, frozenset()), event.kind
        for value in event.details.values():
            assert re.fullmatch(r"[\w.,:+/-]{0,120}", str(value)), (event.kind, value)


def test_an_undeclared_key_is_refused(rich: RichSite) -> None:
    with rich.db() as db, pytest.raises(ValueError, match="undeclared details of weighed: text"):
        record_event(db, EventKind.WEIGHED, actor=None, now=rich.app.config["CLOCK"](), text="what was said")


def test_every_kind_with_details_is_a_kind() -> None:
    assert set(KEYS) <= set(EventKind)


def test_what_was_said_is_in_no_event_no_log_line_and_no_address(
    rich: RichSite, caplog: pytest.LogCaptureFixture
) -> None:
    """The marker stands in every text about a child; it is seen on pages, and nowhere around them."""
    seen = 0
    with caplog.at_level(logging.INFO):
        for case in (FULLEST, "other_talks", "returned"):
            for rule in rich.rules("GET"):
                for who in visitors_of(rule)[:1]:
                    address = rich.address(rule, case)
                    if address is None or rule.rule.endswith((".pdf", ".qdpx", ".qdc")):
                        continue
                    answer = rich.as_(None if who == SIGNED_OUT else who).http.get(address)
                    html = answer.get_data(as_text=True) if answer.mimetype.startswith("text/") else ""
                    seen += MARKER in html
                    assert MARKER not in "".join(re.findall(r'(?:href|action|src)="([^"]*)"', html)), address
                    assert MARKER not in str(answer.headers), address
    assert seen > 5, "the marker is to be seen on pages, or this test shows nothing"
    assert MARKER not in caplog.text
    with rich.db() as db:
        for event in db.scalars(select(Event)):
            assert MARKER not in json.dumps(event.details)


def test_what_was_said_is_in_clear_nowhere_in_the_database_that_is_sealed(rich: RichSite) -> None:
    """Sealed columns hold no readable text, and every one of them is in use."""
    empty = []
    with rich.db() as db:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if column.name.endswith("_sealed"):
                    stored = [value for value in db.scalars(select(column)) if value]
                    empty += [] if stored else [f"{table.name}.{column.name}"]
                    assert all(MARKER.encode() not in value for value in stored), column
    # What devices sent waits here only until it is taken into its case; no step of the rich authority goes back;
    # no page asks any more why no staff was talked with.
    unused = {
        "arrived_notes.content_sealed",
        "state_changes.reason_sealed",
        "inspections.no_staff_reason_sealed",
    }
    assert set(empty) <= unused, empty
