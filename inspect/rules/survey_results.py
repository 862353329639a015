"""What the children answered, counted together; and what of it may be read, so that nobody is pointed out.

From five answers it is counted, question by question. Below that, and of a question that fewer answered,
it is read only as "someone said", in an order drawn by lot (DOMAIN: not broken down below five). Faces are
not shown before the survey has closed: whoever read a table at six answers and again at seven would know
the seventh. What a child has written is shown at once, since it may be urgent; when it came is not known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...interview_guides.content import Text
from ...interview_guides.survey import STEPS, SurveyContent, SurveyQuestion

FEWEST = 5
"""Answers, and children, from which anything is counted for reading."""

UNSURE = STEPS + 1
"""The choice after the five faces: does not know."""
SAD = range(1, 3)
HAPPY = range(4, STEPS + 1)

Shuffle = Callable[[list["Said"]], None]


@dataclass(frozen=True, slots=True)
class Tally:
    """All answers together. `counts`: question → how many chose each face and "does not know"; `texts`:
    question → what was written, in no order."""

    answers: int = 0
    counts: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """One child's answers while they are taken in: `faces` are 1–5, or `UNSURE`."""

    faces: Mapping[str, int]
    texts: Mapping[str, str]

    @property
    def is_empty(self) -> bool:
        return not self.faces and not any(self.texts.values())


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said this: a face to a question, or words of their own."""

    question: SurveyQuestion
    step: Text | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """How often each face of a question was chosen, the saddest first; then who did not know."""

    question: SurveyQuestion
    steps: tuple[Text, ...]
    counts: tuple[int, ...]

    @property
    def answered(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class AreaVoice:
    """What the children say of one area. `sad`, `happy` and `chosen` count faces of its counted questions;
    `said_sad`: someone chose a sad face where nothing is counted."""

    area: str
    sad: int = 0
    happy: int = 0
    chosen: int = 0
    said_sad: bool = False


@dataclass(frozen=True, slots=True)
class SurveyReading:
    """What may be read. `counted` is empty until the survey has closed with enough answers."""

    answers: int
    is_closed: bool
    counted: tuple[Counted, ...]
    said: tuple[Said, ...]
    voices: Mapping[str, AreaVoice]


def pour_in(tally: Tally, given: Given, insert: Callable[[Sequence[str], str], tuple[str, ...]]) -> Tally:
    """The tally with one more child's answers; `insert` puts a text at a place drawn by lot."""
    counts = dict(tally.counts)
    for question, face in given.faces.items():
        now = list(counts.get(question, (0,) * UNSURE))
        now[face - 1] += 1
        counts[question] = tuple(now)
    texts = dict(tally.texts)
    for question, text in given.texts.items():
        if text:
            texts[question] = insert(texts.get(question, ()), text)
    return Tally(tally.answers + 1, counts, texts)


def read_tally(
    survey: SurveyContent, tally: Tally, *, children: int, is_closed: bool, shuffle: Shuffle
) -> SurveyReading:
    """What may be read of a tally. `children`: how many live there; fewer than five are never counted."""
    enough = is_closed and min(tally.answers, children) >= FEWEST
    counted: list[Counted] = []
    said: list[Said] = []
    voices: dict[str, AreaVoice] = {}
    for question in survey.questions:
        said += [Said(question, text=text) for text in tally.texts.get(question.id, ())]
        counts = tally.counts.get(question.id, ())
        if not is_closed or question.kind == "text" or not any(counts):
            continue
        voice = voices.get(question.area, AreaVoice(question.area))
        if enough and sum(counts) >= FEWEST:
            counted.append(Counted(question, survey.steps_of(question), counts))
            voices[question.area] = _louder(voice, counts)
            continue
        steps = (*survey.steps_of(question), survey.unsure)
        said += [Said(question, step=steps[at]) for at, number in enumerate(counts) if number]
        voices[question.area] = replace(voice, said_sad=voice.said_sad or _number(counts, SAD) > 0)
    shuffle(said)
    return SurveyReading(tally.answers, is_closed, tuple(counted), tuple(said), voices)


def _louder(voice: AreaVoice, counts: Sequence[int]) -> AreaVoice:
    return replace(
        voice,
        sad=voice.sad + _number(counts, SAD),
        happy=voice.happy + _number(counts, HAPPY),
        chosen=voice.chosen + sum(counts[:STEPS]),
    )


def _number(counts: Sequence[int], faces: range) -> int:
    return sum(counts[face - 1] for face in faces)
