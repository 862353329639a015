"""The repository stands on its own: it names no machine, and what it carries of others is unchanged."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.test_layout import ROOT, tree

TEXTS = {
    ".cfg", ".css", ".html", ".ini", ".js", ".json", ".mako", ".md", ".po", ".pot", ".py", ".sh", ".svg",
    ".toml", ".txt", ".yaml", ".yml", "",
}  # fmt: skip
# Folders of a machine that somebody built on, and hosts that packages come from.
ELSEWHERE = re.compile(
    r"(?<![\w.])/(?:work|opt|home/\w|root)/|(?<![\w./-])(?:\.\./)+shared/|(?<![\w/.-])shared/(?:design|domain|examples)"
    r"|\bpypi\.org|pythonhosted|registry\.npmjs|deb\.debian\.org"
)


def test_nothing_refers_to_a_place_outside_the_repository() -> None:
    found = []
    for path in tree():
        if path.suffix not in TEXTS or "vendor" in path.parts or path == Path(__file__):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if ELSEWHERE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert not found, "\n".join(found)


VENDORED = sorted(
    folder
    for parent in ("static", "tests")
    for folder in (ROOT / parent / "vendor").glob("*")
    if folder.is_dir()
)


@pytest.mark.parametrize("folder", VENDORED, ids=lambda folder: str(folder.relative_to(ROOT)))
def test_what_others_made_carries_its_licence_and_is_unchanged(folder: Path) -> None:
    assert [*folder.rglob("LICENSE*"), *folder.rglob("OFL*")], "no licence"
    noted = [*folder.glob("SHA256SUMS"), *folder.parent.glob("CHECKSUMS*")]
    sums = {
        text for path in noted for text in re.findall(r"\b[0-9a-f]{64}\b", path.read_text(encoding="utf-8"))
    }
    for path in folder.rglob("*"):
        if path.suffix in {".css", ".js", ".svg", ".ttf", ".woff2"}:
            assert hashlib.sha256(path.read_bytes()).hexdigest() in sums, (
                f"{path.name} is not as it was noted"
            )


def test_the_locks_name_no_host_and_pin_every_package_with_hashes() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index-url" not in text
        for entry in re.split(r"\n(?=[a-zA-Z])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)):
            assert re.match(r"[\w.\[\]-]+==\S+", entry), entry
            assert "--hash=sha256:" in entry, entry
