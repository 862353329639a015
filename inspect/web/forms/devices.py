"""Forms about devices in the field."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired

from ...services.lose_device import LONGEST_REASON
from .fields import AtMost


class LostForm(FlaskForm):
    reason = TextAreaField(
        _l("What has happened"),
        description=_l("Where and when it was last seen, and whether the code or the words went with it."),
        validators=[InputRequired(_l("Write what has happened, in a sentence.")), AtMost(LONGEST_REASON)],
        render_kw={"rows": 4},
    )
    certain = BooleanField(
        _l("I understand that the device is shut out at once, and that this cannot be taken back"),
        validators=[InputRequired(_l("Say that you understand what happens."))],
    )
