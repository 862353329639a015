"""Areas, themes, requirements and severity anchors, as their files say them."""

from typing import cast

from .content import Area, Informant, Requirement, Responsible, SeverityAnchor, Theme
from .nodes import Entry
from .places import Places


def read_area(entry: Entry, places: Places) -> Area:
    area = Area(
        id=entry.string("id"),
        name=entry.text("name"),
        administrative=entry.boolean("administrative"),
        not_asked_of=cast(tuple[Informant, ...], entry.strings("not_asked_of")),
    )
    places.areas.append((area, entry))
    return area


def read_theme(entry: Entry, places: Places) -> Theme:
    theme = Theme(
        id=entry.string("id"),
        area=entry.string("area"),
        name=entry.text("name"),
        about=entry.optional_text("about"),
        includes=entry.optional_text("includes"),
        excludes=entry.optional_text("excludes"),
    )
    places.themes.append((theme, entry))
    return theme


def read_requirement(entry: Entry, places: Places) -> Requirement:
    requirement = Requirement(
        id=entry.string("id"),
        wording=entry.text("wording"),
        title=entry.text("title"),
        source=entry.text("source"),
        responsible=cast(Responsible, entry.choice("responsible", "provider", "committee", "both")),
        sanction=entry.boolean("sanction"),
        themes=entry.strings("themes"),
        evidence=entry.strings("evidence"),
        valid_from=entry.day("valid_from"),
        valid_to=entry.optional_day("valid_to"),
        note=entry.optional_text("note"),
        sanction_from=entry.optional_day("sanction_from"),
        replaces=entry.optional_string("replaces"),
    )
    places.requirements.append((requirement, entry))
    return requirement


def read_anchor(entry: Entry, places: Places) -> SeverityAnchor:
    anchor = SeverityAnchor(
        entry.integer("severity"), entry.text("name"), entry.text("text"), entry.texts("examples")
    )
    places.severity.append((anchor, entry))
    return anchor
