"""The form of one finding."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Optional

from ....interview_guides.guide import Pack
from ....interview_guides.letter_wording import load_letter_wording
from ....models.letters import MAX_PARAGRAPH
from ....models.vocabulary import LEGAL_LEVEL_TITLES, LegalLevel
from ...services.write_finding import MAX_TITLE, FindingValues
from ..language import say
from .fields import AtMost, DayField

TOO_LONG = AtMost(MAX_PARAGRAPH)

LEVEL_HINTS: dict[LegalLevel, Any] = {
    LegalLevel.WORKS_WELL: _l("Affirm it"),
    LegalLevel.DEVELOPMENT: _l("No breach: advice and dialogue"),
    LegalLevel.MINOR_DEFICIENCY: _l("A requirement is breached, with little effect on those concerned"),
    LegalLevel.DEFICIENCY: _l("Criticism, and an account by a set day"),
    LegalLevel.MALPRACTICE: _l("An order that names the measures"),
    LegalLevel.SERIOUS_MALPRACTICE: _l("Ban or revocation; the acute track"),
}


def level_name(pack_id: str, level: int) -> str:
    """What a level is called: a term of the pack's law where something is breached."""
    words = load_letter_wording(pack_id).levels.get(level)
    return say(words.name).rstrip(".") if words else gettext(LEGAL_LEVEL_TITLES[LegalLevel(level)])


class FindingForm(FlaskForm):
    """Deficiencies use every field; a strength or advice needs title and what was seen."""

    version = HiddenField(default="0")
    level = RadioField(_l("Level"), validators=[InputRequired(_l("Choose a level."))], validate_choice=True)
    title = StringField(
        _l("Title"),
        validators=[InputRequired(_l("Write a title: what it is about, in a few words.")), AtMost(MAX_TITLE)],
    )
    area = SelectField(_l("Area"))
    requirement = SelectField(
        _l("Requirement"),
        validators=[Optional()],
        description=_l("A deficiency names the requirement it breaches."),
    )
    saw = TextAreaField(
        _l("What we saw and heard"),
        description=_l("Kinds of sources, never who. Nobody’s own words."),
        validators=[TOO_LONG],
        render_kw={"rows": 5},
    )
    matters = TextAreaField(_l("Why it matters"), validators=[TOO_LONG], render_kw={"rows": 3})
    proportion = TextAreaField(
        _l("Why this level is proportionate"),
        description=_l("The reason for the level. A changed level needs its own reason."),
        validators=[TOO_LONG],
        render_kw={"rows": 3},
    )
    achieve = TextAreaField(
        _l("What must be achieved, or what we suggest"),
        description=_l("State the result; leave the how to the provider, except in an order."),
        validators=[TOO_LONG],
        render_kw={"rows": 4},
    )
    due_on = DayField(_l("Put right no later than"), validators=[Optional()])

    def offer(self, pack: Pack) -> None:
        """Fill the choices from the content pack."""
        self.level.choices = [
            (str(int(level)), f"{level_name(pack.id, level)} – {LEVEL_HINTS[level]}") for level in LegalLevel
        ]
        self.area.choices = [(area.id, say(area.name)) for area in pack.areas]
        self.requirement.choices = [("", gettext("None"))] + [
            (one.id, f"{one.id} {say(one.title)}") for one in pack.requirements
        ]

    def values(self, theme: str | None) -> FindingValues:
        return FindingValues(
            level=int(self.level.data),
            area=self.area.data or "",
            title=self.title.data or "",
            requirement=self.requirement.data or None,
            theme=theme,
            saw=self.saw.data or "",
            matters=self.matters.data or "",
            proportion=self.proportion.data or "",
            achieve=self.achieve.data or "",
            due_on=self.due_on.data,
        )
