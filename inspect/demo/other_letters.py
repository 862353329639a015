"""The letters beside the feedback letter, each where it belongs in the way of a case."""

from datetime import datetime, timedelta

from ...models.inspections import Inspection
from ...models.letter_vocabulary import GivenWay, LetterKind, LetterState
from ...models.letters import Letter
from ..rules.access import Actor
from ..rules.child_letters import wanted_kinds
from ..services.children_to_answer import children_heard, note_child_letter
from ..services.compose_letter import compose_letter
from ..services.copy_letter import note_copy
from ..services.correct_letter import Words, propose_correction
from ..services.find_letter import find_letter, the_letter
from ..services.issue_letter import issue_letter
from ..services.make_correction import make_correction
from ..services.review_letter import approve_letter, submit_letter
from ..services.route_to_committees import committees, note_placing, points_of, route_point
from ..services.send_letter import send_letter
from .identities import decide_identities
from .story import Story


def issue(story: Story, case: Inspection, actor: Actor, kind: LetterKind, *, at: datetime) -> Letter:
    """A letter that is not reviewed: composed and sent out by the responsible inspector."""
    compose_letter(story.db, actor=actor, inspection=case, kind=kind, now=at)
    decide_identities(story, case, actor, kind=kind, at=at + timedelta(minutes=10))
    return issue_letter(
        story.db,
        actor=actor,
        inspection=case,
        kind=kind,
        authority=story.authority,
        now=at + timedelta(minutes=20),
    )


def hand_in(story: Story, case: Inspection, actor: Actor, kind: LetterKind, *, at: datetime) -> Letter:
    """A letter that is reviewed: composed and given to the reviewer."""
    compose_letter(story.db, actor=actor, inspection=case, kind=kind, now=at)
    decide_identities(story, case, actor, kind=kind, at=at + timedelta(minutes=10))
    return submit_letter(story.db, actor=actor, inspection=case, kind=kind, now=at + timedelta(minutes=20))


def answer_children(story: Story, case: Inspection, actor: Actor, *, at: datetime) -> tuple[LetterKind, ...]:
    """The children's own letters, of each age that talked with us, given to the reviewer."""
    kinds = wanted_kinds(children_heard(story.db, case))
    for number, kind in enumerate(kinds):
        hand_in(story, case, actor, kind, at=at + timedelta(minutes=30 * number))
    return kinds


def approve(story: Story, case: Inspection, actor: Actor, kind: LetterKind, *, at: datetime) -> None:
    approve_letter(
        story.db, actor=actor, inspection=case, kind=kind, authority=story.authority, now=at
    )  # fmt: skip
    story.db.flush()


def review_and_send(
    story: Story, case: Inspection, lead: Actor, reviewer: Actor, kind: LetterKind, *, at: datetime
) -> None:
    """From composed to sent within a day."""
    hand_in(story, case, lead, kind, at=at)
    approve(story, case, reviewer, kind, at=at + timedelta(hours=2))
    send_letter(
        story.db,
        actor=lead,
        inspection=case,
        kind=kind,
        authority=story.authority,
        now=at + timedelta(hours=3),
    )


def write_to_the_committee(
    story: Story, case: Inspection, lead: Actor, reviewer: Actor, *, at: datetime
) -> None:
    """Who has placed one of the young people, the points that are the committee's, and the letter to it.

    The letter has been made and waits to be noted as gone.
    """
    committee = next(iter(committees(story.db)))
    first, *_others = case.residents
    note_placing(
        story.db, actor=lead, inspection=case, resident_id=first.id, committee_id=committee.id, now=at
    )
    for point in points_of(story.db, case):
        route_point(
            story.db, actor=lead, inspection=case, finding_id=point.id, committee_ids={committee.id}, now=at
        )
    review_and_send(story, case, lead, reviewer, LetterKind.COMMITTEE, at=at)


def note_copies(story: Story, case: Inspection, lead: Actor, *, at: datetime) -> None:
    """The municipality has got its copy of every letter that it gets one of: the case does not end before."""
    for kind in (LetterKind.FEEDBACK, LetterKind.FOLLOWUP, LetterKind.CLOSING):
        letter = find_letter(story.db, case, kind)
        if letter is not None and letter.state is LetterState.SENT:
            note_copy(story.db, actor=lead, inspection=case, letter=letter, now=at)
    story.db.flush()


def correct_a_miscount(
    story: Story, case: Inspection, lead: Actor, decider: Actor, wrong: str, right: str, *, at: datetime
) -> None:
    """Words of the sent letter, in both languages, counted anew: one proposes, another decides (FL 36 §)."""
    correction = propose_correction(
        story.db,
        actor=lead,
        inspection=case,
        letter=the_letter(story.db, case),
        words={language: Words(wrong, right) for language in ("sv", "en")},
        why="Vi räknade fel. Det rätta antalet står i signeringslistan som vi läste.",
        comment_by_on=None,
        looked=True,
        now=at,
    )
    make_correction(
        story.db,
        actor=decider,
        inspection=case,
        letter=the_letter(story.db, case),
        correction=correction,
        authority=story.authority,
        now=at + timedelta(hours=3),
    )


WAYS = (GivenWay.READ_ALOUD, GivenWay.PAPER, GivenWay.PAPER, GivenWay.PHONE)


def give_children_their_letters(story: Story, case: Inspection, actor: Actor, *, at: datetime) -> None:
    """Each in its own way; the first has it read aloud, and whoever did not want one gets none."""
    for child, way in zip(children_heard(story.db, case), WAYS, strict=False):
        note_child_letter(
            story.db,
            actor=actor,
            inspection=case,
            resident_id=child.resident_id,
            way=GivenWay.NOT_WANTED if "inte" in child.wanted.casefold() else way,
            given_on=at.date(),
            now=at,
        )
