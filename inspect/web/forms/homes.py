"""Forms of one home: its permits, and what has come in about it."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from ....models.planning_words import PermitKind, SignalKind
from .fields import AtMost, DayField, choices_of


class PermitForm(FlaskForm):
    kind = RadioField(
        _l("By what right it is run"),
        choices=choices_of(PermitKind),
        validators=[InputRequired(_l("Choose whether it is a permit or a notification."))],
    )
    number = StringField(_l("Registration number of the permit or notification"), validators=[AtMost(60)])
    from_on = DayField(_l("Holds from"), validators=[InputRequired(_l("Write from which day it holds."))])
    to_on = DayField(
        _l("Holds to and including"),
        description=_l("Left out: until a later permit begins."),
        validators=[Optional()],
    )
    places = IntegerField(
        _l("Number of places"),
        validators=[InputRequired(_l("Write how many places the home has, as a number."))],
        render_kw={"inputmode": "numeric"},
    )
    target_group = StringField(_l("Target group"), validators=[AtMost(500)])
    youngest = IntegerField(
        _l("Youngest, in years"), validators=[Optional()], render_kw={"inputmode": "numeric"}
    )
    oldest = IntegerField(_l("Oldest, in years"), validators=[Optional()], render_kw={"inputmode": "numeric"})
    terms = TextAreaField(_l("Other terms"), validators=[AtMost(5000)], render_kw={"rows": 3})


class SignalForm(FlaskForm):
    kind = RadioField(
        _l("What it is"),
        choices=choices_of(SignalKind),
        validators=[InputRequired(_l("Choose what it is."))],
    )
    came_on = DayField(_l("When it came in"), validators=[InputRequired(_l("Write which day it came in."))])
    subject = StringField(
        _l("What it is about, in a few words"),
        description=_l("Neutral, and without names: it stands in lists. For example: staffing at night."),
        validators=[InputRequired(_l("Write in a few words what it is about.")), AtMost(120)],
        render_kw={"autocomplete": "off"},
    )
    dnr = StringField(_l("Registration number"), validators=[AtMost(40)], render_kw={"autocomplete": "off"})
    text = TextAreaField(
        _l("What it says"),
        description=_l("Kept encrypted. Those who plan inspections may read it, and each reading is logged."),
        validators=[AtMost(20_000)],
        render_kw={"rows": 8, "autocomplete": "off"},
    )


class SetSignalAsideForm(FlaskForm):
    reason = TextAreaField(
        _l("Why it no longer speaks for a visit"),
        validators=[InputRequired(_l("Write why it no longer speaks for a visit.")), AtMost(2000)],
        render_kw={"rows": 3, "autocomplete": "off"},
    )
