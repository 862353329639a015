"""A guide as the sheets of an XLSForm, for programs that interview with forms, and to be taken back.

What the standard has a column for stands there; the rest stands in columns that begin with `tillsyn_`, which
other programs leave aside. Taken back, the form gives the same guide; docs/xlsform.md says what is where.
"""

from collections.abc import Iterator, Mapping

from ...interview_guides.conditions import ThemeRaised
from ...interview_guides.content import Guide, Question, Text
from ..exchange.xlsform_columns import OWN
from ..exchange.xlsform_model import WrittenSheet
from .form_conditions import AGE, INTERPRETED, THEMES_RAISED, facts_in, relevance_of

FORMAT = "1"
"""The version of our own columns; in the settings, as `tillsyn_format`."""

LANGUAGES = {"sv": "Svenska (sv)", "en": "English (en)"}
OPENING, CLOSING, FOLLOW_UP = "opening", "closing", "follow_up"
"""What `tillsyn_part` says of a row that is no question of the guide; or a fact of the talk."""

PROBE = "– "
"""A hint is the list of probes: each begins with this, its further lines are indented as far."""

_FACTS = {
    AGE: Text("Personens ålder, om den är känd", "The age of the person, if it is known"),
    INTERPRETED: Text("Hålls samtalet genom tolk?", "Is the talk held through an interpreter?"),
    THEMES_RAISED: Text("Vad har tagits upp i samtalet?", "What has been raised in the talk?"),
}
_YES_NO = {"yes": Text("Ja", "Yes"), "no": Text("Nej", "No")}
_YES_NO_LIST, _THEMES_LIST = f"{OWN}yes_no", f"{OWN}themes"
_TYPES = {
    AGE: "integer",
    INTERPRETED: f"select_one {_YES_NO_LIST}",
    THEMES_RAISED: f"select_multiple {_THEMES_LIST}",
}

_TRANSLATED = tuple(
    f"{field}::{name}" for field in ("label", "hint", "guidance_hint") for name in LANGUAGES.values()
)
_OWN_TEXTS = tuple(
    f"{OWN}{field}_{language}" for field in ("why", "asked_of", "picture_text") for language in LANGUAGES
)
_SURVEY = (
    "type", "name", *_TRANSLATED, "relevant",
    *(f"{OWN}{field}" for field in ("part", "area", "theme", "pair", "information", "pictures")),
    *_OWN_TEXTS,
)  # fmt: skip
_CHOICES = ("list_name", "name", *(f"label::{name}" for name in LANGUAGES.values()))
_SETTINGS = (
    "form_title", "form_id", "version", "default_language",
    *(f"{OWN}{field}" for field in (
        "format", "informant", "title_en", "ages_sv", "ages_en", "information", "offered", "question_count",
    )),
)  # fmt: skip

_Row = dict[str, str]


def form_of_guide(guide: Guide, themes: Mapping[str, Text]) -> tuple[WrittenSheet, ...]:
    """The sheets survey, choices (where there are any) and settings. `themes`: their names by id."""
    names = _Names({question.id for question in guide.questions})
    facts = {
        fact: names.free(f"{OWN}{fact}")
        for fact in _FACTS
        if any(fact in facts_in(question.only_if) for question in guide.questions)
    }
    survey = [_note(OPENING, names, guide.opening)]
    survey += [
        {"type": _TYPES[fact], "name": name, f"{OWN}part": fact, **_texts("label", _FACTS[fact])}
        for fact, name in facts.items()
    ]
    for question in guide.questions:
        survey += _rows(question, facts, names)
    survey.append(_note(CLOSING, names, guide.closing))
    choices = tuple(_choices(guide, facts, themes))
    sheets = [WrittenSheet("survey", _SURVEY, tuple(survey))]
    if choices:
        sheets.append(WrittenSheet("choices", _CHOICES, choices))
    return (*sheets, WrittenSheet("settings", _SETTINGS, (_settings(guide),)))


class _Names:
    """Names for the rows that are no questions; a form may use each name once, whatever its capitals."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = {name.lower() for name in taken}

    def free(self, wanted: str) -> str:
        while wanted.lower() in self.taken:
            wanted += "_"
        self.taken.add(wanted.lower())
        return wanted


def _note(part: str, names: _Names, text: Text) -> _Row:
    return {"type": "note", "name": names.free(f"{OWN}{part}"), f"{OWN}part": part, **_texts("label", text)}


def _rows(question: Question, facts: Mapping[str, str], names: _Names) -> Iterator[_Row]:
    own = {
        "area": question.area,
        "theme": question.theme,
        "pair": question.pair,
        "information": question.information,
        "pictures": question.pictures if question.pictures != "none" else None,
    }
    yield {
        "type": "text",
        "name": question.id,
        "relevant": relevance_of(question.only_if, facts),
        **_texts("label", question.text),
        **_texts("guidance_hint", question.listen_for),
        **{
            f"hint::{name}": "\n".join(_probe(probe.in_language(language)) for probe in question.probes)
            for language, name in LANGUAGES.items()
        },
        **{f"{OWN}{field}": value for field, value in own.items() if value is not None},
        **_own_texts("why", question.why),
        **_own_texts("asked_of", question.asked_of),
        **_own_texts("picture_text", question.picture_text),
    }
    for number, follow_up in enumerate(question.follow_ups, start=1):
        yield {
            "type": "text",
            "name": names.free(f"{question.id}_follow_up_{number}"),
            "relevant": f"${{{question.id}}} != ''",
            f"{OWN}part": FOLLOW_UP,
            **_texts("label", follow_up.text),
            **_texts("guidance_hint", follow_up.if_says),
        }


def _probe(text: str) -> str:
    return PROBE + text.replace("\n", f"\n{' ' * len(PROBE)}")


def _choices(guide: Guide, facts: Mapping[str, str], themes: Mapping[str, Text]) -> Iterator[_Row]:
    if INTERPRETED in facts:
        for name, text in _YES_NO.items():
            yield {"list_name": _YES_NO_LIST, "name": name, **_texts("label", text)}
    raised = (
        one.theme for question in guide.questions for one in question.only_if if isinstance(one, ThemeRaised)
    )
    for theme in dict.fromkeys(raised):
        text = themes.get(theme) or Text(theme, theme)
        yield {"list_name": _THEMES_LIST, "name": theme, **_texts("label", text)}


def _settings(guide: Guide) -> _Row:
    count = guide.question_count
    return {
        "form_title": guide.title.sv,
        "form_id": guide.id,
        "version": guide.version,
        "default_language": LANGUAGES["sv"],
        f"{OWN}format": FORMAT,
        f"{OWN}informant": guide.informant,
        f"{OWN}title_en": guide.title.en,
        **_own_texts("ages", guide.ages),
        f"{OWN}information": " ".join(guide.information),
        f"{OWN}offered": "" if guide.offered else "false",
        f"{OWN}question_count": f"{count[0]}-{count[1]}" if count is not None else "",
    }


def _texts(field: str, text: Text | None) -> _Row:
    if text is None:
        return {}
    return {f"{field}::{name}": text.in_language(language) for language, name in LANGUAGES.items()}


def _own_texts(field: str, text: Text | None) -> _Row:
    if text is None:
        return {}
    return {f"{OWN}{field}_{language}": text.in_language(language) for language in LANGUAGES}
