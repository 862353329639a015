"""One of many values, put to the database in the way that costs least there."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Boolean, ColumnElement, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Among(FunctionElement[bool]):
    """See `among`."""

    name = "among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> "Among":
        """As it is: a comparison already, and no function to be compared with 1, which no index answers."""
        return self


def among(column: Any, values: Collection[Any] | str) -> ColumnElement[bool]:
    """Whether `column` is one of `values`, or of those given under that name when it is asked.

    On PostgreSQL they are one parameter, an array: the question is the same however many they are, so that it
    is read, planned and kept once. As a list (`column.in_`) each is a parameter of its own, and the driver
    reads a question of more than fifty anew each time (psycopg, MAX_CACHED_STATEMENT_PARAMS), which took a
    quarter of a supervisor's first page. SQLite knows no arrays, and reads lists fast.
    """
    kind = column.type
    if isinstance(values, str):
        listed = bindparam(values, expanding=True, type_=kind)
        return Among(column, listed, bindparam(values, type_=ARRAY(kind)))
    given = list(values)
    listed = bindparam(None, given, expanding=True, type_=kind, unique=True)
    return Among(column, listed, bindparam(None, given, type_=ARRAY(kind), unique=True))


@compiles(Among)
def _as_a_list(element: Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, listed, _ = element.clauses
    return compiler.process(column.in_(listed), **kw)


@compiles(Among, "postgresql")
def _as_an_array(element: Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, _, array = element.clauses
    return compiler.process(column == any_(array), **kw)
