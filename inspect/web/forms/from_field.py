"""Forms of what came from the field: words put together by hand, and why something is set aside."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired

from .fields import AtMost


class ChooseForm(FlaskForm):
    """Which field of which document, what the person saw there, and the one of them that applies."""

    doc = HiddenField()
    field = HiddenField()
    seen = HiddenField()
    op = HiddenField()


class MergeForm(ChooseForm):
    value = TextAreaField(
        _l("The texts put together"),
        description=_l("Both stand here. Change it to what is to apply."),
        validators=[InputRequired(_l("Write what is to apply."))],
        render_kw={"rows": 6},
    )


class TryForm(FlaskForm):
    ops = HiddenField()


class SetAsideForm(TryForm):
    reason = TextAreaField(
        _l("Why it is left out of the case"),
        description=_l("It stays to be read here, with your reason."),
        validators=[InputRequired(_l("Write the reason.")), AtMost(20_000)],
        render_kw={"rows": 3},
    )
