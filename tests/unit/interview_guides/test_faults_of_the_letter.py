"""What is wrong in the words of a letter is told with file and line, every kind of it."""

import shutil
from pathlib import Path

import pytest

from tillsyn.interview_guides.faults import BrokenPack
from tillsyn.interview_guides.letter_base import FOLDER, read_letter_base
from tillsyn.interview_guides.letter_wording import PACKS, check_letter_wording

USERS = "  any: {sv: något barn, en: any child}\n"
DEMAND = "sv: Vi kom oanmälda. Ni ska städa.\n      en: We came unannounced. You must clean.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack that may be spoilt."""
    return Path(shutil.copytree(PACKS / "hvb", tmp_path / "hvb"))


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    file = folder / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_pack_itself_has_no_fault(folder: Path) -> None:
    assert check_letter_wording(folder) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("pack", USERS, "", "'users' has no 'any', which the letter needs (summary.no_children)"),
        ("letter", "id: scope.announced", "id: scope.anounced", "there is no sentence 'scope.anounced'"),
        ("letter", "Vi skickar brevet", "Vi skickar {users_} brevet", "there is no placeholder {users_}"),
        ("letter", "i {municipality}", "i {Municipality}", "the placeholders are not the same"),
        ("letter", "att {reason}. Det gör", "att. Det gör", "the placeholders are not the same"),
        ("letter", "id: scope.observed", "id: scope.announced", "'scope.announced' is given twice"),
        ("letter", "id: follow_up.closed", "id: scope.talks", "the sentence 'follow_up.closed' is missing"),
        ("letter", "  report: {", "  rapport: {", "'law' has no 'report'"),
        ("letter", "  sanction: {", "  fee: {", "'law' has no 'sanction', and requirements of the pack carry one"),
        ("letter", "Hem som tar emot", "Enligt {law_visits} är hem", "'law' has no 'visits'"),
        ("letter", "decision: criticism", "decision: blame", "must be one of: closed, criticism, order"),
        ("letter", "decision: criticism", "decision: closed", "the appeal of 'closed' is given twice"),
        ("letter", "decision: criticism", "decision: closed", "there is no 'appeal' of 'criticism'"),
        ("letter", "    allowed: true\n", "", "the field 'allowed' is missing"),
        ("letter_topics", "Barns liv, hälsa", "Enligt {law_life} är liv, hälsa", "the placeholders are not the same"),
        ("letter_topics", "level: 4", "level: 5", "a level is given twice"),
        ("letter_topics", "level: 4", "level: 7", "a deficiency has no level 7"),
        ("letter_topics", "level: 4", "level: 3", "level 4 has no words"),
        ("letter_topics", "id: TRY", "id: TRYGG", "there is no area 'TRYGG' in the pack"),
        ("letter_topics", "id: TRY", "id: TRYGG", "the area 'TRY' has no words"),
        ("letter_topics", "theme: mat", "theme: dryck", "there is no theme 'dryck' in the pack"),
        ("letter_topics", "Vi föreslår att barnen", "Prova att barnen", "a suggestion (sv) begins with 'Vi föreslår'"),
        ("letter_topics", "De vuxna möter barnen", "Ni måste möta barnen", "a demand stands only under"),
        ("letter", "    document:\n", "    dokument:\n", "'document' is missing: what the decision itself says"),
        ("letter", "Ni visste att vi", "Efter kodningen visste ni att vi", "'kodningen' is a word of the method"),
        (
            "letter_information", "id: information.talks.law", "id: information.talks.how",
            "the sentence 'information.talks.law' is missing",
        ),
        ("letter_information", "Du ska vara trygg.", "Ni måste vara trygga.", "a demand stands only under"),
        ("letter_information", "bor på {home}", "bor på {house}", "there is no placeholder {house}"),
        ("letter_topics", "sv: Det här påverkar barnens", "sv: Ni ska veta mer. Det {x}", "there is no placeholder {x}"),
    ],
)  # fmt: skip
def test_a_planted_fault_is_told_where_it_is(folder: Path, name: str, old: str, new: str, told: str) -> None:
    spoil(folder, name, old, new)
    faults = [one for one in check_letter_wording(folder) if told in one.message]
    assert faults, [str(one) for one in check_letter_wording(folder)]
    assert faults[0].path == folder / f"{name}.yaml"
    lines = faults[0].path.read_text(encoding="utf-8").splitlines()
    assert 1 <= faults[0].line <= len(lines)


def test_the_line_is_that_of_the_sentence(folder: Path) -> None:
    spoil(folder, "letter", "id: scope.announced", "id: scope.anounced")
    (fault,) = check_letter_wording(folder)
    lines = fault.path.read_text(encoding="utf-8").splitlines()
    assert lines[fault.line - 1] == "  - id: scope.anounced"


def test_a_demand_is_made_in_one_place_and_with_its_provision(folder: Path) -> None:
    with (folder / "letter.yaml").open("a", encoding="utf-8") as file:
        file.write(f"  - id: scope.unannounced\n    text:\n      {DEMAND}")
        file.write(
            "  - id: deficiency.achieve.order\n    text: {sv: Ni ska lyda oss., en: You must obey us.}\n"
        )
    told = [one.message for one in check_letter_wording(folder)]
    assert told[0].startswith(
        "a demand stands only under deficiency.achieve.*, decision.measures.* or followup.remaining.*: 'Vi kom oanmälda."
    )
    assert told[1] == "a demand has its provision beside it"


def test_a_pack_without_a_letter_is_told_so(folder: Path) -> None:
    (folder / "letter.yaml").unlink()
    assert "the file is missing" in [one.message for one in check_letter_wording(folder)]


def test_the_shared_sentences_are_checked_too(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "letter"))
    spoil(folder, "sentences", "vad {the_users} säger", "vad {the_usrs} säger")
    with pytest.raises(BrokenPack, match=r"sentences\.yaml:\d+: there is no placeholder \{the_usrs\}"):
        read_letter_base(folder)


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("reminder", "Skriv till oss så snart ni kan.", "Ni måste skriva.", "a demand stands only under"),
        ("followup", "i {source}. Hur ni", "i. Hur ni", "a demand has its provision beside it"),
        (
            "followup", "Hur ni når dit bestämmer ni.", "Vi föreslår att ni skyndar er.",
            "what is demanded and what is suggested stand in one text",
        ),
        ("closing", "Tack för era svar.", "Tack för era perspektiv.", "'perspektiv' is a word of the method"),
        ("decision", "den {date} av", "den {day} av", "there is no placeholder {day}"),
        ("communication", "id: communication.title", "id: communication.kind", "'communication.kind' is given twice"),
    ],
)  # fmt: skip
def test_the_sentences_of_every_kind_of_letter_are_checked(
    tmp_path: Path, name: str, old: str, new: str, told: str
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "letter"))
    spoil(folder, name, old, new)
    with pytest.raises(BrokenPack) as caught:
        read_letter_base(folder)
    assert told in str(caught.value)
