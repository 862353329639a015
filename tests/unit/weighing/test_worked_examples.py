"""The worked examples of the method, every number that can be recomputed by hand."""

from dataclasses import replace
from fractions import Fraction

from tests.unit.weighing.weighing_cases import CATALOGUE, asked, deviation, inspection, met, said
from tillsyn.inspect.rules.weighing import (
    AreaResult,
    Catalogue,
    Coding,
    Inspection,
    Perspective,
    Weighing,
    deciding_circumstances,
    replay,
    result_as_json,
    weigh,
)
from tillsyn.inspect.rules.weighing.levels import ChildrenRead, read_children

REQUIREMENTS = {name: themes for name, themes in CATALOGUE.requirements.items() if name != "KR7"}
EXAMPLE = Catalogue(CATALOGUE.themes, REQUIREMENTS, CATALOGUE.administrative_areas)


def weighed(case: Inspection) -> Weighing:
    return weigh(EXAMPLE, case)


def levels(area: AreaResult) -> dict[str, int]:
    return {str(perspective): level for perspective, level in area.levels.items()}


def children(area: AreaResult) -> ChildrenRead | None:
    return read_children(list(area.voices.get(Perspective.CHILD, {}).values()))


def ceilings(area: AreaResult) -> tuple[int, int, int, int]:
    return (area.ceilings.T1, area.ceilings.T2, area.ceilings.T3, area.ceilings.T4)


def row(area: AreaResult, rule: str, **facts: object) -> dict[str, object]:
    [found] = [dict(one) for one in area.trace if one["rule"] == rule and facts.items() <= dict(one).items()]
    return found


ONE_CHILD_TELLS = inspection(
    said("b1", "vald_hot", 3, important=True),
    *(asked(source, "vald_hot") for source in ("b2", "b3", "b4", "p1", "p2", "p3", "l1", "o1", "d1")),
    met("KR1"),
    met("KR2"),
    residents=4,
)


class TestExample1OneChildOfFourTellsOfViolence:
    area = weighed(ONE_CHILD_TELLS).areas["TRY"]

    def test_every_perspective_reads_four_and_the_child_is_the_minority(self) -> None:
        assert levels(self.area) == dict.fromkeys(
            ("child", "compliance", "observation", "staff", "manager", "document"), 4
        )
        assert self.area.voices[Perspective.CHILD] == {"b1": 2, "b2": 4, "b3": 4, "b4": 4}
        assert children(self.area) == ChildrenRead(lowest=2, third=4, half=4)
        assert self.area.minority == {Perspective.CHILD: ("b1",)}
        assert row(self.area, "V1", level=4) == {
            "rule": "V1",
            "level": 4,
            "for": 12,
            "of": 12,
            "reached": True,
        }

    def test_the_account_is_what_decides(self) -> None:
        assert self.area.base == 4
        assert ceilings(self.area) == (2, 4, 3, 4)
        assert self.area.position == 2
        assert self.area.word == "Allvarlig uppgift utreds"
        assert self.area.basis == "uppgift under utredning"
        assert self.area.action == 3
        assert replay(self.area.trace) == 2

    def test_the_deciding_circumstance_names_the_coding(self) -> None:
        found = deciding_circumstances(self.area)
        assert found is not None
        assert found.decided_by_ceiling
        assert [(one.ceiling, one.codings) for one in found.ceilings] == [("T1", ("b1-vald_hot-3",))]

    def test_flags(self) -> None:
        assert result_as_json(weighed(ONE_CHILD_TELLS))["areas"]["TRY"]["flags"] == {  # type: ignore[index]
            "acute": False,
            "investigate": True,
            "deepen": False,
            "disclosure_risk": True,
        }

    def test_confidence_bounds_and_margin(self) -> None:
        parts = self.area.confidence_parts
        assert parts is not None
        assert (parts.method, parts.coherence, parts.adequacy, parts.relevance) == (0, 1, 0, 0)
        assert self.area.confidence == 2
        assert self.area.bounds == (2, 2)
        assert (self.area.margin.down, self.area.margin.up) == (1, None)

    def test_1b_a_first_hand_witness_makes_it_a_corroborated_account(self) -> None:
        others = [one for one in ONE_CHILD_TELLS.codings if one.source != "p2"]
        case = replace(ONE_CHILD_TELLS, codings=(*others, said("p2", "vald_hot", 2)))
        area = weighed(case).areas["TRY"]
        assert area.ceilings.T1 == 1
        assert (area.position, area.word, area.basis, area.action) == (1, "Allvarligt", "styrkt uppgift", 4)
        assert area.levels[Perspective.STAFF] == 2
        assert area.voices[Perspective.CHILD]["b1"] == 1

    def test_1c_sixty_happy_voices_change_nothing(self) -> None:
        praise: list[Coding] = [
            asked(f"{kind}{number}", "vald_hot") for kind in "dpb" for number in range(10, 30)
        ]
        case = replace(ONE_CHILD_TELLS, codings=(*ONE_CHILD_TELLS.codings, *praise), residents=24)
        area = weighed(case).areas["TRY"]
        assert (area.position, area.word) == (2, "Allvarlig uppgift utreds")


THE_GAP = inspection(
    said("b1", "mat", 1, important=True),
    said("b1", "inflytande", 1),
    said("b2", "mat", 1),
    said("b2", "fritid", 2),
    asked("b2", "inflytande"),
    said("b3", "fritid", 2, important=True),
    said("b3", "mobil", 1),
    said("b4", "inflytande", 2),
    said("b4", "natt", 1),
    said("b5", "mobil", 2, important=True),
    asked("p1", "mat"),
    asked("p2", "fritid"),
    asked("l1", "fritid"),
    asked("p1", "inflytande"),
    asked("p2", "inflytande"),
    said("o1", "inflytande", 1),
    asked("l1", "plan"),
    asked("d1", "plan"),
    asked("d2", "register"),
    met("KR3"),
    met("KR5"),
    met("KR6"),
    residents=6,
)


class TestExample2EveryCheckMetAndChildrenTalkAboutSomethingElse:
    result = weighed(THE_GAP)

    def test_everyday_life_rests_on_the_children(self) -> None:
        area = self.result.areas["VAR"]
        assert levels(area) == {"child": 2, "staff": 4, "manager": 4}
        assert sorted(area.voices[Perspective.CHILD].values()) == [2, 2, 2, 3]
        assert children(area) == ChildrenRead(2, 2, 2)
        assert (area.base, area.ceilings.T3) == (2, 2)
        assert (area.position, area.word, area.action) == (2, "Behöver förbättras", 1)
        assert area.confidence_parts is not None
        assert area.confidence_parts.coherence == 3
        assert (area.confidence, area.bounds) == (3, (2, 2))
        assert (area.margin.down, area.margin.up) == (1, None)
        assert not area.flags.deepen, "no requirement covers what the children talk about"

    def test_participation_is_held_up_by_the_checks_and_the_observation(self) -> None:
        area = self.result.areas["DEL"]
        assert levels(area) == {"child": 2, "compliance": 4, "observation": 3, "staff": 4}
        assert children(area) == ChildrenRead(2, 2, 3)
        assert [row(area, "V1", level=level)["for"] for level in (4, 3)] == [4, 6]
        assert row(area, "V1", level=3)["of"] == 10
        assert (area.base, area.ceilings.T3, area.position) == (3, 3, 3)
        assert area.word == "Fungerar i huvudsak"
        assert area.confidence_parts is not None
        assert (area.confidence_parts.coherence, area.confidence_parts.adequacy) == (3, 1)
        assert (area.confidence, area.bounds, area.action) == (3, (2, 3), 1)
        assert (area.margin.down, area.margin.up) == (Fraction(1, 5), None)

    def test_without_the_observation_a_tie_goes_down(self) -> None:
        case = replace(THE_GAP, codings=tuple(one for one in THE_GAP.codings if one.source != "o1"))
        assert weighed(case).areas["DEL"].position == 2

    def test_safety_rests_on_one_child(self) -> None:
        area = self.result.areas["TRY"]
        assert levels(area) == {"child": 3}
        assert (area.base, ceilings(area), area.position) == (3, (4, 4, 3, 3), 3)
        assert area.confidence_parts is not None
        assert area.confidence_parts.adequacy == 3
        assert (area.confidence, area.bounds, area.margin.down, area.action) == (2, (2, 3), 1, 1)

    def test_documents_need_no_child(self) -> None:
        area = self.result.areas["DOK"]
        assert levels(area) == {"compliance": 4, "manager": 4, "document": 4}
        assert (area.base, ceilings(area)) == (4, (4, 4, 4, 4))
        assert (area.position, area.word, area.action) == (4, "Fungerar väl", 0)
        assert (area.confidence, area.bounds, area.margin.down, area.margin.up) == (4, (4, 4), 1, None)

    def test_profile_and_driving_areas(self) -> None:
        assert self.result.profile == {
            "Fungerar väl": 1,
            "Fungerar i huvudsak": 2,
            "Behöver förbättras": 1,
        }
        assert self.result.action == 1
        assert self.result.driving_areas == ("DEL", "TRY", "VAR")

    def test_the_gap_to_the_last_fraction(self) -> None:
        gap = result_as_json(self.result)["gap"]
        assert isinstance(gap, dict)
        themes = gap.pop("themes")
        assert gap == {
            "outside": "5/6",
            "B1": "11/15",
            "B2": "1/10",
            "B3": "1/6",
            "distance": "5/6",
            "checks_without_voice": "2/3",
            "saturation": "8/9",
        }
        assert {theme: (one["class"], one["children"]) for theme, one in themes.items()} == {
            "mat": ("B1", "7/30"),
            "fritid": ("B1", "7/30"),
            "mobil": ("B1", "4/15"),
            "inflytande": ("B3", "1/6"),
            "natt": ("B2", "1/10"),
            "plan": ("B0", "0"),
            "register": ("B0", "0"),
        }


NOBODY_TALKED = inspection(
    asked("p1", "natt"),
    asked("p2", "natt"),
    said("p3", "natt", 1),
    asked("l1", "natt"),
    asked("o1", "natt"),
    asked("d1", "natt"),
    met("KR1"),
    deviation("KR2", 1),
    asked("l1", "plan"),
    asked("d2", "register"),
    deviation("KR5", 2, self_reported=True),
    residents=5,
)


class TestExample3NoChildWantedToTalk:
    result = weighed(NOBODY_TALKED)

    def test_safety_stops_at_works_in_the_main(self) -> None:
        area = self.result.areas["TRY"]
        assert levels(area) == {"compliance": 3, "observation": 4, "staff": 3, "manager": 4, "document": 4}
        assert (row(area, "V1", level=4)["for"], row(area, "V1", level=4)["reached"]) == (4, False)
        assert (row(area, "V1", level=3)["for"], row(area, "V1", level=3)["of"]) == (8, 8)
        assert (area.base, area.ceilings.T3, area.position) == (3, 3, 3)
        assert area.word == "Fungerar i huvudsak"
        assert area.confidence_parts is not None
        assert area.confidence_parts.adequacy == 3
        assert (area.confidence, area.bounds, area.action) == (2, (2, 4), 1)

    def test_a_failing_the_home_found_itself_is_a_dialogue(self) -> None:
        area = self.result.areas["DOK"]
        assert levels(area) == {"compliance": 2, "manager": 4, "document": 4}
        assert (area.base, area.ceilings.T2, area.position) == (2, 2, 2)
        assert (area.word, area.basis) == ("Behöver förbättras", "konstaterad brist")
        assert area.confidence_parts is not None
        assert area.confidence_parts.coherence == 2
        assert (area.confidence, area.bounds, area.action) == (4, (2, 2), 1)

    def test_not_found_by_the_home_it_is_a_correction(self) -> None:
        checks = (*NOBODY_TALKED.checks[:2], deviation("KR5", 2))
        assert weighed(replace(NOBODY_TALKED, checks=checks)).areas["DOK"].action == 2

    def test_3b_a_repetition_is_grave_and_the_premium_is_lost(self) -> None:
        checks = (*NOBODY_TALKED.checks[:2], deviation("KR5", 2, self_reported=True, repeated=True))
        area = weighed(replace(NOBODY_TALKED, checks=checks)).areas["DOK"]
        assert (area.levels[Perspective.COMPLIANCE], area.position, area.action) == (1, 1, 4)
        assert area.basis == "konstaterad brist"

    def test_the_gap_is_missing_not_zero(self) -> None:
        gap = self.result.gap
        assert (gap.outside, gap.no_requirement, gap.distance, gap.saturation) == (None, None, None, None)
