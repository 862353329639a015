"""For those who run the service, and what watches it: does it live, may it be sent requests?

Answers say yes or no. They hold nothing about a case, a person or a setting, and need no account.
"""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from ...models.reached_rows import SYSTEM
from ..rules.access import Permission
from ..services.check_readiness import check_readiness
from .access import access
from .database import db, reach_for

operation = Blueprint("operation", __name__)


@operation.get("/health")
@access(Permission.SIGN_IN)
def health() -> Response:
    """The process answers. The database is not asked: without it, a restart of this process helps nobody."""
    return Response("ok\n", mimetype="text/plain")


@operation.get("/ready")
@access(Permission.SIGN_IN)
def ready() -> tuple[Response, int]:
    """200 when requests can be answered; otherwise 503, and which of the three is not well."""
    reach_for(None, SYSTEM)  # it opens one sealed value, whichever; told are only three yes and no
    found = check_readiness(db())
    answer = jsonify(database=found.database, migrations=found.migrations, keys=found.keys)
    return answer, 200 if found.is_ready else 503
