"""What speaks for a visit, in words: each reason with its weight, none of them added up."""

from dataclasses import fields, replace
from datetime import date

import pytest

from tillsyn.inspect.i18n import LANGUAGES, translate
from tillsyn.inspect.rules.visit_reasons import (
    FROM_THE_START,
    MANY,
    MEANT,
    ONE,
    WITHOUT_A_DAY,
    Found,
    Spoken,
    Weighed,
    spoken,
)
from tillsyn.models.planning_words import VisitReason, Weight

DAY = date(2026, 3, 10)


@pytest.mark.parametrize("reason", VisitReason)
def test_every_reason_has_words_a_meaning_and_a_weight_from_the_start(reason: VisitReason) -> None:
    assert reason in ONE
    assert reason in MEANT
    assert FROM_THE_START[reason].weight in Weight


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [*ONE.values(), *MANY.values(), *WITHOUT_A_DAY.values(), *MEANT.values()])
def test_every_sentence_can_be_said(text: str, language: str) -> None:
    said = translate(language, text, number=3, day="10 mars 2026")
    assert "%(" not in said
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (Found(VisitReason.TIP, 1, DAY), ONE[VisitReason.TIP]),
        (Found(VisitReason.TIP, 3, DAY), MANY[VisitReason.TIP]),
        (Found(VisitReason.LONG_AGO), WITHOUT_A_DAY[VisitReason.LONG_AGO]),
        (Found(VisitReason.LONG_AGO, 1, DAY), ONE[VisitReason.LONG_AGO]),
        (Found(VisitReason.OPEN_DEFICIENCIES, 2), WITHOUT_A_DAY[VisitReason.OPEN_DEFICIENCIES]),
        (Found(VisitReason.SURVEY, 2), MANY[VisitReason.SURVEY]),
        (Found(VisitReason.GRAVE_ACCOUNT, 4, DAY), ONE[VisitReason.GRAVE_ACCOUNT]),
    ],
)
def test_a_reason_is_said_as_it_is(found: Found, text: str) -> None:
    (said,) = spoken([found], FROM_THE_START)
    assert said.text == text
    assert said.values == {"number": found.number, "day": found.on}


def test_what_says_most_comes_first_and_what_is_not_counted_is_not_said() -> None:
    found = [
        Found(VisitReason.MANAGER_CHANGED, 1, DAY),
        Found(VisitReason.TIP, 1, DAY),
        Found(VisitReason.SURVEY),
    ]
    assert [one.reason for one in spoken(found, FROM_THE_START)] == [
        VisitReason.SURVEY, VisitReason.TIP, VisitReason.MANAGER_CHANGED,
    ]  # fmt: skip
    other = {
        **FROM_THE_START,
        VisitReason.TIP: Weighed(Weight.UNCOUNTED, 12),
        VisitReason.MANAGER_CHANGED: replace(FROM_THE_START[VisitReason.TIP], weight=Weight.STRONG),
    }
    assert [one.reason for one in spoken(found, other)] == [VisitReason.SURVEY, VisitReason.MANAGER_CHANGED]


def test_no_number_is_made_of_the_reasons() -> None:
    assert all(not member.value.isdigit() for member in Weight)
    assert {field.name for field in fields(Spoken)} == {"reason", "weight", "text", "values"}
