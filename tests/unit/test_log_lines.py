"""What the program's own log says, and what it never says."""

import ast
import json
import logging
from pathlib import Path

import pytest

from tillsyn.inspect.outside.log_lines import FORMS, Form, Lines, read_form

SAID = "Linus slog mig i hallen"


def record(name: str, sentence: str, *given: object, error: Exception | None = None) -> logging.LogRecord:
    about = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, logging.ERROR, __file__, 1, sentence, given, about)


def raised() -> Exception:
    try:
        raise ValueError(SAID)
    except ValueError as error:
        return error


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("sentence", "given"),
    [
        ("Error handling request %s", ("/inspections/2026-17?q=" + SAID,)),
        ("Invalid request from ip=%s: %s", ("10.1.2.3", SAID)),
        ("%(what)s went wrong", ({"what": SAID},)),
        ("status %d", (SAID,)),
        ("%s", (ValueError(SAID),)),
        ("%s %s", (SAID,)),
    ],
)
def test_what_a_library_puts_into_its_sentence_is_left_out(
    form: Form, sentence: str, given: tuple[object, ...]
) -> None:
    line = Lines(form).format(record("gunicorn.error", sentence, *given, error=raised()))
    for secret in (SAID, "Linus", "2026-17", "10.1.2.3"):
        assert secret not in line
    assert "ValueError" in line and "test_log_lines.py:" in line
    assert "\n" not in line


def test_numbers_signals_and_where_the_server_listens_are_kept() -> None:
    lines = Lines("text")
    died = lines.format(record("gunicorn.error", "Worker (pid:%s) was sent %s!", 4711, "SIGKILL"))
    assert "Worker (pid:4711) was sent SIGKILL!" in died
    taken = lines.format(record("gunicorn.error", "Connection in use: %s", str(("127.0.0.1", 8000))))
    assert "('127.0.0.1', 8000)" in taken


def test_our_own_lines_are_whole() -> None:
    line = Lines("text").format(record("tillsyn", "fault %s at %s in %s", "KeyError", "a.py:3", "cases.plan"))
    assert line.endswith("error tillsyn: fault KeyError at a.py:3 in cases.plan")


def test_a_line_of_json_is_one_object_with_the_fields_given() -> None:
    told = record("tillsyn.requests", "request")
    told.fields = {"endpoint": "cases.plan", "status": 200, "ms": 3.2}
    line = Lines("json").format(told)
    found = json.loads(line)
    assert "\n" not in line
    assert found.pop("at").endswith("+00:00")
    assert found == {
        "level": "error",
        "logger": "tillsyn.requests",
        "text": "request",
        "endpoint": "cases.plan",
        "status": 200,
        "ms": 3.2,
    }


def test_another_form_is_refused() -> None:
    assert read_form({}) == "text"
    assert read_form({"TILLSYN_LOG": "json"}) == "json"
    with pytest.raises(ValueError, match="TILLSYN_LOG is 'xml'"):
        read_form({"TILLSYN_LOG": "xml"})


def named_in_log_calls(source: str) -> list[str]:
    """What calls of a log pass besides their sentence and counts, with the line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if ast.unparse(node.func.value) not in ("_LOG", "log", "logger", "current_app.logger"):
            continue
        found += [f"{node.lineno}: {ast.unparse(one)}" for one in node.args[1:] if not is_count(one)]
    return found


def is_count(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and ast.unparse(value.func) == "len"


def test_no_use_case_tells_the_log_of_the_program_which_case_or_whose_it_was() -> None:
    """Decision 17: whoever runs the service reads that log, and is not to know which cases there are."""
    services = Path(__file__).parents[2] / "inspect/services"
    told = {path.name: named_in_log_calls(path.read_text("utf-8")) for path in services.glob("*.py")}
    assert not {name: found for name, found in told.items() if found}
    assert named_in_log_calls('_LOG.error("of %s", inspection.id)') == ["1: inspection.id"], "the control"
    assert named_in_log_calls('_LOG.error("%d notes", len(notes))') == []
