"""`make sbom`: what the product is made of, in a form that other programs read."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.test_layout import ROOT

VENDORED = {"designsystemet-css", "noto-fonts"}


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The bill as it is written; the script ends with an error when it does not fit CycloneDX's schema."""
    file = tmp_path_factory.mktemp("sbom") / "tillsyn.cdx.json"
    done = subprocess.run(
        [sys.executable, "-W", "error", ROOT / ".ci/sbom.py", file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(file.read_text())
    return found


def locked(name: str) -> dict[str, tuple[str, set[str]]]:
    """Version and hashes of each package of a lock, read line by line."""
    found: dict[str, tuple[str, set[str]]] = {}
    last = ""
    for line in Path(ROOT / "requirements" / name).read_text().splitlines():
        if "==" in line:
            last, _equal, rest = line.partition("==")
            found[last] = (rest.split()[0].rstrip("\\; "), set())
        elif "--hash=sha256:" in line:
            found[last][1].add(line.split(":")[1].split()[0])
    return found


def test_it_says_what_it_is_about(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert bill["metadata"]["component"]["name"] == "tillsyn"
    assert bill["metadata"]["timestamp"]


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_every_locked_package_is_named_with_its_version_and_the_hashes_of_its_files(
    bill: dict[str, Any], lock: str
) -> None:
    named = {part["name"]: part for part in bill["components"]}
    wanted = locked(lock)
    assert len(wanted) > 40
    for name, (version, hashes) in wanted.items():
        part = named[name]
        assert part["version"] == version and part["purl"] == f"pkg:pypi/{name}@{version}"
        (files,) = part["externalReferences"]
        assert {one["content"] for one in files["hashes"]} == hashes and hashes
        if lock == "run.txt":
            assert part["scope"] == "required"


def test_what_is_only_for_testing_is_told_apart_and_what_is_vendored_is_named(bill: dict[str, Any]) -> None:
    scopes = {part["name"]: part["scope"] for part in bill["components"]}
    assert (scopes["pytest"], scopes["flask"]) == ("excluded", "required")
    assert (scopes["psycopg"], scopes["pyhanko"]) == ("optional", "optional")
    assert scopes.keys() == VENDORED | {*locked("run.txt"), *locked("dev.txt")}


def test_licences_and_who_needs_whom_are_told(bill: dict[str, Any]) -> None:
    unlicensed = [part["name"] for part in bill["components"] if not part.get("licenses")]
    assert len(unlicensed) < len(bill["components"]) / 10, unlicensed
    needs = {one["ref"]: set(one.get("dependsOn", ())) for one in bill["dependencies"]}
    flask = next(ref for ref in needs if ref.startswith("pypi:flask@"))
    assert flask in needs["tillsyn"]
    assert any(ref.startswith("pypi:werkzeug@") for ref in needs[flask])
