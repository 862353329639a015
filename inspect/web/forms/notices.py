"""How a person hears by mail that something has happened."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired

from ....models.notices import MailWay
from .fields import choices_of


class MailForm(FlaskForm):
    way = RadioField(
        _l("Mail when something has happened"),
        description=_l("A mail only says that there is something new. What it is you read here."),
        choices=choices_of(MailWay),
        validators=[InputRequired(_l("Choose one of these."))],
    )
