"""The provider's side of the rich authority: colleagues, an invitation, a file, a report, and a passkey."""

from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import make_user
from tests.rich_account import MARKER, NOW
from tests.rich_case import RichAuthority
from tillsyn.inspect.outside.passkeys import NewPasskey
from tillsyn.inspect.services.attach_answer_file import SentFile, attach_answer_file
from tillsyn.inspect.services.invite_provider import invite_provider
from tillsyn.inspect.services.keep_passkey import keep_passkey
from tillsyn.inspect.services.report_measure import report_measure
from tillsyn.inspect.web.session import actor_of
from tillsyn.models.inspections import Inspection
from tillsyn.models.letters import Letter, Measure
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Progress, Role, Standing


@dataclass(frozen=True)
class RichPortal:
    helper_id: UUID
    invitation_id: UUID
    file_id: UUID
    passkey_id: UUID


def build_rich_portal(db: Session, made: RichAuthority, dnr: str) -> RichPortal:
    """A colleague who helps, another invited, and evidence of the first measure of the case."""
    owner = actor_of(db.get_one(User, made.people["provider"]))
    assert owner.provider_id is not None
    helper = make_user(db, Role.PROVIDER, provider_id=owner.provider_id, standing=Standing.HELPER)
    invitation, _code = invite_provider(
        db, actor=owner, provider_id=owner.provider_id, standing=Standing.HELPER, name="Hugo Hjälpsam",
        email="hugo@example.se", secret_key="x" * 40, now=NOW,
    )  # fmt: skip
    measure, letter = db.execute(
        select(Measure, Letter)
        .join(Letter, Letter.id == Measure.letter_id)
        .join(Inspection, Inspection.id == Letter.inspection_id)
        .where(Inspection.dnr == dnr)
        .order_by(Measure.id)
    ).first() or (None, None)
    assert measure is not None and letter is not None
    report_measure(
        db, actor=owner, letter_id=letter.id, measure_id=measure.id, progress=Progress.UNDER_WAY,
        said=f"Schemat är ändrat {MARKER}", now=NOW,
    )  # fmt: skip
    picture = BytesIO()
    Image.linear_gradient("L").save(picture, "PNG")
    file = attach_answer_file(
        db, actor=owner, letter_id=letter.id, finding_id=measure.finding_id, measure_id=measure.id,
        sent=SentFile("schema.png", len(picture.getvalue()), picture.getvalue()), scanner=None, now=NOW,
    )  # fmt: skip
    leader = actor_of(db.get_one(User, made.people["leader"]))
    passkey = keep_passkey(
        db,
        actor=leader,
        passkey=NewPasskey(dnr.encode().ljust(32, b"1"), b"no key", 0),
        name="Plattan",
        now=NOW,
    )
    return RichPortal(helper.id, invitation.id, file.id, passkey.id)
