"""Grave accounts where one step decides: 2 or 3, one source or two, and the reasons in full (§2.3 S4, §8 A3)."""

from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest

from tillsyn.inspect.rules.grave_accounts import (
    Account,
    Inquired,
    Judgement,
    close_obstacles,
    grave_judgement,
    may_not_countersign,
    may_not_investigate,
    support_of,
)
from tillsyn.inspect.rules.weighing import ActiveCoding, Coding, Perspective
from tillsyn.inspect.rules.weighing.severity import RequirementResult
from tillsyn.models.vocabulary import CodingPart

THEN = datetime(2026, 3, 3, 13, tzinfo=UTC)
BEFORE = THEN - timedelta(days=1)
LEADER, RECORDER, SECOND, THIRD = (UUID(int=number) for number in (1, 2, 3, 4))
FIRST, OTHER = CodingPart.FIRST, CodingPart.SECOND


def judged(*given: tuple[CodingPart, int]) -> list[Judgement]:
    """Part and severity, an hour apart."""
    return [
        Judgement(severity, THEN + timedelta(hours=hour), part) for hour, (part, severity) in enumerate(given)
    ]


class TestSeverityThreeIsGrave:
    def test_a_second_coder_who_judges_it_as_less_does_not_end_an_account_of_exactly_three(self) -> None:
        """It counts from that judgement, and not from when the words were recorded."""
        for less, standing in product((0, 1, 2), (None, 3)):
            found = grave_judgement(standing, judged((FIRST, 3), (OTHER, less)), recorded_at=BEFORE)
            assert found == (3, THEN)
            found = grave_judgement(standing, judged((FIRST, less), (OTHER, 3)), recorded_at=BEFORE)
            assert found == (3, THEN + timedelta(hours=1))

    def test_three_without_a_coding_behind_it_is_an_account_and_two_is_none(self) -> None:
        assert grave_judgement(3, [], recorded_at=BEFORE) == (3, BEFORE)
        assert grave_judgement(2, [], recorded_at=BEFORE) is None
        assert grave_judgement(None, [], recorded_at=BEFORE) is None


ROLES = {
    "b": Perspective.CHILD,
    "p": Perspective.STAFF,
    "o": Perspective.OBSERVATION,
    "d": Perspective.DOCUMENT,
}
COVERED = {"K1": frozenset({"natt", "mat"}), "K2": frozenset({"mat"})}


def coded(
    label: str, source: str, severity: int, *, theme: str = "natt", firsthand: bool = True
) -> ActiveCoding:
    coding = Coding(
        id=label,
        source=source,
        perspective=ROLES[source[0]],
        theme=theme,
        severity=severity,
        firsthand=firsthand,
    )
    return ActiveCoding(coding, severity, False, 4 - min(3, severity))


ACCOUNT = coded("u1", "b1", 3)


def supported(*others: ActiveCoding, failed: tuple[tuple[str, int], ...] = ()) -> tuple[str, ...]:
    results = [RequirementResult(requirement, severity, False) for requirement, severity in failed]
    return support_of(ACCOUNT, [ACCOUNT, *others], results, COVERED)


class TestWhatSupportsAnAccount:
    def test_nothing_supports_it_while_nobody_else_speaks(self) -> None:
        assert supported() == ()

    def test_another_source_with_its_own_words_of_two_or_more_does(self) -> None:
        assert supported(coded("u2", "b2", 2)) == ("u2",)
        assert supported(coded("u2", "p1", 4)) == ("u2",)
        assert supported(coded("u2", "b2", 1)) == ()

    def test_the_same_person_again_never_does(self) -> None:
        assert supported(coded("u2", "b1", 4)) == ()

    def test_hearsay_never_does_and_what_we_saw_or_read_needs_not_be_firsthand(self) -> None:
        assert supported(coded("u2", "b2", 4, firsthand=False)) == ()
        for source in ("o1", "d1"):
            assert supported(coded("u2", source, 2, firsthand=False)) == ("u2",)
            assert supported(coded("u2", source, 2)) == ("u2",)

    def test_another_theme_does_not(self) -> None:
        assert supported(coded("u2", "b2", 4, theme="mat")) == ()

    def test_what_counts_is_the_severity_after_the_rules_and_not_the_coded_one(self) -> None:
        ended = ActiveCoding(coded("u2", "b2", 2).coding, 0, False, 4)
        assert supported(ended) == ()

    def test_a_requirement_on_the_theme_that_fails_by_two_or_more_does(self) -> None:
        assert supported(failed=(("K1", 2),)) == ("K1",)
        assert supported(failed=(("K1", 3),)) == ("K1",)
        assert supported(failed=(("K1", 1),)) == ()

    def test_a_requirement_on_something_else_does_not_nor_one_that_covers_no_theme(self) -> None:
        assert supported(failed=(("K2", 4),)) == ()
        assert supported(failed=(("K9", 4),)) == ()

    def test_words_are_named_before_requirements(self) -> None:
        found = supported(coded("u2", "b2", 2), coded("u3", "o1", 3), failed=(("K1", 2), ("K2", 4)))
        assert found == ("u2", "u3", "K1")


def account(label: str = "u7", *, standing: int = 3, inquiries: tuple[Inquired, ...] = ()) -> Account:
    return Account(
        label=label,
        statement_id=UUID(int=7),
        passage_id=None,
        perspective=Perspective.CHILD,
        source="b1",
        theme="natt",
        area="TRY",
        severity=3,
        standing=standing,
        first_coded_at=THEN,
        resolution=None,
        withdrawn=False,
        corroborated=False,
        supported_by=(),
        ceiling=2,
        steps=(),
        inquiries=inquiries,
        led_by_id=LEADER,
        recorded_by_id=RECORDER,
    )


WAITING = (Inquired(UUID(int=9), SECOND, THEN, signed=False, returned=False),)
LED = "You led the talk. Somebody else investigates what was said in it."
RECORDED = "You recorded the statement. Somebody else investigates it."
DISAGREE = "The coders do not agree on how grave it is. They settle that first."
WAITS = "An investigation waits for its countersignature."
NONE_WAITS = "No investigation waits for a countersignature."
WROTE = "You wrote the investigation. Somebody else countersigns it."
NOT_THIRD = "You led the talk or recorded the statement. A third person countersigns."


class TestWhoMayEndIt:
    @pytest.mark.parametrize(
        ("found", "person", "reasons"),
        [
            (account(), SECOND, []),
            (account(), LEADER, [LED]),
            (account(), RECORDER, [RECORDED]),
            (account(standing=2), SECOND, [DISAGREE]),
            (account(inquiries=WAITING), THIRD, [WAITS]),
            (account(standing=2, inquiries=WAITING), LEADER, [LED, DISAGREE, WAITS]),
        ],
    )
    def test_the_second_assessor_is_told_everything_that_stands_against(
        self, found: Account, person: UUID, reasons: list[str]
    ) -> None:
        assert [reason.text for reason in may_not_investigate(found, person)] == reasons

    @pytest.mark.parametrize(
        ("found", "person", "reasons"),
        [
            (account(inquiries=WAITING), THIRD, []),
            (account(), THIRD, [NONE_WAITS]),
            (account(inquiries=WAITING), SECOND, [WROTE]),
            (account(inquiries=WAITING), LEADER, [NOT_THIRD]),
            (account(inquiries=WAITING), RECORDER, [NOT_THIRD]),
            (account(standing=2, inquiries=WAITING), SECOND, [WROTE, DISAGREE]),
        ],
    )
    def test_the_third_eye_is_told_everything_that_stands_against(
        self, found: Account, person: UUID, reasons: list[str]
    ) -> None:
        assert [reason.text for reason in may_not_countersign(found, person)] == reasons

    def test_what_keeps_a_case_open_names_every_account_that_is_left(self) -> None:
        assert [(one.text, one.values) for one in close_obstacles([account("u7"), account("u9")])] == [
            (
                "Investigate every grave account and have it countersigned. Left: %(which)s.",
                {"which": "u7, u9"},
            ),
            (
                "Report, or decide with a reason, about every grave account. Left: %(which)s.",
                {"which": "u7, u9"},
            ),
        ]
        assert close_obstacles([]) == ()
