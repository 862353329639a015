"""`/api/v1`: how devices in the field fetch and send. Its document: openapi.json, beside this file."""

from . import case_views, device_views, document, sync_views, upload_views
from .answers import init_errors
from .blueprint import api

init_errors(api)

WITHOUT_FORM_TOKEN = (
    device_views.leave,
    device_views.report,
    sync_views.sync,
    sync_views.sealed,
    upload_views.part,
)
"""Views that ask for `Authorization: Device`, a header that no other site can send."""

__all__ = [
    "WITHOUT_FORM_TOKEN",
    "api",
    "case_views",
    "device_views",
    "document",
    "sync_views",
    "upload_views",
]
