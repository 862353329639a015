"""The form of the manager of a home."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField

from .fields import AtMost


class SelfAssessmentForm(FlaskForm):
    """Both answers are needed before it is sent. `made_from`: the stamp of what it was written from."""

    strengths = TextAreaField(
        _l("What are you proud of?"),
        description=_l(
            "What works well for the children with you, and how do you know? One thing on each line."
        ),
        validators=[AtMost(20_000)],
        render_kw={"rows": 6},
    )
    made_from = HiddenField()
    worries = TextAreaField(
        _l("What worries you?"),
        description=_l("What would you like to be better, and what makes it hard? One thing on each line."),
        validators=[AtMost(20_000)],
        render_kw={"rows": 6},
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.strengths.flags.asked = self.worries.flags.asked = True
