"""The text of a report of concern (SoL 19 kap. 1 §), prepared from what is recorded. Pure.

It is a draft for a person to complete and send: who it is about is never in this system, so the place
for it is left open. It tells what was said, by whom it was heard and when, what we have seen, what has been
done and who has been told; nothing is concluded.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...models.vocabulary import N_, ReportedTo


@dataclass(frozen=True, slots=True)
class Told:
    """One grave account. `heard_by`: who led the talk, or recorded it; "" in a case that came as a file."""

    label: str
    source: str
    words: str
    at: datetime
    heard_by: str = ""
    acute: bool = False
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """One noted step: `what` is a message, what was done or decided and to whom it was told."""

    what: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of the text, as a message of the catalogue and its values; `heading` begins a part.

    A value may be a time, or a Message. `blank`: left for a person to fill in; `said`: somebody's own words.
    """

    text: str
    values: dict[str, object]
    heading: bool = False
    blank: bool = False
    said: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """A value that is a message itself."""

    text: str


def _line(text: str, **values: object) -> Line:
    return Line(text, values)


def _heading(text: str) -> Line:
    return Line(text, {}, heading=True)


def _blank(text: str) -> Line:
    return Line(text, {}, blank=True)


def compose_report(
    *,
    authority: str,
    home: str,
    municipality: str,
    dnr: str,
    told: Sequence[Told],
    done: Sequence[Done],
    by: str,
    at: datetime,
) -> tuple[Line, ...]:
    """The whole text, in the order in which whoever receives it needs it."""
    return (
        *_opening(authority, home, municipality, dnr, by, at),
        *_what_was_told(told),
        *_what_was_done(done),
        _heading(N_("How to reach us")),
        _line(
            N_("%(name)s, %(authority)s, registration number %(dnr)s."), name=by, authority=authority, dnr=dnr
        ),
        _blank(N_("Telephone, and when you answer it:")),
    )


def _opening(authority: str, home: str, municipality: str, dnr: str, by: str, at: datetime) -> Iterator[Line]:
    yield _line(ReportedTo.SOCIAL_SERVICES.title)
    yield _line(
        N_("From %(authority)s, %(name)s, %(at)s. Our case: %(dnr)s."),
        authority=authority, name=by, at=at, dnr=dnr,
    )  # fmt: skip
    yield _blank(N_("To (the committee that is to act):"))
    yield _heading(N_("Who it is about"))
    yield _blank(N_("Name, personal identity number and who speaks for them (from your own note):"))
    yield _blank(N_("Responsible committee and case worker:"))
    yield _line(N_("Where: %(home)s, %(municipality)s."), home=home, municipality=municipality)


def _what_was_told(told: Sequence[Told]) -> Iterator[Line]:
    yield _heading(N_("What has come to our knowledge"))
    if not told:
        yield _blank(N_("What has been seen or heard, when, and by whom:"))
        return
    for one in told:
        if one.seen:
            yield _line(N_("%(at)s: seen by us, or read in a document:"), at=one.at)
        else:
            words = N_("%(at)s: told by a person (%(source)s in our case) to %(name)s:")
            if not one.heard_by:
                words = N_("%(at)s: told by a person (%(source)s in our case):")
            yield _line(words, at=one.at, source=one.source, name=one.heard_by)
        yield Line("%(words)s", {"words": one.words}, said=True)
        if one.acute:
            yield _line(N_("We judge it as acute: danger or violence."))
    yield _line(
        N_("We have not investigated what was said. Questions beyond what protection needs are left to you.")
    )


def _what_was_done(done: Sequence[Done]) -> Iterator[Line]:
    yield _heading(N_("What has been done, and who has been told"))
    if not done:
        yield _line(N_("Nothing is noted yet."))
    for one in done:
        text = N_("%(at)s: %(what)s. %(note)s") if one.note else N_("%(at)s: %(what)s.")
        yield _line(text, at=one.at, what=Message(one.what), note=one.note)
    yield _blank(N_("What the person concerned knows of this, and thinks of it:"))
    yield _blank(N_("Who has not been told, and why:"))
