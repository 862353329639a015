"""Median time of the main pages on the example data: gunicorn, one process, one person at a time."""

import http.client
import re
import statistics
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from .instance import PASSWORD, own_instance, run, served

ROUNDS = 25
TARGET_MS = 50


class Browser:
    """One connection, its cookies, and nothing else."""

    def __init__(self, base: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode(errors="replace")
        for header in answer.msg.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return answer.status, text

    def sign_in(self, email: str) -> None:
        _, page = self.ask("GET", "/sign-in")
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        if token is None:
            raise RuntimeError("the sign-in page has no form token")
        fields = {"email": email, "password": PASSWORD, "csrf_token": token[1], "next": "", "held": ""}
        status, text = self.ask("POST", "/sign-in", urlencode(fields))
        if status not in (302, 303):
            raise RuntimeError(f"signing in as {email} gave {status}: {text[:300]}")


def measure() -> None:
    with own_instance() as environment, served(environment) as base:
        people = re.findall(
            r"^(\S+@\S+) +active +.*\((.*)\)$", run(environment, "user", "list"), re.MULTILINE
        )
        worst = 0.0
        for email, roles in people:
            browser = Browser(base)
            browser.sign_in(email)
            for path in _pages(browser):
                taken = []
                for _ in range(ROUNDS):
                    start = time.perf_counter()
                    status, _ = browser.ask("GET", path)
                    taken.append((time.perf_counter() - start) * 1000)
                if status != 200:
                    continue
                median = statistics.median(taken)
                worst = max(worst, median)
                mark = "" if median < TARGET_MS else "   <-- slower than the aim"
                print(f"{median:7.1f} ms  {roles:22} {path}{mark}")
        print(f"{worst:7.1f} ms  slowest median (aim: under {TARGET_MS} ms)")


def _pages(browser: Browser) -> list[str]:
    """The start page, what it links to, and the pages of the cases found there."""
    seen = ["/"]
    for path in seen:
        if path.count("/") > 4 or len(seen) > 60:
            continue
        _, text = browser.ask("GET", path)
        for found in re.findall(r'href="(/[^"#?]*)"', text):
            if found not in seen and not found.startswith("/static") and not found.endswith("/pdf"):
                seen.append(found)
    shapes: dict[str, str] = {}
    for path in seen:
        shapes.setdefault(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|20\d\d-\d+", "*", path), path)
    return list(shapes.values())
