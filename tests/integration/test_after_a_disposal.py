"""A case is disposed of: every page that could still name it answers, in words, and shows nothing of it.

The fullest case of the rich authority goes as a rule, two people and the job let it; then every address that it had is
asked by everybody, with the keys that a process had open forgotten.
"""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask import session
from flask_wtf.csrf import generate_csrf
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from tests.builders import acting
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.who_may import ANYBODY, SIGNED_OUT
from tests.rich_account import MARKER, NOW
from tillsyn.inspect.errors import Invalid, NotPossibleNow
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.services.break_glass import OpeningRefused, open_without_part, own_openings
from tillsyn.inspect.services.carry_out_disposal import carry_out_next
from tillsyn.inspect.services.hold_case import place_hold
from tillsyn.inspect.services.known_ops import cases_by_id
from tillsyn.inspect.services.renew_case_key import begin_renewal
from tillsyn.inspect.services.verify_database import verify_database
from tillsyn.models.break_glass import GlassOpening, GlassReason
from tillsyn.models.corrections import Correction
from tillsyn.models.field import ArrivedNotes, HeldOp, QuarantinedOp
from tillsyn.models.inspections import Inspection
from tillsyn.models.letters import Letter, Measure
from tillsyn.models.log_review import LogSample
from tillsyn.models.openness import DisclosureRequest
from tillsyn.models.people import User
from tillsyn.models.retention import CountedFrom, Disposal, DisposalCase, LegalHold, RecordType, RetentionRule
from tillsyn.models.sanctions import SanctionMatter
from tillsyn.models.vocabulary import State

DECISION = "RA-MS 2019:14"
SAID = f"gallrades den 10 mars 2026 enligt beslut {DECISION}"
Address = tuple[str, Rule, str]


@dataclass
class Gone:
    """The case that went: its id and number, and every address that it had, with the method."""

    id: UUID
    dnr: str
    disposal_id: UUID
    addresses: list[Address]


@pytest.fixture(scope="module")
def disposal(built_site: RichSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gone]:
    """Carried out once, into a site that `rich` puts back without the case."""
    built_site.put_back()
    dnr = built_site.made.cases[FULLEST]
    addresses = [
        (method, rule, str(built_site.address(rule, FULLEST)))
        for method in ("GET", "POST", "PUT")
        for rule in built_site.rules(method)
    ]
    with built_site.db() as db:
        case = db.scalars(select(Inspection).where(Inspection.dnr == dnr)).one()
        nothing_stands_in_the_way(db, case.id)
        people = built_site.made.people
        rule = RetentionRule(
            decision_number=DECISION, decided_on=NOW.date(), record_type=RecordType.CASE,
            counted_from=CountedFrom.CLOSED, years=10, after_archiving=False, entered_at=NOW,
            entered_by_id=people["registrar"],
        )  # fmt: skip
        db.add(rule)
        db.flush()
        approved = Disposal(
            rule_id=rule.id, proposed_at=NOW, proposed_by_id=people["registrar"], approved_at=NOW,
            approved_by_id=people["supervisor_outside"], counts={},
        )  # fmt: skip
        db.add(approved)
        db.flush()
        day = NOW.date() - timedelta(days=4000)
        entry = DisposalCase(
            disposal_id=approved.id, inspection_id=case.id, closed_on=day, due_on=day, counts={}
        )
        db.add(entry)
        case.state, case.state_since = State.CLOSED, NOW - timedelta(days=4000)
        db.commit()
        while carry_out_next(db, now=NOW):
            db.commit()
        assert (entry.left_because, entry.disposed_at) == (None, NOW)
        found = Gone(case.id, dnr, approved.id, addresses)
    built_site.app.extensions["tillsyn_engine"].dispose()
    whole, built_site.template = built_site.template, tmp_path_factory.mktemp("gone") / "template.db"
    shutil.copyfile(built_site.settings.database_url.removeprefix("sqlite:///"), built_site.template)
    yield found
    built_site.template = whole


@pytest.fixture
def gone(disposal: Gone, rich: RichSite) -> Gone:
    """`rich` has forgotten the keys that were open: as in a process that never opened the case."""
    return disposal


def nothing_stands_in_the_way(db: Session, case_id: UUID) -> None:
    """Measures, matters, holds and proposals of the rich case are what keeps it: they are taken away here."""
    letters = select(Letter.id).where(Letter.inspection_id == case_id)
    for of_letter in (Measure, Correction):
        db.execute(delete(of_letter).where(of_letter.letter_id.in_(letters)))
    for of_case in (SanctionMatter, LegalHold, DisclosureRequest, ArrivedNotes, HeldOp, QuarantinedOp):
        db.execute(delete(of_case).where(of_case.inspection_id == case_id))
    waiting = select(Disposal.id).where(Disposal.done_at.is_(None))
    db.execute(delete(DisposalCase).where(DisposalCase.disposal_id.in_(waiting)))
    db.expire_all()


def test_every_address_that_the_case_had_answers_everybody_and_shows_nothing_of_it(
    gone: Gone, rich: RichSite
) -> None:
    wrong, told = [], set()
    for method, rule, address in gone.addresses:
        of_case = gone.dnr in address or "letter_id" in rule.arguments
        for who in sorted(ANYBODY) if method == "GET" else _some(rule):
            try:
                status, text = _call(rich, method, address, who)
            except Exception as fault:  # noqa: BLE001 - all faults of all pages are told at once
                wrong.append(f"{who}: {method} {rule.endpoint}: {type(fault).__name__}: {fault}")
                continue
            if status >= 500:
                wrong.append(f"{who}: {method} {rule.endpoint} gave {status}")
            if of_case and MARKER in text:
                wrong.append(f"{who}: {method} {rule.endpoint} shows what was in the case")
            if of_case and status == 200 and gone.dnr in address:
                wrong.append(f"{who}: {method} {rule.endpoint} is open")
            if SAID in text:
                told.add(rule.endpoint)
    assert not wrong, "\n".join(wrong)
    assert {"cases.overview", "talks.talks", "cases.log"} <= told


def test_those_who_see_the_register_are_told_when_it_went_and_under_which_decision(
    gone: Gone, rich: RichSite
) -> None:
    page = rich.as_("supervisor_outside").get(f"/inspections/{gone.dnr}/talks", status=410)
    assert SAID in page.text
    assert "Ärendet är gallrat" in page.text
    for who in ("leader", "decision_maker_of_nothing", "inspector_outside", "lawyer"):
        if who in rich.made.people:
            closed = rich.as_(who).get(f"/inspections/{gone.dnr}", status=404)
            assert closed.text == rich.as_(who).get("/inspections/2099-99999", status=404).text
    for who in ("registrar", "supervisor_outside"):
        diary = rich.as_(who).get(f"/diary?q={gone.dnr}")
        assert f"Gallrat 10 mars 2026 enligt beslut {DECISION}" in diary.text
        assert f"/retention/disposals/{gone.disposal_id}" in diary.html
        assert DECISION in rich.as_(who).get(f"/retention/disposals/{gone.disposal_id}").text


def test_the_review_of_an_old_reading_says_so_and_can_still_be_signed(gone: Gone, rich: RichSite) -> None:
    with rich.db() as db:
        by_glass = db.scalars(
            select(LogSample.id).where(LogSample.inspection_id == gone.id, LogSample.opening_id.is_not(None))
        ).one()
    reviewer = rich.as_("log_reviewer")
    assert f"Gallrat 10 mars 2026 enligt beslut {DECISION}" in reviewer.get("/log/review").text
    page = reviewer.get(f"/log/review/{by_glass}")
    assert f"Gallrat 10 mars 2026 enligt beslut {DECISION}" in page.text
    assert "gallrat tillsammans med ärendet" in page.text
    assert MARKER not in page.html
    reviewer.submit(page, status=303, outcome="nothing")


def test_it_is_neither_opened_in_need_nor_held_nor_sealed_anew(gone: Gone, rich: RichSite) -> None:
    with rich.db() as db:
        outside = acting(db.get_one(User, rich.made.people["peer_reviewer_outside"]))
        words = "Ett barn har ringt och ingen i teamet svarar."
        with pytest.raises(OpeningRefused):
            open_without_part(
                db, actor=outside, dnr=gone.dnr, reason=GlassReason.DANGER, words=words, now=NOW
            )
        db.rollback()
        with pytest.raises(Invalid, match=DECISION):
            place_hold(
                db, actor=acting(db.get_one(User, rich.made.people["registrar"])), dnr=gone.dnr,
                reason="Målet prövas i kammarrätten.", now=NOW,
            )  # fmt: skip
        with pytest.raises(NotPossibleNow, match="destroyed"):
            begin_renewal(db, DataCipher(rich.settings.data_key), holder=gone.id, now=NOW)
        assert cases_by_id(db, [gone.id]) == {}, "a device that still has notes of it is told so"


def test_an_opening_in_need_that_was_open_ends_with_the_case(gone: Gone, rich: RichSite) -> None:
    with rich.db() as db:
        opening = db.scalars(select(GlassOpening).where(GlassOpening.inspection_id == gone.id)).one()
        assert (opening.words_sealed, opening.words_gone_at) == (None, NOW)
        opener = acting(db.get_one(User, opening.user_id))
        opening.opened_at, opening.ends_at = NOW, NOW + timedelta(hours=4)
        db.flush()
        assert own_openings(db, actor=opener, now=NOW) == []


def test_a_backup_made_afterwards_is_whole(gone: Gone, rich: RichSite) -> None:
    with rich.db() as db:
        found = verify_database(db.connection())
    assert found.faults == ()
    assert found.opened > 100, "the control"


def _some(rule: Rule) -> list[str]:
    """Who sends: those who could, and one of each other kind."""
    return ["leader", "decision_maker", "provider", "registrar", "inspector_outside", SIGNED_OUT]


def _call(rich: RichSite, method: str, address: str, who: str) -> tuple[int, str]:
    browser = rich.as_(None if who == SIGNED_OUT else who)
    headers = {}
    if method != "GET":
        raw = secrets.token_hex(20)
        with browser.http.session_transaction() as kept:
            kept["csrf_token"] = raw
        with rich.app.test_request_context():
            session["csrf_token"] = raw
            headers["X-CSRFToken"] = generate_csrf()
    json = {"version": 0, "fields": {}} if method == "PUT" else None
    answer = browser.http.open(address, method=method, headers=headers, json=json)
    text = answer.get_data().decode("utf-8", "replace")  # a PDF is read as well as it goes
    return answer.status_code, " ".join(text.split())
