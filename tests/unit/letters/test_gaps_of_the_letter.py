"""What a letter says without evidence, and what it does not answer, keeps it back until it is mended or answered."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from tillsyn.inspect.rules.letter_gaps import (
    Answered,
    GapGrounds,
    GapKind,
    find_gaps,
    gap_obstacles,
    left,
    sentence_gaps,
    without_evidence,
)
from tillsyn.interview_guides.content import Text

FINDING = uuid4()


@dataclass
class P:
    """A paragraph, edited by hand unless it says otherwise."""

    text: str
    composed: str = "Vi har talat med barnen."
    base: str = ""
    key: str = "children.talks"
    section: str = "children"
    language: str = "sv"
    finding_id: UUID | None = None
    removed: bool = False
    edited: bool = True
    evidence: list[str] = field(default_factory=list)
    tied: list[str] = field(default_factory=list)
    vouched: str = ""
    id: UUID = field(default_factory=uuid4)


def test_an_added_sentence_waits_until_it_is_tied_and_a_later_one_again() -> None:
    one = P("Vi har talat med barnen. De sover dåligt.")
    assert without_evidence(one) == ("De sover dåligt.",)
    one.tied, one.vouched = ["u1"], one.text
    assert without_evidence(one) == ()
    one.text += " Maten är kall."
    assert without_evidence(one) == ("Maten är kall.",)


def test_a_sentence_put_otherwise_keeps_the_evidence_that_its_paragraph_has() -> None:
    otherwise = "Vi har pratat med barnen."
    assert without_evidence(P(otherwise, evidence=["u1"])) == ()
    assert without_evidence(P(otherwise)) == (otherwise,), "there is none to keep"
    assert without_evidence(P("Vi har talat med barnen. De sover dåligt.", evidence=["u1"])) == (
        "De sover dåligt.",
    )


def test_what_the_data_gave_when_the_edit_began_is_known_also_when_they_give_something_else() -> None:
    one = P("Vi har talat med barnen.", composed="Två barn talade med oss.", base="Vi har talat med barnen.")
    assert without_evidence(one) == ()


def test_what_makes_no_claim_or_is_not_in_the_letter_is_not_asked_for_evidence() -> None:
    for one in (
        P("Vad tycker ni?", key="questions.TRY", section="questions"),
        P("Ny rubrik", key="deficiencies.K10.title", section="deficiencies", finding_id=FINDING, evidence=["K10"]),
        P("Ni ska ha jour.", key="deficiencies.K10.achieve", section="deficiencies", finding_id=FINDING,
          evidence=["K10"]),
        P("De sover dåligt.", removed=True),
        P("De sover dåligt.", key="strengths.mat.text", section="strengths"),
        P("De sover dåligt.", edited=False),
    ):  # fmt: skip
        assert without_evidence(one) == (), one


def test_a_finding_made_with_nothing_behind_it_has_no_sentence_with_evidence() -> None:
    bare = P("Det är rent.", composed="Det är rent.", key="strengths.rum.text", section="strengths",
             finding_id=FINDING, edited=False)  # fmt: skip
    english = P("It is clean.", composed="It is clean.", key=bare.key, section="strengths", language="en",
                finding_id=FINDING, edited=False)  # fmt: skip
    assert [gap.sentences for gap in sentence_gaps([bare, english])] == [("Det är rent.",)]
    bare.tied, bare.vouched = ["u1"], bare.text
    english.tied, english.vouched = ["u1"], english.text
    assert sentence_gaps([bare, english]) == ()


def test_a_translation_follows_its_original_and_stands_alone_where_only_it_was_changed() -> None:
    swedish, english = P("Vi har talat med barnen. De sover dåligt."), P("They sleep badly.", language="en")
    assert [gap.language for gap in sentence_gaps([swedish, english])] == ["sv"]
    swedish.text, swedish.edited = swedish.composed, False
    assert [gap.language for gap in sentence_gaps([swedish, english])] == ["en"]


GROUNDS = GapGrounds(
    raised=("mat", "rum", "vanner"), apart=("TRY",), theme_of={"u1": "mat"}, themes_of={FINDING: {"rum"}},
    area_of={FINDING: "DEL"}, names={"theme:vanner": Text("Vänner", "Friends"), "area:TRY": Text("Trygg", "Safe")},
)  # fmt: skip


def letter() -> list[P]:
    return [
        P("Maten.", evidence=["u1"], edited=False),
        P(
            "Rummen.",
            key="advice.rum.text",
            section="advice",
            finding_id=FINDING,
            evidence=["u2"],
            edited=False,
        ),
        P("Tryggt.", key="assessment.TRY.text", section="assessment", edited=False),
    ]


def test_a_theme_is_answered_where_its_evidence_or_a_finding_on_it_stands() -> None:
    assert [gap.key for gap in find_gaps(letter(), GROUNDS)] == ["theme:vanner"]
    silent = letter()
    silent[0].removed = silent[1].removed = True
    assert [gap.key for gap in find_gaps(silent, GROUNDS)] == ["theme:mat", "theme:rum", "theme:vanner"]
    tied = letter()
    tied[2].tied = ["u1"]
    tied[0].evidence = []
    assert [gap.key for gap in find_gaps(tied, GROUNDS)] == ["theme:vanner"]


def test_a_theme_that_the_register_withholds_or_leaves_to_others_needs_no_place_in_the_letter() -> None:
    excused = GapGrounds(("vanner",), ("TRY",), frozenset({"theme:vanner", "area:TRY"}))
    assert find_gaps([], excused) == ()


def test_a_divergence_is_answered_by_the_assessment_of_its_area_or_by_a_finding_in_it() -> None:
    without = letter()[:2]
    assert [gap.key for gap in find_gaps(without, GROUNDS)] == ["theme:vanner", "area:TRY"]
    grounds = GapGrounds(apart=("TRY",), area_of={FINDING: "TRY"})
    assert find_gaps(without, grounds) == ()


def test_an_answer_holds_for_the_sentences_it_was_about_and_not_for_later_ones() -> None:
    one = P("Vi har talat med barnen. De sover dåligt.")
    gaps = sentence_gaps([one])
    answers = {gaps[0].key: Answered(("De sover dåligt.",))}
    assert left(gaps, answers) == ()
    one.text += " Maten är kall."
    assert [gap.key for gap in left(sentence_gaps([one]), answers)] == [gaps[0].key]
    theme = find_gaps([], GROUNDS)
    assert left(theme, {gap.key: Answered() for gap in theme}) == ()


def test_each_gap_becomes_an_obstacle_with_its_place_and_the_key_of_its_answer() -> None:
    added = P("Vi har talat med barnen. " + "De sover mycket dåligt på nätterna, varje natt, " * 5 + "jämt.")
    gaps = find_gaps([added, *letter()[:2]], GROUNDS)
    sentence, theme, area = gap_obstacles(gaps, GROUNDS.names)
    assert [gap.kind for gap in gaps] == [GapKind.SENTENCE, GapKind.THEME, GapKind.DIVERGENCE]
    assert (sentence.page, sentence.target, sentence.key) == ("paragraph", str(added.id), gaps[0].key)
    assert sentence.reason.values["sentence"].endswith(" …") and len(sentence.reason.values["sentence"]) < 95
    assert (theme.page, theme.target, theme.reason.values["theme"].sv) == ("section", "children", "Vänner")
    assert (area.page, area.target, area.reason.values["area"].en) == ("section", "assessment", "Safe")
