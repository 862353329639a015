"""A code of a file is known by its guid, else by what our description says, else by its name."""

from dataclasses import replace
from uuid import UUID

import pytest

from tillsyn.inspect.exchange.refi_qda_model import Code
from tillsyn.inspect.rules.code_exchange import (
    Meaning,
    derived,
    foreign_guid,
    guid_of,
    meanings,
    severity_guid,
    step_name,
    theme_guid,
)
from tillsyn.interview_guides.guide import load_pack

PACK = load_pack("hvb")
NIGHT = next(theme for theme in PACK.themes if theme.id == "natt")
OTHER = "3b241101-e2bb-4255-8caf-4136c566a962"


def code(name: str, guid: str = OTHER, **more: object) -> Code:
    return replace(Code(guid, name), **more)  # type: ignore[arg-type]


def meaning(one: Code) -> Meaning:
    return meanings([one], PACK)[one.guid]


def test_guids_follow_from_names_and_never_change() -> None:
    assert (
        guid_of("hvb", "theme", "natt") == theme_guid(PACK, "natt") == "c6285b5e-9c41-5a61-9932-ce715591850a"
    )
    assert severity_guid(PACK, 3) == guid_of("hvb", "severity", "3") == "08232f1f-71c0-5bd0-ae39-7d95a5ba4c4a"
    assert foreign_guid("Skola") == guid_of("foreign", "Skola") == "c61ed26d-d87d-532a-9c12-9c63ab4af331"
    assert derived(UUID(OTHER), "theme") == "b2d731d8-6438-54fd-9471-042e5eafad88"


def test_a_theme_is_known_by_its_guid_whatever_it_is_called() -> None:
    found = meaning(code("Nattlivet", theme_guid(PACK, "natt"), is_codable=False))
    assert found == Meaning("Nattlivet", theme="natt")
    assert not found.is_foreign


@pytest.mark.parametrize(
    "name", [NIGHT.name.sv, NIGHT.name.en, NIGHT.name.sv.upper(), f" {NIGHT.name.en}\t", "natt"]
)
def test_a_theme_is_known_by_its_name_in_both_languages_or_its_id(name: str) -> None:
    assert meaning(code(name)).theme == "natt"


def test_a_group_that_is_called_like_a_theme_is_no_theme() -> None:
    assert meaning(code("natt", is_codable=False)) == Meaning("natt", is_group=True)


def test_words_within_a_name_count_however_they_are_spaced() -> None:
    assert meaning(code("Våld \n och   hot")).theme == "vald_hot"
    assert meaning(code("Våldochhot")).is_foreign


@pytest.mark.parametrize(
    ("description", "theme"),
    [
        ("hvb/theme/natt", "natt"),
        ("Om natten\nhvb/theme/natt\n", "natt"),
        ("Om natten\noch morgonen\n\nhvb/theme/natt", "natt"),
        ("Om natten\n  hvb/theme/natt  ", "natt"),
        ("hvb/theme/natt\nOm natten", None),
        ("hvb/theme/nattlivet", None),
        ("skola/theme/natt", None),
        ("natt", None),
        ("hvb/severity/natt", None),
    ],
)
def test_a_theme_is_known_by_the_end_of_our_description(description: str, theme: str | None) -> None:
    assert meaning(code("Omdöpt", description=description)).theme == theme


@pytest.mark.parametrize("step", range(5))
def test_a_step_is_known_by_guid_by_description_and_by_its_whole_name(step: int) -> None:
    anchor = next(one for one in PACK.severity if one.severity == step)
    assert meaning(code("Omdöpt", severity_guid(PACK, step))) == Meaning("Omdöpt", severity=step)
    assert meaning(code("Omdöpt", description=f"x\nhvb/severity/{step}")).severity == step
    for language in ("sv", "en"):
        assert meaning(code(step_name(anchor, language).upper())).severity == step
    assert step_name(anchor, "sv") == f"{step} {anchor.name.sv}"
    assert step_name(anchor, "en") == f"{step} {anchor.name.en}"
    assert not meaning(code("Omdöpt", severity_guid(PACK, step))).is_foreign


@pytest.mark.parametrize("name", ["3", "Allvarlig", "3. Allvarlig", "5 Allvarlig"])
def test_a_number_or_a_word_alone_is_no_step(name: str) -> None:
    assert meaning(code(name)) == Meaning(name)
    assert meaning(code("x", description="hvb/severity/5")).severity is None


@pytest.mark.parametrize(
    "guid", [guid_of("hvb", "severity"), guid_of("foreign"), guid_of("hvb", "area", "TRY")]
)
def test_our_groups_are_groups(guid: str) -> None:
    found = meaning(code("Område", guid, description="Ord"))
    assert found == Meaning("Område", is_group=True, description="Ord")
    assert not found.is_foreign


def test_an_area_of_another_pack_is_no_group_of_this() -> None:
    assert meaning(code("Område", guid_of("skola", "area", "TRY"))).is_foreign


def test_what_is_not_known_keeps_its_way_and_its_words() -> None:
    inner = code("Lärare", "g2", description="Om lärare", codes=(code("Bra", "g3"), code("natt", "g4")))
    found = meanings([code("Skola", "g1", is_codable=False, codes=(inner,)), code("Husdjur", "g5")], PACK)
    assert found == {
        "g1": Meaning("Skola", is_group=True),
        "g2": Meaning("Skola / Lärare", description="Om lärare"),
        "g3": Meaning("Skola / Lärare / Bra"),
        "g4": Meaning("natt", theme="natt"),
        "g5": Meaning("Husdjur"),
    }
    assert [key for key, one in found.items() if one.is_foreign] == ["g2", "g3", "g5"]


def test_what_we_kept_from_another_program_is_not_put_below_our_group_again() -> None:
    kept = code("Skola / Lärare", foreign_guid("Skola / Lärare"), codes=(code("Bra", "g3"),))
    found = meanings([code("Andra koder", guid_of("foreign"), is_codable=False, codes=(kept,))], PACK)
    assert found[kept.guid] == Meaning("Skola / Lärare")
    assert found["g3"] == Meaning("Skola / Lärare / Bra")
