"""The form of the manager of a home."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Optional

from ....interview_guides.content import Area
from ....models.vocabulary import OwnPicture
from ...rules.lines_of_enquiry import OwnArea
from ..language import say
from .fields import AtMost, choices, member_or_none


class SelfAssessmentForm(FlaskForm):
    """Both answers are needed before it is sent. `made_from`: the stamp of what it was written from."""

    strengths = TextAreaField(
        _l("What are you proud of?"),
        description=_l(
            "What works well for the children with you, and how do you know? One thing on each line."
        ),
        validators=[AtMost(20_000)],
        render_kw={"rows": 6},
    )
    made_from = HiddenField()
    worries = TextAreaField(
        _l("What worries you?"),
        description=_l("What would you like to be better, and what makes it hard? One thing on each line."),
        validators=[AtMost(20_000)],
        render_kw={"rows": 6},
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for field in self:
            field.flags.asked = True

    def areas(self) -> dict[str, OwnArea]:
        """What is said of each area in the form."""
        return {
            name.removeprefix("picture_"): OwnArea(
                member_or_none(OwnPicture, field.data), self[name.replace("picture_", "note_", 1)].data or ""
            )
            for name, field in self._fields.items()
            if name.startswith("picture_")
        }

    def by_area(self) -> list[tuple[Field, Field]]:
        """The two fields of each area, in the order of the pack."""
        return [
            (field, self[name.replace("picture_", "note_", 1)])
            for name, field in self._fields.items()
            if name.startswith("picture_")
        ]


def self_assessment_form(areas: Iterable[Area]) -> type[SelfAssessmentForm]:
    """The form with a choice and a line for each area that will be inspected."""
    fields: dict[str, object] = {}
    for area in areas:
        fields[f"picture_{area.id}"] = RadioField(
            say(area.name),
            choices=choices((one.value, _l(one.title)) for one in OwnPicture),
            validators=[Optional()],
            validate_choice=False,
        )
        fields[f"note_{area.id}"] = StringField(
            _l("What you base it on: %(area)s", area=say(area.name)), validators=[AtMost(2_000)]
        )
    return type("SelfAssessmentByArea", (SelfAssessmentForm,), fields)


def as_fields(areas: Mapping[str, OwnArea]) -> dict[str, str]:
    """What is kept of each area, as values of the form's fields."""
    values = {}
    for area, own in areas.items():
        values[f"picture_{area}"] = own.picture.value if own.picture else ""
        values[f"note_{area}"] = own.note
    return values
