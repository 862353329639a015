"""Forms of the page of committees: who has placed each child, and which points go to which committee."""

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField


class PlacedByForm(FlaskForm):
    """One child; the label and the choices are the page's."""

    committee = SelectField("", validate_choice=False)


class PointForm(FlaskForm):
    """One point; the label and the choices are the page's."""

    to = SelectMultipleField("", validate_choice=False)
