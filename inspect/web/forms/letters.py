"""Forms of the letter: one paragraph, one remark, a verdict."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired

from ....models.letters import MAX_PARAGRAPH
from ...services.answer_divergence import MAX_REASON
from ...services.discuss_letter import MAX_REMARK
from .fields import AtMost, choices


def number_in(text: str | None) -> int:
    """The number in a hidden field; 0, which no row has, for what is none."""
    return int(text) if text and text.isdecimal() else 0


class ParagraphForm(Form):
    """Prefixed with the paragraph's id: there are many on the page. The token stands beside it."""

    version = HiddenField()
    text = TextAreaField(_l("Text"), validators=[AtMost(MAX_PARAGRAPH)])


class VersionForm(FlaskForm):
    """An action on one paragraph, with the version that the person saw."""

    version = HiddenField()
    removed = HiddenField()


class TieForm(FlaskForm):
    """Its choices are the evidence of the case."""

    version = HiddenField()
    chosen = SelectMultipleField(_l("Evidence"))


class GapForm(FlaskForm):
    version = HiddenField()
    reason = TextAreaField(
        _l("Why the letter may go as it is"),
        validators=[
            InputRequired(_l("Write the reason as a sentence: the reviewer reads it.")),
            AtMost(MAX_REASON),
        ],
        render_kw={"rows": 4},
    )


class RemarkForm(Form):
    text = TextAreaField(
        _l("Remark"),
        validators=[InputRequired(_l("Write what should be looked at again.")), AtMost(MAX_REMARK)],
        render_kw={"rows": 3},
    )


class AnswerForm(Form):
    """An answer in the thread of a remark."""

    text = TextAreaField(
        _l("Answer"),
        validators=[InputRequired(_l("Write your answer.")), AtMost(MAX_REMARK)],
        render_kw={"rows": 2},
    )


class OpinionForm(FlaskForm):
    supports = RadioField(
        _l("What do you think of the letter?"),
        choices=choices(
            (
                ("yes", _l("I have nothing to object")),
                ("no", _l("I advise against it as it stands")),
            )
        ),
        validators=[InputRequired(_l("Choose what you think."))],
    )
    reason = TextAreaField(
        _l("Why"),
        id="why-opinion",
        description=_l("Needed when you advise against. Remarks on single paragraphs are made beside them."),
        validators=[AtMost(MAX_REMARK)],
        render_kw={"rows": 3},
    )


class ApproveForm(FlaskForm):
    """Only asked for when somebody advises against."""

    reason = TextAreaField(
        _l("Why you approve all the same"),
        id="why-approve",
        validators=[AtMost(MAX_REMARK)],
        render_kw={"rows": 3},
    )


class ReturnForm(FlaskForm):
    reason = TextAreaField(
        _l("Why it is returned"),
        validators=[
            InputRequired(_l("Write why, in a sentence, so that the author knows what to do.")),
            AtMost(MAX_REMARK),
        ],
        render_kw={"rows": 3},
    )
