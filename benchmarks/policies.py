"""What row-level security costs: processor time of pages with and without it, server and database together.

One authority on PostgreSQL, served twice: by a superuser, whom no policy binds, and by the role that
`tillsyn audit role` lets work. Another load on the machine does not change processor time.
"""

import re
from pathlib import Path
from urllib.parse import quote

from .bound_role import bound
from .instance import run, served
from .kept_authority import authority
from .long_lists import roles_of
from .pages import Browser
from .processor_time import spent_below

HOMES, INSPECTIONS = 400, 2_000
ROUNDS = 25

PAGES: dict[str, tuple[str, ...]] = {
    "inspector": (
        "/", "/inspections", "/what-to-visit", "/calendar", "/notices", "CASE", "CASE/talks", "CASE/letters",
    ),
    "supervisor": (
        "/", "/inspections?state=all", "/inspections?state=all&q=åker", "/what-to-visit",
        "/what-to-visit?reason=open_deficiencies", "/calendar?whose=unit", "/monitoring/lead-times?of=unit",
        "/notices",
    ),
    "registrar": ("/", "/diary"),
    "log_reviewer": ("/log", "/log/review"),
    "provider": ("/", "/letters"),
}  # fmt: skip
"""CASE: the first case in the list of the role."""


def measure(homes: int = HOMES, inspections: int = INSPECTIONS, kept_in: Path | None = None) -> None:
    """`kept_in`: a folder that PostgreSQL's own user may enter, when this is run by root."""
    with authority("postgresql", kept_in, homes=homes, inspections=inspections) as environment:
        as_role = bound(environment)
        accounts = {
            role: email
            for email, roles in roles_of(run(environment, "user", "list"))
            if email.endswith("@exempel.se")
            for role in roles
        }
        print(f"{homes} homes and {inspections} inspections; processor time of one page, ms")
        print(f"{'role':14} {'without':>8} {'with':>8} {'dearer':>8}  page")
        with served(environment) as free, served(as_role) as kept:
            for role, paths in PAGES.items():
                browsers = (Browser(free), Browser(kept))
                for browser in browsers:
                    browser.sign_in(accounts[role])
                case = re.search(r'href="(/inspections/[^"/?#]+)"', browsers[0].ask("GET", "/inspections")[1])
                for path in paths:
                    asked = quote(path.replace("CASE", case[1] if case else ""), safe="/?&=+")
                    without, bound_by = (_cost(browser, asked, environment) for browser in browsers)
                    dearer = f"{bound_by / without - 1:+8.0%}" if without else "       -"
                    print(f"{role:14} {without:8.1f} {bound_by:8.1f} {dearer}  {path}", flush=True)


def _cost(browser: Browser, path: str, environment: dict[str, str]) -> float:
    """Milliseconds of processor for one page, once it has been asked for."""
    browser.connection.close()  # the server has, while the other was asked; it is opened anew
    status, _page = browser.ask("GET", path)
    if status != 200:
        raise RuntimeError(f"{path} gave {status}")
    before = spent_below(environment)
    for _ in range(ROUNDS):
        browser.ask("GET", path)
    after = spent_below(environment)
    return 0.0 if before is None or after is None else (after - before) * 1000 / ROUNDS
