"""The two ways to ask whether a letter is genuine."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FileField, StringField
from wtforms.validators import InputRequired, Length

from ...rules.letter_numbers import MOST_TYPED


class NumberForm(FlaskForm):
    number = StringField(
        _l("The number of the letter"),
        validators=[
            InputRequired(_l("Write the number that stands in the head of the letter.")),
            Length(max=MOST_TYPED),
        ],
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "maxlength": MOST_TYPED,
        },
    )


class FileForm(FlaskForm):
    file = FileField(
        _l("The file"),
        validators=[InputRequired(_l("Choose the file of the letter."))],
        render_kw={"accept": ".pdf,.html,.htm,.docx"},
    )
