"""Where a rule turns, on both sides of the edge: what a mutation run found nobody asserted (docs/mutation.md)."""

import pytest

from tests.unit.weighing.weighing_cases import asked, deviation, inspection, met, said, weighed
from tillsyn.inspect.rules.weighing import ActionTrack, Resolution


@pytest.mark.parametrize(("consequence", "corroborated"), [(0, False), (1, False), (2, True), (3, True)])
def test_a_deviation_corroborates_an_account_from_severity_2(consequence: int, corroborated: bool) -> None:
    case = inspection(said("b1", "vald_hot", 3), deviation("KR1", consequence))
    [account] = weighed(case).areas["TRY"].accounts
    assert account.corroborated is corroborated


def test_an_account_that_was_not_confirmed_counts_as_severity_2_and_others_as_they_are() -> None:
    resolutions = (None, Resolution.CONFIRMED, Resolution.NOT_CONFIRMED)
    case = inspection(
        *(
            said("b1", "vald_hot", severity, resolution=one, id=f"{severity}{one}")
            for severity in (3, 4)
            for one in resolutions
        )
    )
    effective = {one.coding.id: one.effective for one in weighed(case).areas["TRY"].accounts}
    assert effective == {
        f"{severity}{one}": 2 if one is Resolution.NOT_CONFIRMED else severity
        for severity in (3, 4)
        for one in resolutions
    }


def test_a_theme_the_children_find_wanting_is_a_dialogue_where_the_area_works_well() -> None:
    heard = [asked(f"b{number}", "vald_hot") for number in range(1, 5)]
    calm = inspection(*heard, asked("b1", "natt"), met("KR1"), residents=4)
    minor = inspection(*heard, said("b1", "natt", 1), met("KR1"), residents=4)
    assert [weighed(case).areas["TRY"].position for case in (calm, minor)] == [4, 4]
    assert weighed(calm).areas["TRY"].action is ActionTrack.AFFIRM
    assert weighed(minor).areas["TRY"].action is ActionTrack.DIALOGUE


def test_an_area_says_whether_it_is_close_to_children() -> None:
    areas = weighed(inspection()).areas
    assert {name: area.child_near for name, area in areas.items()} == {
        "DEL": True, "DOK": False, "TRY": True, "VAR": True,
    }  # fmt: skip
