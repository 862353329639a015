"""Pictures of the main pages and of the field app on the example data: `python -m tests.browser.screenshots`.

Phone, tablet and desktop go to screenshots/, which is not kept; the few that the README shows go to
docs/pictures/, each under 200 kB. `--chosen` takes only those.
"""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium, open_context, sign_in
from tests.browser.field_pictures import take_field
from tests.browser.server import Site
from tests.browser.test_every_page_is_accessible import EVERYBODY, kind_of, pages_of
from tillsyn.inspect.demo import people

ROOT = Path(__file__).parents[2]
SIZES = {"phone": (360, 740), "tablet": (820, 1180), "desktop": (1440, 900)}
PATIENCE = 60_000  # milliseconds: the largest pages take their time on a busy machine
CHOSEN = {
    "weighing": (people.INSPECTOR, "/inspections", "HVB Granholmen", "/weighing", ".matrix, main table"),
    "talk": (people.INSPECTOR, "/inspections", "HVB Ekorrgården", "/talks", "main h1"),
    "letter": (people.PROVIDER, "/letters", "Brev om HVB Strandängen", "", ".letter-deficiency"),
}
"""Picture: who looks, the list to begin in, the link to follow, what to add to its address, what to show."""
LARGEST = 200_000  # bytes


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "instance")
        site.instance.mkdir()
        site.command("db", "upgrade")
        site.command("demo")
        site.start()
        try:
            with chromium() as browser:
                take_chosen(browser, site)
                for size in () if "--chosen" in sys.argv else SIZES:
                    sys.stdout.write(f"{size}: {take_all(browser, site, size)} pictures\n")
                    sys.stdout.flush()
        finally:
            site.stop()


def take_all(browser: Browser, site: Site, size: str) -> int:
    """Take a picture of each kind of page that anybody meets; returns how many."""
    folder = ROOT / "screenshots" / size
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    seen: set[str] = set()
    taken = 0
    for email in EVERYBODY:
        context = open_context(browser, site.address, size=SIZES[size])
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        sign_in(page, email, people.PASSWORD)
        who = email.split("@")[0]
        for address in pages_of(page, seen):
            kind = kind_of(address)
            name = re.sub(r"[^a-z-]+", "-", kind.replace("*", "one")).strip("-") or "start"
            page.screenshot(path=folder / f"{who}-{name}.png", full_page=True)
            taken += 1
        context.close()
    return taken + take_field(browser, site, folder, SIZES[size])


def take_chosen(browser: Browser, site: Site) -> None:
    """The pictures of the README and the documents, each at the place that shows what it is about."""
    for name, (email, start, link, rest, shown) in CHOSEN.items():
        context = open_context(browser, site.address)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        sign_in(page, email, people.PASSWORD)
        page.goto(start)
        followed = page.locator("main").get_by_role("link", name=re.compile(link)).first
        page.goto(f"{(followed.get_attribute('href') or '').split('?')[0]}{rest}")
        if name == "talk":
            page.locator("main").get_by_role("link", name=re.compile("b3")).first.click()
        page.locator(shown).first.evaluate("one => window.scrollTo(0, one.getBoundingClientRect().top - 130)")
        keep(page, name)
        context.close()


def keep(page: Page, name: str) -> None:
    file = ROOT / "docs" / "pictures" / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    if file.stat().st_size > LARGEST:
        raise RuntimeError(f"{file.name} is {file.stat().st_size} bytes, more than {LARGEST}")
    sys.stdout.write(f"{file.name}: {file.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
