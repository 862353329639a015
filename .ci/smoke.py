"""Ask a served wheel for its first page: `python smoke.py ADDRESS SOURCE`; exit 1 if it is unwell."""

import sys
import time
import urllib.error
import urllib.request
from importlib import import_module
from pathlib import Path

IMPORTED = ("inspect.app", "inspect.cli", "models", "interview_guides", "reports", "translations")
DATA = ["migrations", "static", "templates"]
CODE = ["inspect", "interview_guides", "models", "reports", "translations"]
UNPACKED = {".pyc", ".typed"}


def wait_for(address: str, seconds: float = 20) -> str:
    """The text of the page at `address`, as soon as it is served."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError:
            raise
        except (urllib.error.URLError, ConnectionError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def packed(source: Path) -> list[str]:
    """Files of the parts that are in the source and missing beside the installed modules."""
    installed = Path(import_module("tillsyn.inspect.app").__file__ or "").parents[1]
    missing = []
    for part in CODE + DATA:
        for path in (source / part).rglob("*"):
            relative = path.relative_to(source)
            if path.is_file() and path.suffix not in UNPACKED and not (installed / relative).is_file():
                missing.append(str(relative))
    return missing


def main(address: str, source: str) -> int:
    for part in IMPORTED:
        import_module(f"tillsyn.{part}")
    missing = packed(Path(source))
    if missing:
        print("Not in the wheel:", *missing, sep="\n  ")
        return 1
    page = wait_for(f"{address}/sign-in")
    if "<h1" not in page or 'lang="sv"' not in page:
        print("The sign-in page is not in Swedish or has no heading:\n", page)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
