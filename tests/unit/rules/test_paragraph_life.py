"""Whatever happens to a paragraph, every text that a person wrote is in it or in what is kept of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tillsyn.inspect.rules.paragraph_life import Standing
from tillsyn.inspect.rules.text_runs import Run, Step, earlier_texts, step_back

SENTENCES = ["Barnen trivs.", "Maten är kall.", "Vem lyssnar?", "Vi såg två rum.", "Allt är bra."]
texts = st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join)
people = st.sampled_from(["maja", "lisa"])
pauses = st.sampled_from([timedelta(seconds=1), timedelta(minutes=6), timedelta(hours=1)])


def test_an_edit_begins_from_what_the_data_gave_and_follows_them_again_when_it_is_the_same() -> None:
    fresh = Standing("A.", "A.")
    mine = fresh.written("A. Min.")
    assert (mine.base, mine.edited, mine.differs) == ("A.", True, False)
    changed = mine.recomposed("Ny.")
    assert (changed.text, changed.composed, changed.differs) == ("A. Min.", "Ny.", True)
    assert changed.both == "Ny. Min."
    assert changed.written("Ny.") == Standing("Ny.", "Ny.")
    assert fresh.recomposed("Ny.") == Standing("Ny.", "Ny.")


def test_each_of_the_three_choices_ends_the_question_until_the_data_change_again() -> None:
    asked = Standing("A.", "A.").written("A. Min.").recomposed("Ny.")
    assert asked.kept().text == "A. Min." and not asked.kept().differs
    assert asked.taken() == Standing("Ny.", "Ny.")
    assert asked.joined().text == "Ny. Min." and not asked.joined().differs
    assert asked.kept().recomposed("Nyare.").differs and asked.joined().recomposed("Nyare.").differs


def test_what_cannot_be_put_together_is_not_offered() -> None:
    same_place = Standing("A.", "A.").written("Min.").recomposed("Deras.")
    assert same_place.differs and same_place.both is None
    assert same_place.joined() == same_place
    gone = Standing("A.", "A.").written("A. Min.").gone()
    assert not gone.differs and gone.both is None and gone.text == "A. Min."
    of_old = Standing("A. Min.", "Ny.", "", edited=True)
    assert of_old.differs and of_old.both is None, "the base is not known"


@dataclass
class Entry:
    by: str
    began_at: datetime
    at: datetime
    text: str
    writing: bool
    steps: list[Step] = field(default_factory=list)


class AnyLife(RuleBasedStateMachine):
    """As services/keep_text.py and edit_paragraph.py do it, without a database."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
        self.stands = Standing("Barnen trivs.", "Barnen trivs.")
        self.kept: list[Entry] = []
        self.written: set[str] = set()

    def _turn(self, to: Standing, by: str, *, writing: bool = False) -> None:
        was, self.stands = self.stands, to
        if to.text == was.text:
            return
        last = self.kept[-1] if self.kept else None
        if was.text and (last is None or last.text != was.text):
            last = Entry("", self.now, self.now, was.text, writing=False)
            self.kept.append(last)
        if writing and last and last.writing and Run(last.by, last.began_at, last.at).goes_on(by, self.now):
            last.steps.insert(0, step_back(to.text, last.text))
            last.text, last.at = to.text, self.now
        else:
            self.kept.append(Entry(by, self.now, self.now, to.text, writing))

    @rule(text=texts, by=people)
    def write(self, text: str, by: str) -> None:
        self.written.add(text)
        self._turn(self.stands.written(text), by, writing=True)

    @rule(text=texts)
    def compose(self, text: str) -> None:
        self._turn(self.stands.recomposed(text), "")

    @rule()
    def give_no_more(self) -> None:
        self._turn(self.stands.gone(), "")

    @rule(way=st.sampled_from([Standing.taken, Standing.kept, Standing.joined]), by=people)
    def choose(self, way: object, by: str) -> None:
        self._turn(way(self.stands), by)  # type: ignore[operator]

    @rule(at=st.integers(0, 20), by=people)
    def restore(self, at: int, by: str) -> None:
        everything = self._everything()
        text = everything[at % len(everything)]
        self.written.add(text)
        self._turn(self.stands.written(text), by)

    @rule(pause=pauses)
    def wait(self, pause: timedelta) -> None:
        self.now += pause

    def _everything(self) -> list[str]:
        kept = [text for one in self.kept for text in (one.text, *earlier_texts(one.text, one.steps))]
        return [self.stands.text, *kept]

    @invariant()
    def nothing_is_lost(self) -> None:
        assert self.written <= {*self._everything(), ""}

    @invariant()
    def an_edit_is_never_the_text_of_the_data_unseen(self) -> None:
        if not self.stands.edited and self.stands.composed:
            assert self.stands.text == self.stands.composed


NO_PAUSE = settings(deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])


def test_nothing_that_a_person_wrote_is_lost_by_any_sequence() -> None:
    run_state_machine_as_test(AnyLife, settings=settings(NO_PAUSE, max_examples=25, stateful_step_count=15))


@pytest.mark.slow
def test_nothing_that_a_person_wrote_is_lost_by_thousands_of_sequences() -> None:
    """The same machine, driven by lot: Hypothesis takes a hundred times as long for as many."""
    lot = Random(5)  # noqa: S311 - the same lot each time
    for _sequence in range(5000):
        life = AnyLife()
        for _step in range(20):
            _any_step(life, lot)
            life.nothing_is_lost()
            life.an_edit_is_never_the_text_of_the_data_unseen()


def _any_step(life: AnyLife, lot: Random) -> None:
    text, by = " ".join(lot.choices(SENTENCES, k=lot.randrange(5))), lot.choice(["maja", "lisa"])
    match lot.randrange(7):
        case 0 | 1:
            life.write(text, by)
        case 2:
            life.compose(text)
        case 3:
            life.give_no_more()
        case 4:
            life.choose(lot.choice([Standing.taken, Standing.kept, Standing.joined]), by)
        case 5:
            life.restore(lot.randrange(20), by)
        case _:
            life.wait(timedelta(minutes=lot.choice([0, 6, 60])))
