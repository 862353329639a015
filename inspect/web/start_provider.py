"""The first page of whoever answers for a provider or manages a home: what waits for them stands first."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from ..rules.access import Actor, Permission, may
from ..services.find_corrections import corrections_to_comment_on
from ..services.list_asked_of_provider import (
    SHOWN,
    documents_to_send,
    facts_to_reply_to,
    times_to_choose_from,
)
from ..services.start_pages import ProviderCard, letters_of_provider, self_assessments_asked_for
from .database import db, now
from .language import ago, day, exact
from .start_rows import Group, Row


def provider_groups(actor: Actor) -> tuple[Group, ...]:
    """What waits for the actor, each row leading to where it is done; then the letters that are answered."""
    letters = letters_of_provider(db(), actor)
    waits = (
        *_before_a_visit(actor),
        *_facts(actor),
        *_corrections(actor),
        *(_letter(card) for card in letters if not card.answered_at),
        *_meetings(actor),
        *_documents(actor),
    )
    return (
        Group(_("Waiting for you"), waits),
        Group(
            _("Letters that you have answered"), tuple(_letter(card) for card in letters if card.answered_at)
        ),
    )


def _before_a_visit(actor: Actor) -> Iterator[Row]:
    for name, on in self_assessments_asked_for(db(), actor):
        yield Row(
            _("Write what works well and what worries you"),
            url_for("self_assessment.write"),
            _("Before our visit: %(home)s", home=f"{name}, {day(on)}" if on else name),
            pill=_("Asked for"),
            kind="waiting",
        )


def _facts(actor: Actor) -> Iterator[Row]:
    for card in facts_to_reply_to(db(), actor):
        yield Row(
            _("What we have seen at %(home)s: is it right?", home=card.home),
            url_for("provider.communication", communication_id=card.communication_id),
            _("Reply by %(day)s.", day=day(card.reply_by_on)) if card.reply_by_on else "",
            pill=_("Waiting for your reply"),
            kind="waiting",
        )


def _corrections(actor: Actor) -> Iterator[Row]:
    for told in corrections_to_comment_on(db(), actor, SHOWN):
        yield Row(
            _("A correction of the letter about %(home)s", home=told.inspection.home.name),
            url_for("corrections.told", correction_id=told.correction.id),
            _("Comment by %(day)s.", day=day(told.correction.comment_by_on)),
            pill=_("You may comment"),
            kind="waiting",
        )


def _meetings(actor: Actor) -> Iterator[Row]:
    for card in times_to_choose_from(db(), actor, now=now()):
        yield Row(
            _("Choose a time to meet us about %(home)s", home=card.home),
            url_for("provider.meeting", inspection_id=card.inspection_id),
            ngettext("%(num)s time is proposed: %(first)s", "%(num)s times are proposed, the first %(first)s",
                     card.times, first=exact(card.first_at)),
            pill=_("Waiting for your answer"),
            kind="waiting",
        )  # fmt: skip


def _documents(actor: Actor) -> Iterator[Row]:
    if not may(actor, Permission.ASKED_OF_US):
        return
    for card in documents_to_send(db(), actor):
        yield Row(
            ngettext("%(num)s document is asked for", "%(num)s documents are asked for", card.documents),
            url_for("documents.to_send"),
            _("%(home)s, at the latest %(day)s", home=card.home, day=day(card.due_on)),
            pill=_("Asked for"),
            kind="waiting",
        )


def _letter(card: ProviderCard) -> Row:
    return Row(
        _("Letter about %(home)s", home=card.home),
        url_for("provider.letter", letter_id=card.letter_id),
        _("sent %(when)s", when=ago(card.sent_at)),
        note="" if card.answered_at or not card.due_on
        else _("First account due by %(day)s.", day=day(card.due_on)),
        pill=_("Your answer is sent") if card.answered_at else _("Waiting for your answer"),
        kind="done" if card.answered_at else "waiting",
    )  # fmt: skip
