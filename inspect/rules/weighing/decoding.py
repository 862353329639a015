"""From bytes to a case: JSON read more strictly than Python does by itself (METHOD 2.20)."""

import json
from collections.abc import Mapping

from ....models.vocabulary import N_
from .inputs import Case
from .parsing import parse_case
from .reading import Fault, RepeatedFields, UnusableCase


def case_from_json(content: bytes) -> Case:
    """The case in JSON text as UTF-8. Raises `UnusableCase` with every fault, each with its path.

    A name that stands twice in one object is a fault: one of the two values would be lost unseen.
    """
    return parse_case(_decoded(content))


def _decoded(content: bytes) -> object:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        values = {"byte": f"0x{content[wrong.start]:02X}", "place": wrong.start}
        raise _unusable(N_("is not UTF-8: byte %(byte)s at position %(place)s"), values) from None
    if not text.strip():
        raise _unusable(N_("is empty"))
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as wrong:
        where = {"line": wrong.lineno, "column": wrong.colno}
        raise _unusable(N_("is not JSON: line %(line)s, column %(column)s"), where) from None
    except RecursionError:
        raise _unusable(N_("is nested too deeply")) from None
    except ValueError:  # Python's limit for the length of a number
        raise _unusable(N_("holds a number of too many digits")) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    repeating = RepeatedFields(fields)
    names = [name for name, _ in pairs]
    repeating.repeated = tuple(name for name in fields if names.count(name) > 1)
    return repeating


def _unusable(text: str, values: Mapping[str, object] | None = None) -> UnusableCase:
    return UnusableCase([Fault("case", text, values or {})])
