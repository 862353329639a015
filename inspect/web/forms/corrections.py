"""Forms around the correction of a sent letter."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from ...rules.letter_correction import MOST_WHY
from ...services.correct_letter import Words
from .dialogue import LOOKED
from .fields import AtMost, DayField


class CorrectionForm(FlaskForm):
    """What is wrong and why. Each language of the letter adds two fields: `wrong_sv`, `right_sv`."""

    why = TextAreaField(
        _l("Why it is an obvious error"),
        description=_l(
            "For example: the right day stands in the minutes of the visit. The provider may read this."
        ),
        validators=[
            InputRequired(_l("Write why, in a sentence, so that others understand.")),
            AtMost(MOST_WHY),
        ],
        render_kw={"rows": 3},
    )
    looked = BooleanField(LOOKED)
    detriment = BooleanField(_l("The provider is worse off by the correction"))
    comment_by_on = DayField(
        _l("The provider may comment until"),
        description=_l("Needed if the provider is worse off (FL 25 §)."),
        validators=[Optional()],
    )

    def words(self, languages: Iterable[str]) -> dict[str, Words]:
        """What was written, by language."""
        return {
            one: Words(self[f"wrong_{one}"].data or "", self[f"right_{one}"].data or "") for one in languages
        }


def correction_form(languages: Iterable[str], names: dict[str, str], **settings: Any) -> CorrectionForm:
    """The form for a letter in these languages; `names` says what each is called."""
    fields: dict[str, Any] = {}
    for one in languages:
        told = {"lang": one, "dir": "rtl" if one == "ar" else "ltr", "autocomplete": "off"}
        fields[f"wrong_{one}"] = StringField(
            _l("Words that are wrong (%(language)s)", language=names[one]),
            validators=[Optional()],
            render_kw=told,
        )
        fields[f"right_{one}"] = StringField(
            _l("The right words (%(language)s)", language=names[one]), validators=[Optional()], render_kw=told
        )
    made: type[CorrectionForm] = type("CorrectionOfLetter", (CorrectionForm,), fields)
    return made(**settings)


class ReasonForm(FlaskForm):
    reason = TextAreaField(
        _l("Why the letter stays as it is"),
        validators=[
            InputRequired(_l("Write why, in a sentence, so that others understand.")),
            AtMost(MOST_WHY),
        ],
        render_kw={"rows": 3},
    )


class CommentForm(FlaskForm):
    comment = TextAreaField(
        _l("Your comment"),
        description=_l("Is the correction right? Leave out names of people."),
        validators=[
            InputRequired(_l("Write your comment. If the correction is right, write that.")),
            AtMost(MOST_WHY),
        ],
        render_kw={"rows": 6},
    )
