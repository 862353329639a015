"""A package for the e-archive as one ZIP file, and back."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

MOST_BYTES = 2_000_000_000
MOST_FILES = 100_000
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The times of the files stand in METS; a ZIP of the same package is the same bytes."""


def zipped(name: str, files: Mapping[str, bytes]) -> bytes:
    """The files in the folder `name`."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(f"{name}/{path}", _EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def read_zip(data: bytes) -> dict[str, bytes]:
    """The files of the one folder in a ZIP, by path in it. Raises ValueError or BadZipFile."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise ValueError("the package is larger than this program looks through")
        if len({entry.filename.split("/", 1)[0] for entry in entries}) != 1:
            raise ValueError("the package is not one folder")
        return {entry.filename.partition("/")[2]: archive.read(entry) for entry in entries}
