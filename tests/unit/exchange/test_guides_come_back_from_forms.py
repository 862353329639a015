"""A guide written as an XLSForm and taken in again is the same guide, whatever is written in it."""

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tillsyn.inspect.exchange.refi_qda_write import FORBIDDEN
from tillsyn.inspect.exchange.xlsform_read import read_form
from tillsyn.inspect.services.export_guide_form import export_guide_form
from tillsyn.inspect.services.import_guide_form import import_guide_form
from tillsyn.interview_guides.conditions import (
    AgeBand,
    Condition,
    LanguageInterpreted,
    QuestionNoted,
    ThemeRaised,
)
from tillsyn.interview_guides.content import FollowUp, Guide, Question, Text
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.interview_guides.guide_writing import guide_as_written, write_guide

PACK = load_pack("hvb")
HARD = (
    "– ", "\n– ", "\n  ", "\n", "=1+1", "'", '"', "$", "_x000D_", "_x0041_", "&<>", "\u00a0", "”", "a: b", "#",
    "[x]", "{y}", "true", "5", "🙂", "e\u0301", "\t",
)  # fmt: skip

words = (
    st.lists(st.sampled_from(HARD) | st.text(max_size=5), min_size=1, max_size=4)
    .map(lambda parts: FORBIDDEN.sub("", "".join(parts)).replace("\r", "").strip())
    .filter(bool)
    .filter(lambda text: not re.search(r"</?[A-Za-z]", text))  # what looks like markup is told of, rightly
)
texts = st.builds(Text, sv=words, en=words)
some_text = st.none() | texts
ids = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True)
themes = st.sampled_from([theme.id for theme in PACK.themes])
bands = st.tuples(st.integers(0, 60), st.integers(0, 60))


@st.composite
def questions(draw: st.DrawFn, id: str, earlier: list[str]) -> Question:
    kinds: list[st.SearchStrategy[Condition]] = [
        st.builds(AgeBand, bands=st.lists(bands, min_size=1, max_size=2).map(tuple)),
        st.builds(ThemeRaised, theme=themes),
        st.builds(LanguageInterpreted, interpreted=st.booleans()),
    ]
    if earlier:
        kinds.append(st.builds(QuestionNoted, question=st.sampled_from(earlier), noted=st.booleans()))
    theme = draw(st.none() | themes)
    area = (
        PACK.theme(theme).area
        if theme is not None
        else draw(st.sampled_from([area.id for area in PACK.areas]))
    )
    return Question(
        id=id,
        area=area,
        theme=theme,
        text=draw(texts),
        probes=tuple(draw(st.lists(texts, min_size=1, max_size=3))),
        why=draw(texts),
        listen_for=draw(some_text),
        asked_of=draw(some_text),
        pair=draw(st.none() | ids),
        pictures=draw(st.sampled_from(("none", "smiley"))),
        picture_text=draw(some_text),
        only_if=tuple(draw(st.lists(st.one_of(kinds), max_size=3, unique=True))),
        follow_ups=tuple(draw(st.lists(st.builds(FollowUp, text=texts, if_says=texts), max_size=2))),
        information=draw(st.none() | st.sampled_from([id for id, _ in PACK.information_items])),
    )


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    names = draw(st.lists(ids, min_size=1, max_size=3, unique_by=str.lower))
    return Guide(
        id=draw(ids),
        informant=draw(st.sampled_from(("child", "staff", "manager", "other"))),
        title=draw(texts),
        version=draw(words),
        ages=draw(some_text),
        opening=draw(texts),
        closing=draw(texts),
        questions=tuple(draw(questions(name, names[:number])) for number, name in enumerate(names)),
        information=tuple(draw(st.lists(st.sampled_from(("rights", "contact")), unique=True))),
        question_count=draw(st.none() | st.tuples(st.integers(0, 9), st.integers(9, 40))),
    )


@settings(max_examples=12, deadline=None)
@given(guides())
def test_any_guide_comes_back_whole_and_nothing_is_left_to_tell(guide: Guide) -> None:
    content = export_guide_form(PACK, guide)
    back = import_guide_form(content, pack=PACK)
    assert back.written == guide_as_written(guide)
    assert not back.report


def test_every_guide_of_every_pack_comes_back_as_the_same_file_and_pyxform_has_no_remark() -> None:
    for pack in map(load_pack, available_packs()):
        for guide in pack.guides:
            back = import_guide_form(export_guide_form(pack, guide), pack=pack)
            assert back.file.text == write_guide(guide_as_written(guide)).text
            assert not back.report


def test_the_same_guide_gives_the_same_bytes() -> None:
    guide = PACK.guides[0]
    assert export_guide_form(PACK, guide) == export_guide_form(PACK, guide)


def test_conditions_of_a_guide_are_relevance_that_other_programs_follow() -> None:
    """What is known of a talk is asked first; probes are the hint, what to listen for the guidance."""
    first, second = PACK.guides[0].questions[:2]
    guide = replace(
        PACK.guides[0],
        questions=(
            first,
            replace(
                second,
                only_if=(QuestionNoted(first.id, True), AgeBand(((6, 12),)), LanguageInterpreted(True)),
                follow_ups=(FollowUp(Text("Hur då?", "How?"), Text("något", "something")),),
            ),
        ),
    )
    read = read_form(export_guide_form(PACK, guide))
    assert not read.said
    assert [(item.kind, item.name) for item in read.items] == [
        ("note", "tillsyn_opening"), ("question", "tillsyn_age"), ("question", "tillsyn_interpreted"),
        ("question", first.id), ("question", second.id), ("question", f"{second.id}_follow_up_1"),
        ("note", "tillsyn_closing"),
    ]  # fmt: skip
    asked = read.items[4].row
    assert asked.value("relevant") == (
        f"(${{{first.id}}} != '') and (${{tillsyn_age}} = '' or (${{tillsyn_age}} >= 6 and ${{tillsyn_age}} <= 12))"
        " and (${tillsyn_interpreted} != 'no')"
    )
    hint = asked.cell("hint", "Svenska (sv)")
    assert hint is not None
    assert hint.value == "\n".join(f"– {probe.sv}" for probe in second.probes)
