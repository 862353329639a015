"""Random sequences of every role, each on two devices at once: no text, remark, opinion or answer is ever lost.

The real use cases run on a real database; only the making of the approved letter's files is left out. A device
writes from what it last saw, as a page that was opened a while ago does. What a use case has accepted must be
found afterwards: as it stands, or in the history; and what was written from a stale page never wins.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.letter_cases import make_letter_case
from tests.integration.sent_letters import SentLetter, make_sent_letter
from tillsyn.inspect.errors import Conflict, TillsynError
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services import review_letter
from tillsyn.inspect.services.answer_letter import save_answer, send_answers
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.discuss_letter import answer_remark, make_remark, resolve_remark
from tillsyn.inspect.services.edit_paragraph import edit_paragraph, remove_paragraph, take_composed
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_letter import take_back_letter
from tillsyn.inspect.services.keep_text import texts_by_key, texts_of
from tillsyn.inspect.services.move_inspection import move_inspection
from tillsyn.inspect.services.staff_inspection import add_member, declare_conflict
from tillsyn.inspect.settings import Settings
from tillsyn.models.interviews import Statement
from tillsyn.models.letter_vocabulary import LetterState, Stance
from tillsyn.models.letters import Answer, Letter, Paragraph, Remark, Review
from tillsyn.models.vocabulary import Role, Standing, State, TeamRole

WRITERS, REVIEWERS = ("inspector", "co_inspector"), ("decider", "peer", "lawyer")
TEAM = {
    "co_inspector": (Role.INSPECTOR, TeamRole.CO_INSPECTOR),
    "peer": (Role.PEER_REVIEWER, TeamRole.PEER_REVIEWER),
    "lawyer": (Role.LAWYER, TeamRole.LAWYER),
}


@dataclass
class Place:
    """A case being written, a letter that a provider answers, and everybody who has to do with them."""

    db: Session
    settings: Settings
    dnr: str
    people: dict[str, Actor]
    sent: SentLetter
    paragraphs: list[UUID]


@dataclass
class Kept:
    """What the use cases have accepted, and which version each device saw last."""

    texts: dict[UUID, list[str]] = field(default_factory=dict)
    remarks: dict[UUID, tuple[UUID, str]] = field(default_factory=dict)
    verdicts: list[tuple[UUID, str]] = field(default_factory=list)
    answers: dict[UUID, str] = field(default_factory=dict)
    seen: dict[tuple[str, int, UUID], int] = field(default_factory=dict)


@pytest.fixture
def place(db: Session, test_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(review_letter, "freeze_letter", lambda *args, **kwargs: [])
    monkeypatch.setattr(review_letter, "obstacles_of", lambda *args, **kwargs: ())
    made = make_letter_case(db)
    for told in db.scalars(select(Statement).where(Statement.severity == 2)):
        told.severity = 1
    people = {"inspector": made.writer, "decider": made.approver}
    for name, (role, part) in TEAM.items():
        user = make_user(db, role)
        people[name] = acting(user)
        add_member(db, actor=made.writer, inspection=made.inspection, user_id=user.id, role=part, now=NOW)
        db.flush()
        case = find_inspection(db, made.inspection.dnr)
        declare_conflict(db, actor=people[name], inspection=case, has_conflict=False, note="", now=NOW)
    letter = compose_letter(
        db, actor=made.writer, inspection=find_inspection(db, made.inspection.dnr), now=NOW
    )
    free = [one.id for one in letter.paragraphs if one.key in ("summary.lead", "deficiencies.K10.saw")]
    sent = make_sent_letter(db)
    people["provider"] = acting(sent.provider)
    helping = {"provider_id": sent.provider.provider_id, "standing": Standing.HELPER}
    people["helper"] = acting(make_user(db, Role.PROVIDER, **helping))
    db.commit()
    return Place(db, test_settings, made.inspection.dnr, people, sent, sorted(free)[:3])


@dataclass
class Run:
    """One sequence: each act is one request of one device, whole or not at all."""

    place: Place
    now: datetime = NOW
    kept: Kept = field(default_factory=Kept)
    number: int = 0

    def act(self, name: str, device: int, which: int) -> None:
        self.number += 1
        self.now += timedelta(seconds=61)
        who, what = name.split(".")
        db = self.place.db
        db.expire_all()
        with suppress(TillsynError), db.begin_nested():
            getattr(self, what)(who, self.place.people[who], device, which)

    @property
    def case(self) -> dict[str, Any]:
        return {"inspection": find_inspection(self.place.db, self.place.dnr), "now": self.now}

    def said(self) -> str:
        return f"Text nummer {self.number} skriven här."

    def paragraph(self, which: int) -> Paragraph:
        ids = self.place.paragraphs
        return self.place.db.get_one(Paragraph, ids[which % len(ids)])

    def look(self, who: str, actor: Actor, device: int, which: int) -> None:
        for key in self.place.paragraphs:
            self.kept.seen[who, device, key] = self.place.db.get_one(Paragraph, key).version
        for answer in self._answers():
            self.kept.seen[who, device, answer.finding_id] = answer.version

    def edit(self, who: str, actor: Actor, device: int, which: int) -> None:
        """Written from what the device last saw; a stale page is told so, and nothing is written over."""
        one, text = self.paragraph(which), self.said()
        seen, version = self.kept.seen.get((who, device, one.id), 1), one.version
        try:
            edit_paragraph(
                self.place.db, actor=actor, paragraph_id=one.id, version=seen, text=text, **self.case
            )
        except Conflict as told:
            self.told_of(told, seen, version, one.text)
            raise
        assert seen == version, "a stale page has written over what it had not seen"
        self.kept.seen[who, device, one.id] = one.version
        self.kept.texts.setdefault(one.id, []).append(text)

    def fresh(self, who: str, actor: Actor, device: int, which: int) -> None:
        one = self.paragraph(which)
        take_composed(self.place.db, actor=actor, paragraph_id=one.id, version=one.version, **self.case)

    def leave_out(self, who: str, actor: Actor, device: int, which: int) -> None:
        one = self.paragraph(which)
        remove_paragraph(
            self.place.db, actor=actor, paragraph_id=one.id, version=one.version,
            removed=not one.removed, **self.case,
        )  # fmt: skip

    def compose(self, who: str, actor: Actor, device: int, which: int) -> None:
        compose_letter(self.place.db, actor=actor, **self.case)

    def submit(self, who: str, actor: Actor, device: int, which: int) -> None:
        review_letter.submit_letter(self.place.db, actor=actor, **self.case)

    def take_back(self, who: str, actor: Actor, device: int, which: int) -> None:
        take_back_letter(self.place.db, actor=actor, **self.case)

    def remark(self, who: str, actor: Actor, device: int, which: int) -> None:
        text = self.said()
        made = make_remark(
            self.place.db, actor=actor, paragraph_id=self.paragraph(which).id, text=text, **self.case
        )
        self.kept.remarks[made.id] = (actor.user_id, text)

    def reply(self, who: str, actor: Actor, device: int, which: int) -> None:
        text = self.said()
        made = answer_remark(
            self.place.db, actor=actor, remark_id=self._remark(which), text=text, **self.case
        )
        self.kept.remarks[made.id] = (actor.user_id, text)

    def resolve(self, who: str, actor: Actor, device: int, which: int) -> None:
        resolve_remark(self.place.db, actor=actor, remark_id=self._remark(which), **self.case)

    def opinion(self, who: str, actor: Actor, device: int, which: int) -> None:
        text = self.said()
        review_letter.give_opinion(
            self.place.db, actor=actor, supports=bool(which % 2), reason=text, **self.case
        )
        self.kept.verdicts.append((actor.user_id, text))

    def give_back(self, who: str, actor: Actor, device: int, which: int) -> None:
        text = self.said()
        review_letter.return_letter(self.place.db, actor=actor, reason=text, **self.case)
        self.kept.verdicts.append((actor.user_id, text))

    def approve(self, who: str, actor: Actor, device: int, which: int) -> None:
        text = self.said()
        review_letter.approve_letter(
            self.place.db, actor=actor, authority=self.place.settings.authority, reason=text, **self.case
        )
        self.kept.verdicts.append((actor.user_id, text))

    def go_on(self, who: str, actor: Actor, device: int, which: int) -> None:
        here = self.case["inspection"].state
        to = State.REVIEW if here is State.WEIGHING else State.WEIGHING
        move_inspection(self.place.db, actor=actor, to=to, reason=self.said(), **self.case)

    def answer(self, who: str, actor: Actor, device: int, which: int) -> None:
        sent = self.place.sent
        finding = (sent.deficiency, sent.advice)[which % 2].id
        standing = next((one for one in self._answers() if one.finding_id == finding), None)
        seen, version = self.kept.seen.get((who, device, finding), 0), standing.version if standing else 0
        text = self.said()
        try:
            saved = save_answer(
                self.place.db, actor=actor, letter_id=sent.letter.id, finding_id=finding, version=seen,
                stance=Stance.COMMENTS, text=text, now=self.now,
            )  # fmt: skip
        except Conflict as told:
            self.told_of(told, seen, version, standing.text if standing else "")
            raise
        assert standing is None or seen == version, "a stale page has written over an answer"
        self.kept.seen[who, device, finding] = saved.version
        self.kept.answers[finding] = text

    def send(self, who: str, actor: Actor, device: int, which: int) -> None:
        send_answers(self.place.db, actor=actor, letter_id=self.place.sent.letter.id, now=self.now)

    @staticmethod
    def told_of(conflict: Conflict, seen: int, version: int, theirs: str) -> None:
        """A refusal shows the other's text, and the version that it stands in."""
        assert seen != version and conflict.version == version
        assert conflict.theirs["text"] == theirs

    def _answers(self) -> list[Answer]:
        here = Answer.letter_id == self.place.sent.letter.id
        return list(self.place.db.scalars(select(Answer).where(here)))

    def _remark(self, which: int) -> UUID:
        known = sorted(self.kept.remarks)
        return known[which % len(known)] if known else UUID(int=which)

    def everything_is_there(self) -> None:
        db = self.place.db
        db.expire_all()
        letter = db.scalars(
            select(Letter).join(Paragraph).where(Paragraph.id == self.place.paragraphs[0])
        ).one()
        history = texts_by_key(db, letter)
        for key, texts in self.kept.texts.items():
            one = db.get_one(Paragraph, key)
            kept = {text for entry in history.get((one.language, one.key), ()) for text in texts_of(entry)}
            assert set(texts) <= kept | {one.text}, "a text that was accepted is nowhere"
        remarks = {one.id: one for one in db.scalars(select(Remark))}
        for key, (by, text) in self.kept.remarks.items():
            assert (remarks[key].by_id, remarks[key].text) == (by, text)
            head = remarks[key].answers_id
            assert head is None or remarks[head].answers_id is None, "an answer to an answer"
        said = [(one.by_id, one.reason) for one in db.scalars(select(Review))]
        assert all(one in said for one in self.kept.verdicts)
        assert {one.finding_id: one.text for one in self._answers()} == self.kept.answers
        if letter.state is LetterState.APPROVED:
            wrote = {one.edited_by_id for one in db.scalars(select(Paragraph)) if one.letter_id == letter.id}
            assert letter.approved_by_id not in wrote | {letter.author_id}, "four eyes"
            assert not any(
                one.answers_id is None
                and one.resolved_at is None
                and not db.get_one(Paragraph, one.paragraph_id).removed
                for one in remarks.values()
            ), "approved with an open remark"


ACTS = (
    [f"{who}.{what}" for who in WRITERS for what in (
        "look", "edit", "edit", "fresh", "leave_out", "compose", "submit", "take_back", "reply", "resolve",
    )]
    + [f"{who}.{what}" for who in REVIEWERS for what in ("look", "remark", "reply", "resolve", "opinion")]
    + [f"decider.{what}" for what in ("give_back", "approve", "approve", "go_on")]
    + [f"inspector.{what}" for what in ("go_on", "submit")]
    + [f"provider.{what}" for what in ("look", "answer", "answer", "send")]
    + [f"helper.{what}" for what in ("look", "answer", "send")]
)  # fmt: skip
SEQUENCE = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 1), st.integers(0, 3)), min_size=10, max_size=30
)


def play(place: Place, acts: list[tuple[str, int, int]]) -> Run:
    """One sequence from the same beginning; nothing of it is left for the next."""
    run = Run(place)
    with place.db.begin_nested() as beginning:
        for act in acts:
            run.act(*act)
        run.everything_is_there()
        beginning.rollback()
    return run


def play_as_many(place: Place, number: int) -> None:
    quiet = list(HealthCheck)

    @settings(
        max_examples=number, deadline=None, suppress_health_check=quiet, database=None,
        phases=(Phase.generate,),
    )  # fmt: skip
    @given(SEQUENCE)
    def sequences(acts: list[tuple[str, int, int]]) -> None:
        play(place, acts)

    sequences()


def test_whatever_everybody_does_nothing_is_lost(place: Place, backend: str) -> None:
    """Every role, two devices each, in any order."""
    play_as_many(place, 15 if backend == "sqlite" else 6)


@pytest.mark.slow
def test_in_hundreds_of_sequences_nothing_is_lost(place: Place, backend: str) -> None:
    play_as_many(place, 300 if backend == "sqlite" else 20)


def test_a_long_way_through_return_answers_and_approval_keeps_everything(place: Place) -> None:
    """One sequence in which each kind of act is accepted at least once: the sequences above are not empty."""
    run = play(
        place,
        [
            ("inspector.look", 0, 0), ("inspector.edit", 0, 0), ("inspector.look", 1, 0),
            ("inspector.edit", 1, 0), ("inspector.edit", 0, 0), ("co_inspector.look", 0, 0),
            ("co_inspector.edit", 0, 1), ("inspector.submit", 0, 0), ("inspector.go_on", 0, 0),
            ("peer.remark", 0, 0), ("lawyer.opinion", 0, 1), ("inspector.reply", 0, 0),
            ("decider.give_back", 0, 0), ("inspector.look", 0, 0), ("inspector.edit", 0, 0),
            ("inspector.resolve", 0, 0), ("peer.reply", 0, 0), ("inspector.resolve", 0, 0),
            ("inspector.submit", 0, 0), ("peer.opinion", 0, 0), ("decider.approve", 0, 0),
            ("provider.answer", 0, 0), ("provider.answer", 1, 0), ("provider.look", 1, 0),
            ("provider.answer", 1, 0), ("decider.go_on", 0, 0), ("inspector.take_back", 0, 0),
        ],
    )  # fmt: skip
    assert len(run.kept.texts) == 2 and sum(map(len, run.kept.texts.values())) == 4
    assert len(run.kept.remarks) == 3 and len(run.kept.verdicts) == 4 and len(run.kept.answers) == 1
