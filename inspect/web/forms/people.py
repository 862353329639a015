"""Forms of accounts and of the log."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import InputRequired, Optional

from ....models.vocabulary import Role
from .fields import AtMost, DayField, choices, choices_of


class UserForm(FlaskForm):
    name = StringField(_l("Name"), validators=[InputRequired(_l("Write the name.")), AtMost(200)])
    email = EmailField(
        _l("E-mail address"),
        validators=[InputRequired(_l("Write an e-mail address, for example name@example.se."))],
        render_kw={"autocomplete": "off"},
    )
    roles = SelectMultipleField(
        _l("Roles"), choices=choices_of(Role), validators=[InputRequired(_l("Choose at least one role."))]
    )
    provider = StringField(
        _l("Organisation number of the provider"),
        description=_l("For the role Provider, and where several homes have the same name."),
        validators=[Optional()],
    )
    home = StringField(
        _l("Which home"),
        description=_l("Only for the role Manager of the home. As it stands in the register."),
        validators=[Optional()],
    )
    password = PasswordField(
        _l("First password"),
        description=_l("At least 12 characters. Three or four unrelated words make a good one."),
        validators=[InputRequired(_l("Write a password of at least 12 characters."))],
        render_kw={"autocomplete": "new-password"},
    )


class AccountSearchForm(FlaskForm):
    """What is searched for: part of a name, so it is sent and stands in no address."""

    q = SearchField(_l("Search name or e-mail address"))


class RolesForm(FlaskForm):
    """The filter of the accounts; it travels in the address."""

    class Meta:
        csrf = False

    role = SelectField(
        _l("Role"),
        choices=[SelectChoice("", _l("All roles")), *choices_of(Role)],
        validate_choice=False,
    )
    sort = HiddenField()


class LogFilterForm(FlaskForm):
    """The filter of the log; it travels in the address, and names a person by id only."""

    class Meta:
        csrf = False

    person = SelectField(_l("Person"), choices=[], validate_choice=False)
    kind = SelectField(_l("What happened"), choices=[], validate_choice=False)
    hours = SelectField(
        _l("Time of day"),
        choices=choices((("night", _l("Nights, 22–06")),), first=_l("All day and night")),
        validate_choice=False,
    )
    first = DayField(_l("From"), validators=[Optional()])
    last = DayField(_l("To"), validators=[Optional()])
