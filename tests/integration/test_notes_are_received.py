"""Notes from devices come into the log or into quarantine, whatever they say; nothing is lost in silence."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from tests.builders import acting, count_from, inspector_of, make_inspection, make_user
from tests.field_world import World
from tests.handhelds import Handheld
from tillsyn.inspect.errors import Invalid, NotAllowed, NotFound
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.services import hold_ops, keep_ops
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.lose_device import report_lost
from tillsyn.inspect.services.receive_ops import MOST_OPS, Received, receive_ops
from tillsyn.inspect.services.settle_quarantine import (
    count_quarantine,
    list_quarantine,
    set_quarantined_aside,
    take_in_quarantined,
)
from tillsyn.models.devices import AlarmKind, Device, DeviceAlarm
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.field import FieldOp, HeldOp, MissingNumbers, QuarantinedOp, Refusal
from tillsyn.models.interviews import Statement
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import Role

KEY = bytes(32)
REASON = "Det var ett prov och hör inte hit."


@pytest.fixture(scope="module")
def ground(database_url: str) -> Iterator[World]:
    """Made once: each test undoes what it does."""
    count_from(8000)
    install_cipher(DataCipher(KEY))
    engine = make_engine(database_url)
    with engine.connect() as connection, connection.begin() as everything:
        yield World(connection)
        everything.rollback()
    engine.dispose()


@pytest.fixture
def world(ground: World) -> Iterator[World]:
    install_cipher(DataCipher(KEY))
    count_from(9000)  # beside those that are there already
    with ground.sequence():
        yield ground


@pytest.fixture
def handheld(world: World) -> Handheld:
    handheld = world.handhelds()[0]
    catch_up(world, handheld)
    return handheld


def catch_up(world: World, handheld: Handheld) -> None:
    changes = world.fetch(0, handheld.after)
    for change in changes.ops:
        handheld.see(change.op)
    handheld.after = changes.server_seq


def note(world: World, handheld: Handheld, said: str, **more: Any) -> dict[str, Any]:
    return handheld.write("statement", world.statement, "text", said, world.now, **more)


def statuses(received: Received) -> list[str]:
    return [one.status for one in received.results]


def alarms(world: World) -> dict[AlarmKind, int]:
    with world.request() as db:
        return {one.kind: one.notes for one in db.scalars(select(DeviceAlarm))}


def test_a_note_stands_in_the_case_and_in_the_log_sealed(world: World, handheld: Handheld) -> None:
    op = note(world, handheld, "Hemliga ord")
    received = world.send(0, handheld, [op])
    assert statuses(received) == ["accepted"] and received.acked_seq == 1
    handheld.hear(1)
    assert received.receipt == handheld.receipt()
    with world.request() as db:
        statement = db.get(Statement, world.statement)
        assert statement is not None and statement.text == "Hemliga ord"
        kept = db.get(FieldOp, UUID(op["op_id"]))
        assert kept is not None and kept.content_sealed is not None
        assert b"Hemliga" not in kept.content_sealed
        raw = db.execute(text("SELECT content_sealed FROM field_ops")).scalars().all()
        assert not any(b"Hemliga" in bytes(one) for one in raw)
        synced = db.scalars(select(Event).where(Event.kind == EventKind.DEVICE_SYNCED)).one()
        assert synced.details["number"] == 1 and synced.inspection_id == world.inspection_id


def test_the_clock_of_the_device_is_corrected_by_how_far_it_is_off(world: World, handheld: Handheld) -> None:
    handheld.clock = timedelta(hours=5)
    op = note(world, handheld, "Sent på dagen")
    written = world.now
    world.send(0, handheld, [op])
    with world.request() as db:
        kept = db.get(FieldOp, UUID(op["op_id"]))
        assert kept is not None
        assert kept.written_at == written + timedelta(hours=5)
        assert abs(kept.happened_at - written) < timedelta(seconds=2)


def test_a_reply_that_was_lost_is_given_again(world: World, handheld: Handheld) -> None:
    ops = [note(world, handheld, f"Rad {number}") for number in range(3)]
    first = world.send(0, handheld, ops)
    again = world.send(0, handheld, ops)
    assert statuses(again) == ["known"] * 3
    assert [one.server_seq for one in again.results] == [one.server_seq for one in first.results]
    assert (again.acked_seq, again.receipt) == (first.acked_seq, first.receipt)


def test_two_who_write_apart_from_each_other_are_both_kept_and_shown(
    world: World, handheld: Handheld
) -> None:
    world.edit_page("Från sidan", 1)
    received = world.send(0, handheld, [note(world, handheld, "Från plattan")])
    (result,) = received.results
    assert result.status == "conflict" and len(result.heads) == 2
    (conflict,) = world.fetch(1, 0).conflicts
    assert [head.op["value"] for head in conflict.heads] == ["Från sidan", "Från plattan"]
    with world.request() as db:
        statement = db.get(Statement, world.statement)
        assert statement is not None and statement.text == "Från sidan"


def test_two_who_write_the_same_agree(world: World, handheld: Handheld) -> None:
    other = world.handhelds()[2]
    same = {"outcome": "declined", "note": ""}
    ops = [one.write("child", world.children[1], "outcome", same, world.now) for one in (handheld, other)]
    world.send(0, handheld, ops[:1])
    assert statuses(world.send(2, other, ops[1:])) == ["accepted"]
    assert not world.fetch(0, 0).conflicts


def test_what_a_use_case_refuses_is_held_and_told(world: World, handheld: Handheld) -> None:
    op = handheld.write("talk", UUID(int=7), "note", "Innan samtalet finns", world.now)
    received = world.send(0, handheld, [op])
    assert statuses(received) == ["held"] and received.results[0].reason is not None
    (held,) = world.fetch(0, 0).held
    assert str(held.op_id) == op["op_id"] and held.reason.reason


def test_a_fault_while_applying_keeps_no_note_out(
    world: World, handheld: Handheld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of the program")

    monkeypatch.setattr(hold_ops, "apply_documents", breaks)
    monkeypatch.setattr(hold_ops, "absorb_page_changes", breaks)
    logging.disable(logging.CRITICAL)
    received = world.send(0, handheld, [note(world, handheld, "Ändå kvar")])
    logging.disable(logging.NOTSET)
    assert statuses(received) == ["held"] and received.acked_seq == 1
    with world.request() as db:
        assert db.scalars(select(HeldOp)).one().reason


def test_what_the_database_refuses_is_refused_alone(
    world: World, handheld: Handheld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ops = [note(world, handheld, f"Rad {number}") for number in range(3)]
    seal = keep_ops.held_bytes

    def refuse_second(table: str, column: str, id: UUID, plain: bytes) -> bytes:
        if str(id) == ops[1]["op_id"]:
            raise IntegrityError("refused", None, Exception("by the database"))
        return seal(table, column, id, plain)

    monkeypatch.setattr(keep_ops, "held_bytes", refuse_second)
    logging.disable(logging.CRITICAL)
    received = world.send(0, handheld, ops)
    logging.disable(logging.NOTSET)
    assert statuses(received) == ["conflict", "rejected:store", "conflict"], (
        "what joined the two is not there"
    )
    assert received.acked_seq == 3
    handheld.hear(3)
    assert received.receipt == handheld.receipt()


def test_a_cloned_device_loses_nothing_and_raises_the_alarm(world: World, handheld: Handheld) -> None:
    clone = handheld.clone()
    mine, theirs = note(world, handheld, "Min rad"), note(world, clone, "Klonens rad")
    world.send(0, handheld, [mine])
    received = world.send(0, clone, [theirs])
    assert statuses(received) == ["rejected:clone"] and received.acked_seq == 1
    assert statuses(world.send(0, clone, [theirs])) == ["rejected:clone"]
    with world.request() as db:
        (kept,) = db.scalars(select(QuarantinedOp))
        assert "Klonens rad" in kept.content and str(kept.rival_id) == mine["op_id"]
        assert b"Klonens" not in (kept.content_sealed or b"")
    assert alarms(world) == {AlarmKind.CLONED: 1}
    handheld.hear(1)
    clone.hear(1)
    assert world.send(0, handheld, []).receipt == handheld.receipt() != clone.receipt()


def test_a_gap_is_asked_for_and_filled(world: World, handheld: Handheld) -> None:
    ops = [note(world, handheld, f"Rad {number}") for number in range(3)]
    received = world.send(0, handheld, ops[1:])
    assert statuses(received) == ["rejected:gap", "rejected:gap"] and received.acked_seq == 0
    world.now += timedelta(hours=1)
    received = world.send(0, handheld, ops)
    assert statuses(received) == ["accepted"] * 3
    assert not alarms(world)


def test_notes_that_a_device_has_lost_are_noticed_and_keep_nothing_waiting(
    world: World, handheld: Handheld
) -> None:
    ops = [note(world, handheld, f"Rad {number}") for number in range(5)]
    world.send(0, handheld, ops[:1])
    handheld.hear(1)
    lost = [handheld.outbox.pop(seq) for seq in (2, 3)]
    assert statuses(world.send(0, handheld, handheld.unsent())) == ["rejected:gap"] * 2
    assert statuses(world.send(0, handheld, handheld.unsent())) == ["rejected:gap"] * 2
    assert not alarms(world), "it has not had time to hear that it is asked"
    world.now += timedelta(minutes=3)
    received = world.send(0, handheld, handheld.unsent())
    assert statuses(received) == ["accepted", "conflict"], "what it was written over is not known"
    assert received.acked_seq == 5
    assert alarms(world) == {AlarmKind.LOST_NOTES: 2}
    handheld.hear(5)
    assert received.receipt == handheld.receipt()
    with world.request() as db:
        (row,) = db.scalars(select(MissingNumbers))
        assert (row.first_seq, row.last_seq) == (2, 3) and row.lost_at is not None
    # They were found in a backup of the tablet after all.
    handheld.outbox |= {2: lost[0], 3: lost[1]}
    received = world.send(0, handheld, lost)
    assert statuses(received) == ["accepted", "accepted"]
    assert received.receipt == handheld.receipt()
    (head,) = world.heads()[str(world.statement), "text"]
    assert head == ops[4]["op_id"], "what was written over them stands"


def test_a_device_that_has_nothing_left_of_what_it_announced_has_lost_it(
    world: World, handheld: Handheld
) -> None:
    for number in range(3):
        note(world, handheld, f"Rad {number}")
    handheld.outbox.clear()
    world.send(0, handheld, [])
    assert not alarms(world)
    world.now += timedelta(minutes=3)
    received = world.send(0, handheld, [])
    assert alarms(world) == {AlarmKind.LOST_NOTES: 3}
    assert received.acked_seq == 3, "the next note has number 4"


def test_an_older_copy_of_the_store_that_counts_on_is_noticed(world: World, handheld: Handheld) -> None:
    older = handheld.clone()
    for number in range(4):
        note(world, handheld, f"Rad {number}")
    world.send(0, handheld, handheld.unsent()[2:])
    op = note(world, older, "Ny rad")
    assert statuses(world.send(0, older, [op])) == ["accepted"]
    assert alarms(world) == {AlarmKind.LOST_NOTES: 3}


def test_a_lost_device_is_heard_in_quarantine_only_and_a_person_lets_its_words_in(
    world: World, handheld: Handheld
) -> None:
    op = note(world, handheld, "Sagt före förlusten")
    with world.request() as db:
        report_lost(
            db, actor=world.actors[0], device_id=world.devices[0], reason="Glömd på tåget", now=world.now
        )
    received = world.send(0, handheld, [op])
    assert statuses(received) == ["rejected:lost"] and received.acked_seq == 1
    with world.request() as db:
        inspection = find_inspection(db, world.dnr)
        assert count_quarantine(db, inspection.id) == 1
        (apart,) = list_quarantine(db, actor=world.actors[1], inspection=inspection)
        assert apart.said is not None and apart.said["value"] == "Sagt före förlusten"
        assert apart.refusal is Refusal.LOST and apart.can_be_taken_in
        held = take_in_quarantined(
            db, actor=world.actors[1], inspection=inspection, quarantined_id=apart.id, now=world.now
        )
        assert held is None
        statement = db.get(Statement, world.statement, populate_existing=True)
        assert statement is not None and statement.text == "Sagt före förlusten"
        assert not list_quarantine(db, actor=world.actors[1], inspection=inspection)
        with pytest.raises(NotFound):
            take_in_quarantined(
                db, actor=world.actors[1], inspection=inspection, quarantined_id=apart.id, now=world.now
            )
    (told,) = [one.op for one in world.fetch(2, 0).ops if one.op["value"] == "Sagt före förlusten"]
    assert told["author"] == str(handheld.author) and told["device_id"] == str(UUID(int=0))


def test_a_clone_s_notes_that_are_let_in_build_on_each_other(world: World, handheld: Handheld) -> None:
    clone = handheld.clone()
    world.send(0, handheld, [note(world, handheld, "Min rad"), note(world, handheld, "Min andra")])
    world.send(0, clone, [note(world, clone, "Klonens rad"), note(world, clone, "Klonens andra")])
    with world.request() as db:
        inspection = find_inspection(db, world.dnr)
        for apart in list_quarantine(db, actor=world.actors[0], inspection=inspection):
            take_in_quarantined(
                db, actor=world.actors[0], inspection=inspection, quarantined_id=apart.id, now=world.now
            )
    (conflict,) = world.fetch(0, 0).conflicts
    assert [head.op["value"] for head in conflict.heads] == ["Min andra", "Klonens andra"]


def test_what_is_no_note_can_only_be_set_aside_with_a_reason(world: World, handheld: Handheld) -> None:
    bad = note(world, handheld, "Rad") | {"value": 7}
    assert statuses(world.send(0, handheld, [bad])) == ["rejected:value"]
    with world.request() as db:
        inspection = find_inspection(db, world.dnr)
        (apart,) = list_quarantine(db, actor=world.actors[0], inspection=inspection)
        assert not apart.can_be_taken_in
        asked: dict[str, Any] = {
            "actor": world.actors[0],
            "inspection": inspection,
            "quarantined_id": apart.id,
            "now": world.now,
        }
        with pytest.raises(Invalid):
            set_quarantined_aside(db, **asked, reason="nej")
        set_quarantined_aside(db, **asked, reason=REASON)
        row = db.scalars(select(QuarantinedOp)).one()
        assert row.why == REASON and row.settled_by_id == world.actors[0].user_id
        assert count_quarantine(db, inspection.id) == 0


def test_nobody_outside_the_case_sees_its_quarantine(world: World, handheld: Handheld) -> None:
    world.send(0, handheld, [note(world, handheld, "Rad") | {"value": 7}])
    with world.request() as db:
        supervisor = acting(make_user(db, Role.SUPERVISOR))
        with pytest.raises(NotAllowed):
            list_quarantine(db, actor=supervisor, inspection=find_inspection(db, world.dnr))


def test_a_note_for_somebody_else_s_case_does_not_reach_it(world: World, handheld: Handheld) -> None:
    with world.request() as db:
        other = make_inspection(db)
        owner = inspector_of(other)
    op = note(world, handheld, "Främmande") | {"inspection_id": str(other.id), "doc_id": str(UUID(int=5))}
    assert statuses(world.send(0, handheld, [op])) == ["rejected:inspection"]
    with world.request() as db:
        (apart,) = list_quarantine(db, actor=owner, inspection=find_inspection(db, other.dnr))
        assert apart.refusal is Refusal.INSPECTION
        assert db.scalar(select(FieldOp).where(FieldOp.inspection_id == other.id)) is None


def test_what_names_no_case_is_seen_by_its_sender_alone(world: World, handheld: Handheld) -> None:
    world.send(0, handheld, [{"device_id": str(handheld.device_id), "seq": 1, "sealed": "AAAA"}])
    with world.request() as db:
        (apart,) = list_quarantine(db, actor=world.actors[0])
        assert not list_quarantine(db, actor=world.actors[1])
        asked: dict[str, Any] = {"inspection": None, "quarantined_id": apart.id, "reason": REASON}
        with pytest.raises(NotFound):
            set_quarantined_aside(db, actor=world.actors[1], now=world.now, **asked)
        set_quarantined_aside(db, actor=world.actors[0], now=world.now, **asked)
        assert not list_quarantine(db, actor=world.actors[0])


def test_another_person_s_device_and_too_many_notes_are_refused(world: World, handheld: Handheld) -> None:
    with world.request() as db:
        device = db.get(Device, world.devices[0])
        assert device is not None
        with pytest.raises(NotAllowed):
            receive_ops(
                db, device=device, actor=world.actors[1], ops=[], device_time=world.now, now=world.now
            )
    with pytest.raises(Invalid):
        world.send(0, handheld, [None] * (MOST_OPS + 1))


def test_the_feed_gives_every_note_once_in_pages_and_in_order(world: World, handheld: Handheld) -> None:
    for number in range(5):
        note(world, handheld, f"Rad {number}")
    world.send(0, handheld, handheld.unsent())
    seen: list[int] = []
    after, more = 0, True
    while more:
        changes = world.fetch(2, after, limit=2)
        seen += [one.server_seq for one in changes.ops]
        after, more = changes.server_seq, changes.more
    assert seen == sorted(set(seen)) and len(seen) == len(world.log())
    assert not world.fetch(2, after).ops
