"""The form of the manager of a home."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from .fields import AtMost


class SelfAssessmentForm(FlaskForm):
    strengths = TextAreaField(
        _l("What are you proud of?"),
        description=_l(
            "What works well for the children with you, and how do you know? One thing on each line."
        ),
        validators=[AtMost(20_000)],
        render_kw={"rows": 6},
    )
    worries = TextAreaField(
        _l("What worries you?"),
        description=_l("What would you like to be better, and what makes it hard? One thing on each line."),
        validators=[AtMost(20_000)],
        render_kw={"rows": 6},
    )
