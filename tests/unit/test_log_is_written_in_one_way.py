"""Events are written where they are chained: nothing else may put a row in the log."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAST_THE_CHAIN = re.compile(r"\b(insert|update|delete)\(\s*(Event|ChainLink)\b")


def test_nobody_writes_to_the_log_but_through_the_session_or_write_events() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for folder in ("inspect", "models")
        for path in (ROOT / folder).rglob("*.py")
        for match in PAST_THE_CHAIN.finditer(path.read_text(encoding="utf-8"))
    ]
    assert not found, (
        f"a row written so is outside the chain; see write_events of models/log_chain.py: {found}"
    )
