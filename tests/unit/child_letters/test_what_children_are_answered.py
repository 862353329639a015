"""The letter to the children answers what they raised, hints at nobody and at nothing that is withheld."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.unit.child_letters.child_cases import AGES, CASES, DUE, case, finding, much, nothing, told
from tillsyn.inspect.rules.case_view import AreaView, CaseView, Marked, Said
from tillsyn.inspect.rules.letter_child import Outcome, compose_child, outcomes
from tillsyn.inspect.rules.letter_composers import COMPOSERS
from tillsyn.inspect.rules.letter_kinds import FOR_CHILDREN_KINDS
from tillsyn.inspect.rules.letter_phrases import Phrases
from tillsyn.inspect.rules.readability import EASY, lix, sentences_of, words_of
from tillsyn.inspect.rules.weighing import CheckResult, Perspective
from tillsyn.interview_guides.child_words import load_child_words
from tillsyn.interview_guides.content import Text
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.interview_guides.letter_wording import load_letter_wording
from tillsyn.models.vocabulary import FindingKind, RegisterAnswer, Responsible, Wish

EVERY_PACK = pytest.mark.parametrize("pack_id", available_packs())


def texts(view: CaseView, age: str = "6-12", language: str = "sv") -> dict[str, str]:
    words = load_child_words(view.pack.id)
    return {one.key: one.text.in_language(language) for one in compose_child(view, words, age)}


def whole(view: CaseView, age: str = "6-12", language: str = "sv") -> str:
    return "\n\n".join(texts(view, age, language).values())


def with_outcome(outcome: Outcome, theme: str, pack_id: str = "hvb") -> CaseView:
    """A case where six children want a theme better and it comes to that."""
    pack = load_pack(pack_id)
    area = pack.theme(theme).area
    view = case(told(theme, 1 if outcome is Outcome.GOOD else 2), pack=pack_id)
    answers = {
        Outcome.AGREED: RegisterAnswer.AGREED,
        Outcome.LOOKING: RegisterAnswer.FOLLOWED_UP,
        Outcome.OTHERWISE: RegisterAnswer.NOT_AGREED,
        Outcome.CANNOT: RegisterAnswer.OUTSIDE_REMIT,
    }
    if outcome in answers:
        return replace(view, answers={f"theme:{theme}": answers[outcome]})
    if outcome is Outcome.ADVISED:
        return replace(view, findings=(finding(FindingKind.ADVICE, area, theme=theme),))
    if outcome in (Outcome.DEMANDED, Outcome.CHANGED):
        rule = next(one for one in pack.requirements if theme in one.themes)
        mark = Marked(rule.id, CheckResult.DEVIATION, 2, fixed=outcome is Outcome.CHANGED)
        demand = finding(FindingKind.DEFICIENCY, area, requirement=rule.id, due_on=DUE)
        return replace(view, marks=(mark,), findings=(demand,))
    if outcome is Outcome.GOOD:
        some = tuple(replace(one, severity=0) for one in view.said[1:])
        said = (*view.said[:1], *some)
        return replace(view, said=said, findings=(finding(FindingKind.STRENGTH, area),))
    return view


def possible(outcome: Outcome, theme: str, pack_id: str) -> bool:
    rules = load_pack(pack_id).requirements
    return outcome not in (Outcome.DEMANDED, Outcome.CHANGED) or any(theme in one.themes for one in rules)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.GOOD])
def test_a_theme_is_answered_by_what_became_of_it(outcome: Outcome) -> None:
    view = with_outcome(outcome, "natt")
    assert outcomes(view) == {"natt": outcome}
    said = texts(view)
    name = "cannot." if outcome is Outcome.CANNOT else f"decided.list.{outcome}"
    [answer] = [text for key, text in said.items() if key.startswith(name)]
    assert answer.split("\n\n")[1:] == ["natten"]
    assert said["told.better"].split("\n\n")[1:] == ["natten"]


def test_what_is_good_for_most_and_was_seen_to_be_good_is_said_to_be_so() -> None:
    assert outcomes(with_outcome(Outcome.GOOD, "natt")) == {"natt": Outcome.GOOD}


def test_a_demand_is_told_before_every_other_answer() -> None:
    view = with_outcome(Outcome.DEMANDED, "natt")
    answered = replace(view, answers={"theme:natt": RegisterAnswer.NOT_AGREED})
    assert outcomes(answered) == {"natt": Outcome.DEMANDED}


def test_the_answer_on_an_area_holds_for_its_themes_without_one_of_their_own() -> None:
    area = load_pack("hvb").theme("natt").area
    view = replace(
        case(told("natt", 2), told("droger", 2)), answers={f"area:{area}": RegisterAnswer.FOLLOWED_UP}
    )
    assert set(outcomes(view).values()) == {Outcome.LOOKING}


def test_who_can_decide_is_told_where_we_cannot() -> None:
    view = replace(case(told("skolgang", 2)), answers={"theme:skolgang": RegisterAnswer.OUTSIDE_REMIT})
    assert texts(view)["cannot.school"].startswith("Skolan bestämmer")
    committee = finding(
        FindingKind.ADVICE, "KON", theme="socialsekreterare", responsible=Responsible.COMMITTEE
    )
    view = case(told("socialsekreterare", 2), findings=(committee,))
    assert texts(view)["cannot.social"].startswith("Soc bestämmer")


def test_other_demands_are_mentioned_and_the_last_day_is_told() -> None:
    advised, demanded = with_outcome(Outcome.ADVISED, "natt"), with_outcome(Outcome.DEMANDED, "natt")
    other = finding(FindingKind.DEFICIENCY, "LED", requirement="K01", due_on=DUE)
    said = texts(replace(advised, findings=(*advised.findings, other)))
    assert "decided.more" in said and "1\u00a0december\u00a02026" in said["next.report"]
    assert "decided.more" not in texts(demanded)


def test_what_is_changed_already_is_not_demanded_again() -> None:
    said = texts(with_outcome(Outcome.CHANGED, "natt"))
    assert "next.report" not in said and said["next.check"].startswith("Sedan kollar vi")
    undated = replace(with_outcome(Outcome.DEMANDED, "natt").findings[0], due_on=None)
    said = texts(replace(with_outcome(Outcome.DEMANDED, "natt"), findings=(undated,)))
    assert said["next.report"] == "Hemmet ska ändra det som är fel."


def test_themes_that_are_withheld_to_protect_a_child_leave_no_trace() -> None:
    both = case(told("natt", 2), told("droger", 2))
    withheld = replace(both, answers={"theme:droger": RegisterAnswer.WITHHELD})
    alone = case(told("natt", 2))
    assert [one.text.sv for one in compose_child(withheld, load_child_words("hvb"), "6-12")] == list(
        texts(alone).values()
    )


@pytest.mark.parametrize("age", AGES)
def test_what_may_not_be_told_changes_nothing_in_the_letter(age: str) -> None:
    shown = told("natt", 2)
    hidden = (
        (Said(uuid4(), "x1", "b1", Perspective.CHILD, "droger", 2, wish=Wish.ONLY_IN_GENERAL),),
        tuple(replace(one, grave=True) for one in told("vald_hot", 4)),
    )
    plain_ = whole(case(shown), age)
    for secret in hidden:
        assert whole(case(shown, secret), age) == plain_
    assert whole(replace(case(shown), withheld=True), age) == plain_
    pending = {"MIL": AreaView("BEM", pending=True), "BEM": AreaView("BEM", pending=True)}
    assert whole(replace(case(shown, told("bemotande", 2)), areas=pending), age) == plain_


def test_if_nothing_may_be_told_the_letter_says_so_kindly() -> None:
    said = texts(nothing())
    assert "told.better" not in said and "told.nothing" in said
    assert "decided.talked" in said and "next.safe" in said and "reach.how" in said


def test_no_number_of_children_and_no_label_of_theirs_is_in_it() -> None:
    for name, make in CASES.items():
        for age in AGES:
            said = whole(make(), age)
            assert not re.search(r"\b(?:en|ett|två|tre|fyra|fem|sex|\d+) (?:av|barn|unga)\b", said), name
            assert not re.search(r"\bb\d\b|\bu\d", said)
    evidence = [one for one in compose_child(much(), load_child_words("hvb"), "6-12") if one.evidence]
    assert evidence and all(one.key.startswith(("told.", "decided.list.", "cannot.")) for one in evidence)


@EVERY_PACK
def test_every_letter_is_easy_to_read_whatever_it_is_about(pack_id: str) -> None:
    pack = load_pack(pack_id)
    for age in AGES:
        for theme in pack.themes:
            for outcome in Outcome:
                if not possible(outcome, theme.id, pack_id):
                    continue
                said = whole(with_outcome(outcome, theme.id, pack_id), age)
                assert lix(said) <= EASY, (age, theme.id, outcome, float(lix(said)))
        for make in CASES.values():
            assert lix(whole(make(pack_id), age)) <= EASY
        every = case(*(told(theme.id, 2) for theme in pack.themes), pack=pack_id)
        assert lix(whole(every, age)) <= EASY


@EVERY_PACK
def test_english_is_said_in_short_sentences(pack_id: str) -> None:
    for age in AGES:
        for make in CASES.values():
            sentences = sentences_of(whole(make(pack_id), age, "en"))
            lengths = [len(words_of(one)) for one in sentences]
            assert max(lengths) <= 20 and sum(lengths) / len(lengths) <= 10


def test_both_kinds_are_composed_as_every_other_letter_is() -> None:
    phrases = Phrases(load_letter_wording("hvb"))
    made = [
        COMPOSERS[kind](much(), phrases, lambda day: Text(str(day), str(day))) for kind in FOR_CHILDREN_KINDS
    ]
    assert [one.key for one in made[0]] == [one.key for one in made[1]]
    assert made[0] == compose_child(much(), load_child_words("hvb"), "6-12") != made[1]
