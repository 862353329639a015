"""Forms about devices in the field."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.validators import InputRequired

from ...services.lose_device import LONGEST_REASON
from .fields import AtMost, choices


class DevicesFilterForm(FlaskForm):
    """Travels in the address, and so holds nothing about a person: neither theirs nor their device's name."""

    class Meta:
        csrf = False

    show = SelectField(
        _l("Which"),
        choices=choices(
            [
                ("unsent", _l("With notes that have not come here")),
                ("silent", _l("The same, and silent for a week")),
            ],
            first=_l("All in use"),
        ),
        validate_choice=False,
    )
    sort = HiddenField()


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
