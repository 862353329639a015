"""A guide while it is written: its parts as fields of a form, and what can be done with its questions.

A draft is what the file of the guide would say (``interview_guides.guide_writing.Plain``), faults and all.
Rows that were emptied stand until the draft is published: whoever writes in the next row writes in that one.
Each part (a question, or the frame around the questions) has a number of its own that follows from what
stands in it; a save says which it was made from, so that two can write in two questions at once.
"""

import copy
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

Plain = dict[str, Any]
Fields = dict[str, str]

FRAME = "frame"
"""The name of the part that is not a question."""

ELSEWHERE = "elsewhere"
"""The part of a fault that stands in another guide of the pack, which then is its field."""

PROBES = 3
FOLLOW_UPS = 3
CONDITIONS = 3
"""Rows that a question offers at least; what has more keeps them."""

REMOVED = "removed"
"""Where a draft keeps the questions that were taken out of it, each with the place it had."""

_QUESTION_WORDINGS = ("text", "why", "listen_for", "asked_of", "picture_text")
_FRAME_WORDINGS = ("title", "ages", "opening", "closing")
_LANGUAGES = ("sv", "en")


def fields_of(draft: Plain, part: str) -> Fields:
    """What stands in a part, by the names of the form's fields. KeyError: there is no such question."""
    if part == FRAME:
        return {
            **_worded(draft, _FRAME_WORDINGS),
            "version": str(draft.get("version", "")),
            "information": " ".join(draft.get("information", ())),
            "count_min": str(draft.get("question_count", {}).get("min", "")),
            "count_max": str(draft.get("question_count", {}).get("max", "")),
        }
    return _fields_of_question(draft["questions"][place_of(draft, part)])


def number_of(fields: Mapping[str, str]) -> int:
    """The number that follows from what stands in a part; 48 bits, which every script can count with."""
    said = json.dumps(sorted(fields.items()), ensure_ascii=False).encode()
    return int.from_bytes(hashlib.sha256(said).digest()[:6], "big")


def with_fields(draft: Plain, part: str, fields: Mapping[str, str]) -> Plain:
    """The draft with these fields of a part changed; names that the part does not have are left out."""
    changed = copy.deepcopy(draft)
    standing = fields_of(changed, part)
    said = standing | {name: text for name, text in fields.items() if name in standing}
    if part == FRAME:
        changed |= _wordings(said, _FRAME_WORDINGS)
        changed["version"] = said["version"].strip()
        changed["information"] = said["information"].split()
        count = {end: said[f"count_{end}"].strip() for end in ("min", "max")}
        changed["question_count"] = count if any(count.values()) else {}
        return changed
    at = place_of(changed, part)
    changed["questions"][at] = changed["questions"][at] | _question_from(said)
    return changed


def place_of(draft: Plain, question: str) -> int:
    """Where a question stands among the others, from 0. KeyError: there is no such question."""
    for place, one in enumerate(draft["questions"]):
        if one["id"] == question:
            return place
    raise KeyError(question)


def new_id(draft: Plain, taken: Iterable[str]) -> str:
    """An id for one more question, after the last of the draft's own; never one that was used before."""
    removed = [one["question"] for one in draft.get(REMOVED, ())]
    own = [one["id"] for one in (*draft["questions"], *removed)]
    parts = [found for found in (re.fullmatch(r"([A-Za-z_]*?)(\d+)", id) for id in own) if found]
    stem = parts[0][1] if parts else "Q"
    number = max((int(one[2]) for one in parts if one[1] == stem), default=0)
    width = max((len(one[2]) for one in parts if one[1] == stem), default=2)
    used = {*own, *taken}
    while True:
        number += 1
        if (id := f"{stem}{number:0{width}}") not in used:
            return id


def with_question(draft: Plain, question: str, after: str | None) -> Plain:
    """One more question, empty but for the area of the one it follows; first where it follows none."""
    changed = copy.deepcopy(draft)
    at = 0 if after is None else place_of(changed, after) + 1
    near = changed["questions"][max(at - 1, 0) : max(at, 1)]
    empty: Plain = {
        "id": question,
        "area": near[0]["area"] if near else "",
        "text": {},
        "probes": [],
        "why": {},
    }
    changed["questions"].insert(at, empty)
    return changed


def moved(draft: Plain, question: str, steps: int) -> Plain:
    """The question so many steps further down (up: less than 0), at most to the end."""
    changed = copy.deepcopy(draft)
    at = place_of(changed, question)
    taken = changed["questions"].pop(at)
    changed["questions"].insert(max(0, at + steps), taken)
    return changed


def without_question(draft: Plain, question: str) -> Plain:
    """The question taken out, and kept beside the others until the draft is published."""
    changed = copy.deepcopy(draft)
    at = place_of(changed, question)
    kept = {"at": at, "question": changed["questions"].pop(at)}
    changed[REMOVED] = [*changed.get(REMOVED, ()), kept]
    return changed


def with_question_back(draft: Plain, question: str) -> Plain:
    """A question that was taken out, at the place it had. KeyError: it was not taken out."""
    changed = copy.deepcopy(draft)
    for one in changed.get(REMOVED, ()):
        if one["question"]["id"] == question:
            changed[REMOVED].remove(one)
            changed["questions"].insert(one["at"], one["question"])
            return changed
    raise KeyError(question)


def as_file(draft: Plain) -> Plain:
    """What the file would say: without what only the draft keeps."""
    return {name: value for name, value in draft.items() if name != REMOVED}


def next_version(year: int, known: Iterable[str]) -> str:
    """A name for a new version: the year and the next number of the year, "2026-2"."""
    numbers = [re.fullmatch(rf"{year}-(\d+)", name) for name in known]
    return f"{year}-{max((int(one[1]) for one in numbers if one), default=0) + 1}"


def condition_as_text(condition: Mapping[str, Any]) -> str:
    """A condition as one choice of a form: "noted:C05", "not_noted:C05", "age:6-12", "theme:natt" …"""
    if "question" in condition:
        said = "noted" if condition.get("noted") == "true" else "not_noted"
        return f"{said}:{condition['question']}"
    if "age_band" in condition:
        return f"age:{','.join(condition['age_band'])}"
    if "theme_raised" in condition:
        return f"theme:{condition['theme_raised']}"
    if "language_interpreted" in condition:
        return f"interpreted:{condition['language_interpreted']}"
    return ""


def condition_from(text: str) -> Plain:
    """The condition that a choice stands for; {} for none."""
    kind, _, value = text.partition(":")
    match kind:
        case "noted" | "not_noted":
            return {"question": value, "noted": "true" if kind == "noted" else "false"}
        case "age":
            return {"age_band": value.split(",")}
        case "theme":
            return {"theme_raised": value}
        case "interpreted":
            return {"language_interpreted": value}
    return {}


def _fields_of_question(question: Plain) -> Fields:
    fields = {
        "topic": f"{question.get('area', '')}/{question.get('theme') or ''}",
        "pair": question.get("pair") or "",
        "pictures": question.get("pictures") or "none",
        "information": question.get("information") or "",
        **_worded(question, _QUESTION_WORDINGS),
    }
    probes, follow_ups = question.get("probes", []), question.get("follow_ups", [])
    for row in range(max(PROBES, len(probes))):
        fields |= _worded({f"probe{row + 1}": _at(probes, row)}, (f"probe{row + 1}",))
    for row in range(max(FOLLOW_UPS, len(follow_ups))):
        one = _at(follow_ups, row)
        names = {f"follow{row + 1}_says": one.get("if_says"), f"follow{row + 1}_text": one.get("text")}
        fields |= _worded(names, names)
    conditions = question.get("only_if", [])
    for row in range(max(CONDITIONS, len(conditions))):
        fields[f"only_if{row + 1}"] = condition_as_text(_at(conditions, row))
    return fields


def _question_from(fields: Fields) -> Plain:
    area, _, theme = fields["topic"].partition("/")
    rows = {stem: sum(name.startswith(stem) for name in fields) for stem in ("probe", "follow", "only_if")}
    return {
        "area": area,
        "theme": theme,
        "pair": fields["pair"].strip(),
        "information": fields["information"],
        "pictures": "" if fields["pictures"] == "none" else fields["pictures"],
        **_wordings(fields, _QUESTION_WORDINGS),
        "probes": [_wording(fields, f"probe{row}") for row in range(1, rows["probe"] // 2 + 1)],
        "follow_ups": [
            {"text": _wording(fields, f"follow{row}_text"), "if_says": _wording(fields, f"follow{row}_says")}
            for row in range(1, rows["follow"] // 4 + 1)
        ],
        "only_if": [condition_from(fields[f"only_if{row}"]) for row in range(1, rows["only_if"] + 1)],
    }


def _at(rows: list[Plain], row: int) -> Plain:
    return rows[row] if row < len(rows) else {}


def _worded(holder: Mapping[str, Any], names: Iterable[str]) -> Fields:
    return {
        f"{name}_{language}": (holder.get(name) or {}).get(language, "")
        for name in names
        for language in _LANGUAGES
    }


def _wordings(fields: Mapping[str, str], names: Iterable[str]) -> Plain:
    return {name: _wording(fields, name) for name in names}


def _wording(fields: Mapping[str, str], name: str) -> Plain:
    return {language: fields[f"{name}_{language}"] for language in _LANGUAGES}


_FIRST_FIELDS = {
    "only_if": "only_if1",
    "probes": "probe1_sv",
    "follow_ups": "follow1_text_sv",
    "id": "",
}
"""Where to look when a whole list, or a whole question, is meant."""


def field_at(draft: Plain, place: tuple[str | int, ...]) -> tuple[str, str]:
    """The part and the field of a place in the guide, as ``guide_writing`` names places.

    The field is empty where the place is a part as a whole, and lacks its language where the place does.
    """
    if place[:1] == ("question_count",):
        return FRAME, "count_max"
    if place[:1] != ("questions",) or len(place) < 2:
        return FRAME, "_".join(str(step) for step in place)
    question, steps = draft["questions"][int(place[1])]["id"], place[2:]
    match steps:
        case ("area" | "theme", *_):
            field = "topic"
        case ("probes", int() as row, *language):
            field = "_".join([f"probe{row + 1}", *map(str, language)])
        case ("follow_ups", int() as row, name, *language):
            field = "_".join(
                [f"follow{row + 1}_{'says' if name == 'if_says' else name}", *map(str, language)]
            )
        case ("only_if", int() as row, *_):
            field = f"only_if{row + 1}"
        case _:
            whole = "_".join(map(str, steps))
            field = _FIRST_FIELDS.get(whole, whole)
    return question, field
