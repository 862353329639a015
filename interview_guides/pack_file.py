"""What `pack.yaml` says of a pack as a whole: its words, its status, its gate."""

from typing import Any, cast

from .content import Activity, Change, Gate, Informant, Status, Text, Vocabulary
from .nodes import Entry, read_list
from .places import Places

INFORMANTS: tuple[Informant, ...] = ("child", "staff", "manager", "other")

_WORDS_MAYBE = ("pronoun", "any", "none", "a_genitive", "with_you", "present")
_WORDS = ("singular", "definite", "plural", "definite_plural", "genitive_plural", "home", "home_definite")


def read_vocabulary(entry: Entry) -> Vocabulary:
    words = {name: entry.text(name) for name in _WORDS}
    others: dict[str, Any] = {name: entry.optional_text(name) for name in _WORDS_MAYBE}
    entry.finish()
    return Vocabulary(**words, **others)


def read_change(entry: Entry) -> Change:
    return Change(entry.string("version"), entry.day("on"), entry.text("text"))


def read_activities(about: Entry, places: Places) -> tuple[Activity, ...]:
    """The kinds of activity; none where the field is left out, which is a fault of its own."""

    def read(entry: Entry) -> Activity:
        activity = Activity(
            entry.string("id"),
            entry.text("name"),
            entry.integer("inspected_within_months") if entry.has("inspected_within_months") else None,
            entry.optional_string("inspected_by_law") or "",
        )
        places.activities.append((activity, entry))
        return activity

    return read_list(about, "activities", read) if about.has("activities") else ()


def read_status(about: Entry) -> Status:
    if not about.has("status"):
        return "in_use"
    return cast(Status, about.choice("status", "in_use", "example"))


def read_gate(about: Entry, places: Places) -> Gate:
    """The gate as it is written; the order of the method where the pack says nothing."""
    if not about.has("gate"):
        return Gate()
    entry = about.entry("gate")
    gate = Gate(
        first=cast(Informant, entry.string("first")),
        before=cast(tuple[Informant, ...], entry.strings("before")),
    )
    entry.finish()
    places.gate = entry
    return gate


def read_words(about: Entry, name: str) -> tuple[tuple[str, Text], ...]:
    """Wordings by their id, in the order that they are written; empty where the field is left out."""
    if not about.has(name):
        return ()
    entry = about.entry(name)
    return tuple((id, entry.text(id)) for id in entry.names())
