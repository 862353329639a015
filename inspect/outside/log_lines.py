"""The program's own log: one line per fault (or request), without anything that somebody wrote.

What our own code logs is kept free of contents where it is written. Of what libraries log, only the sentence
in their code is kept, and numbers: an address or a message of theirs could carry the number of a case or what
somebody said.
"""

import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Literal

Form = Literal["text", "json"]
FORMS: tuple[Form, ...] = ("text", "json")

OURS = "tillsyn"
REQUESTS = f"{OURS}.requests"
WORKER = f"{OURS}.worker"
LEFT_OUT = "…"
_HARMLESS = re.compile(r"SIG[A-Z0-9]+!?|\('[\d.:a-f]+', \d+\)")
"""The name of a signal, or where the server listens."""


def read_form(environment: Mapping[str, str]) -> Form:
    """How this process logs (TILLSYN_LOG). Raises ValueError with a sentence."""
    given = environment.get("TILLSYN_LOG", "text")
    for form in FORMS:
        if given == form:
            return form
    raise ValueError(f"TILLSYN_LOG is {given!r}: set it to text or json.")


def said(record: logging.LogRecord) -> str:
    """The message of a record, without the arguments of others than ourselves that may carry contents."""
    if record.name == OURS or record.name.startswith(f"{OURS}."):
        return record.getMessage()
    sentence = str(record.msg)
    if not record.args:
        return sentence
    given: Any = record.args
    known = (
        {name: _kept(value) for name, value in given.items()}
        if isinstance(given, Mapping)
        else tuple(_kept(value) for value in given)
    )
    try:
        return sentence % known
    except (TypeError, ValueError):
        return sentence


def _kept(value: object) -> object:
    if isinstance(value, int | float) or _HARMLESS.fullmatch(str(value)):
        return value
    return LEFT_OUT


def place_of(error: BaseException) -> str:
    """File and line where an error arose."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    return f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else "?"


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a line holds: at, level, logger, text; fault and place of an error; fields of ours."""
    line: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "text": said(record),
    }
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        line |= {"fault": type(error).__name__, "place": place_of(error)}
    return line | getattr(record, "fields", {})


class Lines(logging.Formatter):
    """One record, one line: plain text, or a JSON object."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        line = fields_of(record)
        if self._form == "json":
            return json.dumps(line, ensure_ascii=False)
        more = " ".join(
            f"{name}={value}" for name, value in line.items() if name not in ("at", "level", "logger", "text")
        )
        text = f"{line['at']} {line['level']} {line['logger']}: {line['text']} {more}"
        return " ".join(text.split())


def install_lines(form: Form) -> None:
    """Write what is logged in this process to standard error, in `form`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(form))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger(REQUESTS).setLevel(logging.INFO)


@contextmanager
def lines_to_standard_error(form: Form) -> Iterator[None]:
    """As `install_lines`, for a command, and only for as long as the block lasts."""
    handler, root, own = logging.StreamHandler(sys.stderr), logging.getLogger(), logging.getLogger(WORKER)
    handler.setFormatter(Lines(form))
    before = own.level
    root.addHandler(handler)
    own.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        own.setLevel(before)
