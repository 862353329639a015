"""Forms of the coding page."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from ....interview_guides.guide import Pack
from ..language import say


def themes_by_area(pack: Pack) -> dict[Any, Any]:
    return {
        None: [("", _("Choose a theme"))],
        **{say(area.name): [(t.id, say(t.name)) for t in pack.themes_in(area)] for area in pack.areas},
    }


class CodingForm(FlaskForm):
    """One person's judgement of one unit. No choice is made beforehand."""

    theme = SelectField(_l("Theme"), validators=[InputRequired(_l("Choose a theme of the code book."))])
    severity = RadioField(
        _l("What it means for the child"), validators=[InputRequired(_l("Choose a severity."))]
    )
    reason = TextAreaField(_l("Why you change your judgement"), render_kw={"rows": 2, "autocomplete": "off"})
    version = IntegerField(widget=HiddenInput(), default=0)

    def offer(self, pack: Pack) -> None:
        self.theme.choices = themes_by_area(pack)
        self.severity.choices = [(str(anchor.severity), say(anchor.name)) for anchor in pack.severity]


class SettleForm(CodingForm):
    """What two coders have agreed on."""

    reason = TextAreaField(
        _l("What you agreed on, and why"),
        validators=[InputRequired(_l("Write what you agreed on, and why."))],
        render_kw={"rows": 3, "autocomplete": "off"},
    )


class MarkForm(FlaskForm):
    """A stretch: by its place (a script knows it), or by its words."""

    words = TextAreaField(
        _l("The words to mark, exactly as they stand"),
        render_kw={"rows": 2, "autocomplete": "off"},
    )
    begins = HiddenField()
    ends = HiddenField()
    passage_id = HiddenField()


class MemoForm(FlaskForm):
    text = TextAreaField(
        _l("Memo"),
        validators=[InputRequired(_l("Write something first."))],
        render_kw={"rows": 3, "autocomplete": "off"},
    )
    about = HiddenField()
    theme = SelectField(_l("About which theme?"), validate_choice=False)
    version = IntegerField(widget=HiddenInput(), default=0)
