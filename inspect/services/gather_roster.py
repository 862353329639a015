"""Whom a case is about, and what of it is no secret: the ground on which the guard reads a letter."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from ...models.assessments import Finding
from ...models.decisions import Communication, Decision, DialogueMeeting
from ...models.inspections import Inspection, Resident, StateChange
from ...models.interviews import Evidence, Interview, Statement
from ...models.letter_vocabulary import MarkKind
from ...models.letters import Letter, Measure
from ...models.people import User
from ...models.vocabulary import Informant, Wish
from ..outside.clock import SWEDEN
from ..rules.reidentification import Guard, Known, Lexicon, Passage, Roster, Who, Withheld
from ..rules.reidentification.text import pieces
from .guard_words import lexicon_of, standing_sentences, titles_of_pack

NAMES = frozenset({MarkKind.NAME, MarkKind.CAPITAL})


def gather_roster(db: Session, inspection: Inspection) -> Roster:
    """The names and labels of the case, what children did not want told, and what everybody may know."""
    lexicon = lexicon_of(inspection.pack)
    statements = db.scalars(select(Statement).where(Statement.inspection_id == inspection.id)).all()
    of_children = set(
        db.scalars(
            select(Interview.id).where(
                Interview.inspection_id == inspection.id, Interview.informant == Informant.CHILD
            )
        )
    )
    phrases = _phrases(inspection)
    people = {
        *_labels(db, inspection, statements),
        *_staff(db, inspection, lexicon),
        *_told(db, inspection, statements, Guard(Roster(phrases=phrases), lexicon)),
    }
    return Roster(
        people=tuple(sorted(people, key=lambda known: (known.who, known.name))),
        phrases=phrases,
        dates=frozenset(_days(db, inspection)),
        municipality=inspection.home.municipality,
        withheld=tuple(
            Withheld(one.text, one.wish is Wish.NOT_AT_ALL)
            for one in statements
            if one.interview_id in of_children and one.wish is not Wish.MAY_BE_TOLD
        ),
        standing=standing_sentences(inspection.pack),
    )


def _phrases(inspection: Inspection) -> tuple[str, ...]:
    """Who the letter is to and from; its number; and the titles that it puts between quotation marks."""
    home = inspection.home
    members = [member.name for member in inspection.team]
    known = (home.name, home.provider.name, inspection.dnr, *members, *titles_of_pack(inspection.pack))
    return tuple(one for one in known if one)


def _labels(db: Session, inspection: Inspection, statements: Iterable[Statement]) -> Iterator[Known]:
    """What the case calls those who were heard, and what they said: b1, p2, u14."""
    for column, table in (
        (Resident.person, Resident),
        (Interview.person, Interview),
        (Evidence.person, Evidence),
    ):
        for person in db.scalars(select(column).where(table.inspection_id == inspection.id)):
            yield Known(person, Who.LABEL)
    for one in statements:
        yield Known(one.label, Who.LABEL)


def _staff(db: Session, inspection: Inspection, lexicon: Lexicon) -> Iterator[Known]:
    """Those who work there, as far as the case has their names: accounts, and who answers for a measure."""
    home = inspection.home
    accounts = select(User.name).where(or_(User.home_id == home.id, User.provider_id == home.provider_id))
    owners = (
        select(Measure)
        .join(Letter, Letter.id == Measure.letter_id)
        .where(Letter.inspection_id == inspection.id)
    )
    for name in {*db.scalars(accounts)}:
        yield Known(name, Who.STAFF)
    for name in {one.owner for one in db.scalars(owners)}:
        words = [word for word in name.replace(",", " ").split() if word[:1].isupper()]
        borne = words if len(words) > 1 else [word for word in words if _is_borne(word, lexicon)]
        if borne:
            yield Known(" ".join(borne), Who.STAFF)


def _is_borne(word: str, lexicon: Lexicon) -> bool:
    """A name, and not what somebody is: who answers may be written as “Föreståndaren”."""
    parts = pieces(word)
    return any(lexicon.is_name(part) for part in parts) or not lexicon.is_common(word.casefold())


def _told(
    db: Session, inspection: Inspection, statements: Iterable[Statement], reader: Guard
) -> Iterator[Known]:
    """The names that were told in the talks, and stand in notes about a child."""
    notes = [one.outcome_note for one in inspection.residents]
    notes += [
        one.note for one in db.scalars(select(Interview).where(Interview.inspection_id == inspection.id))
    ]
    for text in (*(one.text for one in statements), *notes):
        for mark in reader.look(Passage(text)) if text else ():
            if mark.kind in NAMES and mark.words[:1].isupper() and len(mark.words) > 2:
                yield Known(_bare(mark.words, reader.lexicon), Who.TOLD)


def _bare(words: str, lexicon: Lexicon) -> str:
    """A name without its genitive, where that leaves a name that we know."""
    stem = words.removesuffix("s").removesuffix(":").rstrip("'’")
    return stem if lexicon.is_name(stem.casefold()) and not lexicon.is_name(words.casefold()) else words


def _days(db: Session, inspection: Inspection) -> Iterator[date]:
    """The days of the case itself: of the visit, of what was sent and decided, and by when."""
    case = inspection.id
    moments: list[date | datetime | None] = [
        inspection.planned_on, inspection.visit_started_at, inspection.visit_ended_at, inspection.created_at,
        inspection.state_since,
        *db.scalars(select(StateChange.at).where(StateChange.inspection_id == case)),
        *db.scalars(select(Finding.due_on).where(Finding.inspection_id == case)),
        *db.scalars(select(Decision.decided_on).where(Decision.inspection_id == case)),
        *db.scalars(select(DialogueMeeting.held_at).where(DialogueMeeting.inspection_id == case)),
    ]  # fmt: skip
    for sent, reply_by, replied in db.execute(
        select(Communication.sent_at, Communication.reply_by_on, Communication.replied_at).where(
            Communication.inspection_id == case
        )
    ):
        moments += [sent, reply_by, replied]
    of_letters = select(Letter.sent_at, Letter.answers_sent_at, Letter.approved_at, Letter.composed_at).where(
        Letter.inspection_id == case
    )
    for sent_once in db.execute(of_letters):
        moments += list(sent_once)
    of_measures = (
        select(Measure.due_on, Measure.proposed_at, Measure.followed_up_at)
        .join(Letter, Letter.id == Measure.letter_id)
        .where(Letter.inspection_id == case)
    )
    for promised in db.execute(of_measures):
        moments += list(promised)
    for moment in moments:
        if isinstance(moment, datetime):
            yield moment.astimezone(SWEDEN).date()
        elif moment is not None:
            yield moment
