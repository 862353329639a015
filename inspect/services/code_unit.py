"""Code a statement or a passage on the coding page: the first coder, the second, and a change of mind."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...interview_guides.guide import Pack, load_pack
from ...models.codings import Coding, Passage
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.interviews import Interview, Statement
from ...models.vocabulary import N_, CodingPart, Informant
from ..errors import Conflict, Invalid, NotAllowed, NotPossibleNow
from ..rules.access import Actor, Permission, may
from ..rules.interview_order import may_record, may_record_children
from ..rules.two_coders import judged, part_of, standing
from .code_statement import code_book_of, codings_of_unit
from .find_codings import the_unit
from .next_name import hold_case
from .record_event import record_event

MAX_REASON = 20_000


@dataclass(frozen=True, slots=True)
class CodingValues:
    """What a coder chooses. `reason` is needed when an earlier judgement of one's own is changed."""

    theme: str
    severity: int
    reason: str = ""


def code_unit(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    unit_id: UUID,
    version: int,
    values: CodingValues,
    now: datetime,
) -> tuple[Coding, int]:
    """Add the actor's judgement of the statement or passage `unit_id`; gives it with its version.

    `version` counts the actor's own judgements of the unit that they had seen: 0 for the first. What
    others have judged plays no part, so that a second coder learns nothing from an answer. Raises
    Conflict with the actor's own newer judgement; NotPossibleNow when two others have coded the unit.
    """
    may_code(db, actor, inspection)
    hold_case(db, inspection)
    statement, passage = the_unit(db, inspection, unit_id)
    refuse_when_shut(db, inspection, statement)
    check_values(values, load_pack(inspection.pack))
    rows = codings_of_unit(db, unit_id)
    mine = sorted(
        (row for row in rows if row.coder_id == actor.user_id and row.part is not CodingPart.SETTLED),
        key=lambda row: row.number,
    )
    latest = mine[-1] if mine else None
    if latest is not None and (latest.theme, latest.severity) == (values.theme, values.severity):
        return latest, len(mine)
    if version != len(mine):
        raise Conflict(
            N_("You have coded this in another window in the meantime. Both judgements are shown."),
            theirs={"theme": latest.theme, "severity": str(latest.severity)} if latest else {},
            version=len(mine),
            by=actor.name,
        )
    part = part_of(judged(rows), actor.user_id)
    if part is None:
        raise NotPossibleNow(N_("Two others have already coded this."))
    if latest is not None and not values.reason.strip():
        raise Invalid(
            N_("Write why you change your judgement. The earlier one is kept."), {"field": "reason"}
        )
    coding = Coding(
        inspection_id=inspection.id,
        statement_id=statement.id,
        passage_id=passage.id if passage else None,
        unit_id=unit_id,
        part=part,
        number=1 + max((row.number for row in rows if row.part is part), default=0),
        theme=values.theme,
        severity=values.severity,
        coder_id=actor.user_id,
        coded_at=now,
        code_book=code_book_of(load_pack(inspection.pack)),
        reason=values.reason.strip() or None,
    )
    let_stand(passage or statement, [*rows, coding], now)
    db.add(coding)
    record_event(
        db,
        EventKind.CODED,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        unit=unit_id,
        part=part.value,
        coding=coding.id,
    )
    db.flush()
    return coding, len(mine) + 1


def let_stand(holder: Statement | Passage, rows: list[Coding], now: datetime) -> None:
    """Put what stands after `rows` on the statement or passage, where the weighing reads it.

    Raises Invalid when an account that has been investigated as grave would stand as less.
    """
    stands = standing(judged(rows))
    if stands is None or (holder.theme, holder.severity) == (stands.theme, stands.severity):
        return
    if holder.resolution is not None and stands.severity < 3:
        raise Invalid(
            N_("The account has been investigated as grave; its severity stays 3 or 4."),
            {"field": "severity"},
        )
    holder.theme, holder.severity = stands.theme, stands.severity
    holder.version += 1
    if isinstance(holder, Statement):
        holder.changed_at = now


def may_code(db: Session, actor: Actor, inspection: Inspection) -> None:
    if not may(actor, Permission.CODE_STATEMENTS, inspection):
        raise NotAllowed(N_("Only the inspectors and the peer reviewer of the case code in it."))


def refuse_when_shut(db: Session, inspection: Inspection, statement: Statement) -> None:
    """Raise NotPossibleNow when the case is where nothing is coded any more.

    What children tell later, by telephone or at the follow-up, is coded then.
    """
    shut = may_record(inspection.state)
    if not shut:
        return
    informant = db.scalar(select(Interview.informant).where(Interview.id == statement.interview_id))
    if informant is Informant.CHILD:
        shut = may_record_children(inspection.state)
    if shut:
        raise NotPossibleNow(shut[0].text, shut[0].values)


def check_values(values: CodingValues, pack: Pack) -> None:
    if all(theme.id != values.theme for theme in pack.themes):
        raise Invalid(N_("Choose a theme of the code book."), {"field": "theme"})
    if values.severity not in range(5):
        raise Invalid(N_("The severity is a number from 0 to 4."), {"field": "severity"})
    if len(values.reason) > MAX_REASON:
        raise Invalid(
            N_("The text has %(num)s characters; at most %(limit)s fit. Shorten or divide it."),
            {"num": len(values.reason), "limit": MAX_REASON, "field": "reason"},
        )
