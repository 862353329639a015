"""The page with the code of an invitation, to be put last in the letter: made while the code is at hand.

Of the code only a hash is kept, so whoever asks for the page gives the code, as it has just been shown. The
page is kept nowhere, and neither is the code.
"""

import hmac
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from ...models.register import Provider
from ...models.vocabulary import N_
from ...models.ways_in import Invitation
from ...reports.guide_sheet import Language
from ...reports.invitation_page import InvitationPage, render_invitation_page
from ...reports.pdf_fonts import MissingGlyph
from ...reports.wording import wording
from ..errors import NotPossibleNow
from ..i18n import translate
from ..outside.clock import SWEDEN
from ..rules.access import Actor
from ..rules.invitation_codes import read_invitation_code, shown_code
from ..settings import AuthorityDetails
from .invite_provider import find_invitation, invitation_hash


def invitation_as_pdf(
    db: Session,
    *,
    actor: Actor,
    provider_id: UUID,
    invitation_id: UUID,
    code: str,
    language: Language,
    place: str,
    authority: AuthorityDetails,
    secret_key: str,
    now: datetime,
) -> bytes:
    """The page as PDF, in one language. `place`: where to go, as it is written on paper.

    Raises NotAllowed, NotFound (another provider's); NotPossibleNow: used, taken back or too old, the code is
    another, or the name cannot be printed.
    """
    invitation = find_invitation(db, actor=actor, provider_id=provider_id, invitation_id=invitation_id)
    is_open = invitation.used_at is None and invitation.revoked_at is None and invitation.expires_at > now
    plain = read_invitation_code(code)
    if not is_open or not hmac.compare_digest(invitation_hash(secret_key, plain), invitation.code_hash):
        raise NotPossibleNow(
            N_(
                "The page can be made only while its code is shown. "
                "Make a new invitation: it replaces this one."
            )
        )
    provider = db.get_one(Provider, provider_id).name
    try:
        return render_invitation_page(
            _page(invitation, provider, shown_code(plain), language, place, authority)
        )
    except MissingGlyph as fault:
        raise NotPossibleNow(
            N_("The page cannot be printed: it has a character that the typeface lacks (%(character)s)."),
            {"character": fault.character},
        ) from None


def _page(
    invitation: Invitation,
    provider: str,
    code: str,
    language: Language,
    place: str,
    authority: AuthorityDetails,
) -> InvitationPage:
    def say(text: str, **values: object) -> str:
        return translate(language, text, **values)

    return InvitationPage(
        language=language,
        sender=authority.name,
        colour=authority.colour,
        kind=say(N_("Last page of our letter")),
        title=say(N_("Read and answer our letter on the web")),
        to=say(N_("To %(name)s at %(provider)s"), name=invitation.name, provider=provider),
        steps=(
            say(N_("Go to %(place)s"), place=place),
            say(N_("Write your e-mail address: %(email)s"), email=invitation.email),
            say(N_("Write the code below.")),
        ),
        code_label=say(N_("Your code")),
        code=code,
        after=(
            say(
                N_("The code works once, until %(day)s, and only with that address."),
                day=wording(language).on(invitation.expires_at.astimezone(SWEDEN).date()),
            ),
            say(
                N_(
                    "There you read the letter, answer it point by point, and see what happens next. You can"
                    " also answer on paper, or call us."
                )
            ),
            f"{authority.name}, {authority.contact}",
        ),
    )
