"""Whether somebody at the provider of a case can read and answer on the web."""

from uuid import UUID

from ...models.inspections import Inspection
from ..rules.access import Permission, may
from ..services.invite_provider import has_no_way_in
from .database import db, now
from .session import current_actor


def provider_to_invite(inspection: Inspection) -> UUID | None:
    """The provider, when nobody there has an account or an invitation and this person may invite."""
    provider = inspection.home.provider_id
    if may(current_actor(), Permission.INVITE_PROVIDER) and has_no_way_in(db(), provider, now()):
        return provider
    return None
