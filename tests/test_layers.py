"""Dependencies run one way (the contracts stand in pyproject.toml), and rules have no clock."""

import ast
from pathlib import Path

import pytest
from importlinter import cli

ROOT = Path(__file__).parents[1]
CLOCKS = {"now", "today", "utcnow", "time", "monotonic", "localtime", "gmtime"}


def test_every_contract_between_the_layers_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    answer = cli.lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    said = capsys.readouterr()
    assert answer == 0, said.out + said.err


@pytest.mark.parametrize("part", ["inspect/rules", "interview_guides", "reports"])
def test_what_is_pure_asks_no_clock(part: str) -> None:
    asked = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / part).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time", "dt"}
    ]
    assert not asked, f"the moment is a parameter: {asked}"
