"""Forms of grave accounts: an acute step, the investigation, and the remark when it is given back."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import UUID, InputRequired, Optional

from ....models.vocabulary import ReportedTo, Resolution
from .fields import AtMost, choices, choices_of


class AcuteForm(FlaskForm):
    about = SelectMultipleField(
        _l("Which grave accounts is it about?"),
        description=_l("One report may cover several. None: a danger that no statement tells of."),
        validators=[Optional()],
    )
    reported_to = RadioField(
        _l("What was done, or decided?"),
        choices=choices_of(ReportedTo),
        validators=[InputRequired(_l("Choose what was done."))],
    )
    note = TextAreaField(
        _l("What was reported, to whom, and how they can be reached; for a decision, the reason"),
        validators=[AtMost(20_000)],
        render_kw={"rows": 5},
    )
    told_child = BooleanField(_l("The child has been told what we are doing, and why"))
    told_child_what = TextAreaField(
        _l("What was said to the child, and who said it"),
        description=_l("Needed when the child has been told."),
        validators=[AtMost(20_000)],
        render_kw={"rows": 3},
    )


class InvestigationForm(FlaskForm):
    record = TextAreaField(
        _l("What was investigated, and what it showed"),
        description=_l("Talks, records, what we saw on the spot. What speaks for it, and what against."),
        validators=[InputRequired(_l("Write what was investigated, and what it showed.")), AtMost(20_000)],
        render_kw={"rows": 7},
    )
    attempt = TextAreaField(
        _l("How you tried to reach the child again"),
        description=_l("When and by whom, and what the child wanted. Leave the questioning to the police."),
        validators=[InputRequired(_l("Write how you tried to reach the child again.")), AtMost(20_000)],
        render_kw={"rows": 3},
    )
    reached_child = BooleanField(_l("We reached the child again"))
    resolution = RadioField(
        _l("What the investigation comes to"),
        choices=choices(
            (
                (Resolution.CONFIRMED.value, _l("Confirmed: it happened")),
                (Resolution.NOT_CONFIRMED.value, _l("Not confirmed: it can neither be shown nor ruled out")),
                (Resolution.REFUTED.value, _l("Refuted: it is shown that it did not happen")),
            )
        ),
        validators=[InputRequired(_l("Choose what the investigation comes to."))],
    )
    decision = TextAreaField(
        _l("The decision, with the reasons"),
        validators=[InputRequired(_l("Write the decision and the reasons for it.")), AtMost(20_000)],
        render_kw={"rows": 4},
    )


class CountersignForm(FlaskForm):
    investigation = HiddenField(validators=[InputRequired(), UUID()])


class ReturnInvestigationForm(CountersignForm):
    remark = TextAreaField(
        _l("What is missing, or what you see differently"),
        validators=[InputRequired(_l("Write what is missing or what you see differently.")), AtMost(20_000)],
        render_kw={"rows": 4},
    )
