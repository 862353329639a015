"""Play random sequences of devices, pages and a failing network on the real server code, each looked through."""

from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from tests.field_machine import Devices
from tests.field_world import World, in_memory
from tillsyn.inspect.outside.database import make_engine
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.models.sealed import install_cipher

SEQUENCES = 2_000
"""As many as the field's design asks for, all the way into the records of the case; each file has its part."""
FILES = 4


@contextmanager
def world_in(url: str, key: bytes) -> Iterator[World]:
    """A world in the database at `url`, SQLite's in memory; all that happens there is undone."""
    install_cipher(DataCipher(key))
    is_sqlite = url.startswith("sqlite")
    engine: Engine = in_memory(url.removeprefix("sqlite:///")) if is_sqlite else make_engine(url)
    with engine.connect() as connection, connection.begin() as everything:
        yield World(connection)
        everything.rollback()
    engine.dispose()


def play(world: World, *, sequences: int, steps: int, which: int = 0) -> int:
    """Play at least so many, others for each `which`; how many were played to their end and looked through."""
    played = 0

    class InThisWorld(Devices):
        def check(self) -> None:
            nonlocal played
            super().check()
            played += 1

    InThisWorld.world = world
    run_state_machine_as_test(
        seed(which)(InThisWorld),
        settings=settings(
            settings.get_profile("all"),
            derandomize=False,
            max_examples=sequences,
            stateful_step_count=steps,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return played


def play_part(url: str, key: bytes, which: int) -> None:
    """One part of the SEQUENCES."""
    with world_in(url, key) as world:
        assert play(world, sequences=SEQUENCES // FILES, steps=3, which=which) >= SEQUENCES // FILES
