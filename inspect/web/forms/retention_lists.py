"""What one asks of the lists of keeping and disposal: it travels in the address, so numbers and no reason."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SearchField, SelectField

from .fields import choices

BY_CASE = _l("Search reference number")


class RulesFilterForm(FlaskForm):
    class Meta:
        csrf = False

    q = SearchField(_l("Search number of the decision"))
    show = SelectField(
        _l("Which"),
        choices=choices([("in_force", _l("In force")), ("ended", _l("Ended"))], first=_l("All")),
        validate_choice=False,
    )


class DisposalsFilterForm(FlaskForm):
    class Meta:
        csrf = False

    q = SearchField(_l("Search number of the decision, or reference number"))
    show = SelectField(
        _l("Which"),
        choices=choices(
            [
                ("waits", _l("Waits to be approved")),
                ("approved", _l("Approved, being carried out")),
                ("done", _l("Carried out")),
                ("withdrawn", _l("Withdrawn")),
            ],
            first=_l("All"),
        ),
        validate_choice=False,
    )


class DueFilterForm(FlaskForm):
    """Of the cases that are old enough for a rule."""

    class Meta:
        csrf = False

    q = SearchField(BY_CASE)
    show = SelectField(
        _l("Which"),
        choices=choices([("free", _l("May go today")), ("kept", _l("Kept all the same"))], first=_l("All")),
        validate_choice=False,
    )


class CaseFilterForm(FlaskForm):
    """Of holds, packages and the cases of one disposal."""

    class Meta:
        csrf = False

    q = SearchField(BY_CASE)
