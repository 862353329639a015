"""Forms of the weighing: the official's own view of each area, and the assessment in words."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, Form, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired

from .fields import choices

POSITIONS = (
    ("4", _l("Works well")),
    ("3", _l("Works in the main")),
    ("2", _l("Needs improvement")),
    ("1", _l("Serious situation")),
    ("none", _l("Cannot be assessed yet")),
)


class Asked:
    """Marks a field as one that is to be filled in, but not necessarily now: areas can be done one by one."""

    field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Nothing is refused here; the view tells what is missing in a part that has been begun."""


class OwnViewForm(Form):
    """One area's part of the page; its fields are prefixed with the area's id."""

    position = RadioField(
        _l("Your own picture"), choices=choices(POSITIONS), validators=[Asked()], validate_choice=False
    )
    reason = TextAreaField(_l("Why"), validators=[Asked()], render_kw={"rows": 2})

    @property
    def is_touched(self) -> bool:
        return bool(self.position.data or (self.reason.data or "").strip())

    @property
    def chosen_position(self) -> int | None:
        return None if self.position.data == "none" else int(self.position.data or 0)


class Submission(FlaskForm):
    """Only the token: the fields stand in the parts."""


class AssessmentForm(FlaskForm):
    version = IntegerField(validators=[InputRequired()])
    reasoning = TextAreaField(_l("Assessment in words"), render_kw={"rows": 4})
    children_weighed = TextAreaField(_l("How what the children said was weighed in"), render_kw={"rows": 3})
