"""Statements on a page: their forms, and saving one from a script (JSON) or from a plain form."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import g, jsonify, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from ...interview_guides.guide import Guide, load_pack
from ...models.base import new_id
from ...models.inspections import Inspection
from ...models.interviews import Evidence, Interview, Statement
from ...models.vocabulary import N_, Informant, StatementStatus, Wish
from ..errors import Conflict, Invalid, NotPossibleNow
from ..services.blind_coding import JUDGED, hidden_statements
from ..services.code_statement import JUDGE_UNSEEN
from ..services.find_guides import guide_of_talk
from ..services.save_statement import NAMES, StatementValues, save_statement, values_of
from .database import db, now
from .forms.talks import OWN, PARAPHRASE, StatementForm, as_typed, renew, with_ids
from .guide_panel import chosen_face, pointed_at
from .language import message
from .session import current_actor

Answer = str | Response | tuple[str, int] | tuple[Response, int]
PLACEHOLDER = UUID(int=0)
"""Stands for the id in the pattern from which the page and its script make a new card."""


@dataclass(frozen=True, slots=True)
class Card:
    """One statement as the page shows it; `statement` is None on the empty one that is always ready.

    A kept statement has no `form` until it is asked for: a script makes it of the pattern and `values`. The
    empty one has none when it is the pattern itself, under its own id.
    """

    id: UUID
    form: StatementForm | None
    url: str
    statement: Statement | None = None
    conflict: Conflict | None = None
    returned: bool = False
    values: Mapping[str, Any] | None = None
    is_open: bool = False
    is_blind: bool = False
    """Somebody else has judged it and this person may be its second coder: its severity is not shown."""


def guide_of(inspection: Inspection, source: Interview | Evidence) -> Guide | None:
    """The guide of a talk, in the version that it keeps; None for evidence, and without a guide of ours."""
    if not isinstance(source, Interview):
        return None
    known: dict[UUID, Guide | None] = g.setdefault("guides_of_talks", {})  # one page asks for it many times
    if source.id not in known:
        known[source.id] = guide_of_talk(db(), inspection.pack, source)
    return known[source.id]


def as_fields(values: StatementValues) -> dict[str, Any]:
    """The values as the fields of the form carry them."""
    plain: dict[str, Any] = {name: getattr(values, name) for name in NAMES}
    return plain | {
        "own_words": OWN if values.own_words else PARAPHRASE,
        "wish": values.wish.value,
        "status": values.status.value,
        "theme": values.theme or "",
        "question": values.question or "",
        "severity": "" if values.severity is None else str(values.severity),
    }


def preset(inspection: Inspection, source: Interview | Evidence, question: str | None) -> StatementValues:
    """The values of an empty statement that is to answer `question`, pointed at in pictures with `?face=`."""
    guide = guide_of(inspection, source)
    for asked in guide.questions if guide else ():
        if asked.id == question:
            face = chosen_face(request.args.get("face"))
            text = pointed_at(face) if face else ""
            return StatementValues(text=text, question=asked.id, theme=asked.theme, prompted=True)
    return StatementValues(text="")


def is_blind(inspection: Inspection, statement_id: UUID) -> bool:
    """Are theme and severity of this statement kept from whoever is signed in (the coding's blind rule)?"""
    hidden: dict[UUID, frozenset[UUID]] = g.setdefault("hidden_statements", {})
    if inspection.id not in hidden:
        hidden[inspection.id] = hidden_statements(db(), inspection, current_actor().user_id)
    return statement_id in hidden[inspection.id]


def form_for(
    inspection: Inspection, source: Interview | Evidence, stem: UUID, **values: Any
) -> StatementForm:
    form = StatementForm(**values)
    form.offer(
        load_pack(inspection.pack),
        guide_of(inspection, source),
        is_child=isinstance(source, Interview) and source.informant is Informant.CHILD,
        is_evidence=isinstance(source, Evidence),
    )
    if is_blind(inspection, stem):
        for name in JUDGED:
            del form[name]
    with_ids(form, f"n{stem}")
    return form


def cards(
    inspection: Inspection,
    source: Interview | Evidence,
    url: Callable[[UUID], str],
    *,
    question: str | None = None,
    returned: Card | None = None,
) -> list[Card]:
    """A card for each statement, then the empty one; `returned` takes the place of its own.

    A page of forms is slow to make and to read: `?edit=<id>` asks for the form of one.
    """
    wanted = request.args.get("edit", "")
    made = []
    for statement in source.statements:
        values = as_fields(values_of(statement)) | {"version": statement.version}
        blind = is_blind(inspection, statement.id)
        is_wanted = wanted == str(statement.id)
        form = None
        if is_wanted:
            form = form_for(inspection, source, statement.id, formdata=None, data=values)
        made.append(
            Card(
                statement.id, form, url(statement.id), statement,
                values=values, is_open=is_wanted, is_blind=blind,
            )
        )  # fmt: skip
    ready = new_id()
    empty = as_fields(preset(inspection, source, question))
    if empty["question"]:
        answer = form_for(inspection, source, ready, formdata=None, data=empty)
        asked = {"question": question, "face": chosen_face(request.args.get("face"))}
        query = urlencode({name: value for name, value in asked.items() if value})
        made.append(Card(ready, answer, f"{url(ready)}?{query}"))
    else:
        made.append(Card(ready, None, url(ready)))
    if returned is None:
        return made
    kept = [returned if card.id == returned.id else card for card in made]
    return kept if any(card is returned for card in kept) else [*kept[:-1], returned]


def pattern(inspection: Inspection, source: Interview | Evidence, url: Callable[[UUID], str]) -> Card:
    """The empty card that the page and its script copy."""
    form = form_for(
        inspection, source, PLACEHOLDER, formdata=None, data=as_fields(preset(inspection, source, None))
    )
    return Card(PLACEHOLDER, form, url(PLACEHOLDER))


def save(
    inspection: Inspection,
    source: Interview | Evidence,
    statement_id: UUID,
    *,
    done: str,
    again: Callable[[Card], str],
    url: str,
) -> Answer:
    """Save what was sent. A form goes on to `done`; when it cannot be saved, `again` shows it as typed."""
    standing = next((item for item in source.statements if item.id == statement_id), None)
    if request.is_json:
        return _save_json(inspection, source, statement_id, standing)
    form = form_for(inspection, source, statement_id)
    card = Card(statement_id, form, url, standing, returned=True)
    if not form.validate():
        return again(card), 422
    try:
        _save(inspection, source, statement_id, form, standing, form.version.data or 0)
    except Conflict as fault:
        renew(form, fault.version)
        form.form_errors.append(message(fault))
        return again(replace(card, conflict=fault)), 409
    except (Invalid, NotPossibleNow) as fault:
        put_fault(form, fault)
        return again(card), 422
    return redirect(done, 303)


def _save_json(
    inspection: Inspection, source: Interview | Evidence, statement_id: UUID, standing: Statement | None
) -> Answer:
    version, fields = sent_fields()
    before = values_of(standing) if standing else preset(inspection, source, request.args.get("question"))
    judged = sorted(name for name in JUDGED if fields.get(name))
    if judged and is_blind(inspection, statement_id):
        return jsonify(errors={judged[0]: [message(Invalid(JUDGE_UNSEEN))]}), 422
    form = form_for(inspection, source, statement_id, formdata=overlay(as_fields(before), fields))
    if not form.validate():
        return jsonify(errors=form.errors), 422
    try:
        saved = _save(inspection, source, statement_id, form, standing, version)
    except Conflict as fault:
        theirs = as_fields(StatementValues(**fault.theirs))
        theirs = {name: value for name, value in theirs.items() if name not in JUDGED or name in form}
        return jsonify(error="conflict", version=fault.version, theirs=theirs, by=fault.by), 409
    except Invalid as fault:
        return jsonify(errors={str(fault.values.get("field", "text")): [message(fault)]}), 422
    return jsonify(version=saved.version, saved_at=saved.changed_at.isoformat(), label=saved.label), 200


def sent_fields() -> tuple[int, dict[str, Any]]:
    """Version and fields of an autosave request. Raises Invalid when it has another shape."""
    body = request.get_json(silent=True)
    version = body.get("version") if isinstance(body, dict) else None
    fields = body.get("fields") if isinstance(body, dict) else None
    if not isinstance(version, int) or not isinstance(fields, dict):
        raise Invalid(N_("What was sent could not be understood. Load the page again."))
    return version, fields


def overlay(before: dict[str, Any], fields: dict[str, Any]) -> MultiDict[str, str]:
    """Form data as a browser would send it: what stands, changed by the fields that were sent."""
    after = before | {name: value for name, value in fields.items() if name in before}
    return MultiDict(
        {
            name: "y" if value is True else str(value)
            for name, value in after.items()
            if value is not None and value is not False
        }
    )


def _save(
    inspection: Inspection,
    source: Interview | Evidence,
    statement_id: UUID,
    form: StatementForm,
    standing: Statement | None,
    version: int,
) -> Statement:
    before = values_of(standing) if standing else StatementValues(text="")
    given = {name: form[name].data for name in NAMES if name in form}
    values = replace(before, **_values(given))
    return save_statement(
        db(),
        actor=current_actor(),
        inspection=inspection,
        source=source,
        statement_id=statement_id,
        version=version,
        values=values,
        now=now(),
    )


def _values(given: dict[str, Any]) -> dict[str, Any]:
    """What the form's fields mean."""
    meaning: dict[str, Callable[[Any], Any]] = {
        "text": as_typed,
        "own_question": lambda text: as_typed(text).strip(),
        "own_words": lambda choice: choice == OWN,
        "wish": Wish,
        "status": StatementStatus,
        "theme": lambda choice: choice or None,
        "question": lambda choice: choice or None,
        "severity": lambda choice: int(choice) if choice else None,
    }
    return {name: meaning.get(name, bool)(value) for name, value in given.items()}


def put_fault(form: StatementForm, fault: Invalid | NotPossibleNow) -> None:
    name = str(fault.values.get("field", ""))
    if name in form:
        form[name].errors = [*form[name].errors, message(fault)]
    else:
        form.form_errors.append(message(fault))
