"""The form that takes in a form of others as a draft."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired


class GuideFormForm(FlaskForm):
    guide = SelectField(
        _l("The guide that gets a new version"), validators=[InputRequired(_l("Choose the guide first."))]
    )
    file = FileField(
        _l("Form to import"),
        validators=[FileRequired(_l("Choose the file first."))],
        render_kw={"accept": ".xlsx"},
    )
