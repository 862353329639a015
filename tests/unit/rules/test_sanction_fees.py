"""The rules of sanction fees, one table a section: SoL (2025:400) 28 kap. 16–21 §§."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillsyn.inspect.i18n import translate
from tillsyn.inspect.rules.sanctions import (
    IN_FORCE_ON,
    PERMIT_LEAST,
    PERMIT_MOST,
    REDUCTIONS,
    REGISTER_CHECK,
    Breach,
    Decided,
    bars,
    close_obstacles,
    faults,
    hear_by,
    lapses_after,
)
from tillsyn.models.sanctions import ReductionGround, SanctionGround, SanctionOutcome

P, R = SanctionGround.PERMIT, SanctionGround.REGISTER_CHECK
FEE, REMITTED, BARRED, NONE = SanctionOutcome
MINOR, EXCUSABLE, UNREASONABLE, EXCEPTIONAL = ReductionGround
TODAY = date(2026, 11, 22)
DAY, HEARD = date(2026, 3, 10), date(2026, 4, 1)

HEARD_BY_SOL_28_20 = [
    (date(2026, 1, 1), date(2028, 1, 1)),
    (date(2026, 3, 10), date(2028, 3, 10)),
    (date(2028, 2, 29), date(2030, 2, 28)),
    (date(2026, 12, 31), date(2028, 12, 31)),
]
LAPSES_BY_SOL_28_21 = [
    (date(2026, 5, 4), date(2031, 5, 4)),
    (date(2028, 2, 29), date(2033, 2, 28)),
]
BARS = [
    ("SFS 2025:1299 p. 2: before the rules", Breach(P, date(2025, 12, 31)), TODAY, "before 1 January 2026"),
    ("SoL 28:19: a conditional fine", Breach(P, DAY, HEARD, True), TODAY, "SoL 28:19"),
    ("SoL 28:20: not heard in two years", Breach(R, DAY), date(2028, 3, 11), "SoL 28:20"),
    ("SoL 28:20: heard a day late", Breach(R, DAY, date(2028, 3, 11)), date(2028, 6, 1), "SoL 28:20"),
]
NO_BARS = [
    ("SFS 2025:1299 p. 2: the first day", Breach(P, IN_FORCE_ON, HEARD), TODAY),
    ("SoL 28:20: the last day has not passed", Breach(R, DAY), date(2028, 3, 10)),
    ("SoL 28:20: heard on the last day", Breach(R, DAY, date(2028, 3, 10)), date(2029, 1, 1)),
]
REFUSED = [
    ("SoL 28:17: below the least", P, Decided(FEE, PERMIT_LEAST - 1), "at least 5 000"),
    ("SoL 28:17: above the most", P, Decided(FEE, PERMIT_MOST + 1), "at most 500 000"),
    ("SoL 28:17: no amount", P, Decided(FEE), "at least 5 000"),
    ("SoL 28:17: above the most though reduced", P, Decided(FEE, 500_001, MINOR), "at most 500 000"),
    ("SoL 28:17: exceptional reasons are of 18 §", P, Decided(FEE, 900, EXCEPTIONAL), "does not let"),
    ("SoL 28:18: less without a ground", R, Decided(FEE, 99_999), "100 000 kronor"),
    ("SoL 28:18: more", R, Decided(FEE, 100_001), "100 000 kronor"),
    ("SoL 28:18: reduced to as much", R, Decided(FEE, 100_000, EXCEPTIONAL), "less than 100 000"),
    ("SoL 28:18: that it is minor is no ground", R, Decided(FEE, 50_000, MINOR), "does not let"),
    ("SoL 28:18: nor that it is excusable", R, Decided(REMITTED, 0, EXCUSABLE), "does not let"),
    ("SoL 28:17: remitted without a ground", P, Decided(REMITTED), "Choose the ground"),
    ("SoL 28:19–20: nothing bars it", P, Decided(BARRED), "Nothing in the law bars"),
]
ALLOWED = [
    ("SoL 28:17: the least", P, Decided(FEE, PERMIT_LEAST)),
    ("SoL 28:17: the most", P, Decided(FEE, PERMIT_MOST)),
    ("SoL 28:17: reduced below the least", P, Decided(FEE, 1_000, EXCUSABLE)),
    ("SoL 28:17: reduced to nothing, minor", P, Decided(REMITTED, 0, MINOR)),
    ("SoL 28:17: reduced to nothing, unreasonable", P, Decided(REMITTED, 0, UNREASONABLE)),
    ("SoL 28:18: each breach", R, Decided(FEE, REGISTER_CHECK)),
    ("SoL 28:18: reduced, exceptional", R, Decided(FEE, 40_000, EXCEPTIONAL)),
    ("SoL 28:18: reduced to nothing, exceptional", R, Decided(REMITTED, 0, EXCEPTIONAL)),
    ("SoL 28:16: no breach is shown", R, Decided(NONE)),
]


@pytest.mark.parametrize(("breach_on", "last"), HEARD_BY_SOL_28_20)
def test_sol_28_20_the_operator_is_heard_within_two_years(breach_on: date, last: date) -> None:
    assert hear_by(Breach(P, breach_on)) == last


@pytest.mark.parametrize(("final_on", "last"), LAPSES_BY_SOL_28_21)
def test_sol_28_21_a_fee_lapses_five_years_after_it_became_final(final_on: date, last: date) -> None:
    assert lapses_after(final_on) == last


@pytest.mark.parametrize(("law", "breach", "today", "says"), BARS, ids=[row[0] for row in BARS])
def test_a_bar_is_told_and_no_fee_is_decided_past_it(
    law: str, breach: Breach, today: date, says: str
) -> None:
    assert [says in one.text for one in bars(breach, today)] == [True]
    fee = Decided(FEE, REGISTER_CHECK if breach.ground is R else PERMIT_LEAST)
    assert faults(breach, fee, today) == bars(breach, today)
    assert faults(breach, Decided(BARRED), today) == ()


@pytest.mark.parametrize(("law", "breach", "today"), NO_BARS, ids=[row[0] for row in NO_BARS])
def test_nothing_bars_a_fee_on_the_last_day(law: str, breach: Breach, today: date) -> None:
    assert bars(breach, today) == ()


@pytest.mark.parametrize(("law", "ground", "decided", "says"), REFUSED, ids=[row[0] for row in REFUSED])
def test_what_the_law_does_not_allow_is_refused(
    law: str, ground: SanctionGround, decided: Decided, says: str
) -> None:
    (fault,) = faults(Breach(ground, DAY, HEARD), decided, TODAY)
    assert says in fault.text
    assert translate("sv", fault.text, **fault.values) != fault.text


@pytest.mark.parametrize(("law", "ground", "decided"), ALLOWED, ids=[row[0] for row in ALLOWED])
def test_what_the_law_allows_may_be_decided(law: str, ground: SanctionGround, decided: Decided) -> None:
    assert faults(Breach(ground, DAY, HEARD), decided, TODAY) == ()


def test_sol_28_20_no_fee_before_the_operator_was_heard() -> None:
    (fault,) = faults(Breach(R, DAY), Decided(FEE, REGISTER_CHECK), TODAY)
    assert "opportunity to comment first" in fault.text


def test_sol_28_16_a_case_with_an_undecided_breach_is_not_closed() -> None:
    assert close_obstacles(()) == ()
    (reason,) = close_obstacles(("K08", "K02"))
    assert reason.values == {"which": "K08, K02"} and "dialogue does not close it" in reason.text


@given(
    st.sampled_from(SanctionGround),
    st.sampled_from(SanctionOutcome),
    st.none() | st.integers(-10, 600_000),
    st.none() | st.sampled_from(ReductionGround),
    st.dates(date(2025, 6, 1), date(2032, 1, 1)),
    st.none() | st.dates(date(2026, 1, 1), date(2034, 1, 1)),
    st.booleans(),
    st.dates(date(2026, 1, 1), date(2034, 1, 1)),
)
def test_no_fee_is_ever_outside_the_law(
    ground: SanctionGround,
    outcome: SanctionOutcome,
    amount: int | None,
    reduction: ReductionGround | None,
    breach_on: date,
    heard_on: date | None,
    ordered: bool,
    today: date,
) -> None:
    breach = Breach(ground, breach_on, heard_on, ordered)
    if faults(breach, Decided(outcome, amount, reduction), today) or outcome is not FEE:
        return
    assert breach_on >= IN_FORCE_ON and not ordered
    assert heard_on is not None and heard_on <= hear_by(breach)
    assert amount is not None and 0 < amount <= (PERMIT_MOST if ground is P else REGISTER_CHECK)
    assert reduction is None or reduction in REDUCTIONS[ground]
    assert reduction is not None or amount >= (PERMIT_LEAST if ground is P else REGISTER_CHECK)
