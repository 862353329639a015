"""The form of one word of a letter that may tell who somebody is: what is decided, and why."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired

from ....models.identities import MAX_TICK_REASON
from ....models.letter_vocabulary import TickChoice
from .fields import AtMost, choices, choices_of

OWN_WORDS = ""
USUAL = (
    _l("It is an authority, a law or something else that everybody knows, and no person."),
    _l("It is a common word and no name."),
    _l("It is said in general and is about nobody in particular."),
    _l("It is about how the activity works, not about those who are there."),
    _l("The provider knows it already, and it tells nothing of what anybody said."),
    _l("The person has said yes to it being told."),
)
"""The reasons that are given most often. For what points out a person, one writes one's own."""


class TickForm(Form):
    """Prefixed with the first mark's name: there are many on the page. The token stands beside it."""

    names = SelectMultipleField(
        _l("Where it stands"), validators=[InputRequired(_l("Choose at least one of the places."))]
    )
    choice = RadioField(
        _l("What is to be done with it?"),
        choices=choices_of(TickChoice),
        validators=[InputRequired(_l("Choose what is to be done."))],
    )
    usual = SelectField(_l("Why it can be kept"), choices=[], default=OWN_WORDS)
    reason = TextAreaField(
        _l("Why it can be kept, in your own words"),
        validators=[AtMost(MAX_TICK_REASON)],
        render_kw={"rows": 1},
    )

    def offer(self, names: Sequence[tuple[str, str]], usual: Sequence[object]) -> None:
        """The places that can be chosen, and the usual reasons that can be given."""
        self.names.choices = choices(names)
        self.usual.choices = choices(((str(said), said) for said in usual), _l("I write it myself"))

    @property
    def why(self) -> str:
        """The reason as it is kept: the usual one that was chosen, and what was written."""
        return " ".join(part for part in (self.usual.data or "", (self.reason.data or "").strip()) if part)
