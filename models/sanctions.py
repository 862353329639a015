"""The sanction track: breaches that carry a sanction fee (SoL 28 kap. 16–21 §§), and dissenting opinions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .sealed import SealedText, sealed_column
from .vocabulary import N_, Titled


class SanctionGround(Titled):
    """Why a sanction fee is to be paid: SoL (2025:400) 28 kap. 16 § first paragraph 1 and 2."""

    PERMIT = "permit", N_("A condition of the permit was broken")
    REGISTER_CHECK = "register_check", N_("Somebody was engaged without the register check")


class ReductionGround(Titled):
    """Why a fee may be reduced: SoL 28 kap. 17 § second paragraph, and 18 § second paragraph."""

    MINOR = "minor", N_("The breach is minor")
    EXCUSABLE = "excusable", N_("The breach is excusable")
    UNREASONABLE = "unreasonable", N_("It would otherwise be unreasonable to charge the fee")
    EXCEPTIONAL = "exceptional", N_("There are exceptional reasons")


class SanctionOutcome(Titled):
    """How a matter of sanction ends. There is no outcome by dialogue."""

    FEE = "fee", N_("Sanction fee decided")
    REMITTED = "remitted", N_("Sanction fee reduced to nothing")
    BARRED = "barred", N_("No sanction fee may be decided")
    NO_BREACH = "no_breach", N_("The investigation shows no breach")


class SanctionMatter(Identified):
    """One breach: when it was, when the operator was heard, what the lawyer says and what is decided.

    Amounts are whole kronor. `breach_on` is the day of the breach; of one that went on for a time, its last
    day that is shown, and `since_on` the first.
    """

    __tablename__ = "sanction_matters"
    __table_args__ = (
        CheckConstraint("since_on IS NULL OR since_on <= breach_on", name="begins_before_it_ends"),
        CheckConstraint("(lawyer_id IS NULL) = (lawyer_at IS NULL)", name="lawyer_speaks_at_some_time"),
        CheckConstraint(
            "(outcome IS NULL) = (decided_by_id IS NULL)"
            " AND (outcome IS NULL) = (decided_at IS NULL)"
            " AND (outcome IS NULL) = (decided_on IS NULL)",
            name="decided_by_somebody",
        ),
        CheckConstraint("outcome IS NULL OR lawyer_id IS NOT NULL", name="decided_after_the_lawyer"),
        CheckConstraint("outcome IS NULL OR decided_by_id <> lawyer_id", name="decided_by_another"),
        CheckConstraint("amount IS NULL OR (amount >= 0 AND amount <= 500000)", name="amount_within_the_law"),
        CheckConstraint("outcome IS NULL OR outcome <> 'fee' OR amount > 0", name="fee_has_an_amount"),
        CheckConstraint(
            "outcome IS NULL OR outcome <> 'fee' OR heard_on IS NOT NULL", name="decided_after_hearing"
        ),
        CheckConstraint("final_on IS NULL OR outcome = 'fee'", name="only_a_fee_becomes_final"),
        Index(None, "inspection_id"),
    )

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    finding_id: Mapped[UUID | None] = mapped_column(ForeignKey("findings.id", ondelete="SET NULL"))
    requirement: Mapped[str] = mapped_column(String(40))
    """The requirement of the pack that was not met, as the finding named it."""
    ground: Mapped[SanctionGround] = mapped_column(stored_enum(SanctionGround))
    breach_on: Mapped[date]
    since_on: Mapped[date | None]
    what_sealed: Mapped[bytes | None] = sealed_column()
    what = SealedText("what_sealed")
    """What was done or left undone, and what shows it."""
    under_penalty_order: Mapped[bool] = mapped_column(default=False)
    """The breach is the ground of an application to impose a conditional fine (SoL 28 kap. 19 §)."""
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    heard_on: Mapped[date | None]
    """The day the operator was given the opportunity to comment (SoL 28 kap. 20 §)."""
    lawyer_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    lawyer_at: Mapped[datetime | None]
    lawyer_says_sealed: Mapped[bytes | None] = sealed_column()
    lawyer_says = SealedText("lawyer_says_sealed")
    outcome: Mapped[SanctionOutcome | None] = mapped_column(stored_enum(SanctionOutcome))
    amount: Mapped[int | None]
    reduction: Mapped[ReductionGround | None] = mapped_column(stored_enum(ReductionGround))
    reasons_sealed: Mapped[bytes | None] = sealed_column()
    reasons = SealedText("reasons_sealed")
    """Why this outcome and this amount: harm or risk, how long, how much; why it is reduced."""
    decided_on: Mapped[date | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    final_on: Mapped[date | None]
    """The day the decision became final; from it runs the time of SoL 28 kap. 21 §."""
    version: Mapped[int] = mapped_column(default=1)


class DissentingOpinion(Identified):
    """What somebody who takes part in the final handling thinks otherwise (FL 30 §); their own words."""

    __tablename__ = "dissenting_opinions"
    __table_args__ = (UniqueConstraint("inspection_id", "by_id"),)

    inspection_id: Mapped[UUID] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    opinion_sealed: Mapped[bytes | None] = sealed_column()
    opinion = SealedText("opinion_sealed")
