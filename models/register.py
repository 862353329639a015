"""The register: who runs which home, where, by what right, and what was different before."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .planning_words import PermitKind, RegisterPart
from .sealed import SealedBytes
from .search_keys import Searched
from .vocabulary import ProviderKind


class Provider(Searched, Identified):
    """The responsible provider (huvudman): permit holder, municipality or state."""

    __tablename__ = "providers"
    SEARCHED = ("name", "organisation_number")
    __table_args__ = (
        Index("ix_providers_by_name", "search_key", "id"),
        UniqueConstraint("organisation_number"),
        CheckConstraint("organisation_number LIKE '______-____'", name="organisation_number_form"),
        CheckConstraint("length(name) > 0", name="has_a_name"),
    )

    name: Mapped[str] = mapped_column(String(200))
    organisation_number: Mapped[str] = mapped_column(String(11))
    kind: Mapped[ProviderKind] = mapped_column(stored_enum(ProviderKind))
    address: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]

    homes: Mapped[list["Home"]] = relationship(
        back_populates="provider", lazy="raise_on_sql", order_by="Home.name"
    )


class Municipality(Identified):
    """A municipality that homes lie in: who is told of results (förordning 2013:176, 2 §).

    `code` is its four digits at Statistics Sweden where they are known.
    """

    __tablename__ = "municipalities"
    __table_args__ = (
        UniqueConstraint("name"),
        UniqueConstraint("code"),
        CheckConstraint("length(name) > 0", name="has_a_name"),
        CheckConstraint("code LIKE '____'", name="code_has_four_digits"),
    )

    name: Mapped[str] = mapped_column(String(100))
    code: Mapped[str | None] = mapped_column(String(4))
    region: Mapped[str] = mapped_column(String(100), default="")
    """The region that it lies in, which is told too where health care is concerned."""
    address: Mapped[str] = mapped_column(String(500), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    """The address of its registry, never of a person."""
    created_at: Mapped[datetime]

    committees: Mapped[list["Committee"]] = relationship(
        back_populates="municipality", lazy="raise_on_sql", order_by="Committee.name"
    )


class Committee(Identified):
    """A social welfare committee that places children: what is the committee's is routed to it."""

    __tablename__ = "committees"
    __table_args__ = (
        UniqueConstraint("municipality_id", "name"),
        CheckConstraint("length(name) > 0", name="has_a_name"),
    )

    municipality_id: Mapped[UUID] = mapped_column(ForeignKey("municipalities.id"))
    name: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(500), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    created_at: Mapped[datetime]

    municipality: Mapped[Municipality] = relationship(back_populates="committees", lazy="raise_on_sql")


def _day_of_registration(context: Any) -> date:
    registered: datetime = context.get_current_parameters()["created_at"]
    return registered.date()


class Home(Searched, Identified):
    __tablename__ = "homes"
    SEARCHED = ("name", "municipality")
    __table_args__ = (
        Index("ix_homes_by_name", "search_key", "id"),
        Index("ix_homes_by_municipality", "municipality", "search_key", "id"),
        UniqueConstraint("provider_id", "name"),
        CheckConstraint("places > 0", name="has_places"),
        CheckConstraint("length(name) > 0", name="has_a_name"),
        CheckConstraint("length(kind) > 0", name="has_a_kind"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closes_after_it_opens"),
        Index(None, "municipality_id"),
        Index(None, "name"),
        Index(None, "last_visit_on"),
    )

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("providers.id"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(40))
    """The kind of activity: an id among those that the packs are made for."""
    municipality: Mapped[str] = mapped_column(String(100))
    """The name of the municipality, as in its row."""
    municipality_id: Mapped[UUID | None] = mapped_column(ForeignKey("municipalities.id"))
    places: Mapped[int]
    target_group: Mapped[str] = mapped_column(String(500), default="")
    address: Mapped[str] = mapped_column(String(500), default="")
    opened_on: Mapped[date] = mapped_column(default=_day_of_registration, server_default=text("'1970-01-01'"))
    """From when it takes people in; the yearly duty is counted from it until the first visit."""
    closed_on: Mapped[date | None]
    """The last day of a home that has been closed down; it stays in the register."""
    last_visit_on: Mapped[date | None]
    """When the latest visit began, in Sweden; kept by models/visits.py, or known from before this system."""
    created_at: Mapped[datetime]

    provider: Mapped[Provider] = relationship(back_populates="homes", lazy="raise_on_sql")
    permits: Mapped[list["Permit"]] = relationship(
        back_populates="home", lazy="raise_on_sql", order_by="Permit.from_on, Permit.id"
    )


class Permit(Identified):
    """What a home may do from one day to another: a permit, or a notification (SoL 26 kap. 1–2 §§).

    A changed permit is a new row; the old one gets its last day. Breach of its terms: SoL 28 kap. 16 § 1.
    """

    __tablename__ = "permits"
    __table_args__ = (
        CheckConstraint("places > 0", name="has_places"),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_it_begins"),
        CheckConstraint("youngest BETWEEN 0 AND 120", name="youngest_is_an_age"),
        CheckConstraint("oldest BETWEEN 0 AND 120", name="oldest_is_an_age"),
        CheckConstraint("youngest IS NULL OR oldest IS NULL OR oldest >= youngest", name="ages_in_order"),
        UniqueConstraint("home_id", "from_on"),
    )

    home_id: Mapped[UUID] = mapped_column(ForeignKey("homes.id"))
    kind: Mapped[PermitKind] = mapped_column(stored_enum(PermitKind))
    number: Mapped[str] = mapped_column(String(60), default="")
    """The registration number of the decision or the notification."""
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    places: Mapped[int]
    target_group: Mapped[str] = mapped_column(String(500), default="")
    youngest: Mapped[int | None]
    oldest: Mapped[int | None]
    terms: Mapped[str] = mapped_column(default="")
    registered_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))

    home: Mapped[Home] = relationship(back_populates="permits", lazy="raise_on_sql")


class RegisterChange(Identified):
    """One field of one part of the register as it was and as it became. Rows are only ever added."""

    __tablename__ = "register_changes"
    __table_args__ = (Index(None, "about_id"),)

    part: Mapped[RegisterPart] = mapped_column(stored_enum(RegisterPart))
    about_id: Mapped[UUID]
    field: Mapped[str] = mapped_column(String(40), default="")
    """The name of the field; empty when the whole was registered."""
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    import_id: Mapped[UUID | None] = mapped_column(ForeignKey("register_imports.id"))


class RegisterImport(Identified):
    """A file for the register: looked at first, then taken in whole. Kept until it has been taken in."""

    __tablename__ = "register_imports"
    __table_args__ = (
        CheckConstraint("(applied_at IS NULL) = (content_sealed IS NOT NULL)", name="kept_until_applied"),
        Index(None, "by_id"),
    )

    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    applied_at: Mapped[datetime | None]
    added: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    content_sealed: Mapped[bytes | None] = mapped_column(SealedBytes())
