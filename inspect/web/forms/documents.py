"""Forms of what is asked of a provider: documents, and one number of hours."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FloatField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from ....models.asked_of_provider import RequestAnswer
from ...services.ask_for_documents import LONGEST_TEXT
from .fields import AtMost, DayField, choices_of


class HoursField(FloatField):
    """Hours with a point or a comma, as people write them."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata([one.strip().replace(",", ".") for one in valuelist])
        except ValueError:
            raise ValueError(_("Write a number of hours, for example 1.5.")) from None


class AskForm(FlaskForm):
    what = TextAreaField(
        _l("Which document, of which time, and what you need it for"),
        description=_l("Write no names of children. The provider reads this as it stands."),
        validators=[InputRequired(_l("Write which document you need.")), AtMost(LONGEST_TEXT)],
        render_kw={"rows": 3},
    )
    due_on = DayField(_l("By when"), validators=[InputRequired(_l("Choose a day."))])


class AskedFilterForm(FlaskForm):
    """Of what is asked of a provider: never by what is asked for, which is sealed."""

    class Meta:
        csrf = False

    q = StringField(_l("Search home, municipality or reference number"))


class AnswerForm(FlaskForm):
    answer = RadioField(
        _l("What you answer"),
        choices=choices_of(RequestAnswer),
        validators=[InputRequired(_l("Choose one of these."))],
    )
    said = StringField(
        _l("How you sent it, where we have it, or why there is none"),
        validators=[AtMost(LONGEST_TEXT)],
    )


class TimeForm(FlaskForm):
    hours = HoursField(
        _l("Hours"),
        description=_l("All of you together, for example 1.5. A guess is good enough."),
        validators=[InputRequired(_l("Write a number of hours, for example 1.5."))],
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
