"""What a pack that shows the way holds: small, whole in both languages, and said to be unverified."""

import pytest

from tillsyn.inspect.rules.readability import EASY, lix
from tillsyn.interview_guides.guide import Pack, available_packs, load_pack
from tillsyn.interview_guides.letter_wording import load_letter_wording

EXAMPLES = [id for id in available_packs() if load_pack(id).is_example]


@pytest.fixture(params=EXAMPLES)
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(request.param)


def test_there_are_examples_for_three_kinds_of_people() -> None:
    assert len({load_pack(id).users.definite_plural.sv for id in EXAMPLES}) >= 3


def test_an_example_is_small_enough_to_be_read_whole(pack: Pack) -> None:
    assert 5 <= len(pack.areas) <= 6
    assert 12 <= len(pack.requirements) <= 20
    assert [guide.informant for guide in pack.guides] == ["child", "staff", "manager"]
    assert sum(area.administrative for area in pack.areas) == 1


def test_it_says_what_is_to_be_verified(pack: Pack) -> None:
    assert pack.verified_note is not None
    assert len(pack.verified_note.sv) > 100


def test_each_theme_is_defined_and_has_a_suggestion_of_its_own(pack: Pack) -> None:
    suggestions = load_letter_wording(pack.id).suggestions
    for theme in pack.themes:
        assert theme.about and theme.includes and theme.excludes, theme.id
        assert theme.id in suggestions, theme.id


def test_what_does_not_belong_to_a_theme_goes_to_one_that_exists(pack: Pack) -> None:
    """`excludes` ends "…: Name of the theme." in both languages, or says in words how it is coded."""
    for language in ("sv", "en"):
        names = {theme.name.in_language(language) for theme in pack.themes}
        for theme in pack.themes:
            assert theme.excludes is not None
            words = theme.excludes.in_language(language)
            named = [name for name in names if name in words and name != theme.name.in_language(language)]
            assert named or "kodas" in words or "coded" in words or "tema" in words or "theme" in words, words


def test_what_is_said_to_the_people_is_easy_to_read(pack: Pack) -> None:
    for guide in pack.guides_for("child"):
        said = [one.text.sv for one in guide.questions]
        said += [probe.sv for one in guide.questions for probe in one.probes]
        for text in (" ".join(said), guide.opening.sv, guide.closing.sv):
            assert lix(text) <= EASY, (guide.id, round(lix(text)))


def test_each_body_that_answers_is_named(pack: Pack) -> None:
    """Where somebody else than the provider answers, wholly or in part, the note says who."""
    for requirement in pack.requirements:
        if requirement.responsible != "provider":
            assert requirement.note is not None, requirement.id
