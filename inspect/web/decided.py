"""A position that a person decides beside the computed one, its countersignature, and the release (§8)."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.overrides import Override
from ...models.people import User
from ...models.vocabulary import OverrideReason
from ..errors import Invalid, NotPossibleNow, TillsynError
from ..rules.access import Permission
from ..rules.overrides import (
    LEAST_TEXT,
    MUST_ACT,
    Proposal,
    countersign_obstacles,
    highest_allowed,
    obstacles,
)
from ..rules.weighing import AreaResult, Position
from ..rules.weighing.external_view import is_on_hold
from ..services.countersign_override import countersign_override
from ..services.find_evidence import find_all_sources
from ..services.find_overrides import DecidedPosition, decided_positions, released_areas
from ..services.override_position import Refused, evidence_of, may_decide_positions, override_position
from ..services.release_area import release_area
from ..services.weigh_inspection import latest_run, weighed
from .access import access
from .case import case_page, facts_of, open_case
from .case_frame import show
from .database import db, now
from .explanation import code_of
from .forms.decided import DecidedForm, ReleaseForm
from .forms.faults import put_at_field
from .forms.fields import member_or_none
from .language import message
from .language import translate as t
from .session import current_actor
from .weighing import Page, weighing
from .weighing_page import SaidLine, said_lines, word_of_code

BASE = "/inspections/<dnr>/weighing/<area>"
ENOUGH = "x" * LEAST_TEXT


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One record of the chain, to read. `state`: stands, waits, lapsed or broken."""

    override: Override
    computed: str
    decided: str
    by: str
    countersigned_by: str
    state: str
    why: tuple[str, ...]
    may_sign: bool


@weighing.get(f"{BASE}/decided")
@access(Permission.READ_INSPECTION)
def decided(dnr: str, area: str) -> Page:
    return _page(open_case(dnr), area)


@weighing.post(f"{BASE}/decided")
@access(Permission.OVERRIDE_POSITION)
def decide(dnr: str, area: str) -> Page:
    inspection = open_case(dnr, Permission.OVERRIDE_POSITION)
    form = DecidedForm()
    if not form.is_chosen:
        form.decided.errors = [_("Choose the position that you decide.")]
        return _page(inspection, area, form=form), 422
    try:
        row = override_position(
            db(), actor=current_actor(), inspection=inspection, area=area, decided=form.position,
            reason_code=member_or_none(OverrideReason, form.reason_code.data), text=form.text.data or "",
            evidence=form.evidence.data or (), now=now(),
        )  # fmt: skip
    except Refused as refused:
        return _page(inspection, area, form=form, against=tuple(show(one) for one in refused.reasons)), 422
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "text")
        return _page(inspection, area, form=form), 422
    if row.needs_countersign:
        flash(_("The decided position is written. It holds when somebody else has countersigned it."))
    else:
        flash(_("The decided position stands beside the computed one."), "success")
    return redirect(url_for("weighing.decided", dnr=dnr, area=area), 303)


@weighing.post("/inspections/<dnr>/weighing/decided/<uuid:override_id>/countersign")
@access(Permission.COUNTERSIGN)
def countersign(dnr: str, override_id: UUID) -> Page:
    inspection = open_case(dnr, Permission.COUNTERSIGN)
    row = countersign_override(
        db(), actor=current_actor(), inspection=inspection, override_id=override_id, now=now()
    )
    flash(_("The decided position is countersigned and stands beside the computed one."), "success")
    return redirect(url_for("weighing.decided", dnr=dnr, area=row.area), 303)


@weighing.post(f"{BASE}/release")
@access(Permission.RELEASE_AREA)
def release(dnr: str, area: str) -> Page:
    inspection = open_case(dnr, Permission.RELEASE_AREA)
    form = ReleaseForm()
    try:
        release_area(
            db(), actor=current_actor(), inspection=inspection, area=area,
            assessment=form.assessment.data or "", now=now(),
        )  # fmt: skip
    except (Invalid, NotPossibleNow) as fault:
        put_at_field(form, fault, "assessment")
        return _page(inspection, area, release_form=form), 422
    flash(_("The area is released: it is told of in the letter."), "success")
    return redirect(url_for("weighing.decided", dnr=dnr, area=area), 303)


def _page(
    inspection: Inspection,
    name: str,
    *,
    form: DecidedForm | None = None,
    against: tuple[str, ...] = (),
    release_form: ReleaseForm | None = None,
) -> str:
    pack = load_pack(inspection.pack)
    area = next((one for one in pack.areas if one.id == name), None)
    if area is None:
        abort(404)
    if latest_run(db(), inspection) is None or facts_of(inspection).areas_without_own_view:
        abort(redirect(url_for("weighing.areas", dnr=inspection.dnr), 303))
    sources = find_all_sources(db(), inspection)
    found = weighed(db(), inspection, sources)
    result, stamp = found.result.areas[name], found.result.stamp
    _latest, every = decided_positions(db(), inspection, stamp)
    mine = [one for one in every if one.override.area == name]
    rests_on = sorted(evidence_of(result), key=lambda one: (one[0] == "K", one))
    lines = said_lines(inspection, sources, found.checks, pack, rests_on)
    if form is None:
        form = DecidedForm(formdata=None)
    form.offer(
        _possible(result),
        ((one, _line(one, lines)) for one in rests_on),
    )
    released = released_areas(db(), inspection, stamp.input_hash).get(name)
    return case_page(
        "inspector/decided.html",
        inspection,
        area=area,
        code=code_of(result),
        word=t(result.word.title),
        records=tuple(reversed(_records(mine))),
        standing=next((one for one in _records(mine[-1:]) if one.state == "stands"), None),
        form=form,
        against=against,
        limits=_limits(result),
        why_not=_why_not(inspection),
        least=LEAST_TEXT,
        reasons={one.value: t(one.title) for one in OverrideReason},
        on_hold=is_on_hold(result),
        investigated=result.flags.investigate,
        released=released,
        released_by=_names({released.by_id}).get(released.by_id, "") if released else "",
        release_form=release_form or ReleaseForm(formdata=None),
    )


def _line(label: str, lines: Mapping[str, SaidLine]) -> str:
    text, who = lines[label].text, lines[label].who
    short = text if len(text) <= 110 else f"{text[:109].rstrip()}…"
    return f"{label}{f', {who}' if who else ''}: {short}"


def _possible(result: AreaResult) -> list[Position | None]:
    """What could be decided if the reason and the evidence were there."""
    return [
        one
        for one in (*sorted(Position, reverse=True), None)
        if one != result.position
        and not obstacles(result, Proposal(one, OverrideReason.CONTEXT, ENOUGH, ("x",)))
    ]


def _limits(result: AreaResult) -> tuple[str, ...]:
    """What holds for this area, told before somebody tries (method §8)."""
    lines = [
        _(
            "The computed position stays as it is. What you decide stands beside it, "
            "and both are always shown."
        ),
        _("One step down holds at once. Anything else holds when somebody else has countersigned it."),
    ]
    highest = highest_allowed(result)
    if highest < Position.WORKS_WELL:
        lines.append(
            _(
                "Upwards at most to “%(word)s”: a grave account, a deviation from the law "
                "and the children’s ceiling cannot be passed.",
                word=word_of_code(highest),
            )
        )
    if result.flags.investigate or min(result.ceilings.T1, result.ceilings.T2) <= MUST_ACT:
        lines.append(
            _("The area cannot be left as not assessable: there is something in it that must be acted on.")
        )
    lines.append(_("Neither the proposed action nor what must be investigated changes by this."))
    lines.append(_("It lapses when the evidence or the method changes, and can then be decided anew."))
    return tuple(lines)


def _why_not(inspection: Inspection) -> str | None:
    try:
        may_decide_positions(db(), current_actor(), inspection)
    except TillsynError as fault:
        return message(fault)
    return None


def _records(found: list[DecidedPosition]) -> list[RecordLine]:
    people = {one.override.by_id for one in found} | {one.override.countersigned_by_id for one in found}
    names = _names({one for one in people if one})
    latest = found[-1] if found else None
    return [
        RecordLine(
            override=one.override,
            computed=word_of_code(one.override.computed),
            decided=word_of_code(one.override.decided),
            by=names.get(one.override.by_id, ""),
            countersigned_by=names.get(one.override.countersigned_by_id, "")
            if one.override.countersigned_by_id
            else "",
            state=_state(one, one is latest),
            why=_why(one, one is latest),
            may_sign=one is latest
            and one.waits
            and not countersign_obstacles(one.override.by_id, current_actor().user_id),
        )
        for one in found
    ]


def _state(one: DecidedPosition, latest: bool) -> str:
    if not one.whole:
        return "broken"
    if not latest:
        return "lapsed"
    return "stands" if one.stands else "waits" if one.waits else "lapsed"


def _why(one: DecidedPosition, latest: bool) -> tuple[str, ...]:
    if not one.whole:
        return (_("The record is not as it was written. The computed position stands."),)
    if not latest:
        return (_("A later decision has taken its place."),)
    return tuple(show(reason) for reason in one.lapsed)


def _names(users: set[UUID]) -> dict[UUID, str]:
    rows = db().execute(select(User.id, User.name).where(User.id.in_(users)))
    return {row.id: row.name for row in rows}
