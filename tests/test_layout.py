"""The tree keeps the rules of docs/decisions/0001-namespace-layout.md."""

import ast
import importlib
import importlib.util
import re
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = (
    "inspect",
    "interview_guides",
    "migrations",
    "models",
    "reports",
    "static",
    "templates",
    "translations",
)
UNPACKED = {".pyc", ".mo"}
LONGEST = 500
SAY_NOTHING = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}


def tree() -> Iterator[Path]:
    """Every file of ours: what git knows or would take, that is there."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            yield ROOT / name


def sources() -> Iterator[Path]:
    return (path for path in tree() if path.suffix == ".py")


def folders_with_files() -> dict[str, str]:
    """Package name and folder of each folder of the parts that holds a file."""
    folders = {
        path.parent.relative_to(ROOT)
        for path in tree()
        if path.relative_to(ROOT).parts[0] in PARTS and len(path.relative_to(ROOT).parts) > 1
    }
    return {".".join(("tillsyn", *folder.parts)): str(folder) for folder in sorted(folders)}


def packaging() -> dict[str, object]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        setuptools: dict[str, object] = tomllib.load(file)["tool"]["setuptools"]
    return setuptools


def test_every_folder_that_holds_a_file_is_packaged() -> None:
    wanted = folders_with_files()
    assert packaging()["packages"] == list(wanted), "in pyproject.toml, packages should be:\n" + "\n".join(
        f'    "{name}",' for name in wanted
    )
    assert packaging()["package-dir"] == wanted, "in pyproject.toml, package-dir should be:\n" + "\n".join(
        f'"{name}" = "{folder}"' for name, folder in wanted.items()
    )


def test_every_file_of_a_packaged_folder_matches_a_pattern_for_data() -> None:
    patterns: list[str] = packaging()["package-data"]["*"]  # type: ignore[index]
    left_out = [
        str(path.relative_to(ROOT))
        for path in tree()
        if path.relative_to(ROOT).parts[0] in PARTS
        and path.suffix not in {".py", *UNPACKED}
        and not any(path.match(pattern) for pattern in patterns)
    ]
    assert not left_out, f"add a pattern under package-data in pyproject.toml for {left_out}"


def test_inspect_has_no_init() -> None:
    assert not (ROOT / "inspect" / "__init__.py").exists()


def test_nothing_at_the_root_is_called_tillsyn() -> None:
    assert not [path for path in ROOT.glob("tillsyn*") if path.suffix != ".egg-info"]


@pytest.mark.parametrize("name", ["inspect/__init__.py", "tillsyn/models.py", "tillsyn.py"])
def test_git_refuses_what_would_break_the_layout(name: str) -> None:
    asked = subprocess.run(["git", "check-ignore", "--quiet", "--no-index", name], cwd=ROOT, check=False)
    assert asked.returncode == 0, f".gitignore should name /{name}"


def test_the_standard_library_keeps_its_inspect() -> None:
    module = importlib.import_module("inspect")
    assert Path(str(module.__file__)).is_relative_to(sysconfig.get_path("stdlib"))
    started_here = subprocess.run(
        [sys.executable, "-c", "import inspect; print(inspect.__file__)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(started_here.stdout.strip()).is_relative_to(sysconfig.get_path("stdlib"))


def test_ours_is_importable_below_tillsyn() -> None:
    for part in ("inspect", "models", "interview_guides", "reports", "translations"):
        assert importlib.util.find_spec(f"tillsyn.{part}") is not None


def test_no_folder_of_ours_is_imported_by_a_name_that_makes_a_second_copy() -> None:
    wrong = []
    ours = re.compile(rf"^\s*(?:from|import)\b.*(?<![.\w])(?:{'|'.join(PARTS)})\b", re.MULTILINE)
    for path in sources():
        if not ours.search(text := path.read_text(encoding="utf-8")):
            continue
        for node in ast.walk(ast.parse(text)):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                names = [node.module or ""]
            wrong += [
                f"{path.relative_to(ROOT)}:{node.lineno}: {name}"  # type: ignore[attr-defined]
                for name in names
                if name.split(".")[0] in set(PARTS) - {"inspect"} or name.startswith("inspect.")
            ]
    assert not wrong, f"import tillsyn.…, or relatively inside the package: {wrong}"


def test_no_file_is_too_long_to_read() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in tree()
        if path.suffix in {".py", ".html", ".css", ".js"}
        and "vendor" not in path.parts
        # A migration is one step, made by a machine, run as it is and never edited again.
        and not path.is_relative_to(ROOT / "migrations" / "versions")
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert not long, f"divide by subject: {long}"


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    empty = [
        str(path.relative_to(ROOT))
        for path in tree()
        if "vendor" not in path.parts
        and path.suffix in {".py", ".js"}  # a guide for managers is about managers
        and any(
            word in SAY_NOTHING
            for part in path.relative_to(ROOT).with_suffix("").parts
            for word in part.replace("-", "_").split("_")
        )
    ]
    assert not empty, f"name them after what they are about: {empty}"
