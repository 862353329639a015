"""Fields and checks that several forms use."""

from collections.abc import Iterable
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, Form
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.validators import ValidationError

from ....models.vocabulary import Titled

Word = TypeVar("Word", bound=Titled)


class DayField(DateField):
    """A day. What cannot be read as one stays in the field, with a word about how to write it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist if valuelist and valuelist[0].strip() else [])
        except ValueError:
            raise ValueError(_("Write the day as year-month-day, for example 2026-10-06.")) from None


class AtMost:
    """At most `limit` characters. Nothing is cut off in the browser: the text stays whole in the form."""

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __call__(self, form: Form, field: Field) -> None:
        length = len(field.data or "")
        if length > self.limit:
            raise ValidationError(
                _(
                    "Too long: %(count)s characters, and %(limit)s fit. Shorten or divide the text.",
                    count=length,
                    limit=self.limit,
                )
            )


def choices(pairs: Iterable[tuple[str, Any]], first: str | None = None) -> list[SelectChoice]:
    """Pairs of value and label as choices; `first` is the label of an empty choice before them."""
    empty = [SelectChoice("", first)] if first is not None else []
    return empty + [SelectChoice(value, label) for value, label in pairs]


def choices_of(kind: type[Titled]) -> list[SelectChoice]:
    """The members of a vocabulary as choices, in the reader's language."""
    return choices((member.value, _l(member.title)) for member in kind)


def member_or_none(kind: type[Word], text: str | None) -> Word | None:
    """The member with this value; None for an empty or unknown one."""
    return next((member for member in kind if member.value == text), None)
