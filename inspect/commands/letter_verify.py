"""`tillsyn letter verify` and `tillsyn letter seal-demo-certificate`."""

import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path

import click

from ..outside import clock
from ..outside.seal import SealFault, SealFile
from ..outside.seal_certificate import make_demo_certificate
from ..outside.seal_check import SealFinding, check_seal, has_seal
from ..services.recognise_letter import Recognised, recognise
from ..settings import Settings, UnfitSettings, read_settings
from .work import transaction

GENUINE, REPLACED, NOT_OURS = 0, 1, 2


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def verify(file: Path) -> int:
    """Say whether FILE (PDF, HTML or DOCX) is a letter that was frozen here, unchanged.

    Exit code 0: genuine and the newest. 1: genuine, but a newer version has come in its place. 2: not
    ours, or changed. For a PDF with a seal it is said who sealed it, and whether the seal holds.
    """
    settings = read_settings()
    data = file.read_bytes()
    with transaction(settings) as db:
        found = recognise(db, data)
        if found is None:
            click.echo(f"{file.name}: not a letter of ours, or changed since it was frozen", err=True)
        else:
            click.echo(f"{file.name}: {_what_it_is(found)}")
            if found.newer is not None:
                click.echo(
                    f"{file.name}: replaced by {found.newer.letter_number}, version {found.newer.number}, "
                    f"{_at(found.newer.at)}"
                )
        outcome = NOT_OURS if found is None else REPLACED if found.newer is not None else GENUINE
    _tell_of_seal(file.name, data, settings)
    return outcome


@click.command("seal-demo-certificate")
@click.argument("output", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="How long it lasts."
)
def seal_demo_certificate(output: Path, days: int) -> None:
    """Make a key and a certificate of one's own in OUTPUT (PKCS#12), to try and to show sealing with.

    It proves nothing to anybody else, and is refused in production. What to set is printed; the passphrase is
    taken from TILLSYN_SEAL_PASSPHRASE, or made.
    """
    settings = read_settings({key: one for key, one in os.environ.items() if key != "TILLSYN_SEAL_FILE"})
    if settings.is_production:
        raise UnfitSettings(
            "A production service seals with a certificate that others trust: get one from an issuer of "
            "electronic seals (eIDAS), and set TILLSYN_SEAL_FILE to its PKCS#12 file."
        )
    passphrase = os.environ.get("TILLSYN_SEAL_PASSPHRASE") or secrets.token_urlsafe(24)
    made = make_demo_certificate(
        settings.authority.name, passphrase, now=clock.now(), lasts=timedelta(days=days)
    )
    try:
        handle = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.UsageError(f"{output} exists already: name another file, or remove it.") from None
    with os.fdopen(handle, "wb") as file:
        file.write(made)
    click.echo(f"export TILLSYN_SEAL_FILE={output.absolute()}")
    click.echo(f"export TILLSYN_SEAL_PASSPHRASE={passphrase}")


def _what_it_is(found: Recognised) -> str:
    version = found.version
    kind = found.letter.kind.title.lower()
    sent = f"sent {_at(version.sent_at)}" if version.sent_at else "not sent"
    return (
        f"genuine and unchanged: {kind} of {found.inspection.dnr}, {version.letter_number}, "
        f"version {version.number}, {version.language}, frozen {_at(version.at)}, {sent}"
    )


def _tell_of_seal(name: str, data: bytes, settings: Settings) -> None:
    if not has_seal(data):
        return
    ours: SealFile | None = settings.authority.seal
    try:
        seal = check_seal(data, ours=ours, now=clock.now())
    except SealFault as fault:
        click.echo(f"{name}: it has a seal, which was not checked: {fault}", err=True)
        return
    if seal is None:
        click.echo(f"{name}: it has a seal that cannot be read", err=True)
        return
    click.echo(f"{name}: {_what_the_seal_is(seal)}", err=not (seal.is_intact and seal.is_ours))


def _what_the_seal_is(seal: SealFinding) -> str:
    if not seal.is_intact:
        return f"sealed by {seal.name}, and changed after that: the seal is broken"
    at = f" {_at(seal.sealed_at)}" if seal.sealed_at else ""
    if not seal.is_ours:
        return (
            f"sealed{at} by {seal.name}, whose certificate is not one of ours: "
            "name those that are in TILLSYN_SEAL_FILE and TILLSYN_SEAL_TRUSTED"
        )
    text = f"sealed{at} by {seal.name}, and unchanged since"
    if not seal.is_valid_now:
        text += f"; the certificate was valid from {seal.valid_from:%Y-%m-%d} to {seal.valid_until:%Y-%m-%d}"
    return text


def _at(moment: datetime) -> str:
    return f"{moment.astimezone(clock.SWEDEN):%Y-%m-%d %H:%M}"
