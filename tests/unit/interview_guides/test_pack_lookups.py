"""Questions that other parts put to a pack."""

from datetime import date

import pytest

from tillsyn.interview_guides.guide import (
    Text,
    UnknownArea,
    UnknownGuide,
    UnknownPack,
    UnknownRequirement,
    UnknownSeverity,
    UnknownTheme,
    load_pack,
)
from tillsyn.interview_guides.guide_form import guide_as_plain, guide_from_plain


def test_a_text_answers_in_swedish_unless_english_is_asked_for() -> None:
    text = Text(sv="barn", en="child")
    assert [text.in_language(language) for language in ("sv", "en", "fi", "")] == [
        "barn",
        "child",
        "barn",
        "barn",
    ]


def test_a_requirement_touches_the_areas_of_its_themes_in_their_order() -> None:
    pack = load_pack()
    assert [area.id for area in pack.areas_of("K10")] == ["TRY", "LED"]
    assert pack.areas_of(pack.requirement("K10")) == pack.areas_of("K10")
    assert [one.id for one in pack.requirements_in("TRY")] == ["K10", "K22", "K23", "K36"]
    assert pack.requirements_in(pack.area("TRY")) == pack.requirements_in("TRY")


def test_requirements_apply_from_their_first_day() -> None:
    pack = load_pack()
    assert pack.requirements_on(date(2025, 6, 30)) == ()
    assert pack.requirements_on(date(2025, 7, 1)) == pack.requirements


def test_an_unknown_id_is_a_key_error_that_says_what_was_looked_for() -> None:
    pack = load_pack()
    for look, kind, error in (
        (pack.area, "area", UnknownArea),
        (pack.theme, "theme", UnknownTheme),
        (pack.requirement, "requirement", UnknownRequirement),
        (pack.guide, "guide", UnknownGuide),
    ):
        with pytest.raises(KeyError) as caught:
            look("nowhere")
        assert caught.type is error
        assert str(caught.value) == f"there is no {kind} 'nowhere' in the pack 'hvb'"


def test_a_theme_or_requirement_of_an_unknown_area_is_refused() -> None:
    with pytest.raises(UnknownArea):
        load_pack().themes_in("ZZZ")
    with pytest.raises(UnknownArea):
        load_pack().requirements_in("ZZZ")
    with pytest.raises(UnknownSeverity):
        load_pack().anchor(5)


def test_an_unknown_pack_is_refused_with_the_names_that_exist() -> None:
    with pytest.raises(UnknownPack, match=r"there is no pack 'nowhere'; there are: .*hvb"):
        load_pack("nowhere")
    with pytest.raises(UnknownPack):
        load_pack("../hvb")


def test_a_guide_that_is_no_longer_offered_can_still_be_read() -> None:
    pack = load_pack()
    kept = pack.guide("social_worker_guardian")
    assert not kept.offered
    assert kept not in pack.guides_for("other")
    assert {guide.id for guide in pack.guides_for("other")} == {"social_worker", "guardian"}
    assert guide_from_plain(guide_as_plain(kept)) == kept
