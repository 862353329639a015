"""Forms of municipalities and their placing committees."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired

from .fields import AtMost

REGISTRY = _l("The registry’s address, not a person’s. What is sent there is an official document.")


class MunicipalityForm(FlaskForm):
    name = StringField(_l("Name"), validators=[InputRequired(_l("Write the name.")), AtMost(100)])
    code = StringField(
        _l("Municipality code"),
        description=_l("Four digits, for example 1880."),
        validators=[AtMost(10)],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    region = StringField(_l("Region"), validators=[AtMost(100)])
    address = StringField(_l("Postal address"), validators=[AtMost(500)])
    email = StringField(_l("E-mail"), description=REGISTRY, validators=[AtMost(254)])


class CommitteeForm(FlaskForm):
    name = StringField(
        _l("Name of the committee"), validators=[InputRequired(_l("Write the name.")), AtMost(200)]
    )
    address = StringField(_l("Postal address"), validators=[AtMost(500)])
    email = StringField(_l("E-mail"), description=REGISTRY, validators=[AtMost(254)])


class MunicipalitySearchForm(FlaskForm):
    class Meta:
        csrf = False

    q = StringField(_l("Search municipality, code, region or committee"))


class HomesOfMunicipalityForm(FlaskForm):
    class Meta:
        csrf = False

    q = StringField(_l("Search home or provider"))
    sort = HiddenField()
