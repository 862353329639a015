"""What belongs to a placing committee and not to the home: which points of a case go to which of them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified


class CommitteePoint(Identified):
    """One point of a case that one committee answers for. It is in that committee's letter and no other's.

    Chosen by a person: nothing that is said or seen of one child goes to a committee that has not placed it.
    """

    __tablename__ = "committee_points"
    __table_args__ = (UniqueConstraint("finding_id", "committee_id"), Index(None, "committee_id"))

    finding_id: Mapped[UUID] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"))
    committee_id: Mapped[UUID] = mapped_column(ForeignKey("committees.id"))
    routed_at: Mapped[datetime | None]
    """When somebody said that it goes there; unknown for those from before this was kept."""
