"""Forms of the provider: the answer to a point, a measure, the reply to the facts."""

from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from ....models.letter_vocabulary import Stance
from ....models.letters import MAX_PARAGRAPH, Measure
from .fields import AtMost, DayField, choices_of


class KnowsWhatItHeld(FlaskForm):
    """A form among many on one page: `was` tells whether anything in it has been touched."""

    was = StringField(widget=HiddenInput(), default="")

    def held(self) -> str:
        """A mark of what the fields hold, the same for the same contents."""
        fields = [field for field in self if field.short_name not in ("was", "version", "csrf_token")]
        said = [(field.short_name, (field.raw_data or [field.data])[0]) for field in fields]
        plain = [(name, str(value or "").strip().replace("\r\n", "\n")) for name, value in said]
        return sha256(repr(plain).encode()).hexdigest()[:16]

    @property
    def is_sent(self) -> bool:
        """Whether its fields came with this request."""
        return any(field.name in request.form for field in self if field.short_name != "csrf_token")

    @property
    def is_touched(self) -> bool:
        return self.is_sent and self.was.data != self.held()


class MeasureForm(KnowsWhatItHeld):
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


class PointForm(KnowsWhatItHeld):
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


def prefix_of(finding_id: UUID) -> str:
    """What tells the fields of one point from those of another."""
    return f"p{finding_id.hex}-"


def point_form(finding_id: UUID, *, typed: bool, **values: Any) -> PointForm:
    """The form of one point: as it was sent (`typed`), or with `values`."""
    if typed:
        return PointForm(prefix=prefix_of(finding_id))
    form = PointForm(formdata=None, prefix=prefix_of(finding_id), **values)
    form.was.data = form.held()
    return form


def measure_form(measure: Measure, *, typed: bool = False) -> MeasureForm:
    prefix = f"m{measure.id.hex}-"
    if typed:
        return MeasureForm(prefix=prefix)
    form = MeasureForm(formdata=None, prefix=prefix, obj=measure)
    form.was.data = form.held()
    return form
