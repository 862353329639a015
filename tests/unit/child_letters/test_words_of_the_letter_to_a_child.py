"""The words of the letter to a child: whole in every pack and language, faults told with file and line."""

import shutil
from pathlib import Path

import pytest

from tests.unit.child_letters.child_cases import AGES, CASES, LANGUAGES, letter_of, much
from tillsyn.interview_guides.child_words import PACKS, check_child_words, load_child_words
from tillsyn.interview_guides.faults import BrokenPack
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.reports.reading import sentences

EVERY_PACK = pytest.mark.parametrize("pack_id", available_packs())


@EVERY_PACK
def test_the_words_of_every_pack_are_whole_in_three_languages(pack_id: str) -> None:
    assert check_child_words(PACKS / pack_id, load_pack(pack_id)) == ()
    assert set(load_child_words(pack_id).languages) >= set(LANGUAGES)


@EVERY_PACK
@pytest.mark.parametrize("name", CASES)
def test_every_letter_is_filled_in_every_language(pack_id: str, name: str) -> None:
    for age in AGES:
        for language in LANGUAGES:
            said = "\n".join(sentences(letter_of(CASES[name](pack_id), age, language)))
            assert not set("{}") & set(said) and "None" not in said


@pytest.mark.parametrize("pack_id", [one for one in available_packs() if one not in ("hvb", "skola")])
def test_where_the_people_are_adults_the_letter_speaks_of_no_children(pack_id: str) -> None:
    for age in AGES:
        said = " ".join(sentences(letter_of(much(pack_id), age, "sv"))).lower()
        assert "en vuxen" not in said and " barn" not in said.replace("barnens hjälptelefon", "")


def test_the_two_ages_are_told_in_other_words() -> None:
    words = load_child_words("hvb")
    younger, older = (words.languages["sv"].sentences[age] for age in AGES)
    same = {id for id in younger if younger[id] == older[id]}
    assert len(same) <= len(younger) // 4, same


def test_the_arabic_says_that_it_is_to_be_verified() -> None:
    assert "native reader" in load_child_words("hvb").languages["ar"].unverified


@EVERY_PACK
def test_the_arabic_is_written_without_signs_for_vowels(pack_id: str) -> None:
    words = load_child_words(pack_id).languages["ar"]
    for age in AGES:
        for text in (*words.sentences[age].values(), *words.themes[age].values()):
            assert not any("\u064b" <= one <= "\u0652" for one in text), text


def test_another_language_is_another_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, shared = _copied(tmp_path, monkeypatch)
    for place in (folder / "child_letter", shared):
        text = (place / "en.yaml").read_text("utf-8").replace("language: en", "language: so")
        (place / "so.yaml").write_text(text, "utf-8")
    assert check_child_words(folder, load_pack("hvb")) == ()


def _copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    from tillsyn.interview_guides import child_files

    folder, shared = tmp_path / "hvb", tmp_path / "child"
    shutil.copytree(PACKS / "hvb" / "child_letter", folder / "child_letter")
    shutil.copytree(child_files.SHARED, shared)
    monkeypatch.setattr(child_files, "SHARED", shared)
    return folder, shared


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("sv.yaml", "{theme: mat,", "{theme: maten,", "there is no theme 'maten' in the pack"),
        (
            "sv.yaml",
            "{theme: mat, word: maten}",
            "{theme: natt, word: maten}",
            "the theme 'natt' is given twice",
        ),
        ("sv.yaml", "id: cannot.social", "id: cannot.soc", "there is no sentence 'cannot.social' in 'sv'"),
        ("ar.yaml", "language: ar", "language: fa", "'language' is not 'ar', the name of the file"),
        ("en.yaml", "the_place: the home", "a_place: the home", "{the_place} is no value of this sentence"),
        ("who_decides.yaml", "decides: school", "decides: nobody", "there is no sentence 'cannot.nobody'"),
        ("who_decides.yaml", "theme: skolgang", "theme: skolan", "there is no theme 'skolan' in the pack"),
    ],
)
def test_faults_of_a_pack_are_told_with_file_and_line(
    file: str, old: str, new: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, _ = _copied(tmp_path, monkeypatch)
    path = folder / "child_letter" / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    faults = [one for one in check_child_words(folder, load_pack("hvb")) if message in one.message]
    assert faults, check_child_words(folder, load_pack("hvb"))
    assert all(one.line >= 1 and one.path.suffix == ".yaml" for one in faults)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: next.safe", "id: next.sure", "the sentence 'next.safe' is missing"),
        ("id: next.safe", "id: next.check", "'next.check' is given twice"),
        ("januari, ", "", "'months' has 11 months"),
        ("{day} {month} {year}", "{day} {month}", "'date' must have {day}, {month} and {year}"),
        ("Fråga efter {contact}.", "Fråga efter oss.", "does not say {contact}"),
        ("  listen:", "  hear:", "'pictures' must be, in this order"),
        ("name: Svenska", "name: Svenska\nflag: se", "the field 'flag' is not known here"),
    ],
)
def test_faults_of_the_shared_words_are_told_too(
    old: str, new: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, shared = _copied(tmp_path, monkeypatch)
    text = (shared / "sv.yaml").read_text("utf-8")
    assert old in text
    (shared / "sv.yaml").write_text(text.replace(old, new, 1), "utf-8")
    assert any(message in one.message for one in check_child_words(folder, load_pack("hvb")))


def test_a_pack_without_the_words_is_broken() -> None:
    with pytest.raises(BrokenPack, match="the file is missing"):
        load_child_words("no_such_pack")
