"""Whatever somebody wrote, a page shows it as words: every text of every table is spoilt, and every page read.

The words stand in every free column and every sealed text of the rich authority (hostile_words.py finds them in
the tables, so a new one is among them from its first day). Pages are judged as a browser reads them.
"""

from collections.abc import Iterator
from html.parser import HTMLParser

from werkzeug.test import TestResponse

from tests.integration.hostile_words import COUNTED, HOSTILE, spoil_everything
from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_every_page import FIELD, visitors_of
from tests.integration.who_may import MAY, NOBODY_HERE, SIGNED_OUT


class Acting(HTMLParser):
    """What in a page acts: elements and attributes that came out of words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = ""
        self.words = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        for name, value in attrs:
            value = value or ""
            self.words += HOSTILE[:20] in value
            if name.startswith("on") or (
                name in ("href", "src", "action", "formaction")
                and value.strip().lower().startswith(("javascript:", "data:text"))
            ):
                self.found.append(f"<{tag} {name}={value[:40]!r}>")
            if name == "src" and value == "x":
                self.found.append(f"<{tag} src=x>")

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script" and "alert(" in data and "application/json" not in data:
            self.found.append(f"script: {data[:60]!r}")
        if COUNTED in data:
            self.found.append(f"counted: {data[:60]!r}")
        self.words += HOSTILE[:20] in data


def acting_in(html: str) -> tuple[list[str], int]:
    reader = Acting()
    reader.feed(html)
    return reader.found, reader.words


def test_what_acts_is_found_when_it_is_there() -> None:
    found, _ = acting_in(f"<p>{HOSTILE}</p><p>{COUNTED}</p>")
    assert len(found) >= 4, found
    assert acting_in("<p>&lt;img src=x onerror=alert(1)&gt;</p>") == ([], 1)


def faults_of(answer: TestResponse) -> tuple[list[str], int]:
    """What in an answer, its headers too, acts or leads away; and how often the words stand there."""
    found, words = [], 0
    for name, value in answer.headers.items():
        if "\n" in value or "<" in value or (name == "Location" and not value.startswith("/")):
            found.append(f"{name} carries {value[:60]!r}")
    if answer.mimetype == "text/html":
        acting, words = acting_in(answer.get_data(as_text=True))
        found += acting[:3]
    elif answer.mimetype.startswith(("text/", "application/json")) and COUNTED.encode() in answer.get_data():
        found.append("a template has counted")
    return found, words


def places(rich: RichSite) -> Iterator[tuple[str, str, str]]:
    """Endpoint, address and reader: the fullest case by two of those who may, one in review by the first."""
    for rule in rich.rules("GET"):
        if rule.endpoint.startswith(FIELD):
            continue
        readers = visitors_of(rule)
        if MAY[rule.endpoint] == NOBODY_HERE:
            continue
        for who, case in ((readers[0], FULLEST), (readers[-1], FULLEST), (readers[0], "review")):
            address = rich.address(rule, case)
            if address is not None and (case == FULLEST or "dnr" in rule.arguments):
                yield rule.endpoint, address, who


def test_every_page_shows_hostile_words_as_words(rich: RichSite) -> None:
    with rich.db() as db:
        assert spoil_everything(db, HOSTILE) > 1000
        db.commit()
    wrong, shown, pages = [], 0, 0
    for endpoint, address, who in sorted(set(places(rich))):
        try:
            answer = rich.as_(None if who == SIGNED_OUT else who).http.get(address)
        except Exception as fault:  # noqa: BLE001 - all faults of all pages are told at once
            wrong.append(f"{endpoint} for {who} at {address}: {type(fault).__name__} {fault!s:.200}")
            continue
        faults, words = faults_of(answer)
        wrong += [f"{endpoint} for {who} at {address}: {one}" for one in faults]
        shown, pages = shown + words, pages + (answer.mimetype == "text/html")
    assert not wrong, "\n".join(wrong)
    assert pages > 200 and shown > 1000, (pages, shown)
