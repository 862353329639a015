"""What may leave the authority: the eight rules of the k-rule, and that nobody is pointed out (I16)."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.weighing.test_worked_examples import THE_GAP
from tests.unit.weighing.weighing_cases import (
    AREAS,
    CATALOGUE,
    asked,
    checks,
    codings,
    deviation,
    inspection,
    met,
    numbered,
    said,
    weighed,
)
from tillsyn.inspect.rules.weighing import Case, Check, Coding, Inspection, Perspective, Resolution
from tillsyn.inspect.rules.weighing.external_view import (
    ExternalArea,
    ExternalTheme,
    ExternalView,
    Label,
    OutsideShare,
    Picture,
    external_as_json,
    external_view,
    is_on_hold,
    may_name_adults,
    may_name_children,
    outside_share,
)
from tillsyn.inspect.rules.weighing.stamp import config_hash

PENDING = ExternalArea(word=None)
IN_JSON = {"word": "Bedömning pågår", "basis": None, "confidence": None, "themes": []}


def told(case: Inspection, *released: str) -> ExternalView:
    return external_view(weighed(case), Case(CATALOGUE, case), released)


def area(*evidence: Coding | Check, name: str = "TRY", released: bool = False) -> ExternalArea:
    return told(inspection(*evidence), *([name] if released else [])).areas[name]


def children(severities: str, theme: str = "natt", **more: object) -> list[Coding]:
    """One child per digit, with that severity on the theme."""
    return [said(f"b{n}", theme, int(digit), **more) for n, digit in enumerate(severities, start=1)]


SEEN = asked("o9", "vald_hot")


class TestRule2Children:
    @pytest.mark.parametrize(
        ("behind", "others", "consented", "may"),
        [
            (0, 4, True, False),
            (1, 3, True, True),
            (1, 3, False, False),
            (2, 0, False, False),
            (3, 0, False, True),
            (3, 1, False, False),
            (3, 2, False, False),
            (3, 3, False, True),
            (4, 1, True, True),
        ],
    )
    def test_consent_or_enough_of_them_with_nobody_left_over(
        self, behind: int, others: int, consented: bool, may: bool
    ) -> None:
        named = {f"b{number}" for number in range(behind)}
        heard = named | {f"c{number}" for number in range(others)}
        assert may_name_children(named, heard, consented=consented) == may

    def test_three_who_are_content_point_out_the_fourth(self) -> None:
        assert area(*children("0000"), SEEN).themes[0].labels == (Label.CHILDREN,)
        assert [one.theme for one in area(*children("0001"), SEEN).themes] == ["vald_hot"]

    def test_children_heard_on_another_theme_of_the_area_count_among_the_others(self) -> None:
        other = said("b9", "vald_hot", 0)
        assert "natt" not in [one.theme for one in area(*children("111"), other, SEEN).themes]

    def test_a_single_child_that_said_yes_may_be_named(self) -> None:
        yes = area(*children("1", release=True), SEEN)
        assert yes.themes[0] == ExternalTheme("natt", Picture.COULD_BE_BETTER, (Label.CHILDREN,))
        half = area(said("b1", "natt", 1, release=True), said("b1", "natt", 2, release=False, id="no"), SEEN)
        assert [one.theme for one in half.themes] == ["vald_hot"]

    def test_what_it_said_beside_is_not_behind_the_row(self) -> None:
        both = [said("b1", "natt", 1, release=True), said("b1", "natt", 0, release=False)]
        assert [one.picture for one in area(*both, SEEN).themes if one.theme == "natt"] == ["could_be_better"]


class TestRule3Adults:
    def test_staff_and_managers_together_from_three(self) -> None:
        two, three = [asked("p1", "natt"), asked("l1", "natt")], [asked("p2", "natt")]
        assert not may_name_adults({"p1", "l1"})
        assert [one.theme for one in area(*two, SEEN).themes] == ["vald_hot"]
        assert area(*two, *three, SEEN).themes[0].labels == (Label.ADULTS,)

    def test_other_people_are_never_named(self) -> None:
        relatives = [asked(f"a{number}", "natt") for number in range(5)]
        assert [one.theme for one in area(*relatives, SEEN).themes] == ["vald_hot"]

    def test_what_we_saw_read_and_checked_is(self) -> None:
        found = area(asked("o1", "natt"), said("d1", "natt", 1), met("KR2"), deviation("KR7", 1))
        assert found.themes == (
            ExternalTheme("natt", Picture.WORKS, (Label.OBSERVATION, Label.CHECK)),
            ExternalTheme("natt", Picture.COULD_BE_BETTER, (Label.DOCUMENT, Label.CHECK)),
        )


class TestRules4And5GraveAccountsAndAreasOnHold:
    def test_an_open_account_is_only_in_progress_even_when_released(self) -> None:
        evidence = (said("b1", "natt", 3), *children("0000", "vald_hot"), met("KR2"))
        assert area(*evidence) == area(*evidence, released=True) == PENDING

    def test_an_account_of_fewer_than_three_waits_for_a_review(self) -> None:
        evidence = (said("b1", "natt", 3, resolution=Resolution.CONFIRMED), SEEN, met("KR1"))
        assert area(*evidence) == PENDING
        released = area(*evidence, released=True)
        assert (released.word, released.basis) == ("Allvarligt", "styrkt uppgift")
        assert [one.theme for one in released.themes] == ["vald_hot"], "never a row of its own"

    def test_three_who_tell_of_it_need_no_review(self) -> None:
        found = area(*children("333"), SEEN)
        assert (found.word, [one.theme for one in found.themes]) == ("Allvarligt", ["vald_hot"])

    @pytest.mark.parametrize(
        ("evidence", "on_hold"),
        [
            ([], False),
            ([*children("00")], True),
            ([*children("00"), asked("a1", "natt")], False),
            ([*children("000")], False),
            ([*children("00"), SEEN], False),
            ([*children("00"), asked("d1", "natt")], False),
            ([*children("00"), met("KR1")], False),
        ],
    )
    def test_nothing_but_fewer_than_three_persons(
        self, evidence: list[Coding | Check], on_hold: bool
    ) -> None:
        assert (area(*evidence) == PENDING) == on_hold
        result = weighed(inspection(*evidence)).areas["TRY"]
        assert is_on_hold(result) == on_hold
        assert not is_on_hold(result, released=True)

    def test_in_json_it_says_so_and_nothing_else(self) -> None:
        view = external_as_json(told(inspection(*children("3"))))
        assert view["areas"]["TRY"] == IN_JSON  # type: ignore[index]


class TestRules6To8:
    def test_the_childrens_picture_is_named_from_three_children(self) -> None:
        support = [asked("o1", "natt"), asked("p1", "natt"), met("KR2")]
        assert area(*children("222"), *support).basis == "barnens samlade bild"
        few = area(*children("220000"), *support)
        assert (few.word, few.basis) == ("Fungerar i huvudsak", "sammanvägd bild")
        assert area(*support).basis == "sammanvägd bild", "no child was heard"

    @pytest.mark.parametrize(
        ("outside", "heard", "share"),
        [
            (None, 9, None),
            ("1", 4, None),
            ("0", 5, OutsideShare.NOTHING),
            ("1/100", 5, OutsideShare.SOME),
            ("39/100", 5, OutsideShare.SOME),
            ("2/5", 5, OutsideShare.ABOUT_HALF),
            ("3/5", 5, OutsideShare.ABOUT_HALF),
            ("61/100", 5, OutsideShare.MOST),
            ("1", 6, OutsideShare.MOST),
        ],
    )
    def test_the_gap_in_words_from_five_children(
        self, outside: str | None, heard: int, share: OutsideShare | None
    ) -> None:
        assert outside_share(None if outside is None else Fraction(outside), heard) is share

    def test_a_gap_that_may_not_be_told_is_null_and_no_word(self) -> None:
        assert external_as_json(told(inspection(*children("00"))))["outside"] is None

    def test_the_second_example_outwards(self) -> None:
        view = external_as_json(told(THE_GAP))
        assert view["outside"] == "det mesta"
        assert view["stamp"] == {"method": "HVB-VM", "version": "1.0.0", "config_hash": config_hash()}
        assert view["areas"] == {
            "DEL": {
                "word": "Fungerar i huvudsak",
                "basis": "sammanvägd bild",
                "confidence": "måttlig",
                "themes": [
                    {"theme": "inflytande", "picture": "works", "sources": ["kontroll"]},
                    {"theme": "inflytande", "picture": "could_be_better", "sources": ["observation"]},
                ],
            },
            "DOK": {
                "word": "Fungerar väl",
                "basis": "sammanvägd bild",
                "confidence": "hög",
                "themes": [
                    {"theme": "plan", "picture": "works", "sources": ["dokument", "kontroll"]},
                    {"theme": "register", "picture": "works", "sources": ["dokument", "kontroll"]},
                ],
            },
            "TRY": IN_JSON,
            "VAR": {
                "word": "Behöver förbättras",
                "basis": "sammanvägd bild",
                "confidence": "måttlig",
                "themes": [],
            },
        }


SEVEN = tuple(f"b{number}" for number in range(1, 8))
MANY = (*SEVEN, "p1", "p2", "l1", "a1", "o1", "d1")


@st.composite
def homes(draw: st.DrawFn) -> Inspection:
    """Inspections of a home with seven children, many of whom say the same, and some of whom say yes."""
    found = numbered(draw(st.lists(codings(worst=3, sources=MANY), max_size=8)))
    theme, severity = draw(st.sampled_from(["natt", "mat"])), draw(st.integers(0, 1))
    chorus = [said(f"b{number}", theme, severity) for number in range(1, draw(st.integers(1, 8)))]
    yes = draw(st.lists(st.booleans(), min_size=20, max_size=20))
    everybody = [replace(one, release=agreed) for one, agreed in zip([*found, *chorus], yes, strict=False)]
    made = inspection(*everybody, residents=8)
    return replace(made, checks=tuple(draw(st.lists(checks(worst=1), max_size=2))))


@given(homes(), st.permutations(SEVEN))
def test_i16_nobody_is_pointed_out(case: Inspection, order: list[str]) -> None:
    result = weighed(case)
    view = told(case)
    shown = external_as_json(view)
    text = json.dumps({"areas": shown["areas"], "outside": shown["outside"]}, ensure_ascii=False)
    assert not any(character.isdigit() for character in text), "no id and no count"
    assert result.stamp.input_hash not in json.dumps(shown)
    for name in AREAS:
        area = result.areas[name]
        if area.flags.investigate or area.flags.disclosure_risk:
            assert shown["areas"][name] == IN_JSON  # type: ignore[index]
        for row in view.areas[name].themes:
            assert row.theme not in {account.coding.theme for account in area.accounts}
            if Label.CHILDREN in row.labels:
                assert_children_may_be_named(case, result.areas[name].voices.get(Perspective.CHILD, {}), row)
    names = dict(zip(SEVEN, order, strict=True))
    renamed = replace(
        case,
        codings=tuple(replace(one, source=names.get(one.source, one.source)) for one in case.codings),
    )
    assert external_as_json(told(renamed))["areas"] == shown["areas"]


def assert_children_may_be_named(case: Inspection, heard: object, row: ExternalTheme) -> None:
    """By counting among all statements, so that another way of writing the rule must agree."""
    assert isinstance(heard, dict)
    told = [
        one
        for one in case.codings
        if one.theme == row.theme and one.perspective is Perspective.CHILD and one.source in heard
        if one.status != "withdrawn"
    ]
    severity = {one.source: 0 for one in told}
    for one in told:
        severity[one.source] = max(severity[one.source], 0 if one.status == "closed" else one.severity)
    works = row.picture is Picture.WORKS
    behind = {source for source, worst in severity.items() if (worst == 0) == works}
    their_own = [one for one in told if one.source in behind]
    consented = all(
        one.release for one in their_own if ((one.severity == 0 or one.status == "closed") == works)
    )
    left_over = len(heard) - len(behind)
    assert behind
    assert consented or (len(behind) >= 3 and (left_over == 0 or left_over >= 3))
