"""Several send at the same time: each note is taken in once, numbers have no holes, nobody gets an error."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.field_world import World
from tests.handhelds import Handheld, as_sent
from tillsyn.inspect.outside.database import begin_writing, make_engine
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.services.receive_ops import Received, receive_ops
from tillsyn.models.devices import Device
from tillsyn.models.sealed import install_cipher

KEY = bytes(32)
AT_ONCE = 5


def test_one_batch_sent_five_times_at_once_and_two_other_devices(own_database_url: str) -> None:
    install_cipher(DataCipher(KEY))
    engine = make_engine(own_database_url)
    with engine.connect() as connection:
        with connection.begin():
            world = World(connection)
        handhelds = world.handhelds()
        for handheld in handhelds:
            for number in range(10):
                handheld.write("talk", world.talk, "note", f"Rad {number}", world.now)
        which = [0] * AT_ONCE + [1, 2]
        with ThreadPoolExecutor(len(which)) as threads:
            answers = list(threads.map(lambda one: send(engine, world, one, handhelds[one]), which))
        statuses = Counter(result.status for answer in answers[:AT_ONCE] for result in answer.results)
        assert statuses["known"] == 10 * (AT_ONCE - 1) and sum(statuses.values()) == 10 * AT_ONCE
        assert len({answer.receipt for answer in answers[:AT_ONCE]}) == 1
        assert all(answer.acked_seq == 10 for answer in answers)
        log = world.log()
        assert {op["op_id"] for one in handhelds for op in one.outbox.values()} <= log.keys()
        assert len({op.server_seq for op in log.values()}) == len(log)  # no two share a place in the feed
        assert len(world.heads()[str(world.talk), "note"]) == 3
    engine.dispose()


def send(engine: Engine, world: World, which: int, handheld: Handheld) -> Received:
    """A request of its own, in a thread of its own."""
    with Session(engine, expire_on_commit=False) as db:
        device = db.get(Device, world.devices[which])  # known before the lock is there, as in a request
        db.rollback()
        begin_writing(db)
        assert device is not None
        received = receive_ops(
            db,
            device=device,
            actor=world.whose[which],
            ops=[as_sent(op) for op in handheld.unsent()],
            device_time=world.now + timedelta(seconds=1),
            now=world.now + timedelta(seconds=1),
            announced_seq=handheld.seq,
            unsent=len(handheld.unsent()),
        )
        db.commit()
        return received
