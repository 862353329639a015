"""Forms of the letter: one paragraph, one remark, a verdict."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, TextAreaField
from wtforms.validators import InputRequired

from ....models.letters import MAX_PARAGRAPH
from ...services.review_letter import MAX_REMARK
from .fields import AtMost


class ParagraphForm(Form):
    """Prefixed with the paragraph's id: there are many on the page. The token stands beside it."""

    version = HiddenField()
    text = TextAreaField(_l("Text"), validators=[AtMost(MAX_PARAGRAPH)])


class VersionForm(FlaskForm):
    """An action on one paragraph, with the version that the person saw."""

    version = HiddenField()
    removed = HiddenField()


class RemarkForm(Form):
    text = TextAreaField(
        _l("Remark"),
        validators=[InputRequired(_l("Write what should be looked at again.")), AtMost(MAX_REMARK)],
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
