"""One way of asking each kind of database in a process, however many databases of that kind there are.

SQLAlchemy keeps with each engine what its questions become as SQL, and a test's own database has an engine
of its own: a third of the suite's time went to writing the same SQL again. What a site that serves for weeks
has already written, tests have too.
"""

from typing import Any, Self

from sqlalchemy import Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

QUESTIONS = 4000
"""How many are kept; all pages and forms ask some two thousand."""


class _Alike:
    """A dialect of which there is one for each way of making it."""

    _made: dict[str, Any]
    _questions: LRUCache[Any, Any]

    def __init_subclass__(cls) -> None:
        cls._made = {}
        cls._questions = LRUCache(QUESTIONS)

    def __new__(cls, **how: Any) -> Self:
        found: Self = cls._made.setdefault(repr(sorted(how.items())), super().__new__(cls))
        return found

    def __init__(self, **how: Any) -> None:
        if not vars(self):
            super().__init__(**how)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=cls._questions)


class AlikeSQLite(_Alike, SQLiteDialect_pysqlite):
    supports_statement_cache = True


class AlikePostgreSQL(_Alike, PGDialect_psycopg):
    supports_statement_cache = True


def ask_alike() -> None:
    """Every engine that is made in this process from now on asks as the others of its kind do."""
    registry.register("sqlite", __name__, AlikeSQLite.__name__)
    registry.register("postgresql.psycopg", __name__, AlikePostgreSQL.__name__)
