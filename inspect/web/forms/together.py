"""Several forms that are sent as one page: their faults are told in one summary."""

from collections.abc import Iterable, Iterator
from typing import Any

from wtforms import Field, Form


class Together:
    """As one form, for components/form.html: `error_summary`."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.forms = tuple(forms)

    def __iter__(self) -> Iterator[Field]:
        for form in self.forms:
            yield from form

    @property
    def errors(self) -> dict[str, Any]:
        return {field.name: field.errors for field in self if field.errors}

    @property
    def form_errors(self) -> list[str]:
        return [str(text) for form in self.forms for text in form.form_errors]
