"""What people are told has happened, and the mail that tells them to sign in. Ids, never contents."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Identified, stored_enum
from .vocabulary import N_, Titled

NOT_SENT = text("sent_at IS NULL AND dropped_at IS NULL")
UNREAD = text("read_at IS NULL")


class NoticeKind(Titled):
    """Everything a person can be told of; who may be told of which: rules/notices.py.

    A title says what has happened to somebody who may read the case; it never names who or what. A new kind
    also stands in the CHECK of a migration (the latest: 0042).
    """

    ADDED_TO_TEAM = "added_to_team", N_("You have been added to a case")
    CONFLICT_FOUND = "conflict_found", N_("Somebody in the team has a conflict of interest")
    ACUTE_OPENED = "acute_opened", N_("The acute track has been opened")
    LETTER_SUBMITTED = "letter_submitted", N_("A letter waits for review")
    LETTER_RETURNED = "letter_returned", N_("A letter has been returned")
    LETTER_APPROVED = "letter_approved", N_("A letter has been approved")
    REMARK_MADE = "remark_made", N_("There is a new remark on a letter")
    DECISION_WAITS = "decision_waits", N_("A decision waits for you")
    REPLY_RECEIVED = "reply_received", N_("The provider has replied to the facts")
    ANSWERS_SENT = "answers_sent", N_("The provider has sent its answers")
    MEASURE_REPORTED = "measure_reported", N_("The provider has told how far a measure has come")
    CORRECTION_PROPOSED = "correction_proposed", N_("A correction of a letter has been proposed")
    CORRECTION_SETTLED = "correction_settled", N_("A correction of a letter has been settled")
    MEETING_PROPOSED = "meeting_proposed", N_("Times for a dialogue meeting have been proposed")
    MEETING_AGREED = "meeting_agreed", N_("A dialogue meeting has been agreed")
    MEETING_NOTED = "meeting_noted", N_("There are notes from the dialogue meeting to read and confirm")
    LETTER_CAME = "letter_came", N_("There is a letter to you")
    FACTS_CAME = "facts_came", N_("There are facts for you to check before the decision")
    MEASURES_FOLLOWED_UP = "measures_followed_up", N_("The follow-up of your measures is there to read")
    SELF_ASSESSMENT_ASKED = "self_assessment_asked", N_("We ask for your self-assessment")
    SELF_ASSESSMENT_SENT = "self_assessment_sent", N_("The self-assessment has come")
    DOCUMENTS_ASKED = "documents_asked", N_("We ask for documents")
    DOCUMENTS_CAME = "documents_came", N_("Documents that you asked for have come")
    DEADLINE_SOON = "deadline_soon", N_("A date is near")
    DEADLINE_PASSED = "deadline_passed", N_("A date has passed")
    GLASS_BROKEN = "glass_broken", N_("A case has been opened by somebody without a part in it")
    IDENTITY_ASKED = "identity_asked", N_("Somebody asks you to open who a child is, together")
    IDENTITY_OPENED = "identity_opened", N_("Who a child is has been looked at")
    DISCLOSURE_CAME = "disclosure_came", N_("Somebody asks for documents of the case")
    REFUSAL_WANTED = "refusal_wanted", N_("Somebody wants a decision on documents that were not given")
    REVIEW_WAITS_LONG = "review_waits_long", N_("A letter has waited long for review")
    WAYS_IN_CHANGED = "ways_in_changed", N_("How you sign in has been changed")
    ROLE_WAITS = "role_waits", N_("Somebody has been given a role that waits for a second person")
    CODES_GUESSED = (
        "codes_guessed",
        N_("Somebody who knows your password has tried many codes: change your password"),
    )


class MailWay(Titled):
    """How a person wants to hear by mail that something has happened."""

    AT_ONCE = "at_once", N_("At once")
    DAILY = "daily", N_("Together, once a working day")
    NONE = "none", N_("Not by mail")


class OutgoingMail(Identified):
    """A mail in the outbox. Its Message-ID is made of its id: sent twice, it is shown once.

    It has no text: what it says is the same for everybody, and nothing of a case.
    """

    __tablename__ = "outgoing_mails"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="counts_attempts"),
        CheckConstraint("(user_id IS NULL) <> (invitation_id IS NULL)", name="to_one_reader"),
        CheckConstraint("sent_at IS NULL OR dropped_at IS NULL", name="sent_or_dropped"),
        Index(
            "ix_outgoing_mails_waiting",
            "due_at",
            sqlite_where=NOT_SENT,
            postgresql_where=NOT_SENT,
        ),
        Index(None, "user_id", "made_at"),
    )

    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    invitation_id: Mapped[UUID | None] = mapped_column(ForeignKey("invitations.id", ondelete="CASCADE"))
    """For somebody who has no account yet: it says that there is an invitation, never its code."""
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    """When it is to be sent; moved on when it could not be."""
    claimed_until: Mapped[datetime | None]
    """A worker is at it until then; if it has not told how it went by then, another takes it."""
    attempts: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    """When it was given up, or not needed any more."""
    fault: Mapped[str] = mapped_column(String(200), default="")
    """Why it could not be sent the last time: the kind of fault and the server's code."""


class Notice(Identified):
    """One thing that one person is told of, in the list they meet when signed in."""

    __tablename__ = "notices"
    __table_args__ = (
        Index(None, "user_id", "at"),
        Index(
            "ix_notices_unread",
            "user_id",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
        Index(None, "mail_id"),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[NoticeKind] = mapped_column(stored_enum(NoticeKind))
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey("inspections.id", ondelete="CASCADE"))
    letter_id: Mapped[UUID | None] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"))
    due_on: Mapped[date | None]
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    mail_id: Mapped[UUID | None] = mapped_column(ForeignKey("outgoing_mails.id"))
    """The mail that told of it; null for one that none has told of yet."""


class MailChoice(Base):
    """How a person has chosen to hear by mail; no row means the usual way of their role."""

    __tablename__ = "mail_choices"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    way: Mapped[MailWay] = mapped_column(stored_enum(MailWay))
