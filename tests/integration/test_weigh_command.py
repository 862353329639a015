"""`tillsyn weigh`: one case or a stream of them, unusable ones named, the others weighed all the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.independent.cases import case
from tests.independent.faults import faulty, sound
from tests.independent.method import weigh
from tillsyn.inspect.cli import main


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        main(["weigh", *arguments])
    told = capsys.readouterr()
    return int(end.value.code or 0), told.out, told.err


def test_a_case_gives_its_result_and_exit_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case(3)), encoding="utf-8")
    code, out, err = run(capsys, str(file))
    assert (code, err) == (0, "")
    assert json.loads(out)["areas"] == json.loads(json.dumps(weigh(case(3))["areas"]))


@pytest.mark.parametrize("seed", range(12))
def test_an_unusable_case_gives_a_line_per_fault_no_result_and_exit_2(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, planted = faulty(seed)
    file = tmp_path / "case.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    code, out, err = run(capsys, str(file))
    assert (code, out) == (2, "")
    assert {line.split(": ")[0] for line in err.splitlines()} == planted


def test_faults_are_told_in_swedish_where_the_terminal_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    data = sound(1)
    data["inspection"]["residents"] = "4"
    file = tmp_path / "cases.ndjson"
    file.write_text(json.dumps(case(3)) + "\n" + json.dumps(data) + "\n", encoding="utf-8")
    code, _, err = run(capsys, "--lines", str(file))
    assert code == 2
    assert err == 'rad 2: inspection.residents: ska vara ett heltal som är minst 0, inte "4"\n'


def test_among_lines_an_unusable_one_is_null_and_named_and_the_others_are_weighed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, planted = faulty(5)
    lines = [json.dumps(case(3)), json.dumps(bad), "", "{", json.dumps(case(4)), "\xff"]
    file = tmp_path / "cases.ndjson"
    file.write_bytes("\n".join(lines).encode("latin-1"))
    code, out, err = run(capsys, "--lines", str(file))
    assert code == 2
    results = [json.loads(line) for line in out.splitlines()]
    assert [result and result["stamp"]["method"] for result in results] == [
        "HVB-VM",
        None,
        None,
        "HVB-VM",
        None,
    ]
    assert results[3]["areas"] == json.loads(json.dumps(weigh(case(4))["areas"]))
    named = [line.split(": ") for line in err.splitlines()]
    assert {path for line, path, *_ in named if line == "line 2"} == planted
    assert [(line, path) for line, path, *_ in named if line != "line 2"] == [
        ("line 4", "case"),
        ("line 6", "case"),
    ]


def test_an_empty_stream_has_no_results_and_no_faults(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cases.ndjson"
    file.write_bytes(b"")
    assert run(capsys, "--lines", str(file)) == (0, "", "")
    assert run(capsys, str(file)) == (2, "", "case: is empty\n")


def test_results_come_while_the_stream_is_still_open_and_are_utf_8_in_any_terminal() -> None:
    """In a process of its own, whose terminal takes nothing but ASCII."""
    command = [sys.executable, "-c", "from tillsyn.inspect.cli import main; main()", "weigh", "--lines", "-"]
    environment = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        for seed in (11, 12, 13):
            data = case(seed)
            data["catalogue"]["themes"]["tema_å"] = "OMRÅDE"
            process.stdin.write(json.dumps(data).encode() + b"\n")
            process.stdin.flush()
            result = json.loads(process.stdout.readline().decode("utf-8"))
            assert result["areas"]["OMRÅDE"]["word"] == "Kan inte bedömas ännu"
        process.stdin.close()
        assert process.wait(timeout=20) == 0
