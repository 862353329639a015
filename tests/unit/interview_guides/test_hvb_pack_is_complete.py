"""The pack for residential care homes: everything is there, in both languages."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from tillsyn.interview_guides import reading
from tillsyn.interview_guides.guide import Pack, Text, available_packs, check_pack, load_pack

AREAS = ["TRY", "BEM", "DEL", "INT", "VAS", "SKO", "HAL", "KON", "VAR", "LED"]
GUIDES = [
    "child_6_12", "young_13_20", "staff", "manager", "social_worker", "guardian", "social_worker_guardian",
]  # fmt: skip


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack()


def texts_in(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_in(item)
    elif is_dataclass(value):
        for field in fields(value):
            if not field.name.startswith("_"):
                yield from texts_in(getattr(value, field.name))


def test_the_pack_has_no_faults() -> None:
    assert check_pack(reading.PACKS / "hvb") == ()


def test_every_pack_that_comes_with_the_product_loads() -> None:
    assert "hvb" in available_packs()
    for id in available_packs():
        assert load_pack(id).id == id


def test_a_pack_is_read_once() -> None:
    assert load_pack("hvb") is load_pack("hvb")


def test_the_areas_are_the_ten_in_their_order(pack: Pack) -> None:
    assert [area.id for area in pack.areas] == AREAS
    assert [area.id for area in pack.areas if area.administrative] == ["LED"]


def test_every_area_has_themes_and_every_theme_an_area(pack: Pack) -> None:
    assert all(pack.themes_in(area) for area in pack.areas)
    assert {theme.area for theme in pack.themes} == set(AREAS)
    assert len(pack.themes) == 43


def test_there_are_36_requirements_each_with_source_theme_and_evidence(pack: Pack) -> None:
    assert [requirement.id for requirement in pack.requirements] == [f"K{n:02}" for n in range(1, 37)]
    for requirement in pack.requirements:
        assert re.search(r"\d", requirement.source.sv), requirement.id
        assert requirement.themes, requirement.id
        assert requirement.evidence, requirement.id
        assert pack.areas_of(requirement), requirement.id


def test_every_wording_is_there_in_swedish_and_english(pack: Pack) -> None:
    texts = list(texts_in(pack))
    assert len(texts) > 600
    for text in texts:
        assert text.sv.strip(), text
        assert text.en.strip(), text


def test_no_english_wording_is_swedish_left_untranslated(pack: Pack) -> None:
    for text in texts_in(pack):
        if len(text.sv) > 20:
            assert text.sv != text.en, text
        assert not re.search(r"[åäöÅÄÖ§]", text.en), text


def test_the_two_breaches_that_carry_a_fee_do_so_from_2026(pack: Pack) -> None:
    marked = [requirement for requirement in pack.requirements if requirement.sanction]
    assert [requirement.id for requirement in marked] == ["K02", "K08"]
    for requirement in marked:
        assert not requirement.carries_sanction_on(date(2025, 12, 31))
        assert requirement.carries_sanction_on(date(2026, 1, 1))
        assert requirement.note is not None
        assert "1 januari 2026" in requirement.note.sv
    assert not pack.requirement("K01").carries_sanction_on(date(2026, 1, 1))


def test_the_transition_for_staff_employed_before_july_2025_is_told(pack: Pack) -> None:
    note = pack.requirement("K06").note
    assert note is not None
    assert "1 juli 2031" in note.sv
    assert "1 July 2031" in note.en


def test_a_duty_of_the_committee_is_never_a_deficiency_of_the_home(pack: Pack) -> None:
    committees = [one.id for one in pack.requirements if not one.can_be_deficiency_of_home]
    assert committees == ["K13", "K32", "K34"]
    shared = [one.id for one in pack.requirements if one.responsible == "both"]
    assert shared == ["K12", "K33"]
    assert all(pack.requirement(id).can_be_deficiency_of_home for id in shared)


def test_the_guides_are_there_in_order(pack: Pack) -> None:
    assert [guide.id for guide in pack.guides] == GUIDES
    assert [guide.id for guide in pack.guides_for("child")] == GUIDES[:2]
    assert [guide.id for guide in pack.guides_for("other")] == GUIDES[
        4:6
    ]  # the last is kept for the talks held with it
    assert pack.guides_for("nobody") == ()


@pytest.mark.parametrize("id", GUIDES)
def test_every_area_is_reached_by_the_guide(pack: Pack, id: str) -> None:
    assert {question.area for question in pack.guide(id).questions} == set(AREAS)


@pytest.mark.parametrize("id", GUIDES)
def test_the_opening_words_tell_the_rules_of_the_talk(pack: Pack, id: str) -> None:
    opening = pack.guide(id).opening
    assert re.search(r"inga rätta eller fel svar", opening.sv)
    assert re.search(r"no right or wrong answers", opening.en)
    assert re.search(r"vet inte|inte vet|[Vv]et du inte", opening.sv)
    assert re.search(r"sluta|avbryta", opening.sv)
    assert re.search(r"\bstop\b", opening.en)


def test_no_child_is_promised_that_all_stays_secret(pack: Pack) -> None:
    for guide in pack.guides_for("child"):
        assert "i onödan" in guide.opening.sv
        assert re.search(r"måste", guide.opening.sv)


def test_every_question_says_why_it_is_asked_and_what_to_listen_for(pack: Pack) -> None:
    for guide in pack.guides:
        for question in guide.questions:
            assert question.listen_for is not None, question.id
            assert 1 <= len(question.probes) <= 3, question.id


def test_the_severities_have_three_examples_each(pack: Pack) -> None:
    assert [anchor.severity for anchor in pack.severity] == [0, 1, 2, 3, 4]
    assert all(len(anchor.examples) == 3 for anchor in pack.severity)
    assert pack.anchor(4).name.sv == "Akut"


def test_the_information_for_children_has_the_four_statutory_items(pack: Pack) -> None:
    ids = tuple(id for id, _ in pack.information_items)
    assert ids == ("rights", "supervision", "contact", "talks_without_guardian")


def test_citations_are_never_torn_apart_at_the_end_of_a_line(pack: Pack) -> None:
    for text in texts_in(pack):
        assert not re.search(r"\d (?:kap\.|§)|\d [a-z] §|[a-z]\u00a0?[a-z] §|\d \d{3}\b", text.sv), text.sv
        assert not re.search(r"\b(?:ch|s|ss|art)\. \d", text.en), text.en
    assert "9\u00a0kap. 11\u00a0§" in pack.requirement("K14").source.sv
    assert "20\u00a0c\u00a0§§" in pack.requirement("K20").source.sv


def test_no_source_cites_the_repealed_acts(pack: Pack) -> None:
    for requirement in pack.requirements:
        assert not re.search(r"2001:453|2001:937", requirement.source.sv), requirement.id
