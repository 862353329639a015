"""`tillsyn archive DNR`, `archive-open` and `archive-check`: packages for the e-archive."""

import hashlib
import os
import zipfile
from collections.abc import Mapping
from importlib.metadata import version
from io import BytesIO
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.inspections import Inspection
from ...models.retention import ArchivePackage
from ..errors import NotAllowed, NotPossibleNow
from ..exchange.csip import METS_NAME
from ..exchange.csip_check import check_package
from ..outside import clock
from ..outside.sealed_stream import NotOpened, SealedWriter, opened_pieces
from ..rules.access import Permission, may
from ..services.archive_case import archive_case
from ..services.zip_package import read_zip, zipped
from ..settings import read_settings
from .backup import passphrase_file, passphrase_from
from .letting_out import account_named, case_for, for_account, record_by_command
from .work import transaction

VARIABLE = "TILLSYN_ARCHIVE_PASSPHRASE"
OUTPUT = click.Path(path_type=Path)


@click.command()
@click.argument("dnr")
@click.option("--output", type=OUTPUT, required=True, help="File to write; a folder with --in-clear too.")
@click.option("--in-clear", is_flag=True, help="Not sealed: whoever has the file can read the case.")
@for_account
@passphrase_file
def archive(dnr: str, output: Path, in_clear: bool, email: str, passphrase_file: Path | None) -> None:
    """Make the package of the closed case DNR for the e-archive (E-ARK CSIP), sealed by a passphrase.

    For whoever leads the case or decides in it. It holds the case in clear. With --in-clear it is a ZIP when
    OUTPUT ends in .zip, else a folder that must not exist.
    """
    if output.exists():
        raise NotPossibleNow("%(file)s exists already: name a new file", {"file": str(output)})
    settings = read_settings()
    passphrase = None if in_clear else passphrase_from(passphrase_file, VARIABLE, confirm=True)
    now = clock.now()
    with transaction(settings) as db:
        actor, inspection = case_for(
            db, email=email, dnr=dnr, permission=Permission.ARCHIVE_CASE, command="archive", now=now
        )
        made = archive_case(
            db, actor=actor, inspection=inspection, authority=settings.authority.name,
            version=version("tillsyn"), now=now,
        )  # fmt: skip
        digest = made.package.manifest_sha256
    if passphrase is not None:
        sealed = BytesIO()
        writer = SealedWriter(sealed, passphrase)
        writer.write(zipped(made.name, made.files))
        writer.close()
        _write(output, sealed.getvalue())
    elif output.suffix.lower() == ".zip":
        _write(output, zipped(made.name, made.files))
    else:
        _write_folder(output / made.name, made.files)
    click.echo(f"{dnr}: {len(made.files)} files, SHA-256 of METS.xml {digest}", err=True)
    if in_clear:
        click.echo("the case stands in it in clear: keep it where nobody else reads it", err=True)


@click.command("archive-open")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--output", type=OUTPUT, required=True, help="The ZIP to write.")
@for_account
@passphrase_file
def archive_open(file: Path, output: Path, email: str, passphrase_file: Path | None) -> None:
    """Open a sealed package, FILE, and write the ZIP that is in it.

    For whoever may make it; one that was made elsewhere, for any account that is let near cases.
    """
    if output.exists():
        raise NotPossibleNow("%(file)s exists already: name a new file", {"file": str(output)})
    passphrase = passphrase_from(passphrase_file, VARIABLE, confirm=False)
    try:
        with file.open("rb") as source:
            content = b"".join(opened_pieces(source, passphrase))
        manifest = read_zip(content)[METS_NAME]
    except NotOpened as fault:
        raise NotPossibleNow("%(file)s: %(fault)s", {"file": str(file), "fault": str(fault)}) from None
    except (ValueError, KeyError, zipfile.BadZipFile):
        raise NotPossibleNow("%(file)s holds no package for the e-archive", {"file": str(file)}) from None
    with transaction() as db:
        _may_open(db, email, hashlib.sha256(manifest).hexdigest())
    _write(output, content)
    click.echo(f"{output}: in clear, keep it where nobody else reads it", err=True)


def _may_open(db: Session, email: str, digest: str) -> None:
    """Ask for the case that the package is of, where it was made here, and write the line in the log.

    Raises NotFound or NotAllowed.
    """
    of = select(Inspection.dnr).join(ArchivePackage).where(ArchivePackage.manifest_sha256 == digest)
    dnr = db.scalar(of)
    if dnr is not None:
        case_for(
            db, email=email, dnr=dnr, permission=Permission.ARCHIVE_CASE, command="archive-open",
            now=clock.now(),
        )  # fmt: skip
        return
    actor = account_named(db, email)
    if not may(actor, Permission.SEE_INSPECTIONS):
        raise NotAllowed("the account %(email)s is not let near cases", {"email": email})
    record_by_command(db, command="archive-open", actor=actor, now=clock.now())


@click.command("archive-check")
@click.argument("package", type=click.Path(exists=True, path_type=Path))
def archive_check(package: Path) -> int:
    """Look through a package, the ZIP or folder PACKAGE: each file by METS and PREMIS. Exit 1 for faults."""
    try:
        files = _read_folder(package) if package.is_dir() else read_zip(package.read_bytes())
    except (ValueError, zipfile.BadZipFile) as fault:
        raise NotPossibleNow("%(file)s: %(fault)s", {"file": str(package), "fault": str(fault)}) from None
    faults = check_package(files)
    for one in faults:
        click.echo(str(one), err=True)
    click.echo(f"{len(files)} files, " + (f"faults: {len(faults)}" if faults else "nothing is wrong"))
    return 1 if faults else 0


def _write(path: Path, content: bytes) -> None:
    """For its owner's eyes."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        target.write(content)


def _write_folder(root: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(place, content)


def _read_folder(root: Path) -> dict[str, bytes]:
    inside = [one for one in root.iterdir() if one.is_dir()]
    if not (root / "METS.xml").exists() and len(inside) == 1:
        root = inside[0]
    return {
        one.relative_to(root).as_posix(): one.read_bytes() for one in sorted(root.rglob("*")) if one.is_file()
    }


COMMANDS = (archive, archive_open, archive_check)
