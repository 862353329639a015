"""Wherever a finding of the security linters (bandit, ruff's S) is passed over, the code says why."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SHIPPED = ("inspect", "interview_guides", "models", "reports", "translations", "migrations")
PASSED_OVER = re.compile(r"#\s*(?:noqa:.*\bS\d{3}|nosec)")
NO_REASON = re.compile(r"#\s*noqa:[\sA-Z0-9,]*|#\s*nosec[\sB0-9,]*")


def without_reason(text: str) -> list[int]:
    """Numbers of the lines that pass something over, and have no words about it there or just above."""
    lines = text.splitlines()
    found = []
    for number, line in enumerate(lines, start=1):
        passed = PASSED_OVER.search(line)
        if passed:
            above = "".join(
                one for one in lines[max(0, number - 3) : number - 1] if one.strip().startswith("#")
            )
            _code, _mark, said = line.partition("#")
            if len(re.findall(r"\w{2,}", NO_REASON.sub(" ", f"#{said}") + above)) < 2:
                found.append(number)
    return found


def test_each_has_its_reason() -> None:
    there, lacking = 0, []
    for folder in SHIPPED:
        for file in sorted((ROOT / folder).rglob("*.py")):
            text = file.read_text(encoding="utf-8")
            there += len(PASSED_OVER.findall(text))
            lacking += [f"{file.relative_to(ROOT)}:{number}" for number in without_reason(text)]
    assert not lacking, "\n".join(lacking)
    assert there > 30


def test_one_without_a_reason_is_found() -> None:
    assert without_reason(
        "run(x)  # noqa: S603\nrun(x)  # nosec B603\nrun(x)  # noqa: S603  # nosec B603"
    ) == [1, 2, 3]
    assert without_reason("run(x)  # noqa: S603 - our own file  # nosec B603") == []
    assert without_reason("# it is our own file\nrun(x)  # noqa: S603  # nosec B603") == []
