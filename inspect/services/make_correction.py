"""Make a correction that was proposed: a new version of the sent letter, which names the old one."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from ...interview_guides.child_words import load_child_words
from ...interview_guides.letter_wording import load_letter_wording
from ...models.corrections import CorrectedWords, Correction
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letter_vocabulary import CorrectionState
from ...models.letters import Letter, LetterVersion
from ...models.notices import NoticeKind
from ...models.vocabulary import N_, TeamRole
from ...reports.content import ContentError
from ...reports.letter_data import from_data
from ...reports.wording import wording as fixed_words
from ..errors import Conflict
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..rules.letter_correction import corrected
from ..rules.letter_kinds import KINDS, TO_PROVIDER, Reader
from ..settings import AuthorityDetails
from .correct_letter import why_not_decide
from .find_corrections import newest_versions
from .freeze_letter import freeze_content
from .record_event import record_event
from .say_what_lacks import not_whole
from .tell import tell
from .whom_to_tell import in_team, provider_of_case


def make_correction(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    letter: Letter,
    correction: Correction,
    authority: AuthorityDetails,
    now: datetime,
) -> list[LetterVersion]:
    """Correct the letter in each language that has an error, and send the new version. The old one stays.

    Raises NotAllowed (not the decision-maker, or the one who proposed it), NotPossibleNow (the provider may
    still comment, or it is decided), Conflict (the letter has another version since).
    """
    refused = why_not_decide(actor, inspection, correction, now=now)
    if refused is not None:
        raise refused
    newest = newest_versions(letter)
    number = max(one.number for one in letter.versions) + 1
    made = []
    for words in correction.words:
        old = newest[words.language]
        if old.id != words.replaces_id:
            raise Conflict(N_("There is a newer version of the letter. Withdraw this, and propose it anew."))
        version = _corrected_version(
            inspection, letter, old, words, number, actor=actor, authority=authority, now=now
        )
        version.sent_at = now
        db.flush()
        words.made_id = version.id
        made.append(version)
    correction.state = CorrectionState.MADE
    correction.decided_at = now
    correction.decided_by_id = actor.user_id
    db.flush()
    record_event(
        db, EventKind.CORRECTION_MADE, actor=actor, now=now, inspection_id=inspection.id,
        letter=letter.id, correction=correction.id,
    )  # fmt: skip
    users = in_team(db, inspection.id, (TeamRole.INSPECTOR,))
    if letter.kind in TO_PROVIDER:
        users |= provider_of_case(db, inspection.id)
    tell(
        db,
        users=users,
        kind=NoticeKind.CORRECTION_SETTLED,
        inspection=inspection.id,
        letter=letter.id,
        now=now,
    )
    return made


def _corrected_version(
    inspection: Inspection,
    letter: Letter,
    old: LetterVersion,
    words: CorrectedWords,
    number: int,
    *,
    actor: Actor,
    authority: AuthorityDetails,
    now: datetime,
) -> LetterVersion:
    try:
        content = replace(
            from_data(corrected(old.content, words.wrong, words.right)),
            dated_on=now.astimezone(SWEDEN).date(),
            corrects=_what_it_corrects(inspection, letter, old, words),
        )
    except ContentError as fault:
        raise not_whole(fault) from fault
    return freeze_content(letter, content, number, actor=actor, authority=authority, now=now)


def _what_it_corrects(
    inspection: Inspection, letter: Letter, old: LetterVersion, words: CorrectedWords
) -> str:
    """The sentence in its head, in the words of its readers."""
    dated_on = date.fromisoformat(old.content["dated_on"])
    said = {"number": old.letter_number, "wrong": words.wrong, "right": words.right}
    if KINDS[letter.kind].reader is Reader.CHILDREN:
        child = load_child_words(inspection.pack)
        age = letter.kind.value.removeprefix("child-")
        return child.say("corrects", age, date=child.on(dated_on), **said).in_language(words.language)
    day = fixed_words(words.language).on(dated_on)
    return load_letter_wording(inspection.pack).say("corrects", words.language, date=day, **said)
