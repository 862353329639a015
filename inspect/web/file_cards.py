"""The files of an observation, a document or a talk, as its page shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_decimal
from flask_babel import gettext as _

from ...models.interviews import Evidence, Interview
from ...models.uploads import Upload
from ..exchange.media_types import PICTURES, SOUND
from ..rules.files import MEBIBYTE
from ..services.open_upload import list_uploads
from .database import db


@dataclass(frozen=True, slots=True)
class Break:
    """When nothing was recorded, from the beginning (4:12); `seconds` is 0 when it did not go on."""

    at: str
    seconds: int


@dataclass(frozen=True, slots=True)
class FileCard:
    """One file as a page shows it. `numbers`: the parts of a recording, which play one by one."""

    upload: Upload
    is_picture: bool
    is_sound: bool
    breaks: tuple[Break, ...]
    size: str

    @property
    def numbers(self) -> range:
        return range(1, self.upload.parts + 1)


def file_cards(source: Evidence | Interview) -> Sequence[FileCard]:
    """The files of a source as its page shows them."""
    return [card_of(upload) for upload in list_uploads(db(), source)]


def card_of(upload: Upload) -> FileCard:
    return FileCard(
        upload,
        is_picture=upload.media_type in PICTURES,
        is_sound=upload.media_type in SOUND,
        breaks=tuple(
            Break(f"{one['at'] // 60}:{one['at'] % 60:02}", one["seconds"]) for one in upload.interruptions
        ),
        size=_size(upload.size),
    )


def _size(size: int) -> str:
    if size < MEBIBYTE:
        return _("%(size)s kB", size=format_decimal(-(-size // 1024)))
    return _("%(size)s MB", size=format_decimal(round(size / MEBIBYTE, 1)))
