"""Show what a use case refused where the person wrote it."""

from wtforms import Form

from ...errors import TillsynError
from ..language import message


def put_at_field(form: Form, fault: TillsynError, otherwise: str) -> None:
    """Add the message of `fault` to the field that it names, or to the field `otherwise`."""
    name = fault.values.get("field", otherwise)
    field = form[name if name in form else otherwise]
    field.errors = [*field.errors, message(fault)]
