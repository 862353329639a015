"""Forms of sign-in and accounts."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        validators=[InputRequired(_l("Write your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Write your password.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
    held = HiddenField()


class ProofForm(FlaskForm):
    """Who one is, once more, before a grave step. The names stand beside those of any other form."""

    fresh_password = PasswordField(
        _l("Your password"),
        validators=[Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
    fresh_code = StringField(
        _l("The code from your program"),
        description=_l("Six digits that change every half minute, or a code from your paper."),
        validators=[Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"},
    )
    fresh_passkey = HiddenField()
    fresh_challenge = HiddenField()


class ConfirmCodeForm(FlaskForm):
    code = StringField(
        _l("The code that the program shows"),
        description=_l("Six digits."),
        validators=[InputRequired(_l("Write the code that your program shows.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )


class RecoveryForm(FlaskForm):
    email = EmailField(
        _l("E-mail address"),
        validators=[InputRequired(_l("Write your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username", "spellcheck": "false"},
    )
    code = StringField(
        _l("Code"),
        description=_l("Sixteen signs, eight from each. Hyphens and small letters do not matter."),
        validators=[InputRequired(_l("Write both halves of the code.")), Length(max=80)],
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )
    password = PasswordField(
        _l("Choose a password"),
        description=_l("At least 12 characters. A few words in a row are easy to remember."),
        validators=[InputRequired(_l("Write the new password.")), Length(max=200)],
        render_kw={"autocomplete": "new-password"},
    )


class SecondStepForm(FlaskForm):
    """The second step of signing in: `ticket` says that the password was right."""

    code = StringField(
        _l("Code"),
        description=_l("Six digits that change every half minute, or a code from your paper."),
        validators=[InputRequired(_l("Write the code that your program shows.")), Length(max=40)],
        render_kw={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"},
    )
    ticket = HiddenField()
    next = HiddenField()
    held = HiddenField()
