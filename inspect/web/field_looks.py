"""The looks of the field app as one sheet: ours, and of the design system the components that the app has.

The design system's sheet is by far the largest file that a page fetches; an app that is to open on a slow
network takes only what it shows. What it shows is read from the app itself, so that nobody keeps a list.
"""

import re
from functools import lru_cache
from pathlib import Path

from .field_lean import lean_sheet, shown_rules

ROOT = Path(__file__).parents[2]
DESIGN_SYSTEM = "vendor/designsystemet/designsystemet.css"
SHEETS = (
    DESIGN_SYSTEM,
    "theme.css",
    "theme-roles.css",
    "app.css",
    "frame.css",
    "components.css",
    "pieces.css",
    "pages/interview.css",
    "pages/guide-panel.css",
    "field/field.css",
    "field/screens.css",
    "field/talk.css",
    "field/together.css",
)
"""Below static/, in the order in which they rule."""

SHELL = ("field/shell.html", "components/faces.html", "components/icons.html")
NAME = re.compile(r"[A-Za-z][\w-]*")


def looks() -> str:
    """The sheet; made anew when a file that it is made of has changed."""
    files = [*_written(), *(ROOT / "static" / name for name in SHEETS)]
    return _sheet(max(file.stat().st_mtime_ns for file in files), len(files))


@lru_cache(maxsize=1)
def _sheet(_changed_at: int, _files: int) -> str:
    names = _names()
    return "\n".join(lean_sheet(shown_rules(_read(name), names)) for name in SHEETS)


def _read(name: str) -> str:
    return (ROOT / "static" / name).read_text(encoding="utf-8")


def _names() -> frozenset[str]:
    """Every word that the app's scripts and its shell say: whatever is a class there is among them."""
    return frozenset(name for file in _written() for name in NAME.findall(file.read_text(encoding="utf-8")))


def _written() -> list[Path]:
    return [*(ROOT / "static" / "field").rglob("*.js"), *(ROOT / "templates" / name for name in SHELL)]
