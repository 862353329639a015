"""The survey that the people a home is for are offered before a visit: `survey.yaml` of a pack.

It is read aloud and answered on a phone, by children too: short questions, five faces with a word each. A
pack may do without one. ``survey_as_json`` and ``survey_from_json`` keep a survey as it was when it was
opened, whatever becomes of the file.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from .content import Text
from .faults import BrokenPack, Fault, FaultList
from .nodes import Entry, read_file, read_list
from .pack import Pack

FILE = "survey.yaml"
STEPS = 5
"""Steps of a scale, from the saddest face to the happiest."""
QUESTIONS = range(4, 13)
"""How many questions a survey has; eight to twelve for a pack that is in use."""
WHOLE = range(8, 13)
MOST_TEXTS = 2

AnswerKind = Literal["scale", "text"]


@dataclass(frozen=True, slots=True)
class Scale:
    """Five words, the saddest first; the faces follow their order."""

    id: str
    steps: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class SurveyQuestion:
    """One question. ``scale`` is the id of its scale; ``None`` where it is answered in one's own words."""

    id: str
    area: str
    text: Text
    scale: str | None

    @property
    def kind(self) -> AnswerKind:
        return "text" if self.scale is None else "scale"


@dataclass(frozen=True, slots=True)
class SurveyContent:
    """A whole survey: what is said before and after it, where help is, its scales and its questions.

    ``pack`` is the id of the pack that it belongs to.
    """

    pack: str
    version: str
    title: Text
    welcome: tuple[Text, ...]
    help: tuple[Text, ...]
    thanks: tuple[Text, ...]
    unsure: Text
    scales: tuple[Scale, ...]
    questions: tuple[SurveyQuestion, ...]

    def steps_of(self, question: SurveyQuestion) -> tuple[Text, ...]:
        """The words of a question's scale, the saddest first; none for a question in one's own words."""
        return next((scale.steps for scale in self.scales if scale.id == question.scale), ())

    def texts(self) -> tuple[Text, ...]:
        """Everything that is said in it, in the order in which it is met."""
        steps = tuple(step for scale in self.scales for step in scale.steps)
        asked = tuple(question.text for question in self.questions)
        return (self.title, *self.welcome, *asked, *steps, self.unsure, *self.help, *self.thanks)


class NoSurvey(LookupError):
    """The pack has no survey."""


@cache
def load_survey(folder: Path) -> SurveyContent:
    """The survey of the pack in a folder, without a look at the rest of the pack. Read once.

    :raises NoSurvey: the pack has none.
    :raises BrokenPack: it has faults; the exception lists them all.
    """
    path = folder / FILE
    if not path.exists():
        raise NoSurvey(folder.name)
    faults = FaultList()
    survey = read_survey(path, None, faults)
    if faults.found:
        raise BrokenPack(folder.name, faults.in_order())
    return survey


def check_survey(folder: Path, pack: Pack) -> tuple[Fault, ...]:
    """Every fault of a pack's survey, in the order of its lines; none where the pack has no survey."""
    faults = FaultList()
    if (folder / FILE).exists():
        areas = [area.id for area in pack.areas]
        read_survey(folder / FILE, areas, faults, in_use=not pack.is_example)
    return faults.in_order()


def read_survey(
    path: Path, areas: Collection[str] | None, faults: FaultList, *, in_use: bool = False
) -> SurveyContent:
    """What a file says; every fault is recorded. ``areas``: the ids that a question may name; None: any."""
    file = read_file(path, faults)
    places: list[tuple[SurveyQuestion, Entry]] = []
    survey = SurveyContent(
        pack=path.parent.name,
        version=file.string("version"),
        title=file.text("title"),
        welcome=file.texts("welcome"),
        help=file.texts("help"),
        thanks=file.texts("thanks"),
        unsure=file.text("unsure"),
        scales=read_list(file, "scales", _scale),
        questions=read_list(file, "questions", lambda entry: _question(entry, places)),
    )
    file.finish()
    _check(survey, file, places, areas, WHOLE if in_use else QUESTIONS)
    return survey


def _scale(entry: Entry) -> Scale:
    scale = Scale(entry.string("id"), entry.texts("steps"))
    if len(scale.steps) != STEPS:
        entry.fault(f"a scale has {STEPS} steps, this one has {len(scale.steps)}", entry.line_of("steps"))
    return scale


def _question(entry: Entry, places: list[tuple[SurveyQuestion, Entry]]) -> SurveyQuestion:
    question = SurveyQuestion(
        id=entry.string("id"),
        area=entry.string("area"),
        text=entry.text("text"),
        scale=entry.string("scale") if entry.has("scale") else None,
    )
    places.append((question, entry))
    return question


def _check(
    survey: SurveyContent,
    file: Entry,
    places: list[tuple[SurveyQuestion, Entry]],
    areas: Collection[str] | None,
    number: range,
) -> None:
    for name in ("welcome", "help", "thanks"):
        if not getattr(survey, name):
            file.fault(f"the list {name!r} is missing or empty", file.line_of(name))
    if survey.questions and len(survey.questions) not in number:
        file.fault(
            f"a survey has {number.start}–{number.stop - 1} questions, this one has {len(survey.questions)}",
            file.line_of("questions"),
        )
    texts = [entry for question, entry in places if question.kind == "text"]
    for entry in texts[MOST_TEXTS:]:
        entry.fault(f"at most {MOST_TEXTS} questions are answered in one's own words")
    scales, met = {scale.id for scale in survey.scales}, set[str]()
    for question, entry in places:
        if question.id in met:
            entry.fault(f"the id {question.id!r} is used twice among the questions", entry.line_of("id"))
        met.add(question.id)
        if question.scale is not None and question.scale not in scales:
            entry.fault(f"the question names the unknown scale {question.scale!r}", entry.line_of("scale"))
        if areas is not None and question.area and question.area not in areas:
            entry.fault(f"the question names the unknown area {question.area!r}", entry.line_of("area"))


def survey_as_json(survey: SurveyContent) -> dict[str, Any]:
    """Plain JSON values from which `survey_from_json` makes the same survey."""
    return {
        "pack": survey.pack,
        "version": survey.version,
        **{name: _pair(getattr(survey, name)) for name in ("title", "unsure")},
        **{name: [_pair(text) for text in getattr(survey, name)] for name in ("welcome", "help", "thanks")},
        "scales": [
            {"id": scale.id, "steps": [_pair(step) for step in scale.steps]} for scale in survey.scales
        ],
        "questions": [
            {"id": one.id, "area": one.area, "text": _pair(one.text), "scale": one.scale}
            for one in survey.questions
        ],
    }


def survey_from_json(data: dict[str, Any]) -> SurveyContent:
    """The survey that was kept by `survey_as_json`."""
    return SurveyContent(
        pack=cast(str, data["pack"]),
        version=cast(str, data["version"]),
        title=Text(**data["title"]),
        unsure=Text(**data["unsure"]),
        welcome=_texts(data["welcome"]),
        help=_texts(data["help"]),
        thanks=_texts(data["thanks"]),
        scales=tuple(Scale(one["id"], _texts(one["steps"])) for one in data["scales"]),
        questions=tuple(
            SurveyQuestion(one["id"], one["area"], Text(**one["text"]), one["scale"])
            for one in data["questions"]
        ),
    )


def _pair(text: Text) -> dict[str, str]:
    return {"sv": text.sv, "en": text.en}


def _texts(values: list[dict[str, str]]) -> tuple[Text, ...]:
    return tuple(Text(**value) for value in values)
