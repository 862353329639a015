"""Forms of the drafts of guides: one question, the frame around the questions, and the day they hold from."""

from collections.abc import Mapping
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired

from ....interview_guides.guide import Pack
from ...rules import guide_drafts as drafts
from ...services.edit_guide_draft import MAX_WORDING
from ...services.publish_guide import MAX_REMARK
from ..language import current_language, say
from .fields import AtMost, DayField, choices
from .talks import AGE_BANDS

LANGUAGES = ("sv", "en")
ROWS = {"opening": 10, "closing": 6, "why": 3, "listen_for": 3}
"""Lines of the texts that are long; the others are a line or two."""


def form_of_part(
    pack: Pack, draft: drafts.Plain, part: str, fields: Mapping[str, str], sent: Any = None
) -> Form:
    """The form of a part of a draft, with what stands in it or with what was sent.

    The fields are those of `guide_drafts.fields_of`, so their number follows the part. Two fields of one
    wording, Swedish and English, are named alike and stand side by side.
    """
    made: dict[str, Any] = {"number": HiddenField()}
    for name in fields:
        made[name] = _field(pack, part, name)
    number = str(drafts.number_of(fields))
    form: Any = type("PartForm", (Form,), made)(sent, data={**_as_data(part, fields), "number": number})
    if "topic" in form:
        form["topic"].choices = _topics(pack, fields["topic"])
        conditions = _conditions(pack, draft, part)
        for name in fields:
            if name.startswith("only_if"):
                form[name].choices = _with_standing(conditions, fields[name])
    for field in form:
        field.flags.asked = True  # the headings say what a question must have and what it may have
    return cast(Form, form)


def sent_fields(form: Form) -> dict[str, str]:
    """What a form holds, by the names of the part's fields."""
    return {
        field.name: " ".join(field.data or []) if isinstance(field.data, list) else str(field.data or "")
        for field in form
        if field.name != "number"
    }


def title_of(name: str) -> str:
    """What a field is called, for the list of faults and for whoever cannot see its row."""
    stem, _hyphen, language = name.rpartition("_")
    if language in LANGUAGES and stem:
        in_language = _("in Swedish") if language == "sv" else _("in English")
        return f"{_title(stem)}, {in_language}"
    return _title(name)


def _as_data(part: str, fields: Mapping[str, str]) -> dict[str, Any]:
    """The fields as their controls hold them: a group of boxes has a list."""
    return {
        name: text.split() if name == "information" and part == drafts.FRAME else text
        for name, text in fields.items()
    }


def _title(stem: str) -> str:
    whole = {
        "text": _("The question"),
        "why": _("Why it is asked"),
        "listen_for": _("What to listen for"),
        "asked_of": _("For whom it is, in a guide for several"),
        "picture_text": _("What is said with the pictures"),
        "topic": _("Area and theme"),
        "pair": _("Pair: the same word as in the guides of others"),
        "pictures": _("Can be answered on pictures"),
        "information": _("Information that the law asks for"),
        "title": _("Title"),
        "ages": _("Ages"),
        "opening": _("Opening words"),
        "closing": _("Closing words"),
        "version": _("Name of the version"),
        "count_min": _("Fewest questions that the guide is to have"),
        "count_max": _("Most questions that the guide is to have"),
    }
    if stem in whole:
        return whole[stem]
    kind, row = stem.rstrip("0123456789").partition("_")[0], "".join(sign for sign in stem if sign.isdigit())
    if kind == "probe":
        return _("Probe %(number)s", number=row)
    if kind == "only":
        return _("Condition %(number)s", number=row)
    if stem.endswith("_says"):
        return _("Follow-up %(number)s: if the person says", number=row)
    return _("Follow-up %(number)s: then ask", number=row)


def _field(pack: Pack, part: str, name: str) -> Any:
    title = title_of(name)
    if name == "topic":
        return SelectField(title, validate_choice=False)
    if name == "pictures":
        ways = choices((("none", _("No")), ("smiley", _("Yes, on faces from glad to sad"))))
        return SelectField(title, choices=ways, validate_choice=False)
    if name.startswith("only_if"):
        return SelectField(title, validate_choice=False)
    if name == "information":
        items = [(id, say(text)) for id, text in pack.information_items]
        if part == drafts.FRAME:
            return SelectMultipleField(title, choices=choices(items), validate_choice=False)
        return SelectField(title, choices=choices(items, first=_("None")), validate_choice=False)
    kept: dict[str, Any] = {"autocomplete": "off"}
    language = name.rpartition("_")[2]
    if language in LANGUAGES:
        kept["lang"] = language
    if name in ("pair", "version", "count_min", "count_max") or name.startswith(
        ("ages", "asked_of", "title")
    ):
        return StringField(title, validators=[AtMost(MAX_WORDING)], render_kw=kept)
    kept["rows"] = ROWS.get(name.rpartition("_")[0], 2)
    return TextAreaField(title, validators=[AtMost(MAX_WORDING)], render_kw=kept)


def _topics(pack: Pack, standing: str) -> dict[Any, Any]:
    groups: dict[Any, Any] = {}
    known = set()
    for area in pack.areas:
        own = [(f"{area.id}/", _("%(area)s, no theme", area=say(area.name)))]
        own += [(f"{area.id}/{theme.id}", say(theme.name)) for theme in pack.themes_in(area)]
        known |= {value for value, _text in own}
        groups[say(area.name)] = own
    if standing not in known:
        groups = {None: [(standing, standing.strip("/") or _("Choose an area"))], **groups}
    return groups


def _conditions(pack: Pack, draft: drafts.Plain, part: str) -> dict[Any, Any]:
    """Everything a question can wait for; what comes later in the guide is told as a fault by the checks."""
    others = [
        (one["id"], _short(one["id"], (one.get("text") or {}).get(current_language(), "")))
        for one in draft["questions"]
        if one["id"] != part
    ]
    return {
        None: [("", _("None"))],
        _("Age"): [(f"age:{band}", _("%(band)s years", band=band.replace("-", "–"))) for band in AGE_BANDS],
        _("Interpreter"): [
            ("interpreted:true", _("The talk is interpreted")),
            ("interpreted:false", _("The talk is not interpreted")),
        ],
        _("Something is noted under"): [(f"noted:{id}", text) for id, text in others],
        _("Nothing is noted under"): [(f"not_noted:{id}", text) for id, text in others],
        _("Something is said about"): [(f"theme:{theme.id}", say(theme.name)) for theme in pack.themes],
    }


def _with_standing(groups: dict[Any, Any], standing: str) -> dict[Any, Any]:
    """The choices with the one that stands, where it is none of them: several ages, or what is gone."""
    if any(standing == value for group in groups.values() for value, _text in group):
        return groups
    said = standing.partition(":")[2].replace("-", "–").replace(",", ", ")
    return groups | {None: [*groups[None], (standing, said)]}


def _short(id: str, text: str) -> str:
    return f"{id} {text if len(text) <= 60 else text[:57].rstrip() + '…'}"


class HandOverForm(FlaskForm):
    valid_from = DayField(
        _l("Holds from"),
        validators=[InputRequired(_l("Choose the day from which it holds."))],
        description=_l("Talks that begin on this day or later are held with it. Earlier talks keep theirs."),
    )


class PublishForm(HandOverForm):
    digest = HiddenField()


class ReturnDraftForm(FlaskForm):
    remark = TextAreaField(
        _l("What is to be changed"),
        validators=[
            InputRequired(_l("Write why, in a sentence, so that the author knows what to do.")),
            AtMost(MAX_REMARK),
        ],
        render_kw={"rows": 3},
    )
