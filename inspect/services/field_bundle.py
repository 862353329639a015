"""What a device takes along of one case: everything that recording asks for where there is no network.

Content of the pack carries Swedish and English side by side, so that a talk can be held in the other
language; sentences of the program are in the reader's, in the words of the pack.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.content import Guide, Question, Requirement, Text
from ...interview_guides.guide import Pack, load_pack
from ...interview_guides.ui_words import load_ui_words
from ...models.field import FieldHead, FieldOp
from ...models.inspections import Inspection
from ...models.interviews import Interview
from ...models.sealed import opened
from ...models.vocabulary import N_, Informant, InformationItem
from ..errors import NotAllowed
from ..i18n import translate_for
from ..outside.clock import SWEDEN
from ..rules.access import Actor, Permission, may
from ..rules.field_documents import check_id
from ..rules.guide_flow import conditions_as_plain, reason_of
from ..rules.guide_words import values_in
from .blind_coding import withhold_judgements
from .field_heads import open_conflicts
from .find_guides import guide_of_talk, offered_guides
from .gather_enquiry import chosen_lines
from .keep_ops import last_server_seq, lock_cases, stamp
from .list_changes import held_in
from .requirements_in_force import requirements_in_force
from .take_in_arrivals import catch_up

Plain = dict[str, Any]


def field_bundle(db: Session, *, actor: Actor, inspection: Inspection, language: str, now: datetime) -> Plain:
    """The case for a device, as plain JSON. The sentences are in `language`; heads are operations.

    First what pages changed is written into the log: the transaction must be one that writes. Raises
    NotAllowed for those who may not record in the case: nobody else carries it.
    """
    if not may(actor, Permission.RECORD_IN_INSPECTION, inspection):
        raise NotAllowed(N_("Only the inspectors of the case record in it."))
    lock_cases(db, [inspection.id])
    catch_up(db, inspection=inspection, now=now)
    pack = load_pack(inspection.pack)
    return {
        "inspection": _case(inspection),
        "team": [
            {"user_id": str(one.user_id) if one.user_id else None, "name": one.name, "role": one.role.value}
            for one in inspection.team
        ],
        "residents": [
            {"id": str(one.id), "person": one.person, "position": one.position}
            for one in inspection.residents
        ],
        "guides": [_guide(pack, guide, language) for guide in _guides(db, inspection, now)],
        "pack_words": _words(pack, language),
        "areas": [{"id": one.id, "name": _text(one.name)} for one in pack.areas],
        "themes": [
            {"id": one.id, "area": one.area, "name": _text(one.name), "about": _text(one.about)}
            for one in pack.themes
        ],
        "severity": [
            {"severity": one.severity, "name": _text(one.name), "text": _text(one.text)}
            for one in pack.severity
        ],
        "requirements": [_requirement(inspection, pack, one) for one in requirements_in_force(inspection)],
        "lines_of_enquiry": [
            {
                "area": one.area,
                "area_name": _text(pack.area(one.area).name),
                "kind": one.kind.value,
                "text": one.text,
            }
            for one in chosen_lines(db, inspection)
        ],
        "gate": {"before": list(pack.gate.before), "order": [pack.gate.first, *pack.gate.before]},
        "heads": withhold_judgements(db, inspection, actor.user_id, _heads(db, inspection)),
        "server_seq": last_server_seq(db),
        "held": [
            {
                "op_id": str(one.op_id),
                "doc_id": str(one.doc_id),
                "field": one.field,
                "reason": translate_for(
                    inspection.pack, language, one.reason.reason, **_spoken(one.reason.values, language)
                ),
            }
            for one in held_in(db, inspection.id)
        ],
        "conflicts": [
            {
                "doc_kind": one.doc_kind,
                "doc_id": str(one.doc_id),
                "field": one.field,
                "heads": [str(head.op_id) for head in one.heads],
            }
            for one in open_conflicts(db, inspection.id)
        ],
        "language": language,
    }


def _case(inspection: Inspection) -> Plain:
    return {
        "id": str(inspection.id),
        "dnr": inspection.dnr,
        "title": inspection.title,
        "home": inspection.home.name,
        "municipality": inspection.home.municipality,
        "pack": inspection.pack,
        "state": inspection.state.value,
        "announced": inspection.announced,
        "planned_on": _day(inspection.planned_on),
        "visit_started_at": _moment(inspection.visit_started_at),
        "children_confirmed_at": _moment(inspection.children_confirmed_at),
        "arrangements": inspection.arrangements,
        "focus_areas": list(inspection.focus_areas),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _moment(moment: datetime | None) -> str | None:
    return stamp(moment) if moment else None


def _text(text: Text | None) -> Plain | None:
    return {"sv": text.sv, "en": text.en} if text else None


def _texts(texts: Iterable[Text]) -> list[Plain]:
    return [{"sv": one.sv, "en": one.en} for one in texts]


def _guides(db: Session, inspection: Inspection, now: datetime) -> list[Guide]:
    """What new talks are held with, and what those that are under way were begun with."""
    found = list(offered_guides(db, inspection.pack, on=now.astimezone(SWEDEN).date()))
    known = {guide.id for guide in found}
    for talk in db.scalars(select(Interview).where(Interview.inspection_id == inspection.id)):
        guide = guide_of_talk(db, inspection.pack, talk) if talk.guide not in known else None
        if guide is not None:
            known.add(guide.id)
            found.append(guide)
    return found


def _guide(pack: Pack, guide: Guide, language: str) -> Plain:
    return {
        "id": guide.id,
        "informant": guide.informant,
        "title": _text(guide.title),
        "version": guide.version,
        "ages": _text(guide.ages),
        "opening": _text(guide.opening),
        "closing": _text(guide.closing),
        "offered": guide.offered,
        "questions": [_question(pack, guide, one, language) for one in guide.questions],
    }


def _question(pack: Pack, guide: Guide, question: Question, language: str) -> Plain:
    reasons = [reason_of(one, guide) for one in question.only_if]
    plain = {
        "id": question.id,
        "area": question.area,
        "theme": question.theme,
        "text": _text(question.text),
        "probes": _texts(question.probes),
        "why": _text(question.why),
        "listen_for": _text(question.listen_for),
        "asked_of": _text(question.asked_of),
        "pictures": question.pictures,
        "picture_text": _text(question.picture_text),
        "only_if": conditions_as_plain(question),
        "comes_up": [
            translate_for(pack.id, language, one.text, **values_in(one, pack, language)) for one in reasons
        ],
        "follow_ups": [
            {"if_says": _text(one.if_says), "text": _text(one.text)} for one in question.follow_ups
        ],
    }
    return {name: value for name, value in plain.items() if value not in (None, [])}


def _requirement(inspection: Inspection, pack: Pack, requirement: Requirement) -> Plain:
    return {
        "id": requirement.id,
        "doc_id": str(check_id(inspection.id, requirement.id)),
        "area": pack.theme(requirement.themes[0]).area if requirement.themes else "",
        "themes": list(requirement.themes),
        "title": _text(requirement.title),
        "wording": _text(requirement.wording),
        "source": _text(requirement.source),
        "note": _text(requirement.note),
        "responsible": requirement.responsible,
        "sanction": requirement.sanction,
    }


def _words(pack: Pack, language: str) -> Plain | None:
    """The sentences that the pack says in its own words; None when it speaks as the pages are written."""
    words = load_ui_words(pack.id)
    if not words:
        return None
    said = {
        **{Informant(id).title: text for id, text in pack.informants},
        **{InformationItem(id).title: text for id, text in pack.information_items},
        **words.sentences,
    }
    return {
        "sentences": {sentence: text.in_language(language) for sentence, text in said.items()},
        "counted": {
            sentence: [form.in_language(language) for form in forms]
            for sentence, forms in words.counted.items()
        },
    }


def _spoken(values: Plain, language: str) -> Plain:
    return {
        name: value.in_language(language) if isinstance(value, Text) else value
        for name, value in values.items()
    }


def _heads(db: Session, inspection: Inspection) -> list[Plain]:
    rows = db.execute(
        select(FieldOp.id, FieldOp.server_seq, FieldOp.content_sealed)
        .join(FieldHead, FieldHead.op_id == FieldOp.id)
        .where(FieldHead.inspection_id == inspection.id)
        .order_by(FieldOp.server_seq)
    )
    return [
        json.loads(opened("field_ops", "content_sealed", id, sealed)) | {"server_seq": server_seq}
        for id, server_seq, sealed in rows
    ]
