"""Median time of every long list with 20 000 homes and 100 000 inspections: gunicorn, one person at a time.

On PostgreSQL as it is served: as a role that policies bind, each request in its person's reach. One line a
page: database, role, median, aim and page, and what one page costs in processor time, of the
server and the database together, which another load on the machine does not change. How many homes and
inspections, and a folder that keeps the databases for the next time, are options.
"""

import statistics
import time
from pathlib import Path
from urllib.parse import quote

from .bound_role import bound
from .instance import run, served
from .kept_authority import DATABASES, authority, url_of
from .long_lists import provider_with_most_homes, roles_of
from .pages import Browser
from .processor_time import spent_below

HOMES, INSPECTIONS = 20_000, 100_000
ROUNDS = 9
TARGET_MS = 100

LARGEST_PROVIDER = "/providers/largest"
"""Stands for the page of the provider that has most homes."""

PAGES: dict[str, tuple[str, ...]] = {
    "inspector": (
        "/",
        "/inspections",
        "/inspections?state=all&sort=home",
        "/plan-inspection",
        "/plan-inspection?q=åker",
        "/what-to-visit",
        "/calendar",
        "/notices",
    ),
    "supervisor": (
        "/",
        "/?page=5",
        "/inspections",
        "/inspections?state=all",
        "/inspections?state=all&page=1500",
        "/inspections?state=all&sort=home",
        "/inspections?state=all&sort=-home&page=1000",
        "/inspections?state=all&sort=number&page=1900",
        "/inspections?state=all&sort=visit",
        "/inspections?state=all&q=åker",
        "/inspections?state=all&q=åker&sort=home",
        "/inspections?state=all&q=2012-0",
        "/inspections?state=all&q=no+such+word",
        "/inspections?state=closed",
        "/inspections?whose=unstaffed",
        "/inspections?whose=mine&sort=visit",
        "/inspections?whose=mine&state=all",
        "/providers",
        "/providers?q=ängs",
        "/providers?page=100",
        LARGEST_PROVIDER,
        f"{LARGEST_PROVIDER}?page=9",
        "/what-to-visit",
        "/what-to-visit?page=390",
        "/what-to-visit?q=åker",
        "/what-to-visit?duty=overdue",
        "/what-to-visit?planned=yes",
        "/what-to-visit?reason=open_deficiencies",
        "/what-to-visit?reason=grave_account",
        "/what-to-visit?reason=tip",
        "/municipalities",
        "/calendar",
        "/calendar?whose=unit",
        "/calendar?whose=unit&view=list",
        "/calendar/workload",
        "/calendar/workload?sort=-leads",
        "/devices",
        "/monitoring/lead-times",
        "/monitoring/lead-times?of=unit",
        "/notices",
        "/notices?page=5",
    ),
    "peer_reviewer": ("/", "/inspections?state=all", "/calendar", "/notices"),
    "lawyer": ("/", "/inspections?state=all", "/calendar", "/notices"),
    "registrar": ("/", "/providers", "/providers?q=ängs", LARGEST_PROVIDER, "/municipalities", "/notices"),
    "administrator": ("/", "/accounts", "/accounts?q=inspector+1", "/accounts?sort=-name&page=3"),
    "log_reviewer": (
        "/",
        "/log",
        "/log?kind=inspection_read&page=100",
        "/log?hours=night",
        "/log?first=2015-01-01&last=2015-12-31",
        "/log/review",
    ),
    "provider": ("/", "/letters", "/letters?page=20", "/colleagues", "/notices"),
}
"""The lists of each role; a page that there is not is left out and said."""


def measure(
    homes: int = HOMES,
    inspections: int = INSPECTIONS,
    kept_in: Path | None = None,
    databases: tuple[str, ...] = DATABASES,
) -> None:
    for database in databases:
        with authority(database, kept_in, homes=homes, inspections=inspections) as environment:
            print(f"{database}: {homes} homes and {inspections} inspections")
            largest = f"/providers/{provider_with_most_homes(url_of(environment))}"
            with served(bound(environment)) as base:
                _lists(database, base, run(environment, "user", "list"), environment, largest)


def _lists(database: str, base: str, listing: str, environment: dict[str, str], largest: str) -> None:
    print(f"{'database':10} {'role':14} {'median':>9} {'aim':>7} {'processor':>10} {'size':>7}  page")
    worst = 0.0
    accounts = {
        role: email for email, roles in roles_of(listing) if email.endswith("@exempel.se") for role in roles
    }
    for role, paths in PAGES.items():
        browser = Browser(base)
        browser.sign_in(accounts[role])
        for path in paths:
            asked = quote(path.replace(LARGEST_PROVIDER, largest), safe="/?&=+")
            taken, cost, status, size = _asked(browser, asked, environment)
            worst = max(worst, taken if status == 200 else 0)
            mark = "" if status == 200 else f"   ({status})"
            mark += "   <-- slower than the aim" if taken > TARGET_MS else ""
            spent = "-" if cost is None else f"{cost:.1f} ms"
            line = f"{database:10} {role:14} {taken:6.1f} ms {TARGET_MS:4} ms {spent:>10} {size // 1024:4} kB"
            print(f"{line}  {path}{mark}", flush=True)
    print(f"{worst:7.1f} ms  slowest median (aim: under {TARGET_MS} ms)")


def _asked(browser: Browser, path: str, environment: dict[str, str]) -> tuple[float, float | None, int, int]:
    """Median time of a page, processor time for one of it, status and size; the first is not counted."""
    status, text = browser.ask("GET", path)
    before, taken = spent_below(environment), []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        status, text = browser.ask("GET", path)
        taken.append((time.perf_counter() - start) * 1000)
    after = spent_below(environment)
    cost = None if before is None or after is None else (after - before) * 1000 / ROUNDS
    return statistics.median(taken), cost, status, len(text)
