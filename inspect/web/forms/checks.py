"""Forms of observations, documents and the requirements."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from ....interview_guides.guide import Pack
from ....models.vocabulary import CheckResult, EvidenceKind
from ..language import say
from .talks import titles


class EvidenceForm(FlaskForm):
    kind = RadioField(_l("What is it?"), validators=[InputRequired(_l("Choose observation or document."))])
    title = StringField(
        _l("What it is, in a few words"),
        validators=[InputRequired(_l("Say in a few words what it is, without names of people."))],
        render_kw={"autocomplete": "off", "maxlength": 200},
    )
    missing = BooleanField(_l("A document that we asked for and did not get"))
    evidence_id = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.kind.choices = titles(EvidenceKind)


class MarkForm(FlaskForm):
    """The mark on one requirement. No choice is made beforehand."""

    result = RadioField(_l("Mark"), validators=[InputRequired(_l("Choose a mark."))])
    note = TextAreaField(_l("Note"), render_kw={"rows": 2, "autocomplete": "off"})
    consequence = SelectField(_l("What the deviation means for the children"))
    extent = SelectField(_l("How widespread it is"))
    repeated = BooleanField(_l("Raised at the previous inspection too"))
    fixed = BooleanField(_l("Put right on the spot"))
    self_reported = BooleanField(_l("The home had found it and begun to put it right"))
    version = IntegerField(widget=HiddenInput(), default=0)

    def offer(self, pack: Pack) -> None:
        self.result.choices = titles(CheckResult)
        self.consequence.choices = [
            ("", _("Choose")),
            *((str(anchor.severity), f"{anchor.severity} – {say(anchor.name)}") for anchor in pack.severity),
        ]
        self.consequence.flags.required = self.extent.flags.required = True  # of a deviation
        self.extent.choices = [
            ("", _("Choose")),
            ("0", _("Isolated")),
            ("1", _("Recurring")),
            ("2", _("Systematic")),
        ]
