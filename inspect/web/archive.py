"""The package of a closed case for the e-archive, always sealed by a passphrase here (docs/retention.md)."""

from importlib.metadata import version
from io import BytesIO

from flask import Blueprint
from flask import Response as FlaskResponse

from ...models.inspections import Inspection
from ..errors import NotPossibleNow
from ..outside.sealed_stream import SealedWriter
from ..rules.access import Permission
from ..services.archive_case import archive_case
from ..services.find_disposable import FINISHED
from ..services.zip_package import zipped
from .access import access
from .case import case_page, open_case
from .database import db, now
from .forms.faults import put_at_field
from .forms.retention import ArchiveForm
from .fresh_sign_in import fresh_sign_in
from .session import current_actor, settings

archive = Blueprint("archive", __name__, url_prefix="/inspections/<dnr>/archive")

Page = str | FlaskResponse | tuple[str, int]


@archive.get("")
@access(Permission.ARCHIVE_CASE)
@fresh_sign_in
def package(dnr: str) -> Page:
    return _page(open_case(dnr, Permission.ARCHIVE_CASE), ArchiveForm(formdata=None))


@archive.post("")
@access(Permission.ARCHIVE_CASE)
@fresh_sign_in
def make(dnr: str) -> Page:
    inspection = open_case(dnr, Permission.ARCHIVE_CASE)
    form = ArchiveForm()
    if not form.validate():
        return _page(inspection, form), 422
    try:
        made = archive_case(
            db(), actor=current_actor(), inspection=inspection, authority=settings().authority.name,
            version=version("tillsyn"), now=now(),
        )  # fmt: skip
    except NotPossibleNow as fault:
        put_at_field(form, fault, "passphrase")
        return _page(inspection, form), 422
    sealed = BytesIO()
    writer = SealedWriter(sealed, form.passphrase.data or "")
    writer.write(zipped(made.name, made.files))
    writer.close()
    answer = FlaskResponse(sealed.getvalue(), mimetype="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{made.name}.sealed"'
    return answer


def _page(inspection: Inspection, form: ArchiveForm) -> str:
    return case_page("inspector/archive.html", inspection, form=form, is_closed=inspection.state in FINISHED)
