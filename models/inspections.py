"""The case: an inspection, its team, the children who live there, and how it moves."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .break_glass import GlassOpening
from .people import User
from .register import Home
from .sealed import SealedLines, SealedText, sealed_column
from .search_keys import Searched
from .vocabulary import (
    ChildOutcome,
    InformationItem,
    ReportedTo,
    State,
    TeamRole,
)

WHO_SEES = ("announced", "visit_started_at", "disposed_at")
"""What, with the step, says whether a case may stand in a list: services/find_inspection.py asks each row."""


class Inspection(Searched, Identified):
    """One visit within the supervision of a home. `dnr` is its public registration number (OSL 5 kap.)."""

    __tablename__ = "inspections"
    SEARCHED = ("dnr", "title")
    __table_args__ = (
        UniqueConstraint("dnr"),
        CheckConstraint("length(dnr) > 0", name="has_a_dnr"),
        CheckConstraint("length(title) > 0", name="has_a_title"),
        CheckConstraint(
            "visit_ended_at IS NULL OR (visit_started_at IS NOT NULL AND visit_ended_at >= visit_started_at)",
            name="visit_ends_after_it_starts",
        ),
        Index(None, "state", "state_since"),
        # Whole lists are counted and turned from these alone, without looking at the rows.
        Index("ix_inspections_counted", "state", *WHO_SEES, "state_since", "id"),
        Index("ix_inspections_listed", "state_since", "id", *WHO_SEES, "state"),
        Index("ix_inspections_by_visit", "planned_on", "id"),
        Index("ix_inspections_searched", "search_key", "home_id", "id", *WHO_SEES, "state"),
        Index(None, "visit_started_at"),
        Index(None, "created_at"),
        Index(None, "home_id"),
        Index(None, "home_id", "visit_started_at"),
    )

    dnr: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(200))
    home_id: Mapped[UUID] = mapped_column(ForeignKey("homes.id"))
    pack: Mapped[str] = mapped_column(String(40))
    announced: Mapped[bool]
    state: Mapped[State] = mapped_column(stored_enum(State), default=State.PLANNED)
    planned_on: Mapped[date | None]
    focus_areas: Mapped[list[str]] = mapped_column(JSON, default=list)
    risk_note_sealed: Mapped[bytes | None] = sealed_column()
    risk_note = SealedText("risk_note_sealed", or_null=True)
    visit_started_at: Mapped[datetime | None]
    visit_ended_at: Mapped[datetime | None]
    children_confirmed_at: Mapped[datetime | None]
    """When the inspector confirmed that the list of children is whole; the order gate needs it."""
    no_staff_reason_sealed: Mapped[bytes | None] = sealed_column()
    no_staff_reason = SealedText("no_staff_reason_sealed", or_null=True)
    imported_from: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the canonical JSON it was imported from; importing the same again changes nothing."""
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = SealedText("note_sealed", or_null=True)
    """A note of the imported file about itself; given back on export."""
    arrangements_sealed: Mapped[bytes | None] = sealed_column()
    arrangements = SealedText("arrangements_sealed", or_null=True)
    """Interpreter, aids, rooms: what is arranged before the visit."""
    created_at: Mapped[datetime]
    state_since: Mapped[datetime]
    disposed_at: Mapped[datetime | None]
    """When all but this entry of the register was disposed of, under a rule (models/retention.py)."""

    home: Mapped[Home] = relationship(lazy="raise_on_sql")
    team: Mapped[list["TeamMember"]] = relationship(
        back_populates="inspection",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="TeamMember.position",
    )
    residents: Mapped[list["Resident"]] = relationship(
        back_populates="inspection",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        order_by="Resident.position",
    )
    information: Mapped[list["InformationGiven"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="InformationGiven.item"
    )
    changes: Mapped[list["StateChange"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="StateChange.id"
    )
    overrides: Mapped[list["OrderOverride"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="OrderOverride.id"
    )
    acute_steps: Mapped[list["AcuteStep"]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="AcuteStep.id"
    )
    openings: Mapped[list[GlassOpening]] = relationship(lazy="raise_on_sql", order_by="GlassOpening.id")
    """By those without a part in it; all there have been."""
    self_assessment: Mapped["SelfAssessment | None"] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class TeamMember(Identified):
    """A person in the team. Conflict of interest is declared before access (FL 16–18 §§).

    An imported inspection names people who need no account here; then `user_id` is null.
    """

    __tablename__ = "team_members"
    __table_args__ = (
        UniqueConstraint("inspection_id", "user_id", "role"),
        CheckConstraint("declared_at IS NOT NULL OR NOT has_conflict", name="conflict_is_declared"),
        # Whose cases, which of them are closed to somebody, and who lacks: asked by every list.
        Index("ix_team_members_of_user", "user_id", "has_conflict", "inspection_id"),
        Index("ix_team_members_parts", "inspection_id", "role", "has_conflict", "user_id"),
        Index(
            "ix_team_members_conflicts",
            "has_conflict",
            "inspection_id",
            sqlite_where=text("has_conflict = 1"),
            postgresql_where=text("has_conflict"),
        ),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[TeamRole] = mapped_column(stored_enum(TeamRole))
    position: Mapped[int] = mapped_column(default=0)
    declared_at: Mapped[datetime | None]
    has_conflict: Mapped[bool] = mapped_column(default=False)
    conflict_note_sealed: Mapped[bytes | None] = sealed_column()
    conflict_note = SealedText("conflict_note_sealed", or_null=True)

    inspection: Mapped[Inspection] = relationship(back_populates="team", lazy="raise_on_sql")
    user: Mapped[User | None] = relationship(lazy="raise_on_sql")


class Resident(Identified):
    """A child or young person who lives there on the day, known by pseudonym only (`b1`, `b2` …)."""

    __tablename__ = "residents"
    __table_args__ = (
        UniqueConstraint("inspection_id", "person"),
        UniqueConstraint("inspection_id", "id"),
        CheckConstraint("(outcome IS NULL) = (outcome_at IS NULL)", name="outcome_has_a_time"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    person: Mapped[str] = mapped_column(String(20))
    position: Mapped[int] = mapped_column(default=0)
    outcome: Mapped[ChildOutcome | None] = mapped_column(stored_enum(ChildOutcome))
    outcome_at: Mapped[datetime | None]
    outcome_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    outcome_note_sealed: Mapped[bytes | None] = sealed_column()
    outcome_note = SealedText("outcome_note_sealed")
    placed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("committees.id"))
    """The committee that has placed the child, where it is known. It never says who the child is."""

    inspection: Mapped[Inspection] = relationship(back_populates="residents", lazy="raise_on_sql")


class InformationGiven(Identified):
    """One of the four statutory items, ticked by a person: SoF 16 kap. 3 §."""

    __tablename__ = "information_given"
    __table_args__ = (UniqueConstraint("inspection_id", "item"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    item: Mapped[InformationItem] = mapped_column(stored_enum(InformationItem))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class StateChange(Identified):
    __tablename__ = "state_changes"
    __table_args__ = (
        # Lead times are counted from these alone.
        Index("ix_state_changes_of_case", "inspection_id", "at", "from_state", "began_at"),
        Index("ix_state_changes_left", "at", "inspection_id", "from_state", "began_at"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    from_state: Mapped[State] = mapped_column(stored_enum(State, "from_state"))
    to_state: Mapped[State] = mapped_column(stored_enum(State, "to_state"))
    began_at: Mapped[datetime]
    """When the case came to the step that it leaves here."""
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed", or_null=True)


class OrderOverride(Identified):
    """A departure from children-first: by the responsible inspector, with a reason, told in the letter."""

    __tablename__ = "order_overrides"
    __table_args__ = (CheckConstraint("reason_sealed IS NOT NULL", name="has_a_reason"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed", or_null=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class AcuteStep(Identified):
    """What was done about danger to a child; the first row opens the acute track."""

    __tablename__ = "acute_steps"
    __table_args__ = (Index(None, "inspection_id"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    reported_to: Mapped[ReportedTo] = mapped_column(stored_enum(ReportedTo))
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    told_child: Mapped[bool] = mapped_column(default=False)
    statement_id: Mapped[UUID | None] = mapped_column(ForeignKey("statements.id", ondelete="SET NULL"))
    """The grave account it was done about; null for a danger that no statement tells of."""
    told_child_sealed: Mapped[bytes | None] = sealed_column()
    told_child_what = SealedText("told_child_sealed")
    """What was said to the child, and by whom."""
    note_sealed: Mapped[bytes | None] = sealed_column()
    note = SealedText("note_sealed")


class SelfAssessment(Identified):
    """What the manager of the home wrote before the visit: strengths and worries, one per line."""

    __tablename__ = "self_assessments"
    __table_args__ = (UniqueConstraint("inspection_id"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    strengths_sealed: Mapped[bytes | None] = sealed_column()
    strengths = SealedLines("strengths_sealed")
    worries_sealed: Mapped[bytes | None] = sealed_column()
    worries = SealedLines("worries_sealed")
    sent_at: Mapped[datetime | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    by_area_sealed: Mapped[bytes | None] = sealed_column()
    by_area = SealedText("by_area_sealed")
    """The same areas as the inspection's: JSON `{area: {"picture": OwnPicture, "note": text}}`."""


__all__ = [
    "AcuteStep",
    "InformationGiven",
    "Inspection",
    "OrderOverride",
    "Resident",
    "SelfAssessment",
    "StateChange",
    "TeamMember",
]
