"""Forms of the page of all letters: why a child has no letter, and how a child got its own."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired

from ....models.letter_vocabulary import GivenWay
from ....models.letters import MAX_PARAGRAPH
from .fields import AtMost, DayField, choices_of


class SendLetterForm(FlaskForm):
    without_child_letter = TextAreaField(
        _l("Why the letter goes although somebody has no letter of their own"),
        description=_l("For example: did not want one, and has been told by phone."),
        validators=[AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 3},
    )


class CopyForm(FlaskForm):
    reader = SelectField(_l("To whom"), validators=[InputRequired(_l("Choose to whom."))])
    sent_on = DayField(_l("Which day it was sent"), validators=[InputRequired(_l("Choose the day."))])


class GivenForm(FlaskForm):
    way = SelectField(
        _l("How it was given"),
        choices=choices_of(GivenWay),
        validators=[InputRequired(_l("Choose how."))],
    )
    given_on = DayField(_l("Which day"), validators=[InputRequired(_l("Choose the day."))])
