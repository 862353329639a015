"""What lists are searched and sorted by: Swedish order, no difference of case or accent, on any database."""

from hypothesis import given
from hypothesis import strategies as st

from tillsyn.models.search_keys import LENGTH, search_key


def test_å_ä_and_ö_come_last_and_in_that_order_whatever_the_case() -> None:
    names = ["Ödla", "ärla", "Åker", "zon", "Örn", "Zebra", "ål", "Älg", "Apa"]
    assert sorted(names, key=search_key) == [
        "Apa",
        "Zebra",
        "zon",
        "Åker",
        "ål",
        "Älg",
        "ärla",
        "Ödla",
        "Örn",
    ]


def test_accents_and_cases_and_ways_of_writing_a_letter_do_not_matter() -> None:
    assert search_key("Café  ÅKERLUND") == search_key("cafe åkerlund") == search_key("CAFÉ A\u030akerlund")
    assert search_key("Straße") == search_key("STRASSE")


def test_the_signs_that_stand_for_letters_cannot_be_written() -> None:
    assert search_key("{ker") == "ker" != search_key("åker")


@given(st.text(max_size=400), st.text(max_size=50))
def test_a_key_is_short_and_of_a_key_the_same(text: str, more: str) -> None:
    key = search_key(text, more)
    assert len(key) <= LENGTH and key == " ".join(key.split())
