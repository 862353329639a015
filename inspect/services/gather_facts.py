"""Gather what the gates of the flow look at (rules/inspection_flow.py)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from ...interview_guides.guide import load_pack
from ...models.inspections import Inspection
from ...models.vocabulary import FindingKind, Informant, InformationItem, State, TeamRole
from ..outside.clock import SWEDEN
from ..rules.case_parts import CODERS
from ..rules.grave_accounts import Account
from ..rules.inspection_flow import CaseFacts
from .coding_left import coding_left
from .facts_asked_for import RECORDS_OF_CASES, WAYS_OF_CASES
from .field_heads import open_conflicts
from .find_accounts import find_accounts_of
from .requirements_in_force import requirements_in_force


def gather_facts(db: Session, inspection: Inspection, *, now: datetime) -> CaseFacts:
    """The facts of `inspection` (with its team) as the gates need them.

    Every page of a case asks this, so it reads columns and not whole rows.
    """
    return gather_facts_of(db, [inspection], now=now)[inspection.id]


def gather_facts_of(
    db: Session,
    inspections: Sequence[Inspection],
    *,
    now: datetime,
    accounts: Mapping[UUID, Sequence[Account]] | None = None,
) -> dict[UUID, CaseFacts]:
    """The same for several cases at once, by their id. `accounts`: their grave accounts, when at hand."""
    here = {"cases": [one.id for one in inspections]}
    held: defaultdict[UUID, defaultdict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in db.execute(RECORDS_OF_CASES, here):
        held[row.inspection_id][row.part].append(row)
    ways = {row.id: row for row in db.execute(WAYS_OF_CASES, here)}
    if accounts is None:
        grave = [one for one in inspections if ways[one.id].grave]
        accounts = find_accounts_of(db, grave) if grave else {}
    return {
        one.id: _facts(db, one, held[one.id], ways[one.id], accounts.get(one.id, ()), now=now)
        for one in inspections
    }


def _facts(
    db: Session,
    inspection: Inspection,
    held: Mapping[str, list[Any]],
    way: Any,
    accounts: Iterable[Account],
    *,
    now: datetime,
) -> CaseFacts:
    pack = load_pack(inspection.pack)
    talks, findings = held["talk"], sorted(held["finding"], key=lambda row: row.place)
    children = sorted(held["child"], key=lambda row: row.place)
    marked = {row.name for row in held["marked"]}
    assessed = {row.name: bool(row.is_one) for row in held["assessed"]}
    deficiencies = [row for row in findings if row.kind == FindingKind.DEFICIENCY]
    team = inspection.team
    lacking, disputed = coding_left(db, inspection) if inspection.state is State.WEIGHING else ((), ())
    return CaseFacts(
        state=inspection.state,
        announced=inspection.announced,
        dnr=inspection.dnr,
        has_inspector=any(m.role is TeamRole.INSPECTOR for m in team),
        undeclared=tuple(m.name for m in team if m.user_id and m.declared_at is None),
        conflicted=tuple(m.name for m in team if m.has_conflict),
        information_given=frozenset(InformationItem(row.name) for row in held["told"]),
        residents=len(children),
        children_confirmed=inspection.children_confirmed_at is not None,
        without_outcome=tuple(row.name for row in children if row.is_one),
        overridden=bool(held["departed"]),
        acute=bool(held["acute"]),
        open_talks=tuple(talk.name for talk in talks if talk.is_one),
        staff_talks=sum(talk.kind == Informant.STAFF for talk in talks),
        manager_talks=sum(talk.kind == Informant.MANAGER for talk in talks),
        no_staff_reason=bool(inspection.no_staff_reason),
        unmarked=tuple(r.id for r in requirements_in_force(inspection) if r.id not in marked),
        unjudged=tuple(row.name for row in held["unjudged"]),
        without_second_coder=lacking,
        disputed=disputed,
        coders=sum(
            m.role in CODERS and m.declared_at is not None and not m.has_conflict for m in inspection.team
        ),
        areas_without_own_view=tuple(a.id for a in pack.areas if a.id not in assessed),
        areas_without_reasoning=tuple(a.id for a in pack.areas if not assessed.get(a.id)),
        weighed=bool(way.weighed),
        letter=way.letter,
        highest_level=max((row.level for row in findings), default=0),
        sanction=any(row.is_one for row in findings),
        lawyer_in_team=any(m.role is TeamRole.LAWYER and not m.has_conflict for m in team),
        lawyer_heard=bool(way.lawyer_heard),
        sanctions_open=tuple(dict.fromkeys(sorted(row.name for row in held["sanction"]))),
        communicated=way.communicated_at is not None,
        communication_skipped=way.skip_ground is not None,
        replied=way.replied_at is not None,
        reply_by_on=way.reply_by_on,
        points_left=way.points_left,
        meetings=way.meetings,
        decided=bool(way.decided),
        letter_sent=way.letter_sent_at is not None,
        deficiencies=tuple(row.name for row in deficiencies),
        not_followed_up=tuple(row.name for row in deficiencies if not row.is_other),
        accounts=tuple(accounts),
        field_conflicts=len(open_conflicts(db, inspection.id)) if way.several else 0,
        field_held=way.held,
        field_waiting=int(way.arrived),
        today=now.astimezone(SWEDEN).date(),
        talk_order=pack.gate,
    )
