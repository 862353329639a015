"""What each letter says when, and to whom: dates, law, kind of decision, what is late, what may be told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.letters.course_cases import (
    DUE,
    TODAY,
    case,
    deficiencies,
    facts_of,
    gone_all_the_way,
    letter,
    measure,
    on,
    phrases_of,
    text_of,
    with_course,
)
from tillsyn.inspect.rules.appeal import decision_of
from tillsyn.inspect.rules.case_course import Decided
from tillsyn.inspect.rules.case_view import AreaView, CaseView
from tillsyn.inspect.rules.letter_reminder import MORE_TIME, something_is_late
from tillsyn.inspect.rules.letter_voices import points_at_somebody
from tillsyn.interview_guides.guide import available_packs
from tillsyn.models.letter_vocabulary import DecisionKind, LetterKind
from tillsyn.models.vocabulary import MeasureOutcome, Wish

REMEDIED = MeasureOutcome.REMEDIED


def decided(view: CaseView, kind: DecisionKind) -> CaseView:
    """As it is recorded, whatever the findings lead to."""
    found = Decided(kind, date(2027, 1, 7), "Vi har beslutat.", "Eva Dahl", "Anna Berg")
    return replace(with_course(view, decided=found), decision=found.content)


def test_another_order_of_talks_is_told_also_where_no_reason_is_recorded() -> None:
    assert "Vi pratade med barnen först" in letter(LetterKind.FEEDBACK, case())["children.order"].text.sv
    other = replace(case(), children_first=False)
    assert "började vi samtalen med andra" in letter(LetterKind.FEEDBACK, other)["children.order"].text.sv
    reason = replace(other, order_reasons=("Ett barn var på läger.",))
    assert "ett barn var på läger" in letter(LetterKind.FEEDBACK, reason)["children.order"].text.sv


def test_a_talk_held_before_every_child_had_been_asked_is_told_also_when_a_child_came_first() -> None:
    view = case()
    early = replace(view, talks=replace(view.talks, adults_before_children=1))
    told = letter(LetterKind.FEEDBACK, early)["children.order"].text
    assert "innan alla barn hade fått frågan" in told.sv
    assert "before every child had been asked" in told.en


def test_what_was_changed_after_the_reply_is_told() -> None:
    view = case()
    sent = with_course(view, facts=facts_of(view))
    assert "your_view.changed" not in letter(LetterKind.FEEDBACK, sent)
    first, second = deficiencies(view)
    rewritten = replace(first, saw="Något annat.")
    left = tuple(rewritten if one.id == first.id else one for one in view.findings if one.id != second.id)
    said = letter(LetterKind.FEEDBACK, replace(sent, findings=left))["your_view.changed"].text.sv
    assert first.title in said and second.title in said


def test_a_sanction_is_told_of_before_and_after_the_decision_is_recorded() -> None:
    view = case()
    first = deficiencies(view)[0]
    with_sanction = tuple(replace(one, sanction=True) if one is first else one for one in view.findings)
    view = replace(view, findings=with_sanction)
    for case_now in (view, decided(view, DecisionKind.CRITICISM)):
        found = letter(LetterKind.FEEDBACK, case_now)
        assert "28\u00a0kap. 16\u00a0§" in found["decision.sanction"].text.sv
        told = letter(LetterKind.DECISION, case_now)["decision.sanction"].text
        assert "prövar vi för sig, i ett eget beslut" in told.sv, "who examines it"
        assert "skriver till er innan vi beslutar" in told.sv and "så snart vi har gjort det" in told.sv, (
            "when"
        )
        assert "separately" in told.en and "before we decide" in told.en
    assert "preliminary.sanction" in letter(LetterKind.COMMUNICATION, view)


# --- Information ----------------------------------------------------------------------------


def test_the_day_of_an_unannounced_visit_is_not_told_before_it() -> None:
    before = replace(with_course(case(), came_on=None), announced=False)
    said = text_of(LetterKind.INFORMATION, before)
    assert "Vi säger inte vilken dag vi kommer" in said and "2026" not in said
    after = replace(case(), announced=False)
    assert "Vi kom den 10\u00a0november 2026" in text_of(LetterKind.INFORMATION, after)
    announced = with_course(case(), came_on=None)
    assert "Vi kommer den 10\u00a0november 2026" in text_of(LetterKind.INFORMATION, announced)
    no_day = with_course(announced, planned_on=None)
    assert "Du får veta vilken dag vi kommer" in text_of(LetterKind.INFORMATION, no_day)


def test_the_four_things_of_the_law_are_told_to_children_and_guardians() -> None:
    """SoF (2025:468) 16 kap. 3 §."""
    found = letter(LetterKind.INFORMATION, case())
    assert "vårdnadshavare" in found["head.to"].text.sv
    assert "lagen" in found["rights.law"].text.sv and len([key for key in found if "rights." in key]) >= 8
    assert "tillsyn" in found["why.purpose"].text.sv
    assert "Fråga efter Anna Berg" in found["contact.reach"].text.sv
    law = found["talks.law"].text.sv
    assert "inte har sagt ja" in law and "inte är med" in law and "28\u00a0kap. 4\u00a0§" in law


@pytest.mark.parametrize("pack", available_packs())
def test_a_talk_is_voluntary_and_nobody_is_promised_that_all_stays_secret(pack: str) -> None:
    said = text_of(LetterKind.INFORMATION, case(pack))
    assert "Du får säga nej" in said and "Du får sluta när du vill" in said
    assert "Vi kan inte lova att allt stannar hos oss" in said


# --- Communication --------------------------------------------------------------------------


def test_what_was_sent_for_reply_stands_as_it_was_sent() -> None:
    view = case()
    sent = with_course(view, facts=facts_of(view))
    first = deficiencies(view)[0]
    changed = tuple(
        replace(one, saw="Något annat.", level=4) if one.id == first.id else one for one in view.findings
    )
    now = text_of(LetterKind.COMMUNICATION, replace(sent, findings=changed))
    assert "Något annat" not in now and first.saw in now
    assert "Något annat" in text_of(LetterKind.COMMUNICATION, replace(view, findings=changed))


@pytest.mark.parametrize(
    ("severity", "expected"), [(1, "redovisar"), (2, "redovisar"), (3, "föreläggande"), (4, "föreläggande")]
)
def test_the_preliminary_assessment_says_what_it_may_lead_to(severity: int, expected: str) -> None:
    found = letter(LetterKind.COMMUNICATION, case(severity=severity))
    assert expected in found["preliminary.decision"].text.sv
    assert "inte klar" in found["preliminary.intro"].text.sv


def test_the_provider_is_told_until_when_how_and_what_happens_then() -> None:
    said = text_of(LetterKind.COMMUNICATION, case())
    for words in ("11\u00a0december 2026", "25\u00a0§", "ombud", "muntligt", "beslutar vi på det underlag"):
        assert words in said
    assert "muntligt" not in text_of(LetterKind.COMMUNICATION, replace(case(), public_provider=True))


def test_an_area_on_hold_is_only_said_to_be_unfinished() -> None:
    view = case()
    area = deficiencies(view)[0].area
    held = replace(view, areas={**view.areas, area: AreaView(area, "Allvarlig uppgift utreds", pending=True)})
    found = letter(LetterKind.COMMUNICATION, held)
    assert view.pack.area(area).name.sv.lower() in found["preliminary.pending"].text.sv.lower()


# --- Decision -------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", available_packs())
@pytest.mark.parametrize("severity", [2, 3])
@pytest.mark.parametrize("kind", [DecisionKind.CRITICISM, DecisionKind.ORDER])
def test_appeal_follows_the_recorded_decision_and_not_the_findings(
    pack: str, severity: int, kind: DecisionKind
) -> None:
    view = decided(case(pack, severity=severity), kind)
    rule = phrases_of(pack).wording.appeals[kind.value]
    assert decision_of(view) is kind
    assert letter(LetterKind.FEEDBACK, view)["legal.appeal"].text == rule.letter
    found = letter(LetterKind.DECISION, view)
    assert found["appeal.rule"].text == rule.in_decision(public=False)
    assert ("appeal.how" in found) is rule.tells_how
    assert any(key.startswith("measures.") for key in found) is (kind is DecisionKind.ORDER)


def test_before_it_is_recorded_the_findings_say_what_is_decided() -> None:
    assert decision_of(case(severity=3)) is DecisionKind.ORDER
    assert decision_of(case(severity=2)) is DecisionKind.CRITICISM
    assert "inte fattat" in letter(LetterKind.DECISION, case(severity=3))["decision.states"].text.sv


def test_whoever_may_appeal_is_told_how() -> None:
    """FL 33 § with 43 and 44 §§."""
    said = text_of(LetterKind.DECISION, gone_all_the_way(severity=3))
    for words in ("förvaltningsrätten", "skicka det till oss", "tre veckor", "Skriv hur ni vill", "genast"):
        assert words in said
    public = replace(gone_all_the_way(severity=3), public_provider=True)
    assert "från den dag då beslutet meddelades" in text_of(LetterKind.DECISION, public)
    criticism = text_of(LetterKind.DECISION, gone_all_the_way(severity=2))
    assert "kan inte överklagas" in criticism and "förvaltningsrätten" not in criticism


def test_the_measures_of_an_order_stand_one_by_one_with_their_day() -> None:
    """SoL 28 kap. 9 § third paragraph."""
    view = gone_all_the_way(severity=3)
    first, second = deficiencies(view)
    own = replace(first, achieve="Ni ska ha vaken personal varje natt (5 kap. 2 § SoF).")
    view = replace(view, findings=tuple(own if one.id == own.id else one for one in view.findings))
    found = letter(LetterKind.DECISION, view)
    labels = [one.text.sv for key, one in found.items() if key.endswith(".label")]
    assert labels == ["Åtgärd 1", "Åtgärd 2"]
    assert found[f"measures.{first.requirement}.achieve"].text.sv == own.achieve
    other = found[f"measures.{second.requirement}.achieve"].text.sv
    assert other.startswith("Ni ska uppfylla kravet i ")
    assert view.pack.requirement(second.requirement or "").wording.sv in other
    assert all(
        one.text.sv == f"Klart senast den {on(DUE).sv}." for key, one in found.items() if key.endswith(".due")
    )


def test_what_was_proposed_follows_the_decision_that_is_made() -> None:
    """No reference to an order that there is none of; and an order leaves no how to the provider."""
    view = case(severity=3)
    key = f"deficiencies.{deficiencies(view)[0].requirement}.achieve"
    assert "särskilda beslut" in letter(LetterKind.FEEDBACK, decided(view, DecisionKind.ORDER))[key].text.sv
    criticism = letter(LetterKind.FEEDBACK, decided(view, DecisionKind.CRITICISM))[key].text
    assert criticism.sv.startswith("Ni ska uppfylla kravet i ") and criticism.en.startswith("You must meet")
    lower = case(severity=2)
    raised = replace(lower, findings=tuple(replace(one, level=max(one.level, 4)) if one.level > 1 else one
                                           for one in lower.findings))  # fmt: skip
    found = letter(LetterKind.DECISION, decided(raised, DecisionKind.ORDER))
    measures = [one.text.sv for key, one in found.items() if key.endswith(".achieve")]
    assert measures and not any("bestämmer ni" in text for text in measures)


def test_the_decision_does_not_speak_of_another_decision() -> None:
    for pack in available_packs():
        said = text_of(LetterKind.DECISION, gone_all_the_way(pack, severity=3))
        assert "beslutar vi särskilt" not in said and "särskilda beslut" not in said


def test_the_decision_says_who_decided_who_reported_and_who_took_part() -> None:
    """FL 31 §."""
    found = letter(LetterKind.DECISION, gone_all_the_way(severity=3))
    assert "7\u00a0januari 2027 av Eva Dahl. Anna Berg var föredragande" in found["decision.who"].text.sv
    assert "Maria Lind" in found["decision.participants"].text.sv


def test_the_law_that_a_pack_lacks_leaves_its_sentence_out() -> None:
    assert "measures.revoke" in letter(LetterKind.DECISION, gone_all_the_way("hvb", severity=3))
    assert "measures.revoke" not in letter(LetterKind.DECISION, gone_all_the_way("skola", severity=3))
    assert "until.inform" not in letter(LetterKind.REMINDER, gone_all_the_way("lss"))


def test_what_a_person_wrote_of_an_area_on_hold_is_no_ground_of_a_decision() -> None:
    view = gone_all_the_way(severity=3)
    area = deficiencies(view)[0].area
    written = AreaView(area, "Allvarligt", reasoning="En vikarie tog i ett barn.")
    told = replace(view, areas={**view.areas, area: written})
    assert "vikarie" in text_of(LetterKind.DECISION, told)
    held = replace(view, areas={**view.areas, area: replace(written, pending=True)})
    assert "vikarie" not in text_of(LetterKind.DECISION, held)


# --- Reminder -------------------------------------------------------------------------------


def test_a_reminder_tells_of_what_is_late_and_gives_two_weeks() -> None:
    view = gone_all_the_way(outcomes=(REMEDIED, None))
    found = letter(LetterKind.REMINDER, view)
    done, waits = deficiencies(view)
    assert f"late.{waits.requirement}.promised" in found and f"late.{done.requirement}.title" not in found
    assert on(TODAY + MORE_TIME).sv in found["until.day"].text.sv
    early = with_course(view, today=DUE - timedelta(days=1))
    assert not something_is_late(early)
    assert [key for key in letter(LetterKind.REMINDER, early) if key.startswith(("late", "until"))] == [
        "late.none"
    ]


def test_a_reply_that_has_not_come_is_asked_for_until_the_decision() -> None:
    view = with_course(replace(case(), replied=False), today=TODAY)
    found = letter(LetterKind.REMINDER, view)
    assert "late.reply" in found and "underlag som finns" in found["until.otherwise"].text.sv
    assert "late.reply" not in letter(LetterKind.REMINDER, decided(view, DecisionKind.CRITICISM))


def test_answers_that_have_not_come_are_asked_for_with_what_was_asked() -> None:
    view = with_course(gone_all_the_way(), answered_on=None, measures=())
    found = letter(LetterKind.REMINDER, view)
    assert "late.account" in found
    first = deficiencies(view)[0]
    assert found[f"late.{first.requirement}.asked"].text.sv.startswith("Vi bad om det här: Ni ska")
    assert found[f"late.{first.requirement}.asked"].text.en.startswith("We asked for this: You must")


# --- Follow-up and closing ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcomes", "lead", "next_one"),
    [
        ((REMEDIED, REMEDIED), "Allt som skulle rättas till är rättat", "next.close"),
        ((REMEDIED, MeasureOutcome.REMAINS), "En del är rättat och en del är kvar", "next.tell"),
        ((MeasureOutcome.REMAINS, MeasureOutcome.REMAINS), "är kvar", "next.order"),
        ((REMEDIED, None), "inte uppföljt än", "next.waiting"),
    ],
)
def test_the_follow_up_says_how_it_is_and_what_happens_now(
    outcomes: tuple[MeasureOutcome | None, ...], lead: str, next_one: str
) -> None:
    found = letter(LetterKind.FOLLOWUP, gone_all_the_way(outcomes=outcomes))
    assert lead in found["summary.lead"].text.sv
    assert next_one in found


def test_the_worst_outcome_of_several_measures_is_that_of_the_deficiency() -> None:
    view = gone_all_the_way()
    first, second = deficiencies(view)
    several = (
        measure(first.id, REMEDIED), measure(first.id, MeasureOutcome.REMAINS), measure(second.id, REMEDIED),
        measure(second.id, None),
    )  # fmt: skip
    found = letter(LetterKind.FOLLOWUP, with_course(view, measures=several))
    assert found[f"measures.{first.requirement}.now"].text.sv == "Bristen finns kvar."
    assert "inte följt upp" in found[f"measures.{second.requirement}.now"].text.sv


def test_what_the_provider_never_promised_is_not_said_to_be_promised() -> None:
    view = gone_all_the_way()
    first = deficiencies(view)[0]
    found = letter(
        LetterKind.FOLLOWUP, with_course(view, measures=(measure(first.id, REMEDIED, promised=False),))
    )
    assert "inte fått veta" in found[f"measures.{first.requirement}.promised"].text.sv


def test_what_children_say_now_is_told_when_it_points_at_nobody() -> None:
    view = gone_all_the_way()
    first = deficiencies(view)[0].requirement
    told = letter(LetterKind.FOLLOWUP, view)
    assert told[f"voices.{first}.said"].text.sv == "De märker att det är lugnare på kvällarna."
    assert told == {
        **told,
        **{k: v for k, v in letter(LetterKind.CLOSING, view).items() if k.startswith("voices.K")},
    }


@pytest.mark.parametrize(
    "text",
    [
        "”Jag sover bättre nu”, säger en av dem.", "Två barn är nöjda.", "En pojke sover bättre.", "b2 är nöjd.",
        "De säger att Maja är gladare.", "Hon sover bättre.", "3 av 4 sover bättre.", "– Det är lugnt nu.",
        "Only one of them sleeps.", "En sjuttonåring vill flytta.", "Det gäller u12.", "Båda är nöjda.",
    ],
)  # fmt: skip
def test_words_that_point_at_somebody_are_not_told(text: str) -> None:
    assert points_at_somebody(text)
    view = gone_all_the_way()
    told = tuple(replace(one, children_say=text) for one in view.course.measures)
    found = letter(LetterKind.FOLLOWUP, with_course(view, measures=told))
    assert text not in "\n".join(one.text.sv for one in found.values())
    assert "voices.withheld" in found


@pytest.mark.parametrize(
    "text", ["De märker att det är lugnare på kvällarna.", "De unga är nöjda med maten och sover bättre.", ""]
)
def test_words_about_all_of_them_may_be_told(text: str) -> None:
    assert not points_at_somebody(text)


def test_few_children_an_area_on_hold_or_a_wish_keep_their_words_inside() -> None:
    view = gone_all_the_way()
    first = deficiencies(view)[0]
    key = f"voices.{first.requirement}.said"
    few = tuple(replace(one, asked=2) for one in view.course.measures)
    assert key not in letter(LetterKind.FOLLOWUP, with_course(view, measures=few))
    held = replace(view, areas={**view.areas, first.area: AreaView(first.area, pending=True)})
    found = letter(LetterKind.FOLLOWUP, held)
    assert key not in found
    assert found[f"measures.{first.requirement}.shown"].text.sv.startswith("Vi har fått uppgifter")
    general = tuple(replace(one, wish=Wish.ONLY_IN_GENERAL) for one in view.said)
    lone = tuple(one for one in general if one.source in ("b1", "b2") or one.severity == 0)
    four = replace(view, said=lone, talks=replace(view.talks, talked=4))
    assert key not in letter(LetterKind.FOLLOWUP, four)
    assert key in letter(LetterKind.FOLLOWUP, replace(view, said=lone))
    assert key not in letter(LetterKind.FOLLOWUP, replace(view, said=lone, withheld=True))


@pytest.mark.parametrize(
    ("asked", "wish", "told"),
    [
        (3, Wish.ONLY_IN_GENERAL, True),
        (2, Wish.ONLY_IN_GENERAL, False),
        (2, Wish.MAY_BE_TOLD, True),
        (3, Wish.NOT_AT_ALL, False),
        (None, None, False),
        (0, None, False),
    ],
)
def test_so_few_say_it_that_only_what_all_of_them_want_told_is_told(
    asked: int | None, wish: Wish | None, told: bool
) -> None:
    """METHOD 2.17, rule 2. What is not known of an older follow-up keeps its words inside."""
    view = gone_all_the_way()
    course = tuple(replace(one, asked=asked, wish=wish) for one in view.course.measures)
    for kind in (LetterKind.FOLLOWUP, LetterKind.CLOSING):
        found = letter(kind, with_course(view, measures=course))
        assert (f"voices.{deficiencies(view)[0].requirement}.said" in found) is told
        assert ("voices.not_asked" in found) is (asked == 0), "why nobody was asked is nobody's words"


def test_what_we_have_seen_never_holds_the_short_name_of_a_person() -> None:
    view = gone_all_the_way()
    told = tuple(replace(one, shown="Enligt b1 och u7 är det bättre.") for one in view.course.measures)
    for kind in (LetterKind.FOLLOWUP, LetterKind.CLOSING):
        assert "b1" not in text_of(kind, with_course(view, measures=told))


def test_what_remains_is_demanded_with_its_law() -> None:
    view = gone_all_the_way(outcomes=(REMEDIED, MeasureOutcome.REMAINS))
    left = deficiencies(view)[1].requirement
    said = letter(LetterKind.FOLLOWUP, view)[f"remaining.{left}.achieve"].text.sv
    assert said.startswith("Ni ska uppfylla kravet i ") and "§" in said
    ordered = gone_all_the_way(severity=3, outcomes=(REMEDIED, MeasureOutcome.REMAINS))
    assert "föreläggande" in letter(LetterKind.FOLLOWUP, ordered)[f"remaining.{left}.achieve"].text.sv


def test_the_closing_letter_says_why_it_is_closed_and_what_is_remembered() -> None:
    closed = with_course(gone_all_the_way(outcomes=(REMEDIED, REMEDIED)), closed_on=date(2027, 3, 5))
    found = letter(LetterKind.CLOSING, closed)
    assert "avhjälpta" in found["closed.why"].text.sv
    assert "5\u00a0mars 2027" in found["closed.on"].text.sv
    assert "Nästa gång" in found["learned.next"].text.sv
    assert found["legal.appeal"].text == phrases_of("hvb").wording.appeals["closed"].letter
    rest = letter(LetterKind.CLOSING, gone_all_the_way(outcomes=(REMEDIED, MeasureOutcome.PARTLY)))
    assert "inte helt rättat" in rest["closed.why"].text.sv
    nothing = replace(gone_all_the_way(), findings=())
    assert "inte har sett någon brist" in letter(LetterKind.CLOSING, nothing)["closed.why"].text.sv
