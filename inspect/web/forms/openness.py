"""Forms of requests for documents: begin, choose texts, mask, assess, look over, decide; and the register."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    HiddenField,
    IntegerField,
    RadioField,
    SearchField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from ....models.openness_words import AskKind, Assessed, Ground
from .fields import AtMost, DayField, choices_of
from .sanctions import VersionedForm

LONGEST_ASKED = 4_000
LONGEST_REASON = 2_000


class BeginForm(FlaskForm):
    kind = RadioField(
        _l("By what right is it asked?"),
        choices=choices_of(AskKind),
        validators=[InputRequired(_l("Choose by what right it is asked."))],
    )
    came_on = DayField(
        _l("Day the request came in"), validators=[InputRequired(_l("Choose the day the request came in."))]
    )
    asked = TextAreaField(
        _l("What is asked for"),
        description=_l("Not who asks, and not what for: nobody has to say that (TF 2:18)."),
        validators=[InputRequired(_l("Write what is asked for.")), AtMost(LONGEST_ASKED)],
        render_kw={"rows": 3},
    )
    reach = StringField(
        _l("Where the answer is to go"),
        description=_l("Only if the one who asks has said so, for example an e-mail address."),
        validators=[Optional(), AtMost(LONGEST_ASKED)],
        render_kw={"autocomplete": "off"},
    )


class ChildBeginForm(BeginForm):
    """In the case, where the children are known by their pseudonyms."""

    resident = SelectField(
        _l("Which child is it about?"),
        description=_l(
            "Only when the child or a guardian asks. What this child said itself is then told apart."
        ),
        choices=[],
        validate_choice=False,
    )


NO_CHILD = _l("Not known, or nobody asks for a child")


class TextsForm(VersionedForm):
    kinds = SelectMultipleField(
        _l("Everything of a kind"), choices=[], validate_choice=False, validators=[Optional()]
    )
    texts = SelectMultipleField(_l("Or single texts of the case"), choices=[], validate_choice=False)


class GroundedForm(FlaskForm):
    """A section of the law and a reason, which every mask and everything that is kept back has."""

    ground = SelectField(
        _l("Which section does it rest on?"), choices=choices_of(Ground), validators=[Optional()]
    )
    reason = TextAreaField(
        _l("Why it is secret here"),
        description=_l("In a few words. It stays with us, and is the ground of a decision if one is wanted."),
        validators=[AtMost(LONGEST_REASON)],
        render_kw={"rows": 2},
    )

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for field in (self.ground, self.reason):
            field.flags.asked = True  # what is masked needs both; what is left open needs none


class ProposalsForm(GroundedForm):
    shown = HiddenField(default="")
    masks = SelectMultipleField(_l("Tick what is to be masked"), choices=[], validate_choice=False)


class MaskForm(GroundedForm):
    words = StringField(
        _l("Words to mask, wherever they stand in the text"), validators=[AtMost(LONGEST_REASON)]
    )
    sentences = SelectMultipleField(_l("Or whole sentences"), choices=[], coerce=int, validate_choice=False)


class WordsForm(GroundedForm):
    sentence = IntegerField(validators=[Optional()])
    numbers = SelectMultipleField(_l("Words"), choices=[], coerce=int, validate_choice=False)


class AssessForm(GroundedForm):
    assessed = RadioField(
        _l("What do you decide of this text?"),
        choices=choices_of(Assessed),
        validators=[InputRequired(_l("Choose what goes out of this text."))],
    )


class TranscriptForm(FlaskForm):
    transcript = TextAreaField(
        _l("What the file says or shows"),
        description=_l(
            "Word for word what is heard or stands there, or what is seen. You mask it afterwards."
        ),
        validators=[InputRequired(_l("Write what the file says or shows.")), AtMost(60_000)],
        render_kw={"rows": 10},
    )


class PaintForm(FlaskForm):
    from_row = IntegerField(_l("From row"), validators=[InputRequired(_l("Write a number."))])
    to_row = IntegerField(_l("To row"), validators=[InputRequired(_l("Write a number."))])
    from_column = IntegerField(_l("From column"), validators=[InputRequired(_l("Write a number."))])
    to_column = IntegerField(_l("To column"), validators=[InputRequired(_l("Write a number."))])


class GiveBackForm(VersionedForm):
    remark = TextAreaField(
        _l("What is to be changed"),
        validators=[InputRequired(_l("Write what is to be changed.")), AtMost(LONGEST_ASKED)],
        render_kw={"rows": 3},
    )


class WantedForm(FlaskForm):
    wanted_on = DayField(
        _l("Day on which a decision was asked for"), validators=[InputRequired(_l("Choose the day."))]
    )


class RefusalForm(FlaskForm):
    reasons = TextAreaField(
        _l("The reasons, as the one who asked will read them"),
        description=_l("Say what kind of information it is, whom it protects and why, without telling it."),
        validators=[InputRequired(_l("Write the reasons.")), AtMost(LONGEST_ASKED)],
        render_kw={"rows": 6},
    )


class DiaryForm(FlaskForm):
    class Meta:
        csrf = False

    q = SearchField(_l("Ref. no., home, provider or municipality"), validators=[AtMost(100)])
    sort = HiddenField()
