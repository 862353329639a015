"""Pictures of the main pages on the example data: `python -m tests.browser.screenshots`.

Phone, tablet and desktop go to screenshots/, which is not kept; the few that the README shows go to
docs/pictures/, each under 250 kB.
"""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.chromium import DESKTOP, chromium, open_context, sign_in
from tests.browser.server import Site
from tests.browser.test_every_page_is_accessible import EVERYBODY, kind_of, pages_of
from tillsyn.inspect.demo import people

ROOT = Path(__file__).parents[2]
SIZES = {"phone": (360, 740), "tablet": (820, 1180), "desktop": (1440, 900)}
CHOSEN = {
    "weighing": re.compile(r"^/inspections/\*/weighing$"),
    "talk": re.compile(r"^/inspections/\*/talks/\*$"),
    "letter": re.compile(r"^/letters/\*$"),
}
LARGEST = 250_000  # bytes


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "instance")
        site.instance.mkdir()
        site.command("db", "upgrade")
        site.command("demo")
        site.start()
        try:
            with chromium() as browser:
                for size in SIZES:
                    sys.stdout.write(f"{size}: {take_all(browser, site, size)} pictures\n")
        finally:
            site.stop()


def take_all(browser: Browser, site: Site, size: str) -> int:
    """Take a picture of each kind of page that anybody meets; returns how many."""
    folder = ROOT / "screenshots" / size
    folder.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    taken = 0
    for email in EVERYBODY:
        context = open_context(browser, site.address, size=SIZES[size])
        page = context.new_page()
        sign_in(page, email, people.PASSWORD)
        who = email.split("@")[0]
        for address in pages_of(page, seen):
            kind = kind_of(address)
            name = re.sub(r"[^a-z-]+", "-", kind.replace("*", "one")).strip("-") or "start"
            page.screenshot(path=folder / f"{who}-{name}.png", full_page=True)
            taken += 1
            if size == "desktop":
                keep_if_chosen(page, kind)
        context.close()
    return taken


def keep_if_chosen(page: Page, kind: str) -> None:
    for name, pattern in CHOSEN.items():
        file = ROOT / "docs" / "pictures" / f"{name}.png"
        if pattern.match(kind):
            file.parent.mkdir(parents=True, exist_ok=True)
            page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
            page.screenshot(path=file)
            if file.stat().st_size > LARGEST:
                raise RuntimeError(f"{file.name} is {file.stat().st_size} bytes, more than {LARGEST}")


if __name__ == "__main__":
    main()
