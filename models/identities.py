"""What a person has decided about words of a letter that may tell who somebody is (METHOD 2.17)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from .base import Identified, stored_enum
from .letter_vocabulary import MarkKind, TickChoice
from .sealed import SealedText, sealed_column

MAX_TICK_REASON = 1_000
"""Characters in the reason why marked words are kept."""


class IdentityTick(Identified):
    """One decision about one mark. Never changed: who decides otherwise makes a new one, and the last holds.

    It holds as long as the marked words and the sentence around them stand in the letter. Words, sentence and
    reason may tell who somebody is: they are sealed, and compared only when opened.
    """

    __tablename__ = "identity_ticks"
    __table_args__ = (
        CheckConstraint("choice <> 'keep' OR reason_sealed IS NOT NULL", name="keep_has_a_reason"),
        Index(None, "letter_id"),
    )

    letter_id: Mapped[UUID] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(2))
    paragraph: Mapped[str] = mapped_column(String(120))
    """The key of the paragraph that the words stood in."""
    kind: Mapped[MarkKind] = mapped_column(stored_enum(MarkKind))
    choice: Mapped[TickChoice] = mapped_column(stored_enum(TickChoice))
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    words_sealed: Mapped[bytes | None] = sealed_column()
    words = SealedText("words_sealed")
    sentence_sealed: Mapped[bytes | None] = sealed_column()
    sentence = SealedText("sentence_sealed")
    reason_sealed: Mapped[bytes | None] = sealed_column()
    reason = SealedText("reason_sealed")
