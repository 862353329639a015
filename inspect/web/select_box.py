"""A select box drawn at once: WTForms draws each option by itself, and a talk has two hundred."""

from collections.abc import Iterable
from typing import Any

from flask import Flask
from markupsafe import Markup, escape
from wtforms import SelectField
from wtforms.widgets import html_params


def init_app(app: Flask) -> None:
    app.jinja_env.globals["select_box"] = select_box


def select_box(field: SelectField, /, **attributes: Any) -> Markup:
    """The field as WTForms draws it, called with `attributes`. Its choices are (value, text)."""
    values: dict[str, Any] = {"id": field.id, **(field.render_kw or {}), **attributes}
    for name in ("required", "disabled"):
        if getattr(field.flags, name) and name not in values:
            values[name] = True
    chosen = str(field.data) if field.data is not None else None
    choices: Any = field.choices or ()
    parts = [f"<select {html_params(name=field.name, **values)}>"]
    if isinstance(choices, dict):
        for heading, group in choices.items():
            if heading is None:
                parts.extend(_options(group, chosen))
            else:
                parts.append(f'<optgroup label="{escape(heading)}">')
                parts.extend(_options(group, chosen))
                parts.append("</optgroup>")
    else:
        parts.extend(_options(choices, chosen))
    parts.append("</select>")
    return Markup("".join(parts))  # noqa: S704 - every part is escaped above


def _options(choices: Iterable[Any], chosen: str | None) -> Iterable[str]:
    for value, text, *_ in choices:
        selected = "selected " if str(value) == chosen else ""
        yield f'<option {selected}value="{escape(value)}">{escape(text)}</option>'
