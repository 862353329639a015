"""A guide is written as a file that reads back as the same guide, in the form in which the files stand."""

from pathlib import Path

import pytest

from tillsyn.interview_guides.conditions import AgeBand, LanguageInterpreted, QuestionNoted, ThemeRaised
from tillsyn.interview_guides.content import FollowUp, Guide, Question, Text
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.interview_guides.guide_writing import guide_as_written, heading_of, write_guide
from tillsyn.interview_guides.reading import PACKS, read_pack

GUIDES = [(pack, guide.id) for pack in available_packs() for guide in load_pack(pack).guides]


def file_of(pack: str, guide: str) -> Path:
    return PACKS / pack / "guides" / f"{guide}.yaml"


@pytest.mark.parametrize(("pack", "guide"), GUIDES)
def test_every_guide_that_is_written_reads_back_as_itself(pack: str, guide: str) -> None:
    known = load_pack(pack).guide(guide)
    written = write_guide(guide_as_written(known), heading_of(file_of(pack, guide).read_text("utf-8")))
    again, faults = read_pack(PACKS / pack, {guide: written.text})
    assert faults == ()
    assert again.guide(guide) == known


@pytest.mark.parametrize(("pack", "guide"), GUIDES)
def test_writing_what_was_read_changes_little_in_the_file(pack: str, guide: str) -> None:
    """Nothing at all but how a field is laid out: every line that holds words stands as it stood."""
    known = file_of(pack, guide).read_text("utf-8")
    written = write_guide(guide_as_written(load_pack(pack).guide(guide)), heading_of(known)).text
    worded = [line for line in known.splitlines() if " sv: " in line or " en: " in line]
    lost = [line for line in worded if "{" not in line and line not in written.splitlines()]
    assert lost == []


def whole_guide() -> Guide:
    """A guide with something in every field, of a form that tries the writer."""
    difficult = Text("Säg: ”ja” – eller\nnej # inte\n\n- och så", 'Say: "yes"\nor no')
    question = Question(
        id="C01",
        area="TRY",
        theme="bemotande",
        text=Text("Hur är det: bra, eller?", "no"),
        probes=(Text("- Hur då?", "How # so?"), Text("2024", "true")),
        why=difficult,
        listen_for=Text("Enligt 5 kap. 1 § och 100 000 kronor.", "Under ch. 5."),
        asked_of=Text("Barn, unga", "Children: all"),
        pair="ord",
        pictures="smiley",
        picture_text=Text("Peka.", "Point."),
        only_if=(
            QuestionNoted("C02", False),
            AgeBand(((6, 12), (13, 13))),
            ThemeRaised("natt"),
            LanguageInterpreted(True),
        ),
        follow_ups=(FollowUp(Text("Och sedan?", "And then?"), Text("att det var natt", "it was night")),),
        information="rights",
    )
    other = Question("C02", "TRY", None, Text("Vad mer?", "What more?"), (Text("A?", "B?"),), difficult, None)
    return Guide(
        id="child_6_12",
        informant="child",
        title=Text("Ett samtal", "A talk"),
        version="2031-1",
        ages=Text("6–12 år", "6–12 years"),
        opening=difficult,
        closing=Text("Hej", "Bye"),
        questions=(question, other),
        information=("rights", "contact"),
        question_count=(1, 20),
    )


def test_every_field_is_written_and_read_back() -> None:
    pack = load_pack("hvb")
    guide = whole_guide()
    written = write_guide(guide_as_written(guide))
    again = read_pack(PACKS / pack.id, {guide.id: written.text})[0].guide(guide.id)
    bound = again.questions[0].listen_for
    assert bound == Text("Enligt 5\u00a0kap. 1\u00a0§ och 100\u00a0000 kronor.", "Under ch.\u00a05.")
    assert write_guide(guide_as_written(again)).text == written.text
    assert again.questions[0].only_if == guide.questions[0].only_if
    assert again.questions[0].follow_ups == guide.questions[0].follow_ups
    assert again.questions[1] == guide.questions[1]
    assert (again.opening, again.information, again.question_count) == (
        guide.opening,
        guide.information,
        guide.question_count,
    )


def test_a_fault_is_found_again_at_the_field_it_is_in() -> None:
    draft = guide_as_written(load_pack("hvb").guide("child_6_12"))
    draft["questions"][2]["text"]["en"] = ""
    draft["questions"][1]["probes"] = [{"sv": "", "en": ""}]
    draft["questions"][0]["why"] = {}
    written = write_guide(draft)
    faults = read_pack(PACKS / "hvb", {"child_6_12": written.text})[1]
    assert {written.place_of(fault.line) for fault in faults} >= {
        ("questions", 2, "text", "en"),
        ("questions", 1, "probes"),
        ("questions", 0, "why"),
    }


def test_rows_that_are_blank_are_not_written_but_keep_their_places() -> None:
    draft = guide_as_written(load_pack("hvb").guide("child_6_12"))
    draft["questions"][0]["probes"] = [{"sv": " ", "en": ""}, {"sv": "Hur då?", "en": ""}]
    draft["questions"][0]["only_if"] = [{}, {"theme_raised": "natt"}, {}]
    written = write_guide(draft)
    assert "only_if: {theme_raised: natt}" in written.text
    line = written.text.splitlines().index("      - sv: Hur då?") + 1
    assert written.place_of(line) == ("questions", 0, "probes", 1, "sv")


def test_the_heading_of_a_file_is_the_comment_above_its_fields() -> None:
    assert heading_of("# Ett\n# två\nid: x\n# tre\n") == "# Ett\n# två"
    assert heading_of("id: x\n") == ""
