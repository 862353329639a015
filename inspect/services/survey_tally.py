"""The one row that holds all answers to a survey, opened and sealed again."""

import json
import secrets
from collections.abc import Sequence

from ...models.surveys import SurveyResult
from ..rules.survey_results import Said, Tally

_lot = secrets.SystemRandom()


def open_tally(row: SurveyResult) -> Tally:
    """What the row holds; a row that nobody has answered yet holds nothing."""
    if not row.content:
        return Tally(row.answers)
    kept = json.loads(row.content)
    return Tally(
        answers=row.answers,
        counts={question: tuple(counts) for question, counts in kept["counts"].items()},
        texts={question: tuple(texts) for question, texts in kept["texts"].items()},
    )


def seal_tally(row: SurveyResult, tally: Tally) -> None:
    """Put the tally in the row. Its keys are sorted, so that nothing shows which came last."""
    row.answers = tally.answers
    row.content = json.dumps({"counts": tally.counts, "texts": tally.texts}, sort_keys=True)


def insert_by_lot(texts: Sequence[str], text: str) -> tuple[str, ...]:
    """The texts with one more among them, at a place drawn by lot."""
    at = _lot.randint(0, len(texts))
    return (*texts[:at], text, *texts[at:])


def shuffle_by_lot(lines: list[Said]) -> None:
    """Put the lines in an order drawn by lot."""
    _lot.shuffle(lines)
