"""Forms of the survey as the inspectors see it, and of the lines of enquiry."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from .fields import AtMost, DayField


class OpenSurveyForm(FlaskForm):
    children = IntegerField(
        _l("How many live there now"),
        description=_l(
            "So that nobody is pointed out: where fewer than five live, answers are never counted."
        ),
        validators=[InputRequired(_l("Write how many live there, as a number."))],
        render_kw={"inputmode": "numeric"},
    )
    closes_on = DayField(
        _l("Last day to answer"),
        description=_l("What they chose is shown when the survey has closed, and all at once."),
        validators=[InputRequired(_l("Choose the last day."))],
    )


class CodesForm(FlaskForm):
    number = IntegerField(
        _l("How many codes"),
        description=_l("One for each, and some more: a slip gets lost, or somebody moves in."),
        validators=[InputRequired(_l("Write how many codes, as a number."))],
        render_kw={"inputmode": "numeric"},
    )


class OwnLineForm(FlaskForm):
    area = SelectField(
        _l("Area"), choices=[], validators=[InputRequired(_l("Choose an area."))], validate_choice=False
    )
    text = TextAreaField(
        _l("What you want to find out"),
        description=_l("A question to follow, for example: what happens at night? No names of children."),
        validators=[InputRequired(_l("Write what you want to find out.")), AtMost(2_000)],
        render_kw={"rows": 3},
    )
