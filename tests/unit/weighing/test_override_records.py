"""Overrides as records: the chain that shows tampering, and what they say about the rules (method §8)."""

from dataclasses import replace
from fractions import Fraction

from tillsyn.inspect.rules.override_records import (
    Binding,
    Directions,
    Link,
    directions_by_reason,
    directions_by_unit,
    record_hash,
    rule_use,
    verify_chain,
)
from tillsyn.inspect.rules.weighing import Position
from tillsyn.models.vocabulary import OverrideReason

WORKS_WELL, IN_THE_MAIN, NEEDS_IMPROVEMENT = sorted(Position, reverse=True)[:3]


class TestTheChain:
    records: tuple[dict[str, object], ...] = tuple(
        {"area": "TRY", "decided": number, "text": f"åäö {number}", "evidence": ["b1"]}
        for number in (1, 2, 3)
    )

    def chain(self) -> list[Link]:
        links: list[Link] = []
        for record in self.records:
            previous = links[-1].hash if links else ""
            links.append(Link(previous, record, record_hash(previous, record)))
        return links

    def test_is_whole_when_nothing_was_touched(self) -> None:
        assert verify_chain(self.chain()) == ()
        assert verify_chain([]) == ()
        assert all(len(link.hash) == 64 for link in self.chain())

    def test_shows_a_changed_record_and_one_rewritten_with_its_hash(self) -> None:
        links = self.chain()
        changed = replace(links[1], record={**links[1].record, "decided": 4})
        assert verify_chain([links[0], changed, links[2]]) == (1,)
        rewritten = replace(changed, hash=record_hash(changed.previous, changed.record))
        assert verify_chain([links[0], rewritten, links[2]]) == (2,)

    def test_shows_what_was_taken_out_or_moved(self) -> None:
        first, second, third = self.chain()
        assert verify_chain([second, third]) == (0,)
        assert verify_chain([first, third]) == (1,)
        assert verify_chain([first, third, second]) == (1, 2)

    def test_does_not_depend_on_the_order_in_which_a_record_was_written(self) -> None:
        record = self.records[0]
        assert record_hash("", record) == record_hash("", dict(reversed(record.items())))
        assert record_hash("", record) != record_hash("0", record)


class TestMonitoring:
    def binding(self, rule: str, decided: Position | None = WORKS_WELL, **more: object) -> Binding:
        return replace(Binding(rule, IN_THE_MAIN, decided), **more)  # type: ignore[arg-type]

    def test_a_rule_overridden_in_more_than_fifteen_of_a_hundred_is_one_to_revise(self) -> None:
        stood = [self.binding("T3") for _ in range(17)]
        overridden = [self.binding("T3", reason=OverrideReason.THEME) for _ in range(3)]
        [use] = rule_use([*stood, *overridden])
        assert (use.share, use.to_revise) == (Fraction(3, 20), False)
        [use] = rule_use([*stood[1:], *overridden])
        assert (use.share, use.to_revise) == (Fraction(3, 19), True)

    def test_directions_per_rule_reason_and_unit(self) -> None:
        context, time = OverrideReason.CONTEXT, OverrideReason.TIME
        found = [
            self.binding("V1", reason=context, unit="north"),
            self.binding("V1", NEEDS_IMPROVEMENT, reason=time, unit="north"),
            self.binding("T4", None, reason=time, unit="south"),
            self.binding("V0", computed=None, reason=time, unit="south"),
            self.binding("V0", None, computed=None, unit="south"),
        ]
        assert [(use.rule, use.bindings, use.directions) for use in rule_use(found)] == [
            ("T4", 1, Directions(unassessed=1)),
            ("V0", 2, Directions(unassessed=1)),
            ("V1", 2, Directions(up=1, down=1)),
        ]
        assert directions_by_reason(found) == {
            context: Directions(up=1),
            time: Directions(down=1, unassessed=2),
        }
        assert directions_by_unit(found) == {
            "north": Directions(up=1, down=1),
            "south": Directions(unassessed=2),
        }

    def test_several_overrides_in_one_direction_are_counted_each(self) -> None:
        steps = [NEEDS_IMPROVEMENT, NEEDS_IMPROVEMENT, WORKS_WELL, WORKS_WELL, WORKS_WELL, None, None]
        found = [self.binding("V1", decided, reason=OverrideReason.CONTEXT) for decided in steps]
        [use] = rule_use(found)
        assert use.directions == Directions(up=3, down=2, unassessed=2)
        assert use.directions.overrides == use.bindings == 7
