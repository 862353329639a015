"""A guide as the text of its file: the way back from values to what an author reads and commits.

What is written reads back as the same guide. The form is always the same (order of the fields, one wording a
line, an empty line between questions), so that the difference between two versions is what was changed.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from .bound_citations import bind
from .conditions import AgeBand, Condition, LanguageInterpreted, QuestionNoted, ThemeRaised
from .content import FollowUp, Guide, Question, Text

Plain = dict[str, Any]
"""Fields, lists and texts: what the file says, before anybody has judged it."""

Path = tuple[str | int, ...]
"""Where something stands in a guide: ``("questions", 3, "text", "sv")``."""

_GUIDE = (
    "id", "informant", "version", "offered", "title", "ages", "information", "question_count",
    "opening", "closing", "questions",
)  # fmt: skip
_QUESTION = (
    "id", "area", "theme", "pair", "information", "asked_of", "only_if", "text",
    "probes", "follow_ups", "pictures", "picture_text", "why", "listen_for",
)  # fmt: skip
_REQUIRED = frozenset(
    {
        "id",
        "informant",
        "version",
        "title",
        "opening",
        "closing",
        "questions",
        "area",
        "text",
        "probes",
        "why",
    }
)
_WORDING = ("sv", "en")
_WIDTH = 110
_NBSP = "\u00a0"
# What YAML could take for something else than a text, if a reader other than ours reads the file.
_GUESSED = re.compile(r"[-+]?[.\d][-+.,:_\dxobef]*|true|false|yes|no|on|off|null|~|y|n", re.IGNORECASE)
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Written:
    """The text of a file, and for each of its lines (from 1) where in the guide it stands."""

    text: str
    places: tuple[Path, ...]

    def place_of(self, line: int) -> Path:
        """Where in the guide a line of the text stands; empty for one that belongs to no field."""
        return self.places[line - 1] if 0 < line <= len(self.places) else ()


def guide_as_written(guide: Guide) -> Plain:
    """The fields of the guide as its file has them; what is left out in the file is left out here."""
    return _without_nothing(
        {
            "id": guide.id,
            "informant": guide.informant,
            "version": guide.version,
            "offered": None if guide.offered else "false",
            "title": _wording(guide.title),
            "ages": _wording(guide.ages),
            "information": list(guide.information),
            "question_count": dict(zip(("min", "max"), map(str, guide.question_count), strict=True))
            if guide.question_count
            else None,
            "opening": _wording(guide.opening),
            "closing": _wording(guide.closing),
            "questions": [_question(question) for question in guide.questions],
        }
    )


def _question(question: Question) -> Plain:
    return _without_nothing(
        {
            "id": question.id,
            "area": question.area,
            "theme": question.theme,
            "pair": question.pair,
            "information": question.information,
            "asked_of": _wording(question.asked_of),
            "only_if": [_condition(condition) for condition in question.only_if],
            "text": _wording(question.text),
            "probes": [_wording(probe) for probe in question.probes],
            "follow_ups": [_follow_up(one) for one in question.follow_ups],
            "pictures": question.pictures if question.pictures != "none" else None,
            "picture_text": _wording(question.picture_text),
            "why": _wording(question.why),
            "listen_for": _wording(question.listen_for),
        }
    )


def _follow_up(follow_up: FollowUp) -> Plain:
    return {"text": _wording(follow_up.text), "if_says": _wording(follow_up.if_says)}


def _condition(condition: Condition) -> Plain:
    match condition:
        case QuestionNoted(question, noted):
            return {"question": question, "noted": "true" if noted else "false"}
        case AgeBand(bands):
            return {"age_band": [f"{first}-{last}" for first, last in bands]}
        case ThemeRaised(theme):
            return {"theme_raised": theme}
        case LanguageInterpreted(interpreted):
            return {"language_interpreted": "true" if interpreted else "false"}


def _wording(text: Text | None) -> Plain | None:
    return None if text is None else {"sv": text.sv, "en": text.en}


def _without_nothing(fields: Plain) -> Plain:
    return {name: value for name, value in fields.items() if value is not None and value != []}


def write_guide(written: Mapping[str, Any], heading: str = "") -> Written:
    """The file of a guide. ``heading``: the comment above its fields, as the file has it.

    What is blank is left out, but for the fields that a guide must have: the reader says that they are empty.
    Fields that are not known here are written too, last.
    """
    lines: list[tuple[str, Path]] = [(line, ()) for line in heading.splitlines()]
    for name in _in_order(written, _GUIDE):
        if name not in _REQUIRED and is_blank(written[name]):
            continue
        if name != "questions":
            lines += _field(name, written[name], "", (name,))
            continue
        lines.append(("questions:", ("questions",)))
        for number, question in enumerate(written[name]):
            if number:
                lines.append(("", ()))
            lines += _item(question, "  ", ("questions", number), _QUESTION, _REQUIRED)
    return Written("".join(f"{line}\n" for line, _ in lines), tuple(place for _, place in lines))


def heading_of(text: str) -> str:
    """The comment that a file begins with."""
    found = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        found.append(line)
    return "\n".join(found)


def is_blank(value: Any) -> bool:
    """Whether nothing is written in it, however many fields it has."""
    if isinstance(value, Mapping):
        return all(is_blank(one) for one in value.values())
    if isinstance(value, list):
        return all(is_blank(one) for one in value)
    return value is None or not str(value).strip()


def _in_order(fields: Mapping[str, Any], known: Sequence[str]) -> list[str]:
    return [name for name in known if name in fields] + [name for name in fields if name not in known]


def _field(name: str, value: Any, indent: str, place: Path) -> Iterator[tuple[str, Path]]:
    start = f"{indent}{name}:"
    if name == "asked_of" and isinstance(value, Mapping):  # a word or two
        yield f"{start} {_flow(dict(value), words=True)}", place
    elif isinstance(value, Mapping) and set(value) <= set(_WORDING):
        yield start, place
        for language in _in_order(value, _WORDING):
            yield from _field(language, value[language], f"{indent}  ", (*place, language))
    elif isinstance(value, list) and any(isinstance(one, Mapping) and not is_blank(one) for one in value):
        yield from _list(start, value, indent, place)
    elif isinstance(value, str) and "\n" in value:
        yield f"{start} |", place
        for line in _unbound(value).split("\n"):
            yield (f"{indent}  {line}" if line.strip() else ""), place
    elif isinstance(value, list) and is_blank(value):
        yield f"{start} []", place
    else:
        yield f"{start} {_short(value)}".rstrip(), place


def _list(start: str, items: list[Any], indent: str, place: Path) -> Iterator[tuple[str, Path]]:
    """Mappings under a field: on one line when they hold no wordings and fit, else one below the other."""
    short = _flow([one for one in items if not is_blank(one)])
    if short is not None and len(start) + len(short) < _WIDTH:
        yield f"{start} {short}", place
        return
    yield start, place
    for number, one in enumerate(items):
        if not is_blank(one):
            yield from _item(one, f"{indent}  ", (*place, number), ("text", "if_says", *_WORDING))


def _item(
    fields: Mapping[str, Any], indent: str, place: Path, order: Sequence[str], required: Iterable[str] = ()
) -> Iterator[tuple[str, Path]]:
    """A mapping in a list; its first field follows the dash."""
    lines = [
        line
        for name in _in_order(fields, order)
        if not required or name in required or not is_blank(fields[name])
        for line in _field(name, fields[name], f"{indent}  ", (*place, name))
    ]
    for number, (line, at) in enumerate(lines):
        yield (f"{indent}- {line[len(indent) + 2 :]}" if number == 0 else line), at


def _flow(value: Any, words: bool = False) -> str | None:
    """Conditions and the like on one line; ``None`` for what holds wordings: they have lines of their own."""
    if isinstance(value, list):
        parts = [_flow(one) for one in value]
        if any(part is None for part in parts):
            return None
        if len(parts) == 1 and isinstance(value[0], Mapping):
            return parts[0]
        return f"[{', '.join(map(str, parts))}]"
    if isinstance(value, Mapping):
        if set(value) & {*_WORDING, "text"} and not words:
            return None
        return "{" + ", ".join(f"{name}: {_flow(one)}" for name, one in value.items()) + "}"
    return _scalar(str(value), flow=True)


def _short(value: Any) -> str:
    return str(_flow(value)) if isinstance(value, list | Mapping) else _scalar(str(value))


def _scalar(text: str, flow: bool = False) -> str:
    """The text as YAML: plain where it reads back so, else in double quotes."""
    text = _unbound(text)
    if text in ("true", "false"):
        return text
    plain = f"[{text}]" if flow else f"k: {text}"
    if text.isprintable() and not (_GUESSED.fullmatch(text) and not _is_band(text)):
        try:
            read = yaml.load(plain, Loader=_Loader)  # noqa: S506  # nosec B506 - it makes texts only
        except yaml.YAMLError:
            read = None
        if read == ([text] if flow else {"k": text}):
            return text
    return json.dumps(text, ensure_ascii=False)


def _is_band(text: str) -> bool:
    return re.fullmatch(r"\d{1,3}(-\d{1,3})?", text) is not None


def _unbound(text: str) -> str:
    """Without the non-breaking spaces that the reader puts in by itself: an author cannot see them."""
    open_text = text.replace(_NBSP, " ")
    return open_text if bind(open_text) == text else text
