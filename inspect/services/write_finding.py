"""Write, change and remove findings: what the authority holds, each decided by a person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ...interview_guides.guide import UnknownArea, UnknownRequirement, load_pack
from ...models.assessments import Finding
from ...models.event_kinds import EventKind
from ...models.inspections import Inspection
from ...models.letters import MAX_PARAGRAPH
from ...models.vocabulary import N_, FindingKind, Responsible
from ..errors import Conflict, Invalid, NotFound
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..rules.finding_levels import kind_of_level
from .find_letter import find_letter, may_write, name_of
from .record_event import record_event

MAX_TITLE = 200
TEXTS = ("saw", "matters", "proportion", "achieve")


@dataclass(frozen=True, slots=True)
class FindingValues:
    """What a person writes. The kind follows from the level; the sanction track from the requirement."""

    level: int
    area: str
    title: str
    requirement: str | None = None
    theme: str | None = None
    saw: str = ""
    matters: str = ""
    proportion: str = ""
    achieve: str = ""
    due_on: date | None = None


def find_finding(db: Session, inspection: Inspection, finding_id: UUID) -> Finding:
    """The finding of this case, locked for change on databases that lock rows; or NotFound."""
    finding = db.scalar(
        select(Finding)
        .where(Finding.id == finding_id, Finding.inspection_id == inspection.id)
        .options(selectinload(Finding.evidence))
    )
    if finding is None:
        raise NotFound(N_("There is no such finding. Somebody may have removed it."))
    return finding


def add_finding(
    db: Session, *, actor: Actor, inspection: Inspection, values: FindingValues, now: datetime
) -> Finding:
    """A finding that a person makes without a proposal. Raises Invalid with the field at fault."""
    may_write(actor, inspection, find_letter(db, inspection))
    _check(inspection, values)
    last = db.scalars(select(Finding.position).where(Finding.inspection_id == inspection.id)).all()
    finding = Finding(
        inspection_id=inspection.id,
        position=max(last, default=0) + 1,
        by_id=actor.user_id,
        at=now,
        **_columns(inspection, values),
    )
    db.add(finding)
    db.flush()
    _record(db, actor, inspection, finding, now)
    return finding


def edit_finding(
    db: Session,
    *,
    actor: Actor,
    inspection: Inspection,
    finding_id: UUID,
    version: int,
    values: FindingValues,
    now: datetime,
) -> Finding:
    """Change a finding. A new level needs its reason in `proportion` (FL 5 §).

    Raises Conflict, with the other's texts, when somebody has written since `version`.
    """
    may_write(actor, inspection, find_letter(db, inspection))
    finding = find_finding(db, inspection, finding_id)
    db.refresh(finding, with_for_update=True)
    if finding.version != version:
        raise Conflict(
            N_(
                "%(by)s has changed this finding since you opened it. "
                "Both versions are shown; nothing is lost."
            ),
            {"by": name_of(db, finding.by_id) or "?"},
            theirs={name: getattr(finding, name) for name in ("title", *TEXTS)} | {"level": finding.level},
            version=finding.version,
            by=name_of(db, finding.by_id),
        )
    _check(inspection, values)
    if (
        values.level != finding.level
        and values.level >= 2
        and values.proportion.strip() in ("", finding.proportion)
    ):
        raise Invalid(
            N_("You changed the level. Write why this level is proportionate."), {"field": "proportion"}
        )
    for name, value in _columns(inspection, values).items():
        setattr(finding, name, value)
    finding.by_id = actor.user_id
    finding.at = now
    finding.version += 1
    _record(db, actor, inspection, finding, now)
    return finding


def remove_finding(
    db: Session, *, actor: Actor, inspection: Inspection, finding_id: UUID, now: datetime
) -> None:
    """Take a finding away. Its paragraphs leave the letter when it is composed again."""
    may_write(actor, inspection, find_letter(db, inspection))
    finding = find_finding(db, inspection, finding_id)
    record_event(
        db, EventKind.FINDING_REMOVED, actor=actor, now=now, inspection_id=inspection.id, finding=finding.id
    )
    db.delete(finding)
    db.flush()


def _columns(inspection: Inspection, values: FindingValues) -> dict[str, object]:
    rule = load_pack(inspection.pack).requirement(values.requirement) if values.requirement else None
    day = (inspection.visit_started_at or inspection.created_at).astimezone(SWEDEN).date()
    return {
        "kind": kind_of_level(values.level),
        "level": values.level,
        "area": values.area,
        "theme": values.theme,
        "requirement": values.requirement,
        "sanction": rule is not None and values.level >= 1 and rule.carries_sanction_on(day),
        "responsible": Responsible(rule.responsible) if rule else Responsible.PROVIDER,
        "title": values.title.strip(),
        "due_on": values.due_on,
    } | {name: getattr(values, name).strip() for name in TEXTS}


def _check(inspection: Inspection, values: FindingValues) -> None:
    pack = load_pack(inspection.pack)
    if not values.title.strip():
        raise Invalid(N_("Write a title: what it is about, in a few words."), {"field": "title"})
    _short_enough("title", values.title, MAX_TITLE)
    for name in TEXTS:
        _short_enough(name, getattr(values, name), MAX_PARAGRAPH)
    if not 0 <= values.level <= 5:
        raise Invalid(N_("Choose a level."), {"field": "level"})
    try:
        pack.area(values.area)
        rule = pack.requirement(values.requirement) if values.requirement else None
    except UnknownArea:
        raise Invalid(N_("Choose an area."), {"field": "area"}) from None
    except UnknownRequirement:
        raise Invalid(N_("There is no such requirement."), {"field": "requirement"}) from None
    if kind_of_level(values.level) is not FindingKind.DEFICIENCY:
        return
    if rule is None:
        raise Invalid(
            N_("A deficiency names the requirement it breaches. Choose one, or make this advice."),
            {"field": "requirement"},
        )
    if not rule.can_be_deficiency_of_home:
        raise Invalid(
            N_("The placing committee answers for this requirement. It cannot be a deficiency of the home."),
            {"field": "level"},
        )


def _short_enough(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Invalid(
            N_("%(num)s characters; at most %(most)s are allowed. Shorten the text or divide it."),
            {"field": name, "num": len(text), "most": most},
        )


def _record(db: Session, actor: Actor, inspection: Inspection, finding: Finding, now: datetime) -> None:
    record_event(
        db,
        EventKind.FINDING_WRITTEN,
        actor=actor,
        now=now,
        inspection_id=inspection.id,
        finding=finding.id,
        kind=finding.kind.value,
        level=finding.level,
        version=finding.version,
    )
