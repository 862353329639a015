"""Each question that the application asks PostgreSQL is asked a second time, with a reach of every row.

A row that a policy keeps back is no error: a list gets shorter, a sum smaller, and nobody sees it. So the two
answers are compared, in the same transaction and at the same moment; what is changed or taken away is counted
both ways, and the second is undone. A page is asked for once, and not made twice.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, event

READS, CHANGES = ("SELECT", "WITH"), ("UPDATE", "DELETE")
OF_THE_REACH = re.compile(r"set_config|tillsyn_come_near|pg_advisory|nextval", re.IGNORECASE)


@dataclass
class AskedTwice:
    """`lost`: by question (without its values) how many rows fewer it gave; more than all is not possible."""

    lost: Counter[str] = field(default_factory=Counter)
    questions: int = 0

    def before(
        self, _conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool
    ) -> None:
        context.asked_twice = None
        if many or OF_THE_REACH.search(statement):
            return
        first = statement.lstrip()[:6].rstrip().upper()
        if first in READS or first in CHANGES:
            self.questions += 1
            context.asked_twice = _with_all(
                cursor.connection, statement, parameters, changes=first in CHANGES
            )

    def after(
        self, _conn: Any, cursor: Any, statement: str, _parameters: Any, context: Any, _many: bool
    ) -> None:
        whole = context.asked_twice
        if whole is None:
            return
        if cursor.description is None:
            lost = whole - cursor.rowcount
        else:
            lost = (whole - Counter(map(repr, cursor.fetchall()))).total()
            if cursor.rowcount:
                cursor.scroll(0, mode="absolute")
        if lost:
            self.lost[shape(statement)] += lost


def shape(statement: str) -> str:
    """A question without its columns and the names of its values."""
    short = re.sub(r"\s+", " ", statement)
    short = re.sub(r"%\(\w+\)s(::\w+(\[\])?)?(, %\(\w+\)s(::\w+(\[\])?)?)*", "?", short)
    return re.sub(r"SELECT (?!\(SELECT|EXISTS).*? FROM", "SELECT … FROM", short)


def _with_all(connection: Any, statement: str, parameters: Any, *, changes: bool) -> Any:
    with connection.cursor() as own:
        own.execute("SELECT current_setting('tillsyn.reach', true)")
        before = own.fetchone()[0]
        if changes:
            own.execute("SAVEPOINT asked_twice")
        own.execute("SELECT set_config('tillsyn.reach', 'system', true)")
        own.execute(statement, parameters)
        told = own.rowcount if own.description is None else Counter(map(repr, own.fetchall()))
        if changes:
            own.execute("ROLLBACK TO SAVEPOINT asked_twice")
            own.execute("RELEASE SAVEPOINT asked_twice")
        else:
            own.execute("SELECT set_config('tillsyn.reach', %s, true)", (before or "",))
        return told


@contextmanager
def asked_twice(engine: Engine) -> Iterator[AskedTwice]:
    twice = AskedTwice()
    event.listen(engine, "before_cursor_execute", twice.before)
    event.listen(engine, "after_cursor_execute", twice.after)
    try:
        yield twice
    finally:
        event.remove(engine, "before_cursor_execute", twice.before)
        event.remove(engine, "after_cursor_execute", twice.after)
