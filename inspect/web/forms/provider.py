"""Forms of the provider: the answer to a point, a measure, the reply to the facts."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from ....models.letters import MAX_PARAGRAPH, Measure
from ....models.vocabulary import Stance
from .fields import AtMost, DayField, choices_of


class MeasureForm(FlaskForm):
    """One measure. Empty fields are told by the use case, which also serves the new measure of a point."""

    description = TextAreaField(
        _l("What you will do"),
        validators=[InputRequired(_l("Write what you will do.")), AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 3},
    )
    owner = StringField(
        _l("Who sees to it"),
        description=_l("A name or a post at your organisation."),
        validators=[InputRequired(_l("Write who sees to it: a name or a post.")), AtMost(200)],
    )
    due_on = DayField(_l("Done by"), validators=[InputRequired(_l("Choose the day by which it is done."))])


class PointForm(FlaskForm):
    """The answer to one point, and a measure that is being written: sent together, so nothing is lost."""

    version = IntegerField(validators=[Optional()], default=0, widget=HiddenInput())
    stance = RadioField(
        _l("How do you see it?"), choices=choices_of(Stance), validators=[Optional()], validate_choice=False
    )
    text = TextAreaField(_l("Your words"), validators=[AtMost(MAX_PARAGRAPH)], render_kw={"rows": 4})
    description = TextAreaField(
        _l("What you will do"), validators=[AtMost(MAX_PARAGRAPH)], render_kw={"rows": 3}
    )
    owner = StringField(
        _l("Who sees to it"),
        description=_l("A name or a post at your organisation."),
        validators=[AtMost(200)],
    )
    due_on = DayField(_l("Done by"), validators=[Optional()])

    @property
    def measure_is_begun(self) -> bool:
        return bool(
            (self.description.data or "").strip() or (self.owner.data or "").strip() or self.due_on.data
        )


class ReplyForm(FlaskForm):
    reply = TextAreaField(
        _l("Your reply"),
        description=_l("What is right, what is wrong, and what is missing. Write no names of children."),
        validators=[
            InputRequired(
                _l("Write your reply. If everything is right, write that you have nothing to add.")
            ),
            AtMost(MAX_PARAGRAPH),
        ],
        render_kw={"rows": 10},
    )


def prefix_of(finding_id: UUID) -> str:
    """What tells the fields of one point from those of another."""
    return f"p{finding_id.hex}-"


def point_form(finding_id: UUID, *, typed: bool, **values: Any) -> PointForm:
    """The form of one point: as it was sent (`typed`), or with `values`."""
    if typed:
        return PointForm(prefix=prefix_of(finding_id))
    return PointForm(formdata=None, prefix=prefix_of(finding_id), **values)


def measure_form(measure: Measure, *, typed: bool = False) -> MeasureForm:
    prefix = f"m{measure.id.hex}-"
    return MeasureForm(prefix=prefix) if typed else MeasureForm(formdata=None, prefix=prefix, obj=measure)
