"""Forms of the children, the talks and what is said in them."""

from collections.abc import Iterable
from typing import Any

from flask_babel import get_locale
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

from ....interview_guides.guide import Guide, Pack
from ....models.vocabulary import N_, ChildOutcome, Informant, StatementStatus, Wish
from ..language import say

LANGUAGES_SPOKEN = (
    "sv", "en", "am", "ar", "ckb", "es", "fa", "fr", "pl", "prs", "ps", "ru", "sgn", "so", "ti", "tr", "uk",
)  # fmt: skip
NAMED_BY_US = {
    "ckb": N_("Sorani"),
    "prs": N_("Dari"),
    "ps": N_("Pashto"),
    "sgn": N_("Sign language"),
}
"""Languages whose usual names are not those of the Unicode tables, or that have none there."""
AGE_BANDS = ("6-12", "13-15", "16-17", "18-20")
OWN, PARAPHRASE = "yes", "no"


def with_ids(form: FlaskForm, stem: str) -> None:
    """Give the fields ids of their own, so that several forms of one kind stand on a page."""
    for field in form:
        field.id = f"{stem}-{field.short_name}"
        field.label.field_id = field.id


def as_typed(text: str | None) -> str:
    """The text with the line ends of the page, not of the form; a NUL, which no person types, is dropped."""
    return (text or "").replace("\r\n", "\n").replace("\x00", "")


def renew(form: Any, version: int) -> None:
    """Let the form be sent again from what stands now, after a conflict that the person has seen."""
    form.version.data, form.version.raw_data = version, None


def titles(members: Iterable[Any]) -> list[tuple[str, str]]:
    return [(member.value, _(member.title)) for member in members]


def spoken(extra: str = "") -> list[tuple[str, str]]:
    """Languages by their names in the reader's language; `extra` is one that stands already."""
    names = get_locale().languages
    codes = [*LANGUAGES_SPOKEN, *([extra] if extra and extra not in LANGUAGES_SPOKEN else [])]
    named = [
        (code, _(NAMED_BY_US[code]) if code in NAMED_BY_US else str(names.get(code, code)).capitalize())
        for code in codes
    ]
    return named[:2] + sorted(named[2:], key=lambda one: one[1])


class OutcomeForm(FlaskForm):
    outcome = RadioField(
        _l("What came of the offer?"), validators=[InputRequired(_l("Choose what came of the offer."))]
    )
    note = TextAreaField(_l("Note"), render_kw={"rows": 3, "autocomplete": "off"})
    seen_at = HiddenField()

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.outcome.choices = titles(ChildOutcome)


class OverrideForm(FlaskForm):
    reason = TextAreaField(
        _l("Why the order is departed from"),
        validators=[InputRequired(_l("Write the reason; it is told in the letter."))],
        render_kw={"rows": 3, "autocomplete": "off"},
    )


class ConditionsForm(FlaskForm):
    """How a talk is held."""

    age_band = SelectField(_l("Age"))
    language = SelectField(_l("Language of the talk"))
    interpreter = BooleanField(_l("With an interpreter"))
    place = StringField(_l("Place"), render_kw={"autocomplete": "off", "maxlength": 500})
    chose_company = BooleanField(_l("The person chose who else was there"))
    own_recording = BooleanField(_l("The person recorded the talk"))

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        ages = [*AGE_BANDS]
        if self.age_band.data and self.age_band.data not in ages:
            ages.append(self.age_band.data)
        self.age_band.choices = [("", _("Not said")), *((age, age.replace("-", "–")) for age in ages)]
        self.language.choices = spoken(self.language.data or "")
        self.language.flags.asked = True


class TalkForm(ConditionsForm):
    """The conditions while the talk goes on, and the note on it."""

    deviation = BooleanField(_l("The talk could not be held as it should: disturbed, overheard or cut short"))
    note = TextAreaField(_l("Note on the talk"), render_kw={"rows": 3, "autocomplete": "off"})
    version = IntegerField(widget=HiddenInput(), default=0)


class StartForm(ConditionsForm):
    informant = HiddenField()
    interview_id = HiddenField()
    resident = SelectField(_l("Which child?"), validators=[InputRequired(_l("Choose the child."))])
    person = SelectField(_l("Who?"))
    guide = SelectField(_l("Guide"), validators=[InputRequired(_l("Choose a guide."))])
    language = SelectField(
        _l("Language of the talk"), validators=[InputRequired(_l("Choose the language of the talk."))]
    )

    def offer(
        self,
        informant: Informant,
        children: list[tuple[str, str]],
        adults: list[str],
        guides: Iterable[Guide],
    ) -> None:
        """Fill in what can be chosen; fields that this kind of talk does not have are taken out."""
        self.person.flags.asked = True
        self.guide.choices = [(guide.id, say(guide.title)) for guide in guides]
        if informant is Informant.CHILD:
            self.resident.choices = [("", _("Choose the child")), *children]
            del self.person
        else:
            self.person.choices = [("", _("Somebody we have not talked with yet")), *((p, p) for p in adults)]
            del self.resident
            del self.age_band


class EndForm(FlaskForm):
    read_back = BooleanField(_l("The notes were read back"))
    feedback_channel = StringField(
        _l("How does the person want to hear what we found?"),
        render_kw={"autocomplete": "off", "maxlength": 500},
    )


class StatementForm(FlaskForm):
    """One statement: the text first, three large choices under it, the rest on demand."""

    text = TextAreaField(
        _l("What is said"),
        validators=[InputRequired(_l("Write something first."))],
        render_kw={"rows": 3, "autocomplete": "off"},
    )
    own_words = RadioField(_l("Whose words"), validators=[InputRequired(_l("Choose whose words these are."))])
    wish = RadioField(_l("May it be told?"), validators=[InputRequired(_l("Choose what may be told."))])
    theme = SelectField(_l("Theme"))
    question = SelectField(_l("Answers the question"))
    own_question = StringField(_l("Your own question"), render_kw={"autocomplete": "off", "maxlength": 500})
    prompted = BooleanField(_l("Answer to a question of ours"))
    important = BooleanField(_l("The child says that this is among the most important"))
    concrete = BooleanField(_l("Concrete enough to follow up"))
    firsthand = BooleanField(_l("Own experience, or seen oneself"))
    severity = SelectField(_l("What it means for the children"))
    status = SelectField(_l("Does it stand?"))
    version = IntegerField(widget=HiddenInput(), default=0)

    def offer(self, pack: Pack, guide: Guide | None, *, is_child: bool, is_evidence: bool) -> None:
        """Fill in what can be chosen, and take out what does not belong to this source."""
        themes: dict[Any, Any] = {
            None: [("", _("Choose a theme"))],
            **{say(area.name): [(t.id, say(t.name)) for t in pack.themes_in(area)] for area in pack.areas},
        }
        self.theme.choices = themes
        self.severity.choices = [
            ("", _("Not judged yet")),
            *((str(anchor.severity), f"{anchor.severity} – {say(anchor.name)}") for anchor in pack.severity),
        ]
        self.status.choices = titles(StatementStatus)
        self.own_words.choices = [
            (OWN, _("The child’s own words") if is_child else _("The person’s own words")),
            (PARAPHRASE, _("Retold by us")),
        ]
        self.wish.choices = titles(Wish)
        if is_evidence:
            self.text.label.text = _("What it shows")
            for name in ("own_words", "wish", "question", "own_question", "prompted", "important"):
                delattr(self, name)
            return
        asked: dict[Any, Any] = {None: [("", _("None of the guide’s"))]}
        self.question.choices = asked | (_questions(pack, guide) if guide else {})
        if not is_child:
            del self.important


def _questions(pack: Pack, guide: Guide) -> dict[str, list[tuple[str, str]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for question in guide.questions:
        groups.setdefault(say(pack.area(question.area).name), []).append((question.id, say(question.text)))
    return groups
