"""The register: who runs which home, where."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from .base import Identified, stored_enum
from .vocabulary import HomeKind, ProviderKind


class Provider(Identified):
    """The responsible provider (huvudman): permit holder, municipality or state."""

    __tablename__ = "providers"
    __table_args__ = (
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


class Home(Identified):
    __tablename__ = "homes"
    __table_args__ = (
        UniqueConstraint("provider_id", "name"),
        CheckConstraint("places > 0", name="has_places"),
        CheckConstraint("length(name) > 0", name="has_a_name"),
    )

    provider_id: Mapped[UUID] = mapped_column(ForeignKey("providers.id"))
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[HomeKind] = mapped_column(stored_enum(HomeKind))
    municipality: Mapped[str] = mapped_column(String(100))
    places: Mapped[int]
    target_group: Mapped[str] = mapped_column(String(500), default="")
    address: Mapped[str] = mapped_column(String(500), default="")
    created_at: Mapped[datetime]

    provider: Mapped[Provider] = relationship(back_populates="homes", lazy="raise_on_sql")
