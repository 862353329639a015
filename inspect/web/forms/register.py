"""Forms of the register."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, Optional

from ....models.vocabulary import ProviderKind
from .fields import AtMost, DayField, choices_of


class ProviderForm(FlaskForm):
    name = StringField(_l("Name"), validators=[InputRequired(_l("Write the name.")), AtMost(200)])
    organisation_number = StringField(
        _l("Organisation number"),
        description=_l("Ten digits, for example 556677-8899. Municipalities have one too."),
        validators=[InputRequired(_l("Write the organisation number."))],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    kind = RadioField(
        _l("Kind of provider"),
        choices=choices_of(ProviderKind),
        validators=[InputRequired(_l("Choose the kind of provider."))],
    )
    address = StringField(_l("Postal address"), validators=[AtMost(500)])


class HomeForm(FlaskForm):
    name = StringField(_l("Name of the home"), validators=[InputRequired(_l("Write the name.")), AtMost(200)])
    kind = RadioField(
        _l("Kind of activity"),
        choices=[],
        validators=[InputRequired(_l("Choose the kind of activity."))],
    )
    municipality = StringField(
        _l("Municipality"), validators=[InputRequired(_l("Write the municipality.")), AtMost(100)]
    )
    places = IntegerField(
        _l("Number of places"),
        validators=[InputRequired(_l("Write how many places the home has, as a number."))],
        render_kw={"inputmode": "numeric"},
    )
    target_group = StringField(
        _l("Target group"),
        description=_l("As in the permit, for example: children and young people 13–17 years."),
        validators=[AtMost(500)],
    )
    address = StringField(_l("Address for visits"), validators=[AtMost(500)])
    opened_on = DayField(
        _l("Opened on"),
        description=_l("The yearly duty is counted from this day until the first visit. Left out: today."),
        validators=[Optional()],
    )
    closed_on = DayField(
        _l("Closed down on"),
        description=_l("A home that is closed down stays in the register, and is not chosen for a visit."),
        validators=[Optional()],
    )


class ProviderSearchForm(FlaskForm):
    class Meta:
        csrf = False

    q = StringField(_l("Search provider, number, home or municipality"))
    sort = HiddenField()
