"""Forms of the review of who has read what."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from ....models.log_review import ReviewOutcome
from .fields import DayField, choices_of


class ReasonForm(FlaskForm):
    """Which of the readings that wait; travels in the address."""

    class Meta:
        csrf = False

    reason = SelectField(_l("Why it was drawn"), choices=[], validate_choice=False)
    sort = HiddenField()


class DrawForm(FlaskForm):
    first = DayField(
        _l("First day of the period"), validators=[InputRequired(_l("Choose the first day of the period."))]
    )
    last = DayField(
        _l("Last day of the period"),
        description=_l("At most 31 days at a time, and only days that are over."),
        validators=[InputRequired(_l("Choose the last day of the period."))],
    )


class JudgeForm(FlaskForm):
    outcome = RadioField(
        _l("What came of it?"),
        choices=choices_of(ReviewOutcome),
        validators=[InputRequired(_l("Choose what came of it."))],
    )
    remark = TextAreaField(
        _l("What was found, and what is done about it"),
        description=_l("Needed when there was something to remark on. It is sealed, and cannot be changed."),
        render_kw={"rows": 4},
    )
