"""The form of the search in a case."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

from ...services.search_case import MOST
from .fields import AtMost


class SearchForm(FlaskForm):
    words = StringField(
        _l("Words"),
        description=_l(
            "Places in which all of them stand. Write them as they were written: å, ä and ö count."
        ),
        validators=[InputRequired(_l("Write what to look for.")), AtMost(MOST)],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )
