"""Answers are counted together, and read only where nobody can be pointed out."""

from collections.abc import Mapping

from tillsyn.inspect.rules.survey_results import (
    FEWEST,
    UNSURE,
    Given,
    Said,
    SurveyReading,
    Tally,
    pour_in,
    read_tally,
)
from tillsyn.interview_guides.reading import PACKS
from tillsyn.interview_guides.survey import load_survey

SURVEY = load_survey(PACKS / "hvb")
WORDS = next(question.id for question in SURVEY.questions if question.kind == "text")


def last(texts: object, text: str) -> tuple[str, ...]:
    return (*texts, text)  # type: ignore[misc]


def tally(*given: Mapping[str, int], texts: tuple[str, ...] = ()) -> Tally:
    poured = Tally()
    for number, faces in enumerate(given):
        words = {WORDS: texts[number]} if number < len(texts) else {}
        poured = pour_in(poured, Given(faces, words), last)
    return poured


def read(poured: Tally, *, children: int = 9, closed: bool = True) -> SurveyReading:
    return read_tally(
        SURVEY, poured, children=children, is_closed=closed, shuffle=lambda said: said.sort(key=_key)
    )


def _key(said: Said) -> str:
    return f"{said.question.id}{said.step.sv if said.step else said.text}"


def test_from_five_answers_each_question_is_counted() -> None:
    reading = read(tally(*[{"S01": 4}] * 3, {"S01": 1}, {"S01": UNSURE}))
    assert [(one.question.id, one.counts) for one in reading.counted] == [("S01", (1, 0, 0, 3, 0, 1))]
    assert reading.said == ()
    voice = reading.voices["VAR"]
    assert (voice.sad, voice.happy, voice.chosen, voice.said_sad) == (1, 3, 4, False)


def test_four_answers_are_read_as_someone_said_and_how_many_is_not_told() -> None:
    reading = read(tally(*[{"S01": 4}] * 3, {"S01": 1}))
    assert reading.counted == ()
    assert [said.step.en for said in reading.said if said.step] == ["Good", "Very bad"]
    assert reading.voices["VAR"].said_sad
    assert reading.voices["VAR"].chosen == 0


def test_a_question_that_fewer_answered_is_not_counted_among_those_that_are() -> None:
    reading = read(tally(*[{"S01": 4}] * FEWEST, *[{"S02": 2}] * (FEWEST - 1)))
    assert [one.question.id for one in reading.counted] == ["S01"]
    assert [said.question.id for said in reading.said] == ["S02"]


def test_a_small_home_is_never_counted_however_many_codes_are_used() -> None:
    reading = read(tally(*[{"S01": 4}] * 7), children=4)
    assert reading.counted == ()
    assert len(reading.said) == 1


def test_nothing_that_was_chosen_is_shown_before_the_survey_has_closed() -> None:
    reading = read(tally(*[{"S01": 1}] * 8, texts=("Hjälp.",)), closed=False)
    assert reading.counted == () and reading.voices == {}
    assert [said.text for said in reading.said] == ["Hjälp."], "what is written may be urgent"
    assert reading.answers == 8


def test_what_is_written_never_stands_beside_what_was_chosen() -> None:
    poured = tally({"S01": 1}, {"S01": 5}, texts=("Ett.", "Två."))
    assert poured.counts == {"S01": (1, 0, 0, 0, 1, 0)}
    assert poured.texts == {WORDS: ("Ett.", "Två.")}
    assert all((said.step is None) != (said.text == "") for said in read(poured).said)


def test_the_order_is_drawn_by_lot() -> None:
    drawn: list[int] = []
    read_tally(
        SURVEY, tally({"S01": 1}), children=9, is_closed=True, shuffle=lambda said: drawn.append(len(said))
    )
    assert drawn == [1]


def test_an_answer_with_nothing_in_it_is_empty() -> None:
    assert Given({}, {WORDS: ""}).is_empty
    assert not Given({"S01": UNSURE}, {}).is_empty
