"""What one asks of a list of rows: what to look for, and in which order. It travels in the address, and so
holds nothing about a person. Lists in tables are sorted by the titles of their columns.
"""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField

from .fields import choices

NEWEST_FIRST = _l("The newest first")
OLDEST_FIRST = _l("The oldest first")


class LettersFilterForm(FlaskForm):
    """Of a provider's letters."""

    class Meta:
        csrf = False

    q = StringField(_l("Search home, municipality or reference number"))
    sort = SelectField(
        _l("Order"),
        choices=choices([("-sent", NEWEST_FIRST), ("sent", OLDEST_FIRST), ("home", _l("By home"))]),
        validate_choice=False,
    )


class HomesFilterForm(FlaskForm):
    """Of the homes of one provider."""

    class Meta:
        csrf = False

    q = StringField(_l("Search home or municipality"))
    sort = SelectField(
        _l("Order"),
        choices=choices(
            [
                ("name", _l("By name")),
                ("municipality", _l("By municipality")),
                ("-places", _l("The largest first")),
            ]
        ),
        validate_choice=False,
    )


class NoticesFilterForm(FlaskForm):
    """Of what is new for a person. No home is looked for: it may be closed to them by now."""

    class Meta:
        csrf = False

    kind = SelectField(_l("What has happened"), choices=[], validate_choice=False)
    unread = SelectField(
        _l("Which"), choices=choices([("1", _l("Unread only"))], first=_l("All")), validate_choice=False
    )
    sort = SelectField(
        _l("Order"), choices=choices([("-at", NEWEST_FIRST), ("at", OLDEST_FIRST)]), validate_choice=False
    )
