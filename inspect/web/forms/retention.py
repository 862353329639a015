"""Forms of rules of disposal and of legal holds."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange
from wtforms.widgets import TextInput

from ....models.retention import MOST_YEARS, CountedFrom, HoldKind, RecordType
from ...outside.sealed_stream import LEAST_PASSPHRASE
from .fields import AtMost, DayField, choices_of


class YearsField(IntegerField):
    widget = TextInput()


class RuleForm(FlaskForm):
    decision_number = StringField(
        _l("Number of the decision"),
        description=_l(
            "Of Riksarkivet’s regulations or of the authority’s own decision, for example RA-MS 2026:1."
        ),
        validators=[InputRequired(_l("Write the number of the decision.")), AtMost(60)],
        render_kw={"autocomplete": "off"},
    )
    decided_on = DayField(
        _l("Day of the decision"), validators=[InputRequired(_l("Choose the day of the decision."))]
    )
    record_type = RadioField(
        _l("What may be disposed of?"),
        choices=choices_of(RecordType),
        default=RecordType.CASE.value,
        validators=[InputRequired(_l("Choose what the decision is about."))],
    )
    years = YearsField(
        _l("After how many years?"),
        description=_l("Whole years, as the decision says."),
        validators=[
            InputRequired(_l("Write the number of years.")),
            NumberRange(1, MOST_YEARS, _l("Write a number of whole years, from 1 to 200.")),
        ],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    counted_from = RadioField(
        _l("Counted from"),
        choices=choices_of(CountedFrom),
        validators=[InputRequired(_l("Choose from when the years are counted."))],
    )
    after_archiving = BooleanField(_l("Only when the e-archive has confirmed that it has the case"))


class HoldForm(FlaskForm):
    dnr = StringField(
        _l("Registration number"),
        validators=[InputRequired(_l("Write the registration number of the case.")), AtMost(40)],
        render_kw={"autocomplete": "off"},
    )
    kind = RadioField(
        _l("What is it held for?"),
        choices=choices_of(HoldKind),
        default=HoldKind.OTHER.value,
        validators=[InputRequired(_l("Choose what the case is held for."))],
    )
    reason = TextAreaField(
        _l("Why is the case held?"),
        description=_l(
            "For example which court tries the appeal, and its case number. The reason is sealed."
        ),
        validators=[InputRequired(_l("Write why the case is held.")), AtMost(2_000)],
        render_kw={"rows": 3},
    )


class ArchiveForm(FlaskForm):
    passphrase = PasswordField(
        _l("Passphrase that the package is sealed by"),
        description=_l(
            "At least 16 characters, such as five words by lot. Without it nobody can open the package."
        ),
        validators=[
            InputRequired(_l("Write a passphrase.")),
            Length(LEAST_PASSPHRASE, message=_l("Write at least 16 characters.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("The passphrase again"),
        validators=[EqualTo("passphrase", _l("The two are not the same. Write the passphrase twice."))],
        render_kw={"autocomplete": "new-password"},
    )
