"""A fault of each kind, planted in a copy of a small pack, is told with the file and the very line."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.unit.interview_guides.conftest import line_of
from tillsyn.interview_guides.guide import Fault, check_pack, check_packs
from tillsyn.interview_guides.reading import PACKS

PACK, TALK, STAFF, LAW = "pack.yaml", "guides/residents.yaml", "guides/staff.yaml", "requirements.yaml"
P02 = "  - id: P02\n    area: LIV\n"
P03 = "  - id: P03\n    area: LIV\n"
L02 = "  - id: L02\n"
ASKED = "sv: Visa mig något du tycker om hemma hos dig."
ASKED_EN = "en: Show me something you like in your home."


@dataclass(frozen=True)
class Planted:
    """`old` in `file` becomes `new`; then the fault is on the first line that holds `at`."""

    file: str
    old: str
    new: str
    at: str
    message: str


def condition(written: str, at: str, message: str) -> Planted:
    return Planted(TALK, P03, f"{P03}    only_if: {written}\n", at, message)


FAULTS = {
    # Questions and where they belong
    "unknown theme": Planted(TALK, "theme: hem\n", "theme: hm\n", "theme: hm", "unknown theme 'hm'"),
    "question without area": Planted(TALK, P02, "  - id: P02\n", "id: P02", "the field 'area' is missing"),
    "unknown area": Planted(TALK, P02, P02.replace("LIV", "LIF"), "area: LIF", "unknown area 'LIF'"),
    "duplicate id": Planted(TALK, "- id: P02", "- id: P01", "- id: P01", "is used twice among the questions"),
    "duplicate id in another guide": Planted(
        STAFF, "- id: S01", "- id: P01", "- id: P01", "used twice among the questions"
    ),
    "no question about an area": Planted(
        "areas.yaml",
        "  - id: LED\n",
        "  - id: NYA\n    name: {sv: Nytt område, en: New area}\n  - id: LED\n",
        "id: NYA",
        "the area 'NYA' has no theme",
    ),
    "too many questions": Planted(
        TALK,
        "question_count: {min: 12, max: 20}",
        "question_count: {min: 1, max: 2}",
        "question_count:",
        "the guide is to have 1–2 questions, and has 16",
    ),
    "unpaired pair": Planted(TALK, "pair: hem\n", "pair: hm\n", "pair: hm", "has the pair 'hm'"),
    "unknown information": Planted(
        TALK,
        P02,
        f"{P02}    information: weather\n",
        "information: weather",
        "'weather', which does not exist",
    ),
    "picture text without pictures": Planted(
        TALK,
        P02,
        f"{P02}    picture_text: {{sv: Peka på ett ansikte., en: Point at a face.}}\n",
        "picture_text",
        "needs 'pictures: smiley'",
    ),
    # How they are put
    "leading question": Planted(
        TALK, ASKED, "sv: Vad tycker du visst om hemma?", "Vad tycker du visst", "a leading question (sv)"
    ),
    "leading question in English": Planted(
        TALK, ASKED_EN, "en: Why don't you like it?", "Why don't", "a leading question (en)"
    ),
    "double question": Planted(
        TALK, ASKED, "sv: Vad tycker du om och vad saknar du?", "Vad tycker du om och", "two questions in one"
    ),
    "closed question": Planted(
        TALK, ASKED, "sv: Tycker du om din lägenhet?", "Tycker du om din", "can be answered with yes or no"
    ),
    "forced choice": Planted(
        TALK, ASKED, "sv: Är hemmet bra eller dåligt?", "Är hemmet bra", "a forced choice (sv)"
    ),
    "leading probe": Planted(
        TALK, "sv: Vem har valt hur det ser ut?", "sv: Du har väl valt?", "Du har väl", "a leading question"
    ),
    # Translations
    "missing translation": Planted(TALK, ASKED_EN + "\n", "\n", ASKED, "the field 'en' is missing"),
    "empty translation": Planted(TALK, ASKED_EN, "en:", "      en:\n", "'en' is empty"),
    "wording left untranslated": Planted(
        TALK, ASKED_EN, ASKED.replace("sv:", "en:"), ASKED, "'text' is not translated: it is the same"
    ),
    "Swedish in the place of English": Planted(
        TALK, ASKED_EN, "en: Berätta vad du tycker om och hur det är.", ASKED, "'en' is Swedish"
    ),
    # Questions that are never reached
    "waits for an unknown question": condition("{question: P99, noted: true}", "P99", "'P99', which is no"),
    "waits for a later question": condition("{question: P04, noted: true}", "only_if", "P04, which does not"),
    "waits for itself": condition(
        "{question: P03, noted: true}", "only_if", "P03 is never put: it waits for"
    ),
    "waits for an unknown theme": condition("{theme_raised: hm}", "theme_raised", "unknown theme 'hm'"),
    "contradicts itself": condition(
        "[{question: P01, noted: true}, {question: P01, noted: false}]",
        "only_if",
        "P03 is never put: P01 would be noted and not noted",
    ),
    "needs ages that nobody has": condition(
        "[{age_band: [6-12]}, {age_band: [13-17]}]", "only_if", "P03 is never put: nobody is of the ages"
    ),
    "band of ages upside down": condition("{age_band: [12-6]}", "age_band", "ends in the wrong order"),
    "band of ages that is none": condition("{age_band: [young]}", "age_band", "is no band of ages as 6-12"),
    "interpreted and not": condition(
        "[{language_interpreted: true}, {language_interpreted: false}]",
        "only_if",
        "never put: the talk would",
    ),
    "two conditions in one": condition(
        "{theme_raised: hem, language_interpreted: true}", "only_if", "a condition says one of"
    ),
    # Requirements
    "requirement without source": Planted(
        LAW,
        "    source:\n      sv: 6 § första stycket lagen (1993:387) om stöd och service till vissa funktionshindrade\n"
        "      en: Act concerning Support and Service for Persons with Certain Functional Impairments (1993:387),"
        " s. 6 first paragraph\n",
        "",
        "- id: L02",
        "the field 'source' is missing",
    ),
    "source without a number": Planted(
        LAW,
        "sv: 6 § första stycket lagen (1993:387) om stöd och service till vissa funktionshindrade",
        "sv: lagen om stöd och service",
        "    source:",
        "the source (sv) names no statute",
    ),
    "unknown theme of a requirement": Planted(
        LAW, "themes: [egenkontroll, ledning]", "themes: [ledninng]", "ledninng", "'ledninng', which does not"
    ),
    "unknown body": Planted(LAW, "responsible: committee", "responsible: nobody", "nobody", "must be one of"),
    "sanction for the committee": Planted(
        LAW,
        "responsible: committee\n",
        "responsible: committee\n    sanction: true\n",
        "sanction: true",
        "can never lead to a sanction against the provider",
    ),
    "replaced and both in force": Planted(
        LAW,
        L02,
        f"{L02}    replaces: L01\n",
        "replaces",
        "L01 is replaced, but both are in force on 2025-07-01",
    ),
    "replaces what is not there": Planted(
        LAW, L02, f"{L02}    replaces: L99\n", "L99", "'L99', which does not"
    ),
    "replaces itself": Planted(LAW, L02, f"{L02}    replaces: L02\n", "replaces", "cannot replace itself"),
    "the same wording twice in force": Planted(
        LAW,
        "sv: Verksamheten är av god kvalitet, och kvaliteten utvecklas och säkras systematiskt och fortlöpande.",
        "sv: Stödet främjar jämlikhet i levnadsvillkor och full delaktighet i samhällslivet. Den boende får"
        " möjlighet att leva som andra.",
        "wording:",
        "L02 has the wording of L01, and both are in force on 2025-07-01",
    ),
    # The pack as a whole
    "unknown informant in the gate": Planted(
        PACK, "before: [staff, manager, other]", "before: [staff, cook]", "gate:", "the gate names 'cook'"
    ),
    "somebody else first": Planted(
        PACK, "gate: {first: child", "gate: {first: manager", "gate:", "'first' must be child"
    ),
    "before nobody": Planted(
        PACK, "before: [staff, manager, other]", "before: []", "gate:", "says before whom"
    ),
    "unknown informant in the names": Planted(
        PACK, "  child: {sv: Boende", "  cook: {sv: Boende", "informants:", "'informants' names 'cook'"
    ),
    "example without a note": Planted(
        PACK, "status: example\n", "status: example\nstatuss: x\n", "statuss", "known"
    ),
    "example as default": Planted(
        PACK, "status: example\n", "status: example\ndefault: true\n", "default:", "an example cannot be"
    ),
    "activity twice": Planted(
        PACK,
        "- id: servicebostad",
        "- id: gruppbostad",
        "- id: gruppbostad",
        "used twice among the activities",
    ),
    # The letter
    "letter without an area": Planted("letter_topics.yaml", "  - id: BEM\n", "  - id: BEN\n", "BEN", "BEN"),
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A copy of the smallest pack."""
    return Path(shutil.copytree(PACKS / "lss", tmp_path / "lss"))


def plant(folder: Path, planted: Planted) -> tuple[Fault, ...]:
    file = folder / planted.file
    text = file.read_text("utf-8")
    assert planted.old in text, f"{planted.old!r} is no longer in {planted.file}"
    file.write_text(text.replace(planted.old, planted.new, 1), "utf-8")
    return check_pack(folder)


def test_the_small_pack_is_sound_before_anything_is_planted(small: Path) -> None:
    assert check_pack(small) == ()


@pytest.mark.parametrize("planted", FAULTS.values(), ids=FAULTS)
def test_the_fault_is_told_with_file_and_line(small: Path, planted: Planted) -> None:
    faults = plant(small, planted)
    told = [
        (fault.path.relative_to(small).as_posix(), fault.line)
        for fault in faults
        if planted.message in fault.message
    ]
    lines = [
        number
        for number, line in enumerate((small / planted.file).read_text("utf-8").splitlines(keepends=True), 1)
        if planted.at in line
    ]
    assert any(file == planted.file and line in lines for file, line in told), faults


def test_an_area_that_no_question_is_about_is_told_for_each_guide(small: Path) -> None:
    file = small / TALK
    file.write_text(
        file.read_text("utf-8")
        .replace("area: TRY", "area: BEM")
        .replace("theme: trygghet", "theme: bemotande")
        .replace("theme: natt", "theme: bemotande"),
        "utf-8",
    )
    assert "no question of the guide is about the area 'TRY'" in [
        fault.message for fault in check_pack(small) if fault.path == file
    ]
    areas = small / "areas.yaml"
    areas.write_text(
        areas.read_text("utf-8").replace("  - id: TRY\n", "  - id: TRY\n    not_asked_of: [child]\n"), "utf-8"
    )
    assert check_pack(small) == ()


def test_questions_that_wait_for_each_other_are_told(small: Path) -> None:
    file = small / TALK
    text = file.read_text("utf-8")
    text = text.replace(P02, P02 + "    only_if: {question: P03, noted: true}\n")
    file.write_text(text.replace(P03, P03 + "    only_if: {question: P02, noted: true}\n"), "utf-8")
    told = [fault.message for fault in check_pack(small)]
    assert "P02 is never put: it waits for itself through P03" in told
    assert "P03 is never put: it waits for itself through P02" in told


def test_a_question_that_leans_on_one_never_put_is_never_put(small: Path) -> None:
    file = small / TALK
    text = file.read_text("utf-8")
    text = text.replace(P02, P02 + "    only_if: {language_interpreted: true}\n")
    text = text.replace(
        P03, P03 + "    only_if: [{question: P02, noted: true}, {language_interpreted: false}]\n"
    )
    file.write_text(text, "utf-8")
    (fault,) = check_pack(small)
    assert fault.message == "P03 is never put: the talk would be interpreted and not interpreted"


def test_a_requirement_that_follows_on_is_sound(small: Path) -> None:
    file = small / LAW
    text = file.read_text("utf-8")
    first = text.index("    valid_from: 2025-07-01\n")
    end = first + len("    valid_from: 2025-07-01\n")
    text = text[:end] + "    valid_to: 2026-12-31\n" + text[end:]
    second = text.index("    valid_from: 2025-07-01\n", end)
    text = text[:second] + "    valid_from: 2027-01-01\n    replaces: L01\n" + text[second:].split("\n", 1)[1]
    file.write_text(text, "utf-8")
    assert check_pack(small) == ()


def test_two_default_packs_and_an_activity_of_two_names_are_told(tmp_path: Path, small: Path) -> None:
    for name in ("one", "two"):
        shutil.copytree(small, tmp_path / name)
        file = tmp_path / name / PACK
        text = file.read_text("utf-8").replace("id: lss", f"id: {name}", 1)
        file.write_text(text.replace("status: example", "status: in_use\ndefault: true"), "utf-8")
    other = tmp_path / "two" / PACK
    other.write_text(other.read_text("utf-8").replace("Group home (LSS)", "Another name"), "utf-8")
    faults = check_packs([tmp_path / "one", tmp_path / "two"])
    told = [(fault.path, fault.line, fault.message) for fault in faults]
    assert (
        other,
        line_of(other, "default:"),
        f"{tmp_path / 'one' / PACK} is the default pack already",
    ) in told
    assert any("the activity 'gruppbostad' has another name" in message for _, _, message in told)
