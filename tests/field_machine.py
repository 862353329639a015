"""Three devices, a page and a network that fails: what a sequence of their doings must never lose.

A Hypothesis state machine over the real services. Every write that was ever made is on the server exactly
once; every write is a head or an ancestor of one; all devices come to see the same.
"""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from tests.field_world import World
from tests.handhelds import Handheld
from tillsyn.inspect.rules.field_ops import canonical_json
from tillsyn.inspect.services.receive_ops import Received
from tillsyn.models.vocabulary import State

WHICH = st.integers(0, 2)
FIELDS = ("talk note", "talk deviation", "statement text", "child outcome", "own text", "visit override")
FATES = st.sampled_from(["heard", "heard", "reply lost", "failed", "from a number too high", "sent twice"])
BUSY = st.booleans()
ROUNDS = 12


class Devices(RuleBasedStateMachine):
    """Each instance is one sequence. `world` is set by who runs it."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.undo = self.world.sequence()
        self.undo.__enter__()
        self.handhelds: list[Handheld] = self.world.handhelds()
        self.clones: list[tuple[int, Handheld]] = []
        self.written: dict[str, dict[str, Any]] = {}
        self.cloned: set[int] = set()
        self.words = 0
        self.state = State.CHILDREN

    def write(self, which: int, handheld: Handheld, what: str) -> None:
        self.words += 1
        said = f"{what} {self.words}"
        world = self.world
        document: tuple[str, UUID, str, Any] = {
            "talk note": ("talk", world.talk, "note", said),
            "talk deviation": ("talk", world.talk, "deviation", self.words % 2 == 0),
            "statement text": ("statement", world.statement, "text", said),
            "child outcome": ("child", world.children[1], "outcome", {"outcome": "declined", "note": said}),
            "own text": ("statement", UUID(int=world.statement.int ^ 6 + which), "text", said),
            "visit override": ("visit", world.inspection_id, "override", f"{said}: ett skäl som räcker till"),
        }[what]
        kind, doc_id, name, value = document
        if what == "own text" and (str(doc_id), "source") not in handheld.heads:
            source = {"talk": str(world.talk), "position": 1 + which}
            self.keep(handheld.write(kind, doc_id, "source", source, world.now))
        self.keep(
            handheld.write(kind, doc_id, name, value, world.now, "add" if name == "override" else "set")
        )

    def keep(self, op: dict[str, Any]) -> None:
        self.written[op["op_id"]] = op

    @initialize(what=st.sampled_from(FIELDS), whose=st.tuples(WHICH, WHICH))
    def two_write_the_same_field(self, what: str, whose: tuple[int, int]) -> None:
        for which in whose:
            self.write(which, self.handhelds[which], what)

    @rule(which=WHICH, whats=st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3), fate=FATES, busy=BUSY)
    def writes_and_sends(self, which: int, whats: list[str], fate: str, busy: bool) -> None:
        for what in whats:
            self.write(which, self.handhelds[which], what)
        self.send(which, 200, fate, busy)

    @rule(which=WHICH, what=st.sampled_from(FIELDS), times=st.integers(1, 3))
    def writes(self, which: int, what: str, times: int) -> None:
        for _ in range(times):
            self.write(which, self.handhelds[which], what)

    @precondition(lambda self: any(handheld.unsent() for handheld in self.handhelds))
    @rule(nth=WHICH, some=st.integers(1, 4), fate=FATES, busy=BUSY)
    def sends(self, nth: int, some: int, fate: str, busy: bool) -> None:
        """One that has something left sends part of it."""
        waiting = [which for which, handheld in enumerate(self.handhelds) if handheld.unsent()]
        self.send(waiting[nth % len(waiting)], some, fate, busy)

    def send(self, which: int, some: int, fate: str, busy: bool) -> None:
        """The answer may be lost, the server may fail before its commit, the first may be left out."""
        handheld = self.handhelds[which]
        ops = handheld.unsent()[1 if fate == "from a number too high" else 0 :][:some]
        received = self.world.send(which, handheld, ops, kept=fate != "failed", busy=busy)
        if fate == "sent twice":
            received = self.world.send(which, handheld, ops, busy=busy)
            assert all(one.status == "known" or one.status.startswith("rejected") for one in received.results)
        if fate not in ("reply lost", "failed"):
            self.hear(which, handheld, received)

    def hear(self, which: int, handheld: Handheld, received: Received) -> None:
        handheld.hear(received.acked_seq)
        assert which in self.cloned or received.receipt == handheld.receipt()

    @rule(which=WHICH, limit=st.sampled_from([1, 3, 500]), busy=BUSY)
    def fetches(self, which: int, limit: int, busy: bool) -> None:
        handheld = self.handhelds[which]
        changes = self.world.fetch(which, handheld.after, limit, busy=busy)
        for change in changes.ops:
            handheld.see(change.op)
        handheld.after = changes.server_seq

    @precondition(lambda self: any(handheld.acked for handheld in self.handhelds))
    @rule(nth=WHICH)
    def sends_old_ones_again(self, nth: int) -> None:
        """A request that was held up somewhere arrives at last."""
        sent = [which for which, handheld in enumerate(self.handhelds) if handheld.acked]
        which = sent[nth % len(sent)]
        handheld = self.handhelds[which]
        old = [op for seq, op in handheld.outbox.items() if seq <= handheld.acked][-3:]
        received = self.world.send(which, handheld, old)
        known = {"known"} if which not in self.cloned else {"known", "rejected:clone"}
        assert {one.status for one in received.results} <= known

    @precondition(lambda self: self.state is State.CHILDREN)
    @rule(who=st.integers(0, 1))
    def page_changes(self, who: int) -> None:
        self.words += 1
        self.world.edit_page(f"På sidan {self.words}", who)

    @rule(state=st.sampled_from([State.CHILDREN, State.REVIEW]))
    def case_moves(self, state: State) -> None:
        """On to where nothing more is recorded, or returned."""
        self.state = state
        self.world.move_case(state)

    @precondition(lambda self: any(handheld.several() for handheld in self.handhelds))
    @rule(nth=WHICH)
    def settles(self, nth: int) -> None:
        """Somebody writes over every text that they see in a field with several."""
        seeing = [handheld for handheld in self.handhelds if handheld.several()]
        handheld = seeing[nth % len(seeing)]
        doc_id, name = handheld.several()[0]
        value = handheld.known[min(handheld.heads[doc_id, name])]["value"]
        kind = handheld.kinds[doc_id]
        self.keep(handheld.write(kind, UUID(doc_id), name, value, self.world.now, "resolve"))

    @precondition(lambda self: not self.clones)
    @rule(which=WHICH, what=st.sampled_from(FIELDS))
    def is_cloned(self, which: int, what: str) -> None:
        """A profile is copied to another machine, and both go on writing."""
        clone = self.handhelds[which].clone()
        self.clones.append((which, clone))
        self.cloned.add(which)
        for one in (clone, self.handhelds[which]):
            self.write(which, one, what)

    @precondition(lambda self: self.clones)
    @rule(what=st.sampled_from(FIELDS), heard=st.booleans())
    def clone_writes_and_sends(self, what: str, heard: bool) -> None:
        which, clone = self.clones[0]
        self.write(which, clone, what)
        received = self.world.send(which, clone, clone.unsent())
        if heard:
            clone.hear(received.acked_seq)

    def teardown(self) -> None:
        try:
            self.quiet()
            self.check()
        finally:
            self.undo.__exit__(None, None, None)

    def quiet(self) -> None:
        """The network comes back: everybody sends and fetches until nothing is left."""
        everybody = [*enumerate(self.handhelds), *self.clones]
        for _ in range(ROUNDS):
            left = 0
            for which, handheld in everybody:
                for unsent in iter(handheld.unsent, []):
                    self.hear(which, handheld, self.world.send(which, handheld, unsent))
                    left += 1
            if not left:
                break
        else:
            raise AssertionError("it never became quiet")
        for which, handheld in everybody:
            changes = self.world.fetch(which, handheld.after)
            assert not changes.more
            for change in changes.ops:
                handheld.see(change.op)

    def check(self) -> None:
        log, quarantine = self.world.log(), self.world.quarantine()
        for op_id, op in self.written.items():
            times = int(op_id in log) + quarantine[canonical_json(op)]
            assert times == 1, f"{op_id} is on the server {times} times"
            assert op_id not in log or log[op_id].said == op
        assert self.cloned or not quarantine
        children = {parent for op in log.values() for parent in op.said["parents"]}
        heads: dict[tuple[str, str], set[str]] = {}
        for op_id, op in log.items():
            if op_id not in children:
                heads.setdefault((op.said["doc_id"], op.said["field"]), set()).add(op_id)
        assert self.world.heads() == heads
        for which, handheld in enumerate(self.handhelds):
            if which in self.cloned:
                continue
            mine = {key: ids for key, ids in handheld.heads.items() if ids}
            assert mine == heads, "a device sees something else than the server"
