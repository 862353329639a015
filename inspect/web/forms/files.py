"""The forms of files: one to add, one to set aside."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from .fields import AtMost


class AddFileForm(FlaskForm):
    title = StringField(
        _l("What it shows, in a few words"),
        validators=[AtMost(200)],
        render_kw={"autocomplete": "off"},
    )
    file = FileField(
        _l("Photo or PDF"),
        validators=[FileRequired(_l("Choose the file first."))],
        render_kw={"accept": "image/jpeg,image/png,image/webp,application/pdf"},
    )
    upload_id = HiddenField()


class SetAsideForm(FlaskForm):
    reason = TextAreaField(
        _l("Why it is set aside"),
        validators=[InputRequired(_l("Write why the file is set aside."))],
        render_kw={"rows": 2, "autocomplete": "off"},
    )
