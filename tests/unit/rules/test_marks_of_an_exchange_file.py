"""What the exchange format has no place for is written in one line, and read back as it was or refused."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.rules.exchange_marks import (
    FLAGS,
    KINDS,
    TALK_FLAGS,
    TALK_TEXTS,
    TIMES,
    CodingMark,
    DamagedMarks,
    Marks,
    SourceMarks,
    code_book_in,
    marks_of,
    passage_line,
    source_marks,
    statement_line,
    variable_guid,
    with_code_book,
)
from tillsyn.models.vocabulary import CodingPart, EvidenceKind, Informant, StatementStatus, Wish

GUID = "3b241101-e2bb-4255-8caf-4136c566a962"
USUAL = dict(FLAGS)


def line_of(**values: object) -> str:
    given = {
        "label": "s1", "wish": "may_be_told", "status": "active", "question": None, "own_question": "",
        "flags": {}, "stands": None, "codings": {},
    }  # fmt: skip
    return statement_line(**(given | values))  # type: ignore[arg-type]


def said(**values: object) -> str:
    return "Barnet berättar\ntillsyn:" + json.dumps({"label": "s1"} | values)


# --- The line of a statement --------------------------------------------------------------------


def test_a_statement_without_anything_unusual_says_its_label_and_the_childs_wish() -> None:
    assert line_of() == 'tillsyn:{"label":"s1","wish":"may_be_told"}'
    assert marks_of(f"b1 · Får berättas\n{line_of()}") == Marks("s1", wish=Wish.MAY_BE_TOLD, flags=USUAL)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"status": "withdrawn"}, {"status": "withdrawn"}),
        ({"question": "q1"}, {"question": "q1"}),
        ({"own_question": "Och på helgen?"}, {"own_question": "Och på helgen?"}),
        ({"flags": {"own_words": True, "firsthand": False}}, {"own_words": True, "firsthand": False}),
        ({"stands": ("natt", None)}, {"stands": ["natt", None]}),
        ({"stands": (None, None)}, {"stands": [None, None]}),
        ({"codings": {GUID: CodingMark()}}, {"codings": {GUID: {}}}),
        (
            {"codings": {GUID: CodingMark(CodingPart.SECOND, 2, "hvb 2", "Fler skäl")}},
            {"codings": {GUID: {"part": "second", "number": 2, "code_book": "hvb 2", "reason": "Fler skäl"}}},
        ),
    ],
)
def test_each_thing_that_differs_is_written_and_nothing_else(
    given: dict[str, object], written: dict[str, object]
) -> None:
    line = line_of(**given)
    assert json.loads(line.removeprefix("tillsyn:")) == {"label": "s1", "wish": "may_be_told"} | written
    assert " " not in line.replace("Fler skäl", "").replace("Och på helgen?", "").replace("hvb 2", "")


@given(
    wish=st.sampled_from(Wish),
    status=st.sampled_from(StatementStatus),
    question=st.none() | st.text(min_size=1, max_size=80),
    own=st.text(max_size=500),
    flags=st.dictionaries(st.sampled_from(list(FLAGS)), st.booleans()),
    stands=st.none() | st.tuples(st.none() | st.text(max_size=9), st.none() | st.integers(0, 4)),
    codings=st.dictionaries(
        st.uuids().map(str),
        st.builds(
            CodingMark,
            st.sampled_from(CodingPart),
            st.integers(1, 9999),
            st.none() | st.text(max_size=40),
            st.text(max_size=60),
        ),
        max_size=3,
    ),
)
def test_what_is_written_is_read_back_whatever_it_says(
    wish: Wish, status: StatementStatus, question: str | None, own: str, flags: dict[str, bool],
    stands: tuple[str | None, int | None] | None, codings: dict[str, CodingMark],
) -> None:  # fmt: skip
    line = statement_line("s-1.a_B", wish.value, status.value, question, own, flags, stands, codings)
    assert "\n" not in line
    assert line.isprintable() or not any(sign in line for sign in "\x7f\x85\ufffe\uffff")
    assert marks_of(f" Rad ett\nRad två\n\n{line}  \n") == Marks(
        "s-1.a_B", None, wish, status, question, own, USUAL | flags, stands, codings
    )


@pytest.mark.parametrize("sign", ["\x7f", "\x9f", "\ufffe", "\uffff", "\ud800"])
def test_signs_that_xml_does_not_take_are_written_by_their_number(sign: str) -> None:
    line = line_of(own_question=f"a{sign}b")
    assert sign not in line
    assert f"\\u{ord(sign):04x}" in line
    read = marks_of(line)
    assert read is not None
    assert read.own_question == f"a{sign}b"


@pytest.mark.parametrize("sign", ["~", "\xa0", "\ufffd", "\ue000", "å"])
def test_signs_beside_those_stand_as_they_are(sign: str) -> None:
    assert sign in line_of(own_question=sign)


# --- The line of a passage -----------------------------------------------------------------------


def test_a_passage_names_the_statement_it_is_of() -> None:
    line = passage_line("p1", "s1", ("natt", 3), {GUID: CodingMark(number=2)})
    assert line == (
        f'tillsyn:{{"label":"p1","of":"s1","stands":["natt",3],"codings":{{"{GUID}":{{"number":2}}}}}}'
    )
    assert marks_of(line) == Marks(
        "p1", "s1", flags=USUAL, stands=("natt", 3), codings={GUID: CodingMark(number=2)}
    )
    assert passage_line("p1", "s1", None, {}) == 'tillsyn:{"label":"p1","of":"s1"}'


# --- What is read --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["", "Bara ord", "tillsyn:{}\nEn rad efter", "Ord tillsyn:{}"])
def test_a_description_without_the_line_at_its_end_has_no_marks(words: str) -> None:
    assert marks_of(words) is None


@pytest.mark.parametrize(
    "line",
    [
        "tillsyn:",
        "tillsyn:[]",
        'tillsyn:"s1"',
        "tillsyn:{",
        "tillsyn:{}",
        "tillsyn:" + "[" * 100_000,
        said(label=""),
        said(label="a b"),
        said(label="x" * 41),
        said(label=5),
        said(of="å"),
        said(of=7),
        said(wish="maybe"),
        said(status="lost"),
        said(own_words="yes"),
        said(concrete=1),
        said(question="q" * 81),
        said(question=["q"]),
        said(own_question="q" * 501),
        said(stands=["natt", 5]),
        said(stands=["natt", -1]),
        said(stands=["natt", "3"]),
        said(stands=[3, 3]),
        said(stands=["natt"]),
        said(stands=None),
        said(codings=[1]),
        said(codings={GUID: 1}),
        said(codings={GUID: {"part": "third"}}),
        said(codings={GUID: {"number": 0}}),
        said(codings={GUID: {"number": 10_000}}),
        said(codings={GUID: {"number": True}}),
        said(codings={GUID: {"number": "1"}}),
        said(codings={GUID: {"code_book": "x" * 41}}),
        said(codings={GUID: {"reason": "x" * 20_001}}),
    ],
)
def test_a_line_that_cannot_be_understood_is_refused_with_its_beginning(line: str) -> None:
    with pytest.raises(DamagedMarks) as fault:
        marks_of(line)
    assert str(fault.value) == line.rsplit("\n", 1)[-1][:80]


def test_what_is_at_the_limit_is_taken() -> None:
    read = marks_of(
        said(
            label="x" * 40, of="y" * 40, question="q" * 80, own_question="o" * 500, stands=["natt", 4],
            codings={GUID: {"number": 9999, "code_book": "b" * 40, "reason": "r" * 20_000}},
        )
    )  # fmt: skip
    assert read is not None
    assert (read.label, read.of, read.question, read.own_question) == (
        "x" * 40, "y" * 40, "q" * 80, "o" * 500,
    )  # fmt: skip
    assert read.stands == ("natt", 4)
    assert read.codings == {GUID: CodingMark(CodingPart.FIRST, 9999, "b" * 40, "r" * 20_000)}


def test_what_a_line_leaves_out_is_as_usual() -> None:
    assert marks_of(said(own_question=None, question="")) == Marks(
        "s1", None, Wish.ONLY_IN_GENERAL, StatementStatus.ACTIVE, None, "", USUAL, None, {}
    )
    read = marks_of(said(codings={GUID: {"code_book": None, "reason": None}}))
    assert read is not None
    assert read.codings == {GUID: CodingMark(code_book="", reason="")}
    assert USUAL == {
        "own_words": False, "prompted": False, "important": False, "concrete": True, "firsthand": True,
    }  # fmt: skip


# --- The description of a project -----------------------------------------------------------------


def test_the_code_book_of_a_project_is_named_at_its_end() -> None:
    words = with_code_book("Tillsyn av Åsgården\noch dess två hus", "hvb å")
    assert words == 'Tillsyn av Åsgården\noch dess två hus\ntillsyn:{"code_book": "hvb å"}'
    assert code_book_in(words + " \n") == "hvb å"
    assert code_book_in("x\n" + 'tillsyn:{"code_book": "' + "b" * 40 + '"}') == "b" * 40


@pytest.mark.parametrize(
    "words",
    ["", "Ord", '{"code_book": "hvb"}', "tillsyn:{", "tillsyn:{}", "tillsyn:5", 'tillsyn:{"code_book": 5}',
     'tillsyn:{"code_book": "' + "b" * 41 + '"}', 'tillsyn:{"code_book": "a"}\nfler ord'],
)  # fmt: skip
def test_other_projects_name_none(words: str) -> None:
    assert code_book_in(words) is None


# --- The variables of a source --------------------------------------------------------------------

TALK = {"perspective": "child", "person": "b1"}


@pytest.mark.parametrize(
    ("word", "meant"),
    [("child", Informant.CHILD), ("staff", Informant.STAFF), ("manager", Informant.MANAGER),
     ("other", Informant.OTHER), ("observation", EvidenceKind.OBSERVATION),
     ("document", EvidenceKind.DOCUMENT)],
)  # fmt: skip
def test_a_source_of_ours_says_whose_perspective_it_is(word: str, meant: object) -> None:
    read = source_marks({"perspective": word, "person": "A-b_9"})
    assert read == SourceMarks(meant, "A-b_9", flags=dict.fromkeys(TALK_FLAGS, False))  # type: ignore[arg-type]


@pytest.mark.parametrize("values", [{}, {"person": "b1"}, {"perspective": "child"}, {"perspective": "robot"}])
def test_a_source_of_another_program_is_none_of_ours(values: dict[str, str]) -> None:
    assert source_marks(values) is None


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"perspective": "robot", "person": "b1"}, "robot b1"),
        ({"perspective": "child", "person": "Anna Å"}, "child Anna Å"),
        ({"perspective": "child", "person": ""}, "child "),
        ({"perspective": "p" * 41, "person": "b" * 41}, "p" * 40 + " " + "b" * 40),
        ({"perspective": "child", "person": "b" * 21}, "child " + "b" * 21),
        (TALK | {"started_at": "2026-03-10T09:00"}, "a time without a time zone"),
        (TALK | {"guide": "g" * 61}, "too long, or no text"),
        (TALK | {"title": "t" * 201}, "too long, or no text"),
    ],
)
def test_a_source_of_ours_that_is_damaged_is_told(values: dict[str, str], told: str) -> None:
    with pytest.raises(DamagedMarks) as fault:
        source_marks(values)
    assert str(fault.value) == told


def test_a_time_that_is_none_is_told() -> None:
    with pytest.raises(DamagedMarks, match="yesterday"):
        source_marks(TALK | {"ended_at": "yesterday"})


def test_everything_that_a_talk_says_is_read() -> None:
    at = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
    texts = {name: "x" * most for name, most in TALK_TEXTS.items()}
    values = (
        TALK | {"title": "t" * 200} | texts
        | dict.fromkeys(TIMES, at.isoformat())
        | {"interpreter": "true", "chose_company": "1", "own_recording": "false", "read_back": "True"}
    )  # fmt: skip
    assert source_marks(values) == SourceMarks(
        Informant.CHILD, "b1", "t" * 200, dict.fromkeys(TIMES, at), texts,
        {"interpreter": True, "chose_company": True, "own_recording": False, "read_back": False,
         "deviation": False, "before_children": False},
    )  # fmt: skip
    assert texts.keys() == {"guide", "guide_version", "age_band", "language"}


@pytest.mark.parametrize(
    ("perspective", "word", "produced"),
    [("document", "false", False), ("document", "0", False), ("document", "true", True),
     ("document", None, True), ("observation", "false", True), ("child", "0", True)],
)  # fmt: skip
def test_only_a_document_can_be_one_that_was_not_produced(
    perspective: str, word: str | None, produced: bool
) -> None:
    values = {"perspective": perspective, "person": "h1"} | ({} if word is None else {"produced": word})
    read = source_marks(values)
    assert read is not None
    assert read.produced is produced


def test_every_variable_has_a_kind_and_a_guid_of_its_own() -> None:
    assert {name: kind for name, kind in KINDS.items() if kind != "Text"} == {
        **dict.fromkeys(TIMES, "DateTime"), **dict.fromkeys((*TALK_FLAGS, "produced"), "Boolean"),
    }  # fmt: skip
    assert len({variable_guid(name) for name in KINDS}) == len(KINDS)
    assert variable_guid("person") == "5abc0db2-641d-5b75-acf1-17a26e50a4d9"
