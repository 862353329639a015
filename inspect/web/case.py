"""The way in to a case, and its pages: may this person enter, is it logged, and the frame around it."""

from dataclasses import replace
from uuid import UUID

from flask import abort, g, redirect, render_template, request, url_for

from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.vocabulary import N_
from ..errors import Gone, NotAllowed, NotFound
from ..outside.reach import come_near
from ..rules.access import Permission, may
from ..rules.inspection_flow import CaseFacts
from ..services.count_records import count_records
from ..services.find_disposed import disposed_by_number
from ..services.find_inspection import NO_SUCH_CASE, find_inspection, is_near
from ..services.gather_facts import gather_facts
from .access import require
from .arrivals import take_in_first
from .case_frame import case_frame
from .database import SAFE_METHODS, db, now, record_reading
from .pack_words import speak_of
from .session import current_actor

CLOSED_IN_NEED = frozenset({"disclosures"})
"""Blueprints whose pages are for the team alone: what is let out is judged by who has the case."""


def open_case(dnr: str, permission: Permission = Permission.READ_INSPECTION) -> Inspection:
    """The inspection with this number, if this person may; reading it is logged.

    A case in which nothing is open to this person is at once as if it were not there.
    From here on the request speaks in the words of the inspection's pack.
    A member of the team who has not yet declared conflict of interest is sent to do so first (FL 16–18 §§).
    To somebody who has opened it without a part in it the case can be read, and nothing can be written in it.
    """
    if not is_near(db(), actor=current_actor(), dnr=dnr, now=now()):
        _tell_if_disposed(dnr)
        raise NotFound(NO_SUCH_CASE)
    take_in_first(dnr)
    come_near(db(), dnr)
    inspection = find_inspection(db(), dnr)
    speak_of(inspection.pack)
    if permission is not Permission.DECLARE_CONFLICT and _has_to_declare(inspection):
        abort(redirect(url_for("cases.declare", dnr=dnr), 303))
    by_glass = _look_without_part(inspection, permission)
    if by_glass and request.blueprint in CLOSED_IN_NEED:
        permission = Permission.DISCLOSE
    elif by_glass and permission is Permission.SEE_IN_LIST:  # in no list of theirs, and read all the same
        permission = Permission.READ_INSPECTION
    require(permission, inspection)
    if request.method in SAFE_METHODS:
        record_reading(
            EventKind.INSPECTION_READ,
            actor_id=current_actor().user_id,
            inspection_id=inspection.id,
            page=request.endpoint or "",
            **by_glass,
        )
    return inspection


def _tell_if_disposed(dnr: str) -> None:
    """To those who see the register: that there was such a case, and under which decision it went."""
    gone = disposed_by_number(db(), current_actor(), dnr)
    if gone is not None:
        raise Gone(
            N_("The case %(dnr)s was disposed of on %(when)s under decision %(number)s.")
            if gone.decision_number
            else N_("The case %(dnr)s was disposed of on %(when)s."),
            {"dnr": dnr, "when": gone.at, "number": gone.decision_number},
        )


def _look_without_part(inspection: Inspection, permission: Permission) -> dict[str, str]:
    """When the case is open to this person without a part in it: to be read, and each reading says so.

    What they may do without an opening (a supervisor staffs the case) they may do with one. Gives back the
    details of the event; empty for whoever has a part, and for whom it is closed.
    """
    g.openings = [one for one in inspection.openings if one.is_open(now())]
    actor = current_actor()
    own = next((one for one in g.openings if one.user_id == actor.user_id), None)
    if own is None or not may(actor, Permission.OPEN_WITHOUT_PART, inspection):
        return {}
    if request.method not in SAFE_METHODS:
        if may(actor, permission, inspection):
            return {}
        raise NotAllowed(
            N_(
                "You read this case without a part in it, and cannot write in it."
                " Ask a supervisor to let you in."
            )
        )
    g.actor = replace(actor, opened=frozenset({inspection.id}))
    return {"opening": str(own.id)}


def _has_to_declare(inspection: Inspection) -> bool:
    """In the team, nothing declared yet, and not shut out by a conflict of interest."""
    actor = current_actor()
    mine = [member for member in inspection.team if member.user_id == actor.user_id]
    return (
        may(actor, Permission.DECLARE_CONFLICT, inspection)
        and any(member.declared_at is None for member in mine)
        and not any(member.has_conflict for member in mine)
    )


def facts_of(inspection: Inspection) -> CaseFacts:
    """The facts of the case; a reading request gathers them once, since nothing changes in between."""
    if request.method not in SAFE_METHODS:
        return gather_facts(db(), inspection, now=now())
    kept: dict[UUID, CaseFacts] = g.setdefault("case_facts", {})
    if inspection.id not in kept:
        kept[inspection.id] = gather_facts(db(), inspection, now=now())
    return kept[inspection.id]


def case_page(
    template: str, inspection: Inspection, *, untold: frozenset[str] = frozenset(), **context: object
) -> str:
    """A page inside the frame of its case.

    `untold`: labels of grave accounts that this reader has yet to judge blind; the frame does not name them.
    """

    def allowed(name: str) -> bool:
        return may(g.actor, Permission[name], inspection)

    case = case_frame(inspection, facts_of(inspection), count_records(db(), inspection.id), untold)
    in_need = bool(current_actor().opened)
    return render_template(
        template, case=case, inspection=inspection, allowed=allowed, in_need=in_need, **context
    )
