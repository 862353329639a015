"""The method as everybody may read it: plain words, from the very constants that the weighing reads."""

import re

import pytest

from tests.integration.browsing import Browsing
from tillsyn.inspect.rules import overrides
from tillsyn.inspect.rules.weighing import Perspective, configuration

pytestmark = pytest.mark.usefixtures("app")


def test_it_needs_no_account_and_says_the_whole_method(client: Browsing) -> None:
    page = client.get("/method")
    for words in (
        "läs av vid en tredjedel",
        "mindre än 4 av 12",
        "Allvarlig uppgift utreds",
        "Med bara vikten hade ordet blivit ”Fungerar väl”.",
        "minst 80 tecken",
        "15 procent",
        "HVB-VM 1.0.0",
    ):
        assert words in page.text, words
    client.speak("en")
    assert "read at a third" in client.get("/method").text


@pytest.mark.parametrize(
    ("name", "value", "before", "after"),
    [
        ("READING_DIVISOR", 4, "läs av vid en tredjedel", "läs av vid en fjärdedel"),
        ("WEIGHTS", configuration.WEIGHTS | {Perspective.CHILD: 6}, "4 av 12 i vikt", "4 av 14 i vikt"),
        ("ENOUGH_WEIGHT", 5, "mindre än 4 av 12", "mindre än 5 av 12"),
        ("DISCLOSURE_K", 4, "när minst 3 står bakom", "när minst 4 står bakom"),
        ("PATTERN_DEVIATIONS", 5, "Från 3 i ett område", "Från 5 i ett område"),
        ("CONCERN_PER_STEP", 2, "För var 3:e svaghet", "För var 2:e svaghet"),
        ("VERSION", "9.9.9", "HVB-VM 1.0.0", "HVB-VM 9.9.9"),
    ],
)
def test_another_constant_gives_another_page(
    client: Browsing, monkeypatch: pytest.MonkeyPatch, name: str, value: object, before: str, after: str
) -> None:
    assert before in client.get("/method").text
    monkeypatch.setattr(configuration, name, value)
    page = client.get("/method")
    assert after in page.text
    assert before not in page.text


def test_another_ceiling_or_limit_gives_another_page(
    client: Browsing, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = client.get("/method").text
    monkeypatch.setattr(configuration, "T1_OPEN", 1)
    monkeypatch.setattr(overrides, "LEAST_TEXT", 120)
    after = client.get("/method").text
    assert "minst 120 tecken" in after
    row = r"Något allvarligt som ingen har utrett ännu\s*"
    assert re.search(row + "Behöver förbättras", before)
    assert re.search(row + "Allvarligt", after)
