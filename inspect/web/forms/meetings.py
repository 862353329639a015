"""Forms of a dialogue meeting, the same for both sides: times, matters for the agenda, what is remembered."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ....models.letters import MAX_PARAGRAPH
from ...outside.clock import SWEDEN
from .fields import AtMost, DayField

CHOICES = ("first", "second", "third")


class TimesForm(FlaskForm):
    """Up to three times, and where."""

    first_day = DayField(_l("First time: day"), validators=[Optional()])
    first_time = TimeField(_l("First time: hour"), validators=[Optional()])
    second_day = DayField(_l("Second time: day"), validators=[Optional()])
    second_time = TimeField(_l("Second time: hour"), validators=[Optional()])
    third_day = DayField(_l("Third time: day"), validators=[Optional()])
    third_time = TimeField(_l("Third time: hour"), validators=[Optional()])
    place = StringField(
        _l("Where"),
        description=_l("For example: at your place, by video or by phone."),
        validators=[AtMost(200)],
    )

    @property
    def pairs(self) -> list[tuple[DayField, TimeField]]:
        return [(self[f"{one}_day"], self[f"{one}_time"]) for one in CHOICES]  # type: ignore[misc]

    @property
    def times(self) -> list[datetime]:
        """The whole pairs, in Swedish time."""
        return [
            datetime.combine(day.data, time.data, tzinfo=SWEDEN)
            for day, time in self.pairs
            if day.data is not None and time.data is not None
        ]

    @property
    def halves(self) -> bool:
        """Whether a day stands without an hour, or an hour without a day."""
        return any((day.data is None) != (time.data is None) for day, time in self.pairs)


class AgendaForm(FlaskForm):
    """What to talk about: questions of the letter, and a matter of one's own."""

    questions = SelectMultipleField(
        _l("Open questions in the letter"),
        choices=[],
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    text = TextAreaField(
        _l("Something you want to talk about"),
        description=_l("Both sides see it. Name nobody."),
        validators=[AtMost(1000)],
        render_kw={"rows": 2},
    )


class RemarkForm(FlaskForm):
    """What is remembered otherwise than the note says."""

    remark = TextAreaField(
        _l("What you remember otherwise, or what is missing"),
        validators=[AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 3},
    )
