"""The form that takes in a file for the register."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class RegisterFileForm(FlaskForm):
    file = FileField(
        _l("File with providers and homes"),
        validators=[FileRequired(_l("Choose the file first."))],
        render_kw={"accept": ".csv,text/csv"},
    )
