"""Forms for planning an inspection."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from .fields import AtMost, DayField, choices

ANNOUNCED = choices((("yes", _l("Announced: the home knows that we are coming")), ("no", _l("Unannounced"))))


class PlanForm(FlaskForm):
    """The plan of a case; `made_from` is the fingerprint of the plan that the page showed."""

    title = StringField(
        _l("Title"),
        description=_l("Neutral and without names of children: it can be read in the public registry."),
        validators=[InputRequired(_l("Write a title, for example “Regular supervision”.")), AtMost(200)],
    )
    announced = RadioField(
        _l("Is the visit announced?"),
        choices=ANNOUNCED,
        description=_l("An unannounced visit is seen only by the team and the supervisors."),
        validators=[InputRequired(_l("Choose whether the visit is announced."))],
    )
    planned_on = DayField(_l("Planned day of the visit"), validators=[Optional()])
    focus_areas = SelectMultipleField(
        _l("Focus areas"),
        description=_l("What you want to look into first. All areas are assessed in the end."),
        choices=[],
        validators=[Optional()],
    )
    risk_note = TextAreaField(
        _l("Why this home, and why now"),
        description=_l("What is known since before: earlier deficiencies, reports, what children have told."),
        validators=[AtMost(20_000)],
        render_kw={"rows": 5},
    )
    made_from = HiddenField()


class ChooseHomeForm(FlaskForm):
    """What the rest of the plan depends on; travels in the address."""

    class Meta:
        csrf = False

    q = StringField(_l("Search home, municipality or provider"))
    home = HiddenField()
    pack = RadioField(
        _l("What the inspection goes by"),
        description=_l("It decides areas, requirements, guides and the words of the letter."),
        choices=[],
        validators=[InputRequired()],
        validate_choice=False,
    )


class NewInspectionForm(PlanForm):
    home = HiddenField()
    pack = HiddenField()
    dnr = StringField(
        _l("Registration number"),
        description=_l("From the registry, for example 2026-00123. It cannot be changed afterwards."),
        validators=[InputRequired(_l("Write the registration number that the case has in the registry."))],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
    inspector = SelectField(_l("Responsible inspector"), choices=[], validators=[Optional()])


class InspectionFilterForm(FlaskForm):
    """The filter of the list; travels in the address, so it holds nothing about a person."""

    class Meta:
        csrf = False

    q = StringField(_l("Search home, title or registration number"))
    state = SelectField(_l("Step"), choices=[], validate_choice=False)
    whose = SelectField(_l("Whose"), choices=[], validate_choice=False)
    inspector = SelectField(_l("Responsible inspector"), choices=[], validate_choice=False)
    sort = HiddenField()
