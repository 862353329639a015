"""What many devices send at once is acknowledged in one piece, and taken into its case in its turn."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select

from tests.builders import count_from, make_inspection
from tests.field_world import World
from tests.handhelds import Handheld
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.services import list_changes, take_in_arrivals
from tillsyn.inspect.services.keep_arrivals import MUCH
from tillsyn.inspect.services.receive_ops import Received
from tillsyn.models.base import new_id
from tillsyn.models.devices import Device
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.field import ArrivedNotes, HeldOp, QuarantinedOp, Refusal
from tillsyn.models.inspections import TeamMember
from tillsyn.models.interviews import Statement
from tillsyn.models.sealed import install_cipher


@pytest.fixture(scope="module")
def ground(database_url: str) -> Iterator[World]:
    count_from(8500)
    install_cipher(DataCipher(bytes(32)))
    engine = make_engine(database_url)
    with engine.connect() as connection, connection.begin() as everything:
        yield World(connection)
        everything.rollback()
    engine.dispose()


@pytest.fixture
def world(ground: World) -> Iterator[World]:
    install_cipher(DataCipher(bytes(32)))
    count_from(9500)
    with ground.sequence():
        yield ground


def say(world: World, handheld: Handheld, text: str, doc_id: UUID | None = None) -> dict[str, Any]:
    return handheld.write("statement", doc_id or world.statement, "text", text, world.now)


def send(world: World, which: int, handheld: Handheld) -> Received:
    """To a server that has much to do."""
    received = world.send(which, handheld, handheld.unsent(), busy=True)
    handheld.hear(received.acked_seq)
    return received


def waiting(world: World) -> int:
    return world.connection.scalar(select(func.count()).select_from(ArrivedNotes)) or 0


def test_a_batch_is_acknowledged_sealed_and_in_the_log_of_what_happened(world: World) -> None:
    handheld = world.handhelds()[0]
    ops = [say(world, handheld, f"Något som ett barn har sagt {n}") for n in range(3)]
    received = send(world, 0, handheld)
    assert {one.status for one in received.results} == {"accepted"}
    assert (received.acked_seq, received.receipt) == (3, handheld.receipt())
    with world.request() as db:
        [row] = db.scalars(select(ArrivedNotes))
        assert (row.first_seq, row.last_seq, row.inspection_id) == (1, 3, world.inspection_id)
        assert b"barn har sagt" not in (row.content_sealed or b"") and "barn har sagt 2" in row.content
        told = db.scalars(select(Event).where(Event.kind == EventKind.DEVICE_SYNCED)).one()
        assert told.details == {"device": str(handheld.device_id), "number": 3, "held": 0, "refused": 0}
    assert not {one["op_id"] for one in ops} & world.log().keys()


def test_the_same_batch_again_is_known_and_stays_one(world: World) -> None:
    handheld = world.handhelds()[0]
    say(world, handheld, "En gång")
    first = world.send(0, handheld, handheld.unsent(), busy=True)
    again = world.send(0, handheld, handheld.unsent(), busy=True)
    assert [one.status for one in again.results] == ["known"]
    assert (again.acked_seq, again.receipt, waiting(world)) == (first.acked_seq, first.receipt, 1)


def test_what_is_sent_later_comes_after_what_waits_though_it_is_taken_in_at_once(world: World) -> None:
    handheld = world.handhelds()[0]
    first = say(world, handheld, "Först")
    send(world, 0, handheld)
    second = say(world, handheld, "Sedan")
    received = world.send(0, handheld, handheld.unsent())
    handheld.hear(received.acked_seq)
    assert received.receipt == handheld.receipt() and waiting(world) == 0
    log = world.log()
    assert log[first["op_id"]].server_seq < log[second["op_id"]].server_seq


def test_what_one_device_wrote_is_taken_in_as_it_was_written_however_it_came(world: World) -> None:
    handheld, other = world.handhelds()[0], world.handhelds()[2]
    for n in range(3):
        say(world, handheld, f"Rad {n}")
        send(world, 0, handheld)
        other.write("talk", world.talk, "note", f"Annan {n}", world.now)
        send(world, 2, other)
    with world.request() as db:  # a request that was held up on its way has an earlier time
        last = db.scalars(select(ArrivedNotes).order_by(ArrivedNotes.received_at.desc())).first()
        assert last is not None
        last.received_at = world.now.replace(year=2020)
    world.fetch(0, 0)
    for one in (handheld, other):
        taken = [op.said["seq"] for op in sorted(world.log().values(), key=lambda op: op.server_seq)
                 if op.said["device_id"] == str(one.device_id)]  # fmt: skip
        assert taken == [1, 2, 3]
    with world.request() as db:
        statement = db.get_one(Statement, world.statement)
        assert statement.text in ("Rad 2", "Sagt på en sida")


def test_what_turns_out_to_be_amiss_is_in_quarantine_and_the_receipt_holds(world: World) -> None:
    handheld = world.handhelds()[0]
    with world.request() as db:
        elsewhere = make_inspection(db).id
    good = say(world, handheld, "Hör hit")
    bad = handheld.write("talk", world.statement, "note", "Av annat slag", world.now)
    send(world, 0, handheld)
    receipt = handheld.receipt()
    world.fetch(0, 0)
    assert good["op_id"] in world.log() and bad["op_id"] not in world.log()
    with world.request() as db:
        apart = db.scalars(select(QuarantinedOp)).one()
        assert (apart.refusal, apart.seq, apart.takes_number) == (Refusal.DOCUMENT, 2, True)
        assert apart.inspection_id != elsewhere
        numbers = [
            one.details for one in db.scalars(select(Event).where(Event.kind == EventKind.DEVICE_SYNCED))
        ]
        assert {"refused": 1, "number": 0, "held": 0, "device": str(handheld.device_id)} in numbers
    say(world, handheld, "Mer")
    received = send(world, 0, handheld)
    assert received.receipt == handheld.receipt() != receipt


def test_what_came_before_its_writer_left_the_team_is_in_the_log_and_held(world: World) -> None:
    handheld = world.handhelds()[2]
    note = handheld.write("talk", world.talk, "note", "Innan jag slutade", world.now)
    send(world, 2, handheld)
    with world.request() as db:
        db.execute(
            delete(TeamMember).where(
                TeamMember.inspection_id == world.inspection_id, TeamMember.user_id == handheld.author
            )
        )
    world.fetch(0, 0)
    assert note["op_id"] in world.log()
    with world.request() as db:
        assert db.get(HeldOp, UUID(note["op_id"])) is not None


def test_a_fault_of_the_program_leaves_everything_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    handheld = world.handhelds()[0]
    note = say(world, handheld, "Ligger kvar")
    send(world, 0, handheld)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a fault")

    with monkeypatch.context() as patch, world.request() as db:
        patch.setattr(take_in_arrivals, "keep_batch", fail)
        assert take_in_arrivals.take_in_safely(db, dnr=world.dnr, now=world.now) == 0
    assert waiting(world) == 1
    with world.request() as db:
        assert take_in_arrivals.take_in_safely(db, dnr=world.dnr, now=world.now) == 1
    assert note["op_id"] in world.log()


@pytest.mark.parametrize("fate", ["quarantine", "lost", "an older copy", "another case"])
def test_of_a_device_with_which_something_is_wrong_each_note_is_looked_at(world: World, fate: str) -> None:
    handheld = world.handhelds()[0]
    say(world, handheld, "Vanlig")
    ops: list[Any] = handheld.unsent()
    match fate:
        case "quarantine":
            world.send(0, handheld, [{"seq": 1}])
        case "lost":
            with world.request() as db:
                device = db.get_one(Device, world.devices[0])
                device.lost_at, device.lost_by_id, device.reason = world.now, handheld.author, "Borta"
        case "an older copy":
            with world.request() as db:
                db.get_one(Device, world.devices[0]).announced_seq = 9
        case "another case":
            ops = [{**ops[0], "inspection_id": str(new_id())}]
    world.send(0, handheld, ops, busy=True)
    assert waiting(world) == 0


def test_a_device_with_much_that_waits_is_answered_before_it_is_taken_in_and_gets_it_bit_by_bit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_changes, "MOST_BATCHES", 2)
    handheld = world.handhelds()[0]
    for n in range(MUCH):
        say(world, handheld, f"Rad {n}")
        send(world, 0, handheld)
    say(world, handheld, "En rad till, till en server som inte har annat att göra")
    received = world.send(0, handheld, handheld.unsent())
    handheld.hear(received.acked_seq)
    assert received.receipt == handheld.receipt()
    left = []
    for _ in range(3):
        world.fetch(0, 0)
        left.append(waiting(world))
    assert left == [MUCH - 1, MUCH - 3, 0]
    assert {op["op_id"] for op in handheld.outbox.values()} <= world.log().keys()
