"""Forms of a decided position: what is decided instead, why, and on which evidence; and the release."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, TextAreaField

from ....models.vocabulary import OverrideReason
from ...rules.weighing import Position
from .fields import choices, choices_of
from .weighing import POSITIONS, Asked

NONE = "none"


class DecidedForm(FlaskForm):
    """Nothing is refused here: the use case tells everything that speaks against it at once."""

    decided = RadioField(_l("Decided position"), validators=[Asked()], validate_choice=False)
    reason_code = RadioField(
        _l("What the reason is about"), choices=choices_of(OverrideReason), validators=[Asked()],
        validate_choice=False,
    )  # fmt: skip
    text = TextAreaField(_l("Reason"), validators=[Asked()], render_kw={"rows": 5})
    evidence = SelectMultipleField(_l("Evidence it rests on"), validators=[Asked()], validate_choice=False)

    def offer(self, possible: Iterable[Position | None], evidence: Iterable[tuple[str, str]]) -> None:
        """Only what may be decided is offered; why the rest is not stands beside the form."""
        allowed = {NONE if one is None else str(int(one)) for one in possible}
        self.decided.choices = choices((value, text) for value, text in POSITIONS if value in allowed)
        self.evidence.choices = choices(evidence)

    @property
    def position(self) -> Position | None:
        """What was chosen; None for "cannot be assessed yet"."""
        return Position(int(self.decided.data)) if self.decided.data in {"1", "2", "3", "4"} else None

    @property
    def is_chosen(self) -> bool:
        return (self.decided.data or "") in {NONE, "1", "2", "3", "4"}


class ReleaseForm(FlaskForm):
    assessment = TextAreaField(_l("Disclosure assessment"), validators=[Asked()], render_kw={"rows": 4})
