"""Forms of the sanction track, and of a dissenting opinion."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import TextInput

from ....models.sanctions import ReductionGround, SanctionGround, SanctionOutcome
from .dialogue import LOOKED
from .fields import AtMost, DayField, choices, choices_of
from .letters import number_in

LONGEST = 20_000


class VersionedForm(FlaskForm):
    """The version of the matter that the person saw."""

    version = HiddenField(default="0")

    @property
    def seen(self) -> int:
        return number_in(self.version.data)


class BreachForm(VersionedForm):
    breach_on = DayField(
        _l("Day of the breach"),
        description=_l("Of one that went on for a time: the last day that is shown."),
        validators=[InputRequired(_l("Choose the day of the breach."))],
    )
    since_on = DayField(_l("First day, when it went on for a time"), validators=[Optional()])
    what = TextAreaField(
        _l("What was done or left undone, and what shows it"),
        validators=[InputRequired(_l("Write what was done, and what shows it.")), AtMost(LONGEST)],
        render_kw={"rows": 4},
    )
    under_penalty_order = BooleanField(
        _l("The breach is the ground of an application to impose a conditional fine (SoL 28:19)")
    )


class MatterForm(BreachForm):
    finding = SelectField(
        _l("Which finding?"), validators=[InputRequired(_l("Choose the finding."))], validate_choice=True
    )
    ground = RadioField(
        _l("Why a fee is to be paid (SoL 28:16)"),
        choices=choices_of(SanctionGround),
        validators=[InputRequired(_l("Choose the ground."))],
    )


class HearingForm(VersionedForm):
    heard_on = DayField(
        _l("Day the operator was given the opportunity to comment"),
        validators=[InputRequired(_l("Choose the day."))],
    )


class AdviceForm(VersionedForm):
    opinion = TextAreaField(
        _l("Your opinion as lawyer"),
        description=_l("Is the breach shown? Does anything bar a fee? Is there a ground to reduce it?"),
        validators=[InputRequired(_l("Write your opinion.")), AtMost(LONGEST)],
        render_kw={"rows": 5},
    )


class KronorField(IntegerField):
    """Whole kronor, with or without spaces between the thousands: a box for numbers would not take them."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(["".join(one.split()) for one in valuelist])


class OutcomeForm(VersionedForm):
    outcome = RadioField(
        _l("What is decided"),
        choices=choices_of(SanctionOutcome),
        validators=[InputRequired(_l("Choose what is decided."))],
    )
    amount = KronorField(
        _l("Amount in kronor, when a fee is decided"),
        description=_l("Only figures, for example 100 000."),
        validators=[Optional()],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    reduction = RadioField(
        _l("Is the fee reduced?"), choices=[], default="", validators=[Optional()], validate_choice=True
    )
    decided_on = DayField(
        _l("Day of the decision"), validators=[InputRequired(_l("Choose the day of the decision."))]
    )
    reasons = TextAreaField(
        _l("The reasons"),
        description=_l(
            "The harm or risk of harm, how long it went on, how much it was; why it is reduced, if it is."
        ),
        validators=[InputRequired(_l("Write the reasons.")), AtMost(LONGEST)],
        render_kw={"rows": 6},
    )

    def offer(self, grounds: tuple[ReductionGround, ...]) -> None:
        """Only the grounds that the law has for this breach."""
        self.reduction.choices = choices((("", _l("No")), *((one.value, _l(one.title)) for one in grounds)))


class FinalForm(VersionedForm):
    final_on = DayField(
        _l("Day the decision became final"), validators=[InputRequired(_l("Choose the day."))]
    )


class DissentForm(FlaskForm):
    opinion = TextAreaField(
        _l("What you think otherwise, and why"),
        validators=[
            InputRequired(_l("Write what you think, and why, in a sentence or two.")),
            AtMost(LONGEST),
        ],
        render_kw={"rows": 5},
    )
    looked = BooleanField(LOOKED)
