"""One talk: the guide beside the notes, the conditions, the reading back, the end."""

from typing import Any
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.vocabulary import Informant, StatementStatus
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission, may
from ..rules.interview_order import may_record_talk
from ..services.end_interview import end_interview, resume_interview
from ..services.gather_enquiry import chosen_lines
from ..services.hold_interview import Conditions, change_interview, conditions_of, find_interview
from .access import access
from .case import case_page, open_case
from .case_frame import show
from .database import db, now
from .file_cards import file_cards
from .forms.talks import EndForm, TalkForm, as_typed, renew
from .guide_panel import faces, panel_of_talk
from .in_letters import in_letters
from .language import message
from .session import current_actor
from .statements import Card, cards, guide_of, overlay, pattern, save, sent_fields
from .talks import Page, put_at_field, talks

TALK = "/inspections/<dnr>/talks/<uuid:talk_id>"


def _open(dnr: str, talk_id: UUID, permission: Permission) -> tuple[Inspection, Interview]:
    inspection = open_case(dnr, permission)
    return inspection, find_interview(db(), inspection, talk_id)


def heading_of(talk: Interview) -> str:
    return _("Talk with %(person)s", person=talk.person)


def _url(dnr: str, talk: Interview, statement_id: UUID) -> str:
    return url_for("talks.save_statement", dnr=dnr, talk_id=talk.id, statement_id=statement_id)


def _refusal(inspection: Inspection, talk: Interview) -> str | None:
    """Why this person cannot record here now; None when they can."""
    if not may(current_actor(), Permission.RECORD_IN_INSPECTION, inspection):
        return _("You can read this. Only the inspectors of the case record in it.")
    shut = may_record_talk(inspection.state, talk.informant)
    return show(shut[0]) if shut else None


def _page(
    inspection: Inspection,
    talk: Interview,
    *,
    returned: Card | None = None,
    form: TalkForm | None = None,
    conflict: Conflict | None = None,
) -> str:
    pack = load_pack(inspection.pack)
    guide = guide_of(inspection, talk)

    def url(statement_id: UUID) -> str:
        return _url(inspection.dnr, talk, statement_id)

    return case_page(
        "inspector/interview.html",
        inspection,
        talk=talk,
        page_title=heading_of(talk),
        guide=guide,
        panel=panel_of_talk(pack, guide, talk) if guide else None,
        lines=chosen_lines(db(), inspection),
        faces=faces(),
        pointed=_("Pointed at the picture: %(word)s (%(number)s of 5).", word="{word}", number="{number}"),
        cards=cards(inspection, talk, url, question=request.args.get("question"), returned=returned),
        pattern=pattern(inspection, talk, url),
        returned=returned,
        form=form or _talk_form(talk, formdata=None),
        form_returned=form is not None,
        conflict=conflict,
        refusal=_refusal(inspection, talk),
        files=file_cards(talk),
        in_letters=in_letters(inspection),
        is_child=talk.informant is Informant.CHILD,
    )


@talks.get(TALK)
@access(Permission.READ_INSPECTION)
def interview(dnr: str, talk_id: UUID) -> Page:
    inspection, talk = _open(dnr, talk_id, Permission.READ_INSPECTION)
    return _page(inspection, talk)


@talks.route(f"{TALK}/statements/<uuid:statement_id>", methods=["PUT", "POST"])
@access(Permission.RECORD_IN_INSPECTION)
def save_statement(dnr: str, talk_id: UUID, statement_id: UUID) -> Page:
    inspection, talk = _open(dnr, talk_id, Permission.RECORD_IN_INSPECTION)
    return _save_statement(inspection, talk, statement_id)


def _save_statement(inspection: Inspection, talk: Interview, statement_id: UUID) -> Page:
    return save(
        inspection,
        talk,
        statement_id,
        done=url_for("talks.interview", dnr=inspection.dnr, talk_id=talk.id, _anchor="ready"),
        again=lambda card: _page(inspection, talk, returned=card),
        url=_url(inspection.dnr, talk, statement_id),
    )


@talks.post(f"{TALK}/statements/<uuid:statement_id>/then/<any('read-back', 'end', 'acute'):to>")
@access(Permission.RECORD_IN_INSPECTION)
def leave(dnr: str, talk_id: UUID, statement_id: UUID, to: str) -> Page:
    """Leave the page of the talk: keep the note that is ready, when it has words, and go on."""
    inspection, talk = _open(dnr, talk_id, Permission.RECORD_IN_INSPECTION)
    if as_typed(request.form.get("text")).strip():
        saved = _save_statement(inspection, talk, statement_id)
        if isinstance(saved, tuple):
            return saved
    if to == "end":
        return _end(inspection, talk)
    if to == "read-back":
        return redirect(url_for("talks.read_back", dnr=dnr, talk_id=talk_id), 303)
    return redirect(url_for("cases.acute", dnr=dnr), 303)


def _talk_form(talk: Interview, **values: Any) -> TalkForm:
    standing = conditions_of(talk)
    fields = {name: getattr(standing, name) for name in Conditions.__dataclass_fields__}
    form = TalkForm(data=fields | {"version": talk.version}, **values)
    if talk.informant is not Informant.CHILD:
        del form.age_band
    return form


def _conditions(form: TalkForm, talk: Interview) -> Conditions:
    return Conditions(
        age_band=(form.age_band.data or "") if talk.informant is Informant.CHILD else talk.age_band,
        language=form.language.data,
        interpreter=form.interpreter.data,
        place=as_typed(form.place.data).strip(),
        chose_company=form.chose_company.data,
        own_recording=form.own_recording.data,
        deviation=form.deviation.data,
        note=as_typed(form.note.data),
    )


@talks.route(TALK, methods=["PUT", "POST"])
@access(Permission.RECORD_IN_INSPECTION)
def save_interview(dnr: str, talk_id: UUID) -> Page:
    """Save the conditions of the talk and the note on it."""
    inspection, talk = _open(dnr, talk_id, Permission.RECORD_IN_INSPECTION)
    if request.is_json:
        return _save_json(inspection, talk)
    form = _talk_form(talk)
    if form.validate():
        try:
            _change(inspection, talk, form, form.version.data or 0)
        except Conflict as fault:
            renew(form, fault.version)
            form.form_errors.append(message(fault))
            return _page(inspection, talk, form=form, conflict=fault), 409
        except (Invalid, NotPossibleNow) as fault:
            put_at_field(form, fault)
        else:
            return redirect(url_for("talks.interview", dnr=dnr, talk_id=talk_id), 303)
    return _page(inspection, talk, form=form), 422


def _save_json(inspection: Inspection, talk: Interview) -> Page:
    version, fields = sent_fields()
    standing = conditions_of(talk)
    before = {name: getattr(standing, name) for name in Conditions.__dataclass_fields__}
    form = _talk_form(talk, formdata=overlay(before, fields))
    if not form.validate():
        return jsonify(errors=form.errors), 422
    try:
        saved = _change(inspection, talk, form, version)
    except Invalid as fault:
        return jsonify(errors={str(fault.values.get("field", "note")): [message(fault)]}), 422
    return jsonify(version=saved.version, saved_at=now().isoformat()), 200


def _change(inspection: Inspection, talk: Interview, form: TalkForm, version: int) -> Interview:
    return change_interview(
        db(),
        actor=current_actor(),
        inspection=inspection,
        talk=talk,
        version=version,
        conditions=_conditions(form, talk),
        now=now(),
    )


@talks.get(f"{TALK}/read-back")
@access(Permission.READ_INSPECTION)
def read_back(dnr: str, talk_id: UUID) -> Page:
    inspection, talk = _open(dnr, talk_id, Permission.READ_INSPECTION)
    return _read_back_page(inspection, talk, EndForm(formdata=None, read_back=True))


def _read_back_page(inspection: Inspection, talk: Interview, form: EndForm) -> str:
    return render_template(
        "inspector/read_back.html",
        dnr=inspection.dnr,
        talk=talk,
        statements=[s for s in talk.statements if s.status is not StatementStatus.WITHDRAWN],
        guide=guide_of(inspection, talk),
        form=form,
        refusal=_refusal(inspection, talk),
        is_child=talk.informant is Informant.CHILD,
    )


@talks.post(f"{TALK}/end")
@access(Permission.RECORD_IN_INSPECTION)
def end(dnr: str, talk_id: UUID) -> Page:
    return _end(*_open(dnr, talk_id, Permission.RECORD_IN_INSPECTION))


def _end(inspection: Inspection, talk: Interview) -> Page:
    form = EndForm()
    try:
        end_interview(
            db(),
            actor=current_actor(),
            inspection=inspection,
            talk=talk,
            read_back=bool(form.read_back.data),
            feedback_channel=as_typed(form.feedback_channel.data),
            now=now(),
        )
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault)
        return _read_back_page(inspection, talk, form), 422
    if talk.informant is Informant.CHILD and not talk.statements:
        flash(_("The talk has ended with nothing noted. Choose what came of the offer."), "info")
        return redirect(url_for("talks.children", dnr=inspection.dnr, _anchor=talk.person), 303)
    flash(_("The talk has ended. Everything noted is saved."), "success")
    return redirect(url_for("talks.interview", dnr=inspection.dnr, talk_id=talk.id), 303)


@talks.post(f"{TALK}/resume")
@access(Permission.RECORD_IN_INSPECTION)
def resume(dnr: str, talk_id: UUID) -> Page:
    inspection, talk = _open(dnr, talk_id, Permission.RECORD_IN_INSPECTION)
    resume_interview(db(), actor=current_actor(), inspection=inspection, talk=talk, now=now())
    return redirect(url_for("talks.interview", dnr=dnr, talk_id=talk_id), 303)
