"""Forms between review and closing: right to reply, meetings, decision, follow-up."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Optional

from ....models.dialogue_vocabulary import Better, KnownBy
from ....models.letter_vocabulary import DecisionKind, SkipGround
from ....models.letters import MAX_PARAGRAPH
from ....models.vocabulary import MeasureOutcome, Wish
from .fields import AtMost, DayField, choices_of

LOOKED = _l("I have looked at the marked words: nobody can be recognised by them")


class SendFactsForm(FlaskForm):
    what = HiddenField(default="send")
    reply_by_on = DayField(
        _l("To reply by"), validators=[InputRequired(_l("Choose the day by which the provider may reply."))]
    )


class SkipForm(FlaskForm):
    what = HiddenField(default="skip")
    ground = RadioField(
        _l("Ground in law"),
        choices=choices_of(SkipGround),
        validators=[InputRequired(_l("Choose the ground."))],
    )
    reason = TextAreaField(
        _l("Why it applies here"),
        validators=[
            InputRequired(_l("Write why, in a sentence, so that others understand.")),
            AtMost(MAX_PARAGRAPH),
        ],
        render_kw={"rows": 4},
    )
    looked = BooleanField(LOOKED)


class MeetingForm(FlaskForm):
    held_on = DayField(
        _l("Day of the meeting"), validators=[InputRequired(_l("Choose the day of the meeting."))]
    )
    held_time = TimeField(
        _l("Time it began"), validators=[InputRequired(_l("Write the time, for example 13:30."))]
    )
    present = StringField(
        _l("Who took part"),
        description=_l("Name and part, for example: Anna Ek, head of operations."),
        validators=[InputRequired(_l("Write who took part.")), AtMost(500)],
    )
    note = TextAreaField(
        _l("What was said that matters to the case"),
        description=_l("Also what the provider sees differently, and what you agreed on."),
        validators=[
            InputRequired(_l("Write what was said that matters to the case.")),
            AtMost(MAX_PARAGRAPH),
        ],
        render_kw={"rows": 8},
        id="meeting-note",
    )


class DecisionForm(FlaskForm):
    kind = RadioField(
        _l("What is decided"),
        choices=choices_of(DecisionKind),
        validators=[InputRequired(_l("Choose what is decided."))],
    )
    decided_on = DayField(
        _l("Day of the decision"), validators=[InputRequired(_l("Choose the day of the decision."))]
    )
    content = TextAreaField(
        _l("The decision in words"),
        description=_l("Exactly as it is decided, with the sections of law it rests on."),
        validators=[InputRequired(_l("Write what is decided.")), AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 6},
    )
    participants = StringField(
        _l("Took part in the final handling without deciding"),
        description=_l("For example the lawyer. Name and title."),
        validators=[AtMost(500)],
    )
    dissent = TextAreaField(
        _l("Dissenting opinion"),
        description=_l("Who held another view, and which. Noted before the provider is notified."),
        validators=[AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 3},
    )
    looked = BooleanField(LOOKED)


class FollowUpForm(FlaskForm):
    outcome = RadioField(
        _l("What has become of it"),
        choices=choices_of(MeasureOutcome),
        validators=[InputRequired(_l("Choose what has become of it."))],
    )
    shown = TextAreaField(
        _l("What shows it"),
        description=_l(
            "Your own evidence: what you have seen, read or heard. That the provider says so is not enough."
        ),
        validators=[
            InputRequired(_l("Write what you have seen, read or heard that shows it.")),
            AtMost(MAX_PARAGRAPH),
        ],
        render_kw={"rows": 3},
    )
    known_by = SelectMultipleField(
        _l("How you know it"),
        choices=choices_of(KnownBy),
        description=_l("From level 3 nothing closes on the provider’s word alone."),
    )
    better = RadioField(
        _l("Has it become better for them?"),
        description=_l("As they answer. Nobody could be asked: leave it empty."),
        choices=choices_of(Better),
        validators=[Optional()],
    )
    children_say = TextAreaField(
        _l("What the children say now"),
        description=_l("Has it become better for them? In general words, so that nobody can be recognised."),
        validators=[
            InputRequired(_l("Write what the children say now, or why they could not be asked.")),
            AtMost(MAX_PARAGRAPH),
        ],
        render_kw={"rows": 3},
    )
    asked = IntegerField(
        _l("How many you asked"),
        description=_l("Nobody could be asked: write 0. The number itself is told in no letter."),
        validators=[InputRequired(_l("Write how many were asked. Nobody: write 0."))],
        render_kw={"inputmode": "numeric", "min": 0},
    )
    wish = RadioField(
        _l("What they want told of it"),
        description=_l("Ask each. If they differ, choose what the one wants who wants least told."),
        choices=choices_of(Wish),
        validators=[Optional()],
    )
    weighed = TextAreaField(
        _l("How you weigh it together, if they differ"),
        description=_l("When it is said to be done, and it is no better for those it is for."),
        validators=[AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 3},
    )
