"""Forms of the provider's own pages: a file, how far a measure has come, an invitation, a way in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from ....models.letters import MAX_PARAGRAPH
from ....models.vocabulary import Progress, Standing
from .fields import AtMost, choices_of


class AttachForm(FlaskForm):
    file = FileField(
        _l("Photo or PDF"),
        render_kw={"accept": "image/jpeg,image/png,image/webp,application/pdf", "required": True},
    )
    measure = HiddenField()


class ReportForm(FlaskForm):
    progress = RadioField(
        _l("How far has it come?"),
        choices=choices_of(Progress),
        validators=[InputRequired(_l("Say how far it has come."))],
    )
    said = TextAreaField(
        _l("What you have done, and what shows it"),
        description=_l("Write no names of those it is about."),
        validators=[AtMost(MAX_PARAGRAPH)],
        render_kw={"rows": 3, "autocomplete": "off"},
    )


class InviteForm(FlaskForm):
    """To a provider, from the authority: whoever answers for all of it."""

    name = StringField(
        _l("Name"),
        validators=[InputRequired(_l("Write the person's name.")), AtMost(200)],
        render_kw={"autocomplete": "off"},
    )
    email = EmailField(
        _l("E-mail address"),
        description=_l("The code works only together with this address."),
        validators=[
            InputRequired(_l("Write an e-mail address, for example name@example.se.")),
            Length(max=254),
        ],
        render_kw={"autocomplete": "off", "spellcheck": "false"},
    )


class ColleaguesFilterForm(FlaskForm):
    """By home, never by a person: it travels in the address."""

    class Meta:
        csrf = False

    q = StringField(_l("Search home or municipality"))


class InviteColleagueForm(InviteForm):
    standing = RadioField(
        _l("What may they do?"),
        choices=choices_of(Standing),
        validators=[InputRequired(_l("Choose what they may do."))],
    )
    home = SelectField(
        _l("Which home?"), description=_l("A manager has one home. A helper may have one or all."), default=""
    )


class CodeForm(FlaskForm):
    """The way in, first step: the address and the code from the letter."""

    email = EmailField(
        _l("E-mail address"),
        description=_l("The one that the invitation was made for."),
        validators=[InputRequired(_l("Write your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    code = StringField(
        _l("Code"),
        description=_l(
            "Twelve signs, from the letter or from your colleague. Hyphens and small letters do not matter."
        ),
        validators=[InputRequired(_l("Write the code from the letter.")), Length(max=80)],
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )


class NewAccountForm(FlaskForm):
    """The way in, second step: who one is, and how to sign in. `passkey`: a browser's answer, or empty."""

    email = HiddenField()
    code = HiddenField()
    name = StringField(
        _l("Your name"),
        description=_l("So that the inspector knows who writes."),
        validators=[InputRequired(_l("Write your name.")), AtMost(200)],
        render_kw={"autocomplete": "name"},
    )
    password = PasswordField(
        _l("Choose a password"),
        description=_l("At least 12 characters. A few words in a row are easy to remember."),
        validators=[Length(max=200)],
        render_kw={"autocomplete": "new-password", "required": True},
    )
    passkey = HiddenField()
    challenge = HiddenField()


class PasswordForm(FlaskForm):
    old = PasswordField(
        _l("Your password now"), validators=[Length(max=200)], render_kw={"autocomplete": "current-password"}
    )
    new = PasswordField(
        _l("New password"),
        description=_l("At least 12 characters. A few words in a row are easy to remember."),
        validators=[InputRequired(_l("Write the new password.")), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )


class PasskeyForm(FlaskForm):
    """Filled in by the page's script: the browser's answer, and which question it answers."""

    passkey = HiddenField(validators=[InputRequired(), Length(max=20_000)])
    challenge = HiddenField(validators=[InputRequired(), Length(max=40)])
    name = StringField(
        _l("What do you call it?"),
        description=_l("For example: My phone"),
        validators=[AtMost(100)],
        render_kw={"autocomplete": "off"},
    )
