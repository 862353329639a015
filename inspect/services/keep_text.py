"""Keep every text that has stood in a paragraph of a letter: who, when, and how it came to stand there."""

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from ...models.letter_history import KeptText
from ...models.letter_vocabulary import TextChange
from ...models.letters import Letter, Paragraph
from ..rules.text_runs import Run, earlier_texts, step_back


def keep_text(
    db: Session,
    *,
    letter: Letter,
    paragraph: Paragraph,
    was: str,
    change: TextChange,
    by: UUID | None,
    now: datetime,
) -> None:
    """Note that the paragraph's text was `was` and is as it stands now, by `change`.

    What stood before is kept too, if nothing told of it: made from the data when the letter was composed.
    Writing that goes on (rules/text_runs.py) is added to its run.
    """
    last = last_kept(db, letter, paragraph)
    number = last.number if last else 0
    if was and change is not TextChange.GONE and (last is None or last.text != was):
        at = max(letter.composed_at, last.at) if last else letter.composed_at
        at, number = min(at, now), number + 1
        last = _entry(letter, paragraph, number, TextChange.COMPOSED, was, None, at)
        db.add(last)
    writes_on = last is not None and change is last.change is TextChange.EDITED
    if last is not None and writes_on and Run(last.by_id, last.began_at, last.at).goes_on(by, now):
        _go_on(last, paragraph.text, now)
        db.flush()
        return
    text = was if change is TextChange.GONE else paragraph.text
    db.add(_entry(letter, paragraph, number + 1, change, text, by, now))
    db.flush()


def last_kept(db: Session, letter: Letter, paragraph: Paragraph) -> KeptText | None:
    """The latest entry of a paragraph, or of one that had its key before it."""
    return db.scalar(_kept(letter, paragraph.language, paragraph.key).limit(1))


def kept_texts(db: Session, letter: Letter, paragraph: Paragraph) -> Sequence[KeptText]:
    """All entries of a paragraph, the latest first."""
    return db.scalars(_kept(letter, paragraph.language, paragraph.key)).all()


def texts_by_key(db: Session, letter: Letter) -> dict[tuple[str, str], list[KeptText]]:
    """All entries of a letter by language and key, the latest first. Their texts are opened when read."""
    found: dict[tuple[str, str], list[KeptText]] = {}
    rows = select(KeptText).where(KeptText.letter_id == letter.id).order_by(KeptText.number.desc())
    for one in db.scalars(rows):
        found.setdefault((one.language, one.key), []).append(one)
    return found


def _kept(letter: Letter, language: str, key: str) -> Select[KeptText]:
    return (
        select(KeptText)
        .where(KeptText.letter_id == letter.id, KeptText.language == language, KeptText.key == key)
        .order_by(KeptText.number.desc())
    )


def texts_of(kept: KeptText) -> list[str]:
    """All texts of one entry, the latest first."""
    return [kept.text, *earlier_texts(kept.text, json.loads(kept.steps or "[]"))]


def _go_on(kept: KeptText, text: str, now: datetime) -> None:
    steps = [step_back(text, kept.text), *json.loads(kept.steps or "[]")]
    kept.steps = json.dumps(steps, ensure_ascii=False, separators=(",", ":"))
    kept.text = text
    kept.at = now


def _entry(
    letter: Letter,
    paragraph: Paragraph,
    number: int,
    change: TextChange,
    text: str,
    by: UUID | None,
    at: datetime,
) -> KeptText:
    return KeptText(
        letter_id=letter.id, language=paragraph.language, key=paragraph.key, section=paragraph.section,
        number=number, change=change, began_at=at, at=at, by_id=by, text=text, steps="",
    )  # fmt: skip
