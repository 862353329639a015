"""The finished files of a request for documents, to be sent."""

from uuid import UUID

from flask import Response

from ...models.event_kinds import EventKind
from ..rules.access import Permission
from ..services.answer_disclosure import read_file
from .access import access
from .case import open_case
from .database import db, record_reading
from .disclosures import ONE, disclosures
from .session import current_actor


@disclosures.get(f"{ONE}/<which>.pdf")
@access(Permission.READ_INSPECTION)
def file(dnr: str, disclosure_id: UUID, which: str) -> Response:
    """The file as it left, to be sent."""
    inspection = open_case(dnr)
    content = read_file(db(), inspection=inspection, disclosure_id=disclosure_id, which=which)
    record_reading(
        EventKind.DISCLOSURE_FILE_READ,
        actor_id=current_actor().user_id,
        inspection_id=inspection.id,
        disclosure=str(disclosure_id),
        format=which,
    )
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{which}.pdf"'
    return answer
