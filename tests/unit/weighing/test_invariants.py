"""What must hold for every inspection: the invariants of METHOD 3, by their numbers there."""

import json
from dataclasses import replace
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.unit.weighing.weighing_cases import (
    AREAS,
    CATALOGUE,
    SOURCES,
    THEMES,
    THEMES_OF,
    adding,
    asked,
    checks,
    codings,
    deviation,
    inspections,
    met,
    numbered,
    positions,
    said,
    weighed,
    without_stamp,
)
from tillsyn.inspect.rules.weighing import (
    ActionTrack,
    Coding,
    Inspection,
    Perspective,
    Resolution,
    Status,
    deviation_severity,
    replay,
)

#: Who may speak, and how severely, without corroborating a grave account (hearsay never does).
NEW_VOICES = [(kind, severity) for kind in "bplod" for severity in range(3) if severity < 2 or kind in "bpl"]


@given(inspections(), st.randoms(use_true_random=False))
def test_i1_order_changes_nothing(case: Inspection, random: Random) -> None:
    shuffled = replace(
        case,
        codings=tuple(random.sample(case.codings, len(case.codings))),
        checks=tuple(random.sample(case.checks, len(case.checks))),
        interviews=tuple(random.sample(case.interviews, len(case.interviews))),
    )
    assert weighed(shuffled) == weighed(case)


@given(inspections(), st.data())
def test_i2_repetition_changes_nothing_anywhere(case: Inspection, data: st.DataObject) -> None:
    assume(case.codings)
    again = data.draw(st.lists(st.sampled_from(case.codings), min_size=1, max_size=6))
    assert without_stamp(weighed(adding(case, *again))) == without_stamp(weighed(case))


@given(inspections(), st.sampled_from(AREAS), st.data())
def test_i3_stuffing_moves_no_position(case: Inspection, area: str, data: st.DataObject) -> None:
    before = weighed(case).areas[area]
    themes = st.sampled_from(THEMES_OF[area])
    heard = sorted({source for group in before.voices.values() for source in group})
    more: list[Coding] = [said("a9", data.draw(themes), 1)]
    if heard:
        praising = data.draw(st.lists(st.sampled_from(heard), max_size=5))
        more += [asked(source, data.draw(themes)) for source in praising]
    if Perspective.DOCUMENT in before.levels:
        more += [asked(f"d{number}", data.draw(themes)) for number in range(10, 15)]
    stuffed = adding(case, *more)
    if before.requirements:
        known = {check.requirement for check in case.checks}
        fresh = [name for name in CATALOGUE.requirements if name not in known]
        stuffed = replace(stuffed, checks=(*case.checks, *(met(name) for name in fresh)))
    assert weighed(stuffed).areas[area].position == before.position


@given(inspections(), st.data())
def test_i4_a_worse_statement_never_helps(case: Inspection, data: st.DataObject) -> None:
    candidates = [
        number
        for number, coding in enumerate(case.codings)
        if coding.severity < 4 and not (coding.severity == 2 and coding.status is Status.WITHDRAWN)
    ]
    assume(candidates)
    number = data.draw(st.sampled_from(candidates))
    worse = list(case.codings)
    worse[number] = replace(worse[number], severity=worse[number].severity + 1)
    assert_not_better(case, replace(case, codings=tuple(worse)))


@given(inspections(), st.integers(0, 3), st.integers(0, 1), st.integers(0, 3))
def test_i4_a_worse_deviation_never_helps(
    case: Inspection, consequence: int, extent: int, switches: int
) -> None:
    others = tuple(check for check in case.checks if check.requirement != "KR7")
    found = deviation(
        "KR7", consequence, extent=extent, fixed=bool(switches & 1), self_reported=bool(switches & 2)
    )
    before = replace(case, checks=(*others, found))
    for change in ({"consequence": consequence + 1}, {"extent": extent + 1}, {"repeated": True}):
        worse = replace(found, **change)  # type: ignore[arg-type]
        assert_not_better(before, replace(case, checks=(*others, worse)))


def assert_not_better(case: Inspection, worse: Inspection) -> None:
    before, after = weighed(case).areas, weighed(worse).areas
    for area in AREAS:
        old, new = before[area], after[area]
        if old.position is not None:
            assert new.position is not None
            assert new.position <= old.position
        if old.action is not None:
            assert new.action is not None
            assert new.action >= old.action


@given(inspections(), st.sampled_from(NEW_VOICES), st.sampled_from(sorted(THEMES)))
def test_i5_a_new_voice_moves_the_position_no_further_than_itself(
    case: Inspection, voice: tuple[str, int], theme: str
) -> None:
    kind, severity = voice
    area = THEMES[theme]
    before = positions(case)[area]
    after = positions(adding(case, said(f"{kind}9", theme, severity, firsthand=False)))[area]
    if before is None:
        return
    level = 4 - severity
    assert after is not None
    assert min(before, level) <= after <= max(before, level)


@given(inspections())
def test_i6_no_position_is_above_a_ceiling(case: Inspection) -> None:
    for area in weighed(case).areas.values():
        if area.position is not None:
            assert area.position <= area.ceilings.lowest()
            assert area.position <= area.base


@given(
    st.lists(codings(worst=0), max_size=14),
    st.sampled_from(SOURCES),
    st.sampled_from([3, 4]),
    st.booleans(),
    st.sampled_from(Status),
)
def test_i7_a_grave_account_is_never_averaged_away(
    praise: list[Coding], source: str, severity: int, firsthand: bool, status: Status
) -> None:
    told = said(source, "natt", severity, firsthand=firsthand, status=status)
    case = Inspection("x", residents=8, codings=numbered(praise), checks=(met("KR1"), met("KR2")))
    area = weighed(adding(case, told)).areas["TRY"]
    assert area.position is not None
    assert area.action is not None
    assert area.position <= 2
    assert area.action >= ActionTrack.INVESTIGATE
    assert [account.coding.id for account in area.accounts] == ["new0"]
    assert area.flags.acute == (severity == 4)
    if severity == 4:
        assert area.action == ActionTrack.IMMEDIATE_PROTECTION


@given(
    st.sampled_from(["b", "p", "l", "a"]),
    st.sampled_from(["b", "p", "l", "a"]),
    st.integers(0, 4),
    st.booleans(),
    st.booleans(),
)
def test_i7b_only_another_persons_own_word_corroborates(
    kind: str, other: str, severity: int, firsthand: bool, same: bool
) -> None:
    told = said(f"{kind}1", "natt", 3, firsthand=False)
    witness = f"{kind}1" if same else f"{other}2"
    heard = said(witness, "natt", severity, firsthand=firsthand)
    case = adding(Inspection("x", residents=4), told, heard)
    account = next(one for one in weighed(case).areas["TRY"].accounts if one.coding.id == "new0")
    assert account.corroborated == (not same and firsthand and severity >= 2)


@given(inspections(worst=1))
def test_i9_minor_failings_however_many_stay_a_dialogue(case: Inspection) -> None:
    minor = replace(
        case,
        checks=tuple(
            check
            for check in case.checks
            if deviation_severity(
                consequence=check.consequence, extent=check.extent, repeated=check.repeated, fixed=check.fixed
            )
            <= 1
        ),
    )
    for area in weighed(minor).areas.values():
        assert area.position is None or area.position >= 3
        assert area.action is None or area.action <= ActionTrack.DIALOGUE


@given(inspections(), st.integers(2, 4), st.booleans())
def test_i10_a_deviation_acts(case: Inspection, consequence: int, self_reported: bool) -> None:
    others = tuple(check for check in case.checks if check.requirement != "KR1")
    failed = deviation("KR1", consequence, self_reported=self_reported)
    area = weighed(replace(case, checks=(*others, failed))).areas["TRY"]
    assert area.position is not None
    assert area.action is not None
    if consequence >= 3:
        assert area.position == 1
        assert area.action >= ActionTrack.CONSIDER_INTERVENTION
    else:
        assert area.position <= 2


@given(inspections(), st.permutations(["b1", "b2", "b3", "b4"]))
def test_i11_who_said_it_within_a_group_does_not_matter(case: Inspection, order: list[str]) -> None:
    names = dict(zip(["b1", "b2", "b3", "b4"], order, strict=True))

    def renamed(source: str) -> str:
        return names.get(source, source)

    swapped = replace(
        case,
        id="another home",
        codings=tuple(replace(one, source=renamed(one.source)) for one in case.codings),
        interviews=tuple(replace(one, source=renamed(one.source)) for one in case.interviews),
    )
    before, after = without_stamp(weighed(case)), without_stamp(weighed(swapped))
    for area in AREAS:
        old, new = before["areas"][area], after["areas"][area]  # type: ignore[index]
        minority = {who: sorted(map(renamed, sources)) for who, sources in old.pop("minority").items()}
        assert new.pop("minority") == minority
    assert before == after


@given(inspections())
def test_i17_i18_the_result_is_deterministic_and_its_trace_suffices(case: Inspection) -> None:
    result = weighed(case)
    assert result == weighed(case)
    for area in result.areas.values():
        kept = [dict(row) for row in area.trace if row["rule"] not in ("V1", "V0", "L")]
        assert replay(json.loads(json.dumps(kept))) == area.position


@given(inspections(), st.data())
def test_i20_two_talks_with_one_person_are_one_voice(case: Inspection, data: st.DataObject) -> None:
    assume(case.codings)
    again = data.draw(st.sampled_from(case.codings))
    theme = data.draw(st.sampled_from(THEMES_OF[THEMES[again.theme]]))
    area = THEMES[theme]
    before = weighed(case).areas[area].voices
    # A second talk in which the same person has nothing to remark adds nothing to the first.
    second = replace(again, theme=theme, severity=0, resolution=None, status=Status.ACTIVE)
    expected = {perspective: dict(group) for perspective, group in before.items()}
    expected.setdefault(again.perspective, {}).setdefault(again.source, 4)
    assert weighed(adding(case, second)).areas[area].voices == expected


@given(inspections(), st.lists(codings(sources=("a1", "a2", "a3")), min_size=1, max_size=8))
def test_i21_other_people_cannot_lift(case: Inspection, others: list[Coding]) -> None:
    before, after = weighed(case).areas, weighed(adding(case, *others)).areas
    for area in AREAS:
        old, new = before[area].position, after[area].position
        assert before[area].levels.keys() == after[area].levels.keys()
        if old is not None:
            assert new is not None
            assert new <= old


@given(inspections(), st.sampled_from(SOURCES), st.sampled_from([3, 4]), st.booleans())
def test_i22_what_an_investigation_finds(
    case: Inspection, source: str, severity: int, firsthand: bool
) -> None:
    def told(resolution: Resolution | None) -> Inspection:
        return adding(case, said(source, "natt", severity, firsthand=firsthand, resolution=resolution))

    assert without_stamp(weighed(told(Resolution.REFUTED))) == without_stamp(weighed(case))
    confirmed, unresolved, not_confirmed = (
        positions(told(resolution))["TRY"]
        for resolution in (Resolution.CONFIRMED, None, Resolution.NOT_CONFIRMED)
    )
    assert confirmed is not None
    assert unresolved is not None
    assert not_confirmed is not None
    assert 1 == confirmed <= unresolved <= not_confirmed <= 3


@given(inspections(), st.lists(checks(), max_size=4))
def test_i23_steps_with_legal_force_need_legal_ground(case: Inspection, more: list[object]) -> None:
    for area in weighed(replace(case, checks=(*case.checks, *more))).areas.values():  # type: ignore[arg-type]
        worst = max((one.severity for one in area.requirements), default=0)
        proved = any(account.corroborated for account in area.accounts)
        if area.action == ActionTrack.CONSIDER_INTERVENTION:
            assert worst >= 3 or proved
        if area.action == ActionTrack.REQUEST_CORRECTION:
            assert worst == 2
        if area.action == ActionTrack.INVESTIGATE:
            assert area.flags.investigate
