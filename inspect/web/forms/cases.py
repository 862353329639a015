"""Forms of a case: the team, conflict of interest, preparations, the next step."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import UUID, InputRequired, Optional

from ....models.vocabulary import InformationItem, TeamRole
from .fields import AtMost, choices, choices_of


class MemberForm(FlaskForm):
    user = SelectField(
        _l("Person"),
        choices=[],
        validators=[InputRequired(_l("Choose a person.")), UUID(_l("Choose a person from the list."))],
        validate_choice=False,
    )
    role = SelectField(
        _l("Part in the case"),
        choices=choices_of(TeamRole),
        validators=[InputRequired(_l("Choose a part."))],
    )


class DeclareForm(FlaskForm):
    conflict = RadioField(
        _l("Do you have a conflict of interest in this case?"),
        choices=choices(
            (("no", _l("No, nothing that I know of")), ("yes", _l("Yes, or it could be questioned")))
        ),
        validators=[InputRequired(_l("Answer yes or no."))],
    )
    conflict_note = TextAreaField(
        _l("If yes: what it is, in a few words"),
        description=_l("For example: a relative works there. No more detail than is needed."),
        validators=[AtMost(2_000)],
        render_kw={"rows": 3},
    )


class PrepareForm(FlaskForm):
    given = SelectMultipleField(
        _l("Children and guardians have been told about"),
        description=_l("Tick what has been given, in a way that each child can understand."),
        choices=choices_of(InformationItem),
        validators=[Optional()],
    )
    note = TextAreaField(
        _l("Interpreter and other arrangements"),
        description=_l("Languages, interpreters, aids for communication, rooms. No names of children."),
        validators=[AtMost(20_000)],
        render_kw={"rows": 5},
    )
    note_made_from = HiddenField()


class MoveForm(FlaskForm):
    to = HiddenField()
    reason = TextAreaField(
        _l("Why"),
        validators=[AtMost(5_000)],
        render_kw={"rows": 3},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.flags.asked = True  # it is shown only where it is needed
