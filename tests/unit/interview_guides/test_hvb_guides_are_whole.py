"""The guides of the HVB pack: each area with each informant, in words that a child can follow."""

import re
from itertools import chain

import pytest

from tillsyn.inspect.rules.readability import EASY, lix, words_of
from tillsyn.interview_guides.conditions import KnownOfTalk, is_asked
from tillsyn.interview_guides.guide import Guide, Pack, load_pack

COUNTS = {
    "child_6_12": (12, 20),
    "young_13_20": (20, 30),
    "staff": (20, 30),
    "manager": (25, 35),
    "social_worker": (12, 20),
    "guardian": (12, 20),
}
INFORMED = ("child_6_12", "young_13_20", "guardian")
"""The guides for those who must be given the four items of information: 16 kap. 3 § SoF."""

CHILDREN = ("child_6_12", "young_13_20")
LONGEST_FOR_A_CHILD = 16


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("hvb")


def said_in(guide: Guide) -> dict[str, str]:
    """What is said aloud, in Swedish, by what it is."""
    return {
        "questions": " ".join(question.text.sv for question in guide.questions),
        "probes": " ".join(probe.sv for question in guide.questions for probe in question.probes),
        "pictures": " ".join(one.picture_text.sv for one in guide.questions if one.picture_text is not None),
        "follow-ups": " ".join(more.text.sv for one in guide.questions for more in one.follow_ups),
        "opening": guide.opening.sv,
        "closing": guide.closing.sv,
    }


@pytest.mark.parametrize("id", COUNTS)
def test_a_guide_has_as_many_questions_as_a_talk_of_its_kind_can_bear(pack: Pack, id: str) -> None:
    guide = pack.guide(id)
    assert guide.question_count == COUNTS[id]
    assert COUNTS[id][0] <= len(guide.questions) <= COUNTS[id][1]


@pytest.mark.parametrize("id", COUNTS)
def test_a_guide_reaches_every_area_whatever_is_left_out(pack: Pack, id: str) -> None:
    """Also in a talk where every condition that can fail does fail."""
    least = KnownOfTalk(age=6 if id == "child_6_12" else 13, language_interpreted=False)
    asked = [one for one in pack.guide(id).questions if is_asked(one.only_if, least)]
    assert {question.area for question in asked} == {area.id for area in pack.areas}


@pytest.mark.parametrize("id", COUNTS)
def test_every_question_has_probes_a_reason_and_something_to_listen_for(pack: Pack, id: str) -> None:
    for question in pack.guide(id).questions:
        assert 1 <= len(question.probes) <= 3, question.id
        assert question.why.sv, question.id
        assert question.listen_for is not None, question.id
        assert len({probe.sv for probe in question.probes}) == len(question.probes), question.id


def test_the_same_matter_is_asked_of_children_staff_and_the_manager(pack: Pack) -> None:
    pairs = pack.pairs()
    kinds = {word: {guide.informant for guide, _ in among} for word, among in pairs.items()}
    everybody = {word for word, among in kinds.items() if {"child", "staff", "manager"} <= among}
    assert {"natt", "tvang", "mobil", "plan", "klagomal", "vald_hot", "bemotande"} <= everybody
    assert len(everybody) >= 20
    assert all(len(among) >= 2 for among in pairs.values())


def test_a_pair_is_about_one_area(pack: Pack) -> None:
    """What matters most, and who works here, is asked wherever it belongs in that talk."""
    for word, among in pack.pairs().items():
        if word not in ("viktigast", "personal"):
            assert len({question.area for _, question in among}) == 1, word


def test_most_questions_to_children_can_be_compared_with_what_adults_say(pack: Pack) -> None:
    for id in CHILDREN:
        questions = pack.guide(id).questions
        assert sum(one.pair is not None for one in questions) >= 0.8 * len(questions), id


def test_a_child_who_does_not_read_can_point_at_a_picture(pack: Pack) -> None:
    questions = pack.guide("child_6_12").questions
    with_pictures = [one for one in questions if one.pictures == "smiley"]
    assert len(with_pictures) >= len(questions) / 2
    assert {one.area for one in with_pictures} >= {
        "TRY",
        "BEM",
        "DEL",
        "INT",
        "VAS",
        "SKO",
        "HAL",
        "KON",
        "VAR",
    }
    assert any(one.pictures == "smiley" for one in pack.guide("young_13_20").questions)


def test_a_picture_scale_is_introduced_without_a_hint_of_the_answer(pack: Pack) -> None:
    for question in chain(*(guide.questions for guide in pack.guides)):
        assert (question.picture_text is not None) == (question.pictures == "smiley"), question.id
        if question.picture_text is not None:
            assert question.picture_text.sv.startswith("Peka på"), question.id
            assert not re.search(r"\b(?:trygg|bra|dålig|rädd|glad|ledsen)\b", question.picture_text.sv), (
                question.id
            )


@pytest.mark.parametrize("id", INFORMED)
def test_the_four_items_of_information_are_given_in_the_words_of_the_talk(pack: Pack, id: str) -> None:
    guide = pack.guide(id)
    assert guide.information == ("rights", "supervision", "contact", "talks_without_guardian")
    assert re.search(r"\brätt att vara trygg", guide.opening.sv)
    assert re.search(r"\bright to be safe", guide.opening.en)
    assert re.search(r"tillsyn|tar reda på hur barn har det", guide.opening.sv)
    assert re.search(r"utan att (?:dina|du)|fast mamma", guide.opening.sv)
    assert re.search(r"rätt person", guide.closing.sv)
    assert re.search(r"right person", guide.closing.en)


def test_other_talks_claim_no_information_that_they_do_not_give(pack: Pack) -> None:
    assert [guide.id for guide in pack.guides if guide.information] == list(INFORMED)


@pytest.mark.parametrize("id", CHILDREN)
@pytest.mark.parametrize("what", ["questions", "probes", "pictures", "follow-ups", "opening", "closing"])
def test_what_is_said_to_a_child_is_easy_to_understand(pack: Pack, id: str, what: str) -> None:
    assert lix(said_in(pack.guide(id))[what]) <= EASY


def test_no_question_to_a_young_child_is_long(pack: Pack) -> None:
    for question in pack.guide("child_6_12").questions:
        for text in (question.text, *question.probes, *(more.text for more in question.follow_ups)):
            assert len(words_of(text.sv)) <= LONGEST_FOR_A_CHILD, text.sv


def test_no_word_of_the_authority_is_said_to_a_child(pack: Pack) -> None:
    heavy = (
        r"insats|genomförandeplan|vårdplan|tillsyn|myndighet|missförhåll|delaktig|bemöta|egenkontroll|brist"
    )
    said = said_in(pack.guide("child_6_12"))
    assert not re.search(heavy, " ".join(said.values()), re.IGNORECASE)


def test_no_child_is_asked_for_the_cause_of_the_placement(pack: Pack) -> None:
    for id in CHILDREN:
        for question in pack.guide(id).questions:
            for text in (question.text, *question.probes):
                assert not re.search(r"[Vv]arför (?:blev|är) du placerad|[Vv]ad har du gjort", text.sv), (
                    question.id
                )


def test_no_adult_is_told_or_asked_what_a_certain_child_has_said(pack: Pack) -> None:
    for id in ("staff", "social_worker", "guardian"):
        opening = pack.guide(id).opening.sv
        assert re.search(r"(?:inte vad något barn|kan inte berätta vad barnet)", opening), id


def test_what_is_the_duty_of_the_committee_is_never_held_against_the_home(pack: Pack) -> None:
    assert (
        "nämndens ansvar räknar vi aldrig som en brist hos hemmet" in pack.guide("social_worker").opening.sv
    )


def test_ids_that_interviews_have_been_held_with_are_still_there(pack: Pack) -> None:
    first = {
        "child_6_12": [f"C{n:02}" for n in range(1, 17)],
        "young_13_20": [f"Y{n:02}" for n in range(1, 17)],
        "staff": [f"S{n:02}" for n in range(1, 16)],
        "manager": [f"M{n:02}" for n in range(1, 17)],
        "social_worker_guardian": [f"O{n:02}" for n in range(1, 13)],
    }
    for id, ids in first.items():
        assert set(ids) <= {question.id for question in pack.guide(id).questions}, id
