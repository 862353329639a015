"""Guides being written: the drafts, one part at a time, what is wrong in them, and how they are published."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask import Response as FlaskResponse
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import Form

from ...interview_guides.guide import Pack, load_pack
from ...models.guides import GuideVersion
from ...models.vocabulary import N_
from ..errors import Conflict, Invalid, NotFound
from ..rules import guide_drafts as drafts
from ..rules.access import Permission, may
from ..services import edit_guide_draft as editing
from ..services.check_guide_draft import check_guide_draft, file_of_guide, guide_of_draft
from ..services.find_guide_drafts import GuideLine, find_draft, find_version, list_guides_to_write
from .access import access
from .database import db, now
from .forms.guide_drafts import form_of_part, sent_fields
from .guide_draft_lines import draft_head, question_lines
from .guide_fault_words import fault_lines
from .guide_panel import faces, panel_of_guide
from .language import message
from .session import current_actor

guide_drafts = Blueprint("guide_drafts", __name__, url_prefix="/guides")

Page = str | Response | tuple[str, int] | tuple[Response, int]
DRAFT = "/drafts/<uuid:draft_id>"


@guide_drafts.get("/drafts", endpoint="drafts")
@access(Permission.PUBLISH_GUIDES)
def list_drafts() -> Page:
    """Every guide with what is published and what is being written."""
    return render_template(
        "method_owner/guides.html",
        packs=_by_pack(list_guides_to_write(db())),
        may_write=may(current_actor(), Permission.WRITE_GUIDES),
        today=now().date(),
    )


@guide_drafts.post("/drafts/start")
@access(Permission.WRITE_GUIDES)
def start() -> Page:
    made = editing.start_guide_draft(
        db(),
        actor=current_actor(),
        pack=request.form.get("pack", ""),
        guide=request.form.get("guide", ""),
        now=now(),
    )
    return redirect(url_for("guide_drafts.draft", draft_id=made.id), 303)


@guide_drafts.get(DRAFT)
@access(Permission.PUBLISH_GUIDES)
def draft(draft_id: UUID) -> Page:
    """The whole draft: what is wrong, and its questions in their order."""
    row = find_draft(db(), draft_id)
    pack = load_pack(row.pack)
    faults = fault_lines(pack, row.id, check_guide_draft(db(), row))
    return render_template(
        "method_owner/draft.html",
        head=draft_head(db(), row),
        faults=faults,
        questions=question_lines(pack, row, faults),
        removed=[one["question"] for one in row.content.get(drafts.REMOVED, ())],
        may_write=may(current_actor(), Permission.WRITE_GUIDES),
    )


@guide_drafts.route(f"{DRAFT}/parts/<part>", methods=["GET", "PUT", "POST"])
@access(Permission.WRITE_GUIDES)
def part(draft_id: UUID, part: str) -> Page:
    """One question, or the frame around the questions (`frame`): saved by script (PUT, JSON) or as a form."""
    row = find_draft(db(), draft_id)
    if request.method == "GET":
        return _part_page(row, part)
    if request.is_json:
        number, fields = _sent_json()
        _row, number = editing.save_part(
            db(), actor=current_actor(), draft_id=draft_id, part=part, number=number, fields=fields, now=now()
        )
        return jsonify(version=number, saved_at=now().isoformat())
    form = _form(row, part, request.form)
    if not form.validate():
        return _part_page(row, part, form), 422
    try:
        editing.save_part(
            db(), actor=current_actor(), draft_id=draft_id, part=part,
            number=_number(form["number"].data), fields=sent_fields(form), now=now(),
        )  # fmt: skip
    except Conflict as fault:
        form["number"].data = str(fault.version)
        return _part_page(row, part, form, fault), 409
    except Invalid as fault:
        form[fault.values["field"]].errors = [message(fault)]
        return _part_page(row, part, form), 422
    after = _after(row, part) if "next" in request.form else part
    return redirect(url_for("guide_drafts.part", draft_id=draft_id, part=after), 303)


@guide_drafts.post(f"{DRAFT}/arrange")
@access(Permission.WRITE_GUIDES)
def arrange(draft_id: UUID) -> Page:
    """Add, move, take out or put back a question: one button of the draft's page says which."""
    same: dict[str, Any] = {"actor": current_actor(), "draft_id": draft_id, "now": now()}
    ways: dict[str, Callable[[str], object]] = {
        "up": lambda id: editing.move_question(db(), question=id, steps=-1, **same),
        "down": lambda id: editing.move_question(db(), question=id, steps=1, **same),
        "remove": lambda id: editing.remove_question(db(), question=id, **same),
        "back": lambda id: editing.put_question_back(db(), question=id, **same),
    }
    if "add" in request.form:
        _row, made = editing.add_question(db(), after=request.form["add"] or None, **same)
        return redirect(url_for("guide_drafts.part", draft_id=draft_id, part=made), 303)
    for way, change in ways.items():
        question = request.form.get(way, "")
        if question:
            change(question)
            if way == "remove":
                flash(
                    _("%(id)s is taken out. It stands at the end of the page, to be put back.", id=question)
                )
            anchor = "removed" if way == "remove" else f"question-{question}"
            return redirect(url_for("guide_drafts.draft", draft_id=draft_id, _anchor=anchor), 303)
    return redirect(url_for("guide_drafts.draft", draft_id=draft_id), 303)


@guide_drafts.get(f"{DRAFT}/preview")
@access(Permission.PUBLISH_GUIDES)
def preview(draft_id: UUID) -> Page:
    """The draft as the inspector will see it."""
    row = find_draft(db(), draft_id)
    pack, guide = load_pack(row.pack), guide_of_draft(row)
    areas = {area.id for area in pack.areas}
    placed = tuple(question for question in guide.questions if question.area in areas)
    return render_template(
        "method_owner/draft_preview.html",
        head=draft_head(db(), row),
        guide=guide,
        panel=panel_of_guide(pack, replace(guide, questions=placed)),
        faces=faces(),
        without_area=[question.id for question in guide.questions if question.area not in areas],
    )


@guide_drafts.get("/versions/<uuid:version_id>/file")
@access(Permission.READ_GUIDES)
def file(version_id: UUID) -> Page:
    """A version, also a draft, as the file that a pack has of it."""
    row = find_version(db(), version_id)
    answer = FlaskResponse(file_of_guide(row.pack, row.content), mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.guide}.yaml"'
    return answer


def _by_pack(lines: list[GuideLine]) -> list[tuple[Pack, list[GuideLine]]]:
    groups: dict[str, tuple[Pack, list[GuideLine]]] = {}
    for line in lines:
        groups.setdefault(line.pack.id, (line.pack, []))[1].append(line)
    return list(groups.values())


def _part_page(
    row: GuideVersion, part: str, form: Form | None = None, conflict: Conflict | None = None
) -> str:
    pack = load_pack(row.pack)
    faults = fault_lines(pack, row.id, check_guide_draft(db(), row))
    own = [fault for fault in faults if fault.part == part]
    shown = form or _form(row, part)
    for fault in own:
        if form is None and fault.field in shown:
            shown[fault.field].errors = [*shown[fault.field].errors, fault.text]
    ids = [drafts.FRAME, *(one["id"] for one in row.content["questions"])]
    at = ids.index(part)
    return render_template(
        "method_owner/part.html",
        head=draft_head(db(), row),
        part=part,
        is_frame=part == drafts.FRAME,
        number=at,
        count=len(ids) - 1,
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at + 1 < len(ids) else None,
        form=shown,
        returned=form is not None,
        faults=own,
        conflict=conflict,
        conflict_text=message(conflict) if conflict else "",
    )


def _form(row: GuideVersion, part: str, sent: object = None) -> Form:
    try:
        fields = drafts.fields_of(row.content, part)
    except KeyError:
        raise NotFound(N_("There is no such question in the draft any more.")) from None
    return form_of_part(load_pack(row.pack), row.content, part, fields, sent)


def _after(row: GuideVersion, part: str) -> str:
    """The part that follows, and the last one again after itself."""
    ids = [drafts.FRAME, *(one["id"] for one in row.content["questions"])]
    return ids[min(ids.index(part) + 1, len(ids) - 1)] if part in ids else drafts.FRAME


def _sent_json() -> tuple[int, dict[str, str]]:
    sent = request.get_json(silent=True)
    fields = sent.get("fields") if isinstance(sent, dict) else None
    number = sent.get("version") if isinstance(sent, dict) else None
    if not isinstance(fields, dict) or not isinstance(number, int):
        raise Invalid(N_("The text or its version is missing."))
    said = {
        str(name): " ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in fields.items()
    }
    if not all(isinstance(value, str) for value in said.values()):
        raise Invalid(N_("The text or its version is missing."))
    return number, said


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 20 else 0


from . import guide_publishing  # noqa: E402, F401 - its views belong to this blueprint
