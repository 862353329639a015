"""Compose the reminder: what has not come, until when it still can, and who helps.

Late is what was to come before the day that `view.course.today` says: the reply to the facts (FL 25 §), the
answers to the letter, and each measure that is not followed up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from ...models.letter_vocabulary import LetterKind
from ...models.vocabulary import FindingKind
from .case_course import MeasureView
from .case_view import CaseView, FindingView
from .letter_findings import FromFindings, by_gravity, from_findings, of_finding, slugs, title_of
from .letter_phrases import Composed, OnDay, Phrases, ended

MORE_TIME = timedelta(days=14)
"""How long the provider has from the day of the reminder."""


def compose_reminder(view: CaseView, phrases: Phrases, on: OnDay) -> tuple[Composed, ...]:
    """All paragraphs of the letter, in order."""
    letter = _Reminder(view, phrases, on, from_findings(view, phrases, on))
    lead = Composed("head", "head.lead", phrases.say("reminder.head.lead"))
    until = letter.until() if something_is_late(view) else ()
    return (lead, *letter.late(), *until, *letter.contact())


def something_is_late(view: CaseView) -> bool:
    """Whether there is anything to remind of on the day that `view.course.today` says."""
    return bool(reply_is_late(view) or answers_are_late(view) or late_measures(view) or unpromised(view))


def reply_is_late(view: CaseView) -> bool:
    """Whether the time to reply to the facts has passed without a reply, and nothing is decided yet."""
    waits = bool(view.communicated_on) and not view.replied and view.course.decided is None
    return waits and view.course.passed(view.reply_by)


def answers_are_late(view: CaseView) -> bool:
    """Whether the first day of the sent letter has passed without answers to it."""
    course = view.course
    days = [one.due_on for one in _waiting(view) if one.due_on]
    sent = LetterKind.FEEDBACK in course.sent
    return sent and course.answered_on is None and bool(days) and course.passed(min(days))


def _waiting(view: CaseView) -> tuple[FindingView, ...]:
    """Deficiencies of which nobody has followed up anything."""
    done = {one.finding for one in view.course.measures if one.outcome is not None}
    return tuple(one for one in by_gravity(view) if one.kind is FindingKind.DEFICIENCY and one.id not in done)


def late_measures(view: CaseView) -> tuple[tuple[FindingView, MeasureView], ...]:
    """What was promised to be done by now, and has not been followed up."""
    return tuple(
        (finding, one)
        for finding in by_gravity(view)
        for one in view.course.measures_of(finding.id)
        if one.promised and one.outcome is None and view.course.passed(one.due_on)
    )


def unpromised(view: CaseView) -> tuple[FindingView, ...]:
    """The deficiencies whose day has passed while nothing at all was promised about them."""
    course = view.course
    if course.answered_on is None and not answers_are_late(view):
        return ()
    return tuple(
        one for one in _waiting(view) if not course.measures_of(one.id) and course.passed(one.due_on)
    )


@dataclass(frozen=True, slots=True)
class _Reminder:
    view: CaseView
    phrases: Phrases
    on: OnDay
    findings: FromFindings

    def late(self) -> Iterator[Composed]:
        view, say = self.view, self.phrases.say
        if reply_is_late(view) and view.communicated_on and view.reply_by:
            text = say(
                "reminder.late.reply", date=self.on(view.communicated_on), deadline=self.on(view.reply_by)
            )
            yield Composed("late", "late.reply", text)
        if answers_are_late(view):
            first = min(one.due_on for one in _waiting(view) if one.due_on)
            sent = view.course.sent[LetterKind.FEEDBACK]
            text = say("reminder.late.account", date=self.on(sent), deadline=self.on(first))
            yield Composed("late", "late.account", text)
        rows = tuple(self._measures())
        if rows:
            yield Composed("late", "late.measures", say("reminder.late.measures"))
            yield from rows
        if not something_is_late(view):
            yield Composed("late", "late.none", say("reminder.late.none"))

    def _measures(self) -> Iterator[Composed]:
        say, names = self.phrases.say, slugs(self.view.findings)
        taken: set[str] = set()
        rows = [
            *(
                (one, "promised", ended(measure.description), measure.due_on)
                for one, measure in late_measures(self.view)
            ),
            *(
                (one, "asked", self.findings.text_of(one, "achieve"), one.due_on)
                for one in unpromised(self.view)
            ),
        ]
        for finding, how, what, due_on in rows:
            name = f"late.{names[finding.id]}"
            number = sum(one.startswith(name) for one in taken)
            name = f"{name}-{number + 1}" if number else name
            taken.add(name)
            yield of_finding(finding, f"{name}.title", title_of(self.view, finding))
            if what.sv:
                yield of_finding(finding, f"{name}.{how}", say(f"reminder.late.{how}", measure=what))
            if due_on:
                yield of_finding(finding, f"{name}.due", say("reminder.late.due", deadline=self.on(due_on)))

    def until(self) -> Iterator[Composed]:
        view, say, wording = self.view, self.phrases.say, self.phrases.wording
        today = view.course.today
        day = say("reminder.until.day", deadline=self.on(today + MORE_TIME)) if today else None
        yield Composed("until", "until.day", day or say("reminder.until.soon"))
        yield Composed("until", "until.enough", say("reminder.until.enough"))
        if reply_is_late(view):
            yield Composed("until", "until.otherwise", say("reminder.until.otherwise.reply"))
            return
        yield Composed("until", "until.law", say("reminder.until.law"))
        yield Composed("until", "until.otherwise", say("reminder.until.otherwise"))
        if wording.has("reminder.until.inform"):
            yield Composed("until", "until.inform", say("reminder.until.inform"))

    def contact(self) -> Iterator[Composed]:
        say, contact = self.phrases.say, self.view.contact
        person = say("reminder.contact.person", contact=contact) if contact else None
        yield Composed("contact", "contact.person", person or say("reminder.contact.office"))
        yield Composed("contact", "contact.time", say("reminder.contact.time"))
