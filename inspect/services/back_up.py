"""A backup: the whole database of one moment, the keys of the place, and a manifest, in one sealed file.

The manifest says what a restore must find again: rows of every table, the migration, the letters, and by
which keys what people said was sealed (their fingerprints; the keys themselves only when they lie in the
instance folder, since one who keeps them elsewhere wants them apart from the data).
"""

import hashlib
import hmac
import json
import tarfile
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, cast

from sqlalchemy import Engine, text

from ..errors import NotPossibleNow
from ..outside.database_copy import copied, put_back
from ..outside.sealed_stream import SealedWriter, opened_pieces
from ..outside.working_folder import working_folder
from .verify_database import Whole, verify_database

FORMAT = "tillsyn-backup/1"
MANIFEST, DATABASE, KEYS = "manifest.json", "database", "keys/"
KEY_FILES = ("data.key", "field.key", "secret.key")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `keys` are the files beside the database; none: they are kept apart."""

    made_at: str
    version: str
    backend: str
    migration: str
    sha256: str
    rows: dict[str, int]
    letters: int
    fingerprints: dict[str, str]
    keys: tuple[str, ...]
    format: str = FORMAT


def fingerprint(key: bytes) -> str:
    """Tells one key from another and nothing of the key."""
    return hmac.new(key, b"tillsyn fingerprint of a key", hashlib.sha256).hexdigest()[:16]


def back_up(
    engine: Engine,
    *,
    instance: Path,
    keys: Mapping[str, bytes],
    target: BinaryIO,
    passphrase: str,
    version: str,
    now: datetime,
) -> Manifest:
    """Write a backup to `target`, while others go on writing to the database.

    `keys` are those in force by name. Raises NotPossibleNow when what is copied is not whole: a backup
    that cannot be restored must not be found out when it is needed.
    """
    with working_folder(instance, "backup") as folder:
        copy = folder / DATABASE
        with copied(engine, copy) as connection:
            whole = verify_database(connection)
            migration = str(connection.scalar(text("SELECT version_num FROM alembic_version")))
        _refuse_damage(whole)
        kept = tuple(name for name in KEY_FILES if (instance / name).is_file())
        with copy.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        manifest = Manifest(
            made_at=now.isoformat(timespec="seconds"),
            version=version,
            backend=engine.dialect.name,
            migration=migration,
            sha256=digest,
            rows=whole.rows,
            letters=whole.letters,
            fingerprints={name: fingerprint(key) for name, key in keys.items()},
            keys=kept,
        )
        writer = SealedWriter(target, passphrase)
        with tarfile.open(fileobj=cast(BinaryIO, writer), mode="w|") as archive:
            _add(archive, MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
            for name in kept:
                _add(archive, KEYS + name, (instance / name).read_bytes())
            archive.add(copy, DATABASE, recursive=False, filter=_nobody)
        writer.close()
    return manifest


def read_backup(source: BinaryIO, *, passphrase: str, folder: Path) -> Manifest:
    """Open a backup into the empty `folder`. Nothing is used before all of it was found unchanged.

    Raises NotOpened, and NotPossibleNow for a file of another kind.
    """
    plain = folder / "archive"
    with plain.open("wb") as archive:
        for piece in opened_pieces(source, passphrase):
            archive.write(piece)
    with tarfile.open(plain) as opened:
        opened.extractall(folder, filter="data")
    plain.unlink()
    stated: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    if stated.get("format") != FORMAT:
        raise NotPossibleNow("the backup is in a format that this version does not read")
    manifest = Manifest(**stated)
    with (folder / DATABASE).open("rb") as content:
        if hashlib.file_digest(content, "sha256").hexdigest() != manifest.sha256:
            raise NotPossibleNow("the database in the backup is not the one that it was made of")
    return manifest


def restore_keys(folder: Path, manifest: Manifest, instance: Path) -> tuple[str, ...]:
    """Put the keys of the backup where the application looks for them; those that lie there must be the same.

    Returns the names of the files written. Raises NotPossibleNow before anything is written.
    """
    different = [
        name
        for name in manifest.keys
        if (instance / name).exists()
        and (instance / name).read_bytes() != (folder / KEYS / name).read_bytes()
    ]
    if different:
        raise NotPossibleNow(
            "%(folder)s has other keys already (%(names)s): restore into a new folder (TILLSYN_INSTANCE)",
            {"folder": str(instance), "names": ", ".join(different)},
        )
    written = tuple(name for name in manifest.keys if not (instance / name).exists())
    for name in written:
        path = instance / name
        path.touch(mode=0o600)
        path.write_bytes((folder / KEYS / name).read_bytes())
    return written


def restore_database(
    engine: Engine,
    folder: Path,
    manifest: Manifest,
    *,
    keys: Mapping[str, bytes],
    older: Collection[bytes] = (),
) -> Whole:
    """Put the database back and see that it is what the manifest says. Raises NotPossibleNow if not.

    `older`: keys that have been rotated since, which open what is of their time.
    """
    if engine.dialect.name != manifest.backend:
        raise NotPossibleNow(
            "the backup is of %(was)s, and TILLSYN_DATABASE_URL names %(now)s: restore into its own kind",
            {"was": manifest.backend, "now": engine.dialect.name},
        )
    others = sorted(
        name
        for name, known in manifest.fingerprints.items()
        if known not in {fingerprint(key) for key in (keys[name], *older)}
    )
    if others:
        raise NotPossibleNow(
            "what people said was sealed by other keys than those in force (%(names)s): set the keys that"
            " were used when the backup was made",
            {"names": ", ".join(others)},
        )
    put_back(engine, folder / DATABASE)
    with engine.connect() as connection:
        whole = verify_database(connection)
    differing = sorted(
        name for name in manifest.rows.keys() | whole.rows.keys()
        if manifest.rows.get(name) != whole.rows.get(name)
    )  # fmt: skip
    if differing:
        raise NotPossibleNow(
            "the restored database has other rows than the backup: %(tables)s",
            {"tables": ", ".join(differing)},
        )
    _refuse_damage(whole)
    return whole


def _refuse_damage(whole: Whole) -> None:
    if whole.faults:
        raise NotPossibleNow(
            "the database is not whole: %(faults)s", {"faults": "; ".join(whole.faults[:10])}
        )


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, BytesIO(content))


def _nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names of this machine's accounts."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mode = 0o600
    return entry
