"""Every source of every requirement is read to its last word, and what it cites is in the law.

The extracts in `interview_guides/statutes/` hold each cited paragraph. What is not there is in
`not_held.yaml`, with the reason.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tillsyn.interview_guides import reading
from tillsyn.interview_guides.guide import Pack, Requirement, available_packs, load_pack

from .citations import Place, Unparsed, places_of, read_source
from .mentions import mentioned_in
from .statutes import as_listed, is_listed, names, not_held, statutes

ROOT = reading.PACKS.parents[1]
KINDS = (".py", ".yaml", ".md", ".html")
_LOCAL = re.compile(r"(\d+ kap\.) (\d+(?: [a-z])?) §")


def requirements() -> Iterator[tuple[Pack, Requirement]]:
    for id in available_packs():
        pack = load_pack(id)
        yield from ((pack, requirement) for requirement in pack.requirements)


def is_found(place: Place, *, is_example: bool) -> bool:
    statute = statutes().get(place.statute)
    return (statute is not None and statute.holds(place)) or is_listed(place, is_example)


def test_every_source_is_read_and_says_the_same_places_in_both_languages() -> None:
    for pack, requirement in requirements():
        where = f"{pack.id} {requirement.id}"
        swedish = places_of(requirement.source.sv, "sv")
        assert swedish == places_of(requirement.source.en, "en"), where
        assert swedish, where


def test_every_cited_chapter_and_paragraph_is_in_the_law() -> None:
    missing = [
        f"{pack.id} {requirement.id}: {place}"
        for pack, requirement in requirements()
        for place in sorted(places_of(requirement.source.sv, "sv"))
        if not is_found(place, is_example=pack.is_example)
    ]
    assert missing == []


def test_no_requirement_is_older_than_the_paragraph_it_rests_on() -> None:
    for pack, requirement in requirements():
        for place in places_of(requirement.source.sv, "sv"):
            statute = statutes().get(place.statute)
            since = statute and statute.since.get((place.chapter, place.section))
            assert since is None or since <= requirement.valid_from, (pack.id, requirement.id, place)


def test_every_statute_is_called_by_its_name() -> None:
    for pack, requirement in requirements():
        for language in ("sv", "en"):
            for part in read_source(requirement.source.in_language(language), language):
                statute = statutes().get(part.places[0].statute)
                if statute is None:
                    continue
                where = f"{pack.id} {requirement.id}: {part.name} {part.tail}"
                if language == "en":
                    assert part.name == statute.english, where
                elif part.name in ("lagen", "förordningen"):
                    assert statute.title.endswith(part.tail), where
                    assert part.tail, where
                else:
                    assert part.name in statute.names, where


def test_places_that_a_note_cites_are_in_the_law() -> None:
    for pack, requirement in requirements():
        if requirement.note is None:
            continue
        note = requirement.note.sv.replace("\u00a0", " ")
        cited = {place.statute for place in places_of(requirement.source.sv, "sv")}
        laws = [
            statutes()[number] for number in sorted(cited | set(names().values())) if number in statutes()
        ]
        for chapter, section in _LOCAL.findall(note):
            if pack.is_example:
                continue
            places = [Place(law.number, chapter.removesuffix(" kap."), section) for law in laws]
            assert any(law.holds(place) for law, place in zip(laws, places, strict=True)), (
                requirement.id,
                section,
            )


@pytest.mark.parametrize("folder", ["inspect", "reports", "interview_guides", "models", "templates", "docs"])
def test_places_that_running_text_cites_are_in_the_law(folder: str) -> None:
    """Docstrings, letters, pages and documents, where they name a statute that is held."""
    missing = []
    for path in files(ROOT / folder):
        for place, words in mentioned_in(path.read_text("utf-8"), names()):
            statute = statutes()[place.statute]
            at = place if statute.has_chapters else Place(place.statute, "", place.section)
            if not statute.holds(at):
                missing.append(f"{path.relative_to(ROOT)}: {words}: {at}")
    assert missing == []


def files(folder: Path) -> Iterator[Path]:
    return (
        path for path in sorted(folder.rglob("*")) if path.suffix in KINDS and "statutes" not in path.parts
    )


def test_every_extract_says_where_it_comes_from_and_holds_text() -> None:
    assert {"2025:400", "2025:468", "2007:171", "2018:649", "2001:454"} <= set(statutes())
    for statute in statutes().values():
        assert statute.number in statute.title
        assert statute.origin
        assert all(line for lines in statute.sections.values() for line in lines)


def test_what_is_not_held_has_a_reason_and_is_cited_by_somebody() -> None:
    cited = {place for _, requirement in requirements() for place in places_of(requirement.source.sv, "sv")}
    for number, entry in not_held().items():
        assert len(entry["reason"]) > 40, number
        assert number not in statutes(), number
        for place in entry.get("places", ()):
            assert place in {as_listed(one) for one in cited if one.statute == number}, (number, place)


def test_regulations_that_nobody_could_check_are_never_cited_by_section() -> None:
    for pack, requirement in requirements():
        for place in places_of(requirement.source.sv, "sv"):
            if place.statute.startswith(("HSLF-FS", "SOSFS")):
                assert not place.section, (pack.id, requirement.id)


def test_the_transitions_are_those_of_the_statutes() -> None:
    social_services = statutes()["2025:468"].sections["transition", "4"]
    assert "till och med den 1 juli 2031" in social_services[0]
    assert "5 kap. 4 §" in social_services[0]
    k06 = load_pack().requirement("K06")
    assert Place("2025:468", "transition", "4") in places_of(k06.source.sv, "sv")


@pytest.mark.parametrize(
    ("text", "language", "places"),
    [
        ("26 kap. 1 och 2 §§ x (2025:400)", "sv", [("26", "1", 0, ""), ("26", "2", 0, "")]),
        ("X (2025:400), ch. 26 ss. 1 and 2", "en", [("26", "1", 0, ""), ("26", "2", 0, "")]),
        (
            "9 kap. 1–4 §§ x (1:1)".replace("1:1", "2025:468"),
            "sv",
            [("9", str(n), 0, "") for n in range(1, 5)],
        ),
        ("15–17 b §§ x (1990:52)", "sv", [("", n, 0, "") for n in ("15", "16", "17", "17 b")]),
        ("X (1990:52), ss. 15–17 b", "en", [("", n, 0, "") for n in ("15", "16", "17", "17 b")]),
        ("1 kap. 2 § första stycket 3 och 5 x (2025:400)", "sv", [("1", "2", 1, "3"), ("1", "2", 1, "5")]),
        (
            "X (2025:400), ch. 1 s. 2 first paragraph points 3 and 5",
            "en",
            [("1", "2", 1, "3"), ("1", "2", 1, "5")],
        ),
        ("1 kap. 2 § andra stycket och 3 § x (2025:400)", "sv", [("1", "2", 2, ""), ("1", "3", 0, "")]),
        ("1 kap. 2 § och 3 kap. 4 a § x (2025:400)", "sv", [("1", "2", 0, ""), ("3", "4 a", 0, "")]),
        (
            "artiklarna 16 och 37 i barnkonventionen (lag 2018:1197)",
            "sv",
            [("", "16", 0, ""), ("", "37", 0, "")],
        ),
        ("punkt 4 i övergångsbestämmelserna till x (2025:468)", "sv", [("transition", "4", 0, "")]),
        ("X (2025:468), transitional provision 4", "en", [("transition", "4", 0, "")]),
        ("15 § 1–3 x (1993:387)", "sv", [("", "15", 0, "1"), ("", "15", 0, "2"), ("", "15", 0, "3")]),
        (
            "X (1993:387), s. 15 points 1–3",
            "en",
            [("", "15", 0, "1"), ("", "15", 0, "2"), ("", "15", 0, "3")],
        ),
        ("23 § första och fjärde styckena x (1993:387)", "sv", [("", "23", 1, ""), ("", "23", 4, "")]),
        ("X (1993:387), s. 23 first and fourth paragraphs", "en", [("", "23", 1, ""), ("", "23", 4, "")]),
        ("21 a § första stycket och 21 b § x (1993:387)", "sv", [("", "21 a", 1, ""), ("", "21 b", 0, "")]),
        (
            "14 kap. 7 § x (2025:400), för enskild verksamhet även 17 kap. 1 §",
            "sv",
            [("14", "7", 0, ""), ("17", "1", 0, "")],
        ),
        (
            "X (2025:400), ch. 14 s. 7, for private providers also ch. 17 s. 1",
            "en",
            [("14", "7", 0, ""), ("17", "1", 0, "")],
        ),
        ("4 och 5 kap. SOSFS 2011:9", "sv", [("4", "", 0, ""), ("5", "", 0, "")]),
        ("Regulations SOSFS 2011:9, ch. 4 and 5", "en", [("4", "", 0, ""), ("5", "", 0, "")]),
        ("regulations SOSFS 2011:9", "en", [("", "", 0, "")]),
    ],
)
def test_a_source_is_read_as_these_places(
    text: str, language: str, places: list[tuple[str, str, int, str]]
) -> None:
    found = places_of(text, language)
    assert {(one.chapter, one.section, one.paragraph, one.point) for one in found} == set(places)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("26 kap. 1 § ungefär socialtjänstlagen (2025:400)", "sv"),
        ("26 kap. 1 § socialtjänstlagen", "sv"),
        ("Lagens allmänna anda", "sv"),
        ("Social Services Act (2025:400), chapter 26 section 1", "en"),
        ("The spirit of the act", "en"),
    ],
)
def test_a_source_that_is_not_understood_is_refused(text: str, language: str) -> None:
    with pytest.raises(Unparsed):
        places_of(text, language)


@pytest.mark.parametrize(
    "place",
    [
        Place("2025:400", "26", "99"),
        Place("2025:400", "99", "1"),
        Place("2025:400", "28", "16", 1, "3"),
        Place("2025:400", "28", "16", 4),
        Place("2025:400", "5", "1", 3),
        Place("2025:468", "transition", "9"),
        Place("2001:453", "7", "1"),
        Place("2010:800", "10", "26"),
        Place("SOSFS 2011:9", "7"),
    ],
)
def test_a_place_that_is_not_in_the_law_is_found_out(place: Place) -> None:
    assert not is_found(place, is_example=False)


def test_a_wrong_paragraph_in_running_text_is_found_out() -> None:
    found = [place for place, _ in mentioned_in("Se 28 kap. 99 § SoL och FL 25 §, även SoF 16:3.", names())]
    assert [(one.statute, one.section) for one in found] == [
        ("2025:400", "99"), ("2017:900", "25"), ("2025:468", "3"),
    ]  # fmt: skip
    assert not statutes()["2025:400"].holds(found[0])
