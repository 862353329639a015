"""The forms of a child's sealed record."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from ....models.child_identities import MAX_CONTACT, MAX_NAME, MAX_NUMBER, MAX_PURPOSE, IdentityPurpose
from .fields import AtMost, choices_of

UNREMEMBERED = {"autocomplete": "off", "spellcheck": "false"}


class IdentityForm(FlaskForm):
    name = StringField(
        _l("The child’s name"),
        validators=[InputRequired(_l("Write the child’s name.")), AtMost(MAX_NAME)],
        render_kw=UNREMEMBERED,
    )
    number = StringField(
        _l("Personal identity number or date of birth"),
        description=_l("As far as it is known and needed."),
        validators=[AtMost(MAX_NUMBER)],
        render_kw=UNREMEMBERED,
    )
    contact = TextAreaField(
        _l("Address and how to reach the child"),
        description=_l("What the letter to the child is addressed with."),
        validators=[AtMost(MAX_CONTACT)],
        render_kw={**UNREMEMBERED, "rows": 4},
    )


class AskForm(FlaskForm):
    purpose = RadioField(
        _l("What is it for?"),
        choices=choices_of(IdentityPurpose),
        validators=[InputRequired(_l("Choose what it is for."))],
    )
    words = TextAreaField(
        _l("In your own words"),
        description=_l("Who is to be reached, and why now. The other side reads it before agreeing."),
        validators=[InputRequired(_l("Write what it is for.")), AtMost(MAX_PURPOSE)],
        render_kw={"rows": 3},
    )
