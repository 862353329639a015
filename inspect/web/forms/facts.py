"""Forms of the reply to the facts: the provider's own, what it said aloud, and how the authority answers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Optional

from ....models.dialogue_vocabulary import FactStance, PointVerdict
from ....models.letters import MAX_PARAGRAPH
from ...services.reply_to_facts import Points, SaidOfFact
from ...services.sent_facts import Fact
from .dialogue import LOOKED
from .fields import AtMost, DayField, choices_of, member_or_none


class ReplyForm(FlaskForm):
    """The whole reply; what is said of each fact has a form of its own beside it (FactForm)."""

    version = HiddenField(default="0")
    reply = TextAreaField(
        _l("More that you want to say"),
        description=_l("What is right, what is wrong, and what is missing. Write no names of children."),
        validators=[AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 6},
    )


class FactForm(FlaskForm):
    """What is said of one fact."""

    class Meta:
        csrf = False

    stance = RadioField(
        _l("Is it right?"), choices=choices_of(FactStance), validators=[Optional()], validate_choice=False
    )
    text = TextAreaField(
        _l("What is wrong or missing, and how it is instead"),
        validators=[AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 3},
    )

    @property
    def said(self) -> SaidOfFact:
        chosen = member_or_none(FactStance, self.stance.data)
        return SaidOfFact(FactStance(chosen) if chosen else None, self.text.data or "")


class SpokenForm(FlaskForm):
    """What the provider said instead of writing (FL 24, 27 §§)."""

    said_on = DayField(_l("Day it was said"), validators=[InputRequired(_l("Choose the day it was said."))])
    said_time = TimeField(
        _l("Time it was said"), validators=[InputRequired(_l("Write the time, for example 13:30."))]
    )
    said_by = StringField(
        _l("Who said it"),
        description=_l("Name and part, for example: Anna Ek, head of operations."),
        validators=[InputRequired(_l("Write who said it.")), AtMost(200)],
    )
    note = TextAreaField(
        _l("What was said"),
        description=_l("In their words as far as you can, by phone or face to face."),
        validators=[
            InputRequired(_l("Write what was said that matters to the case.")),
            AtMost(MAX_PARAGRAPH),
        ],
        render_kw={"rows": 5},
    )
    is_reply = BooleanField(_l("This is their reply: they do not want to write one too"))


class PointAnswerForm(FlaskForm):
    """How the authority answers one point, and how the fact reads then."""

    verdict = RadioField(
        _l("Our answer"),
        choices=choices_of(PointVerdict),
        validators=[InputRequired(_l("Choose how you answer the point."))],
    )
    why = TextAreaField(
        _l("Why"),
        description=_l("In a sentence. It stands in the letter."),
        validators=[
            InputRequired(_l("Write why, in a sentence, so that others understand.")),
            AtMost(MAX_PARAGRAPH),
        ],
        render_kw={"rows": 3},
    )
    title = StringField(_l("What the point is called"), validators=[AtMost(200)])
    saw = TextAreaField(
        _l("How it reads in the letter"),
        description=_l("Change what was wrong. What stood before is kept, and shown beside it."),
        validators=[AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 4},
    )
    english = TextAreaField(
        _l("How it reads in the English letter"),
        description=_l("Leave it empty if the Swedish text may stand there too."),
        validators=[AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 3},
    )
    looked = BooleanField(LOOKED)


def fact_forms(facts: Sequence[Fact], *, typed: bool, points: Points | None = None) -> dict[str, FactForm]:
    """A form for each fact by its id: as it was sent (`typed`), or with what is kept of a draft."""
    made: dict[str, FactForm] = {}
    for one in facts:
        prefix = f"f{UUID(one.finding).hex}-"
        if typed:
            made[one.finding] = FactForm(prefix=prefix)
            continue
        kept = (points or {}).get(UUID(one.finding), SaidOfFact())
        values: dict[str, Any] = {"stance": kept.stance.value if kept.stance else None, "text": kept.text}
        made[one.finding] = FactForm(formdata=None, prefix=prefix, **values)
    return made


def said_in(forms: dict[str, FactForm]) -> Points:
    """What is written in the forms of the facts."""
    return {UUID(key): form.said for key, form in forms.items()}
