"""The form that opens a case to somebody without a part in it."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from ....models.break_glass import MAX_WORDS, GlassReason
from .fields import AtMost, choices_of


class BreakGlassForm(FlaskForm):
    dnr = StringField(
        _l("Reference number of the case"),
        description=_l("The whole number. You cannot search here."),
        validators=[InputRequired(_l("Write the reference number of the case.")), AtMost(40)],
    )
    reason = RadioField(
        _l("Why do you have to read it?"),
        choices=choices_of(GlassReason),
        validators=[InputRequired(_l("Choose a reason."))],
    )
    words = TextAreaField(
        _l("In your own words"),
        description=_l(
            "What has happened, and why it cannot wait. It is sealed, and read by who reviews this."
        ),
        validators=[InputRequired(_l("Write why it cannot wait.")), AtMost(MAX_WORDS)],
        render_kw={"rows": 4},
    )
