"""The form that takes in a file of coded texts."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class ExchangeForm(FlaskForm):
    file = FileField(
        _l("File to import"),
        validators=[FileRequired(_l("Choose the file first."))],
        render_kw={"accept": ".qdpx,.qde,.qdc"},
    )
