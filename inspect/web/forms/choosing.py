"""Forms of the choice of what to visit: its filter, and the authority's weights."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from ....models.planning_words import VisitReason, Weight
from ...rules.visit_reasons import Weighed, Weighting
from .fields import AtMost, choices_of


class VisitFilterForm(FlaskForm):
    """Travels in the address, so it holds nothing about a person."""

    class Meta:
        csrf = False

    q = StringField(_l("Search home, municipality or provider"))
    duty = SelectField(_l("Yearly duty"), choices=[], validate_choice=False)
    reason = SelectField(_l("What speaks for a visit"), choices=[], validate_choice=False)
    planned = SelectField(_l("Planned"), choices=[], validate_choice=False)


class WhyForm(FlaskForm):
    """`made_from` is the number of the version that the page showed."""

    why = TextAreaField(
        _l("Why the weights are changed"),
        description=_l("Shown to everybody who plans, with your name and the day."),
        validators=[InputRequired(_l("Write why.")), AtMost(2000)],
        render_kw={"rows": 3},
    )
    made_from = HiddenField()


def weights_form(weighting: Weighting, sent: Any = None) -> Form:
    """A weight and a number of months for each reason, with what holds or with what was sent."""
    fields: dict[str, Any] = {}
    for reason in VisitReason:
        fields[f"{reason.value}-weight"] = SelectField(_l("Weight"), choices=choices_of(Weight))
        fields[f"{reason.value}-months"] = IntegerField(
            _l("Months back"),
            validators=[InputRequired(_l("Write a number of months."))],
            render_kw={"inputmode": "numeric"},
        )
    data: dict[str, str | int] = {}
    for reason, weighed in weighting.items():
        data[f"{reason.value}-weight"] = weighed.weight.value
        data[f"{reason.value}-months"] = weighed.months
    made: Form = type("WeightsForm", (Form,), fields)(sent, data=data)
    for field in made:
        field.flags.asked = True
    return made


def sent_weights(form: Form) -> Weighting:
    """What a valid form says."""
    return {
        reason: Weighed(
            Weight(form[f"{reason.value}-weight"].data), int(form[f"{reason.value}-months"].data or 0)
        )
        for reason in VisitReason
    }
