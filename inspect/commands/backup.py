"""`tillsyn backup FILE` and `tillsyn restore FILE`."""

import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import click
from sqlalchemy import Engine

from ..errors import NotPossibleNow
from ..outside import clock
from ..outside.cipher import install_keys
from ..outside.database import begin_writing, make_engine, session_factory
from ..outside.reach import reach_always
from ..outside.schema_version import expected_version, version_of
from ..outside.sealed_stream import LEAST_PASSPHRASE, NotOpened
from ..outside.working_folder import working_folder
from ..services.back_up import Manifest, back_up, read_backup, restore_database, restore_keys
from ..settings import Settings, read_settings
from .letting_out import record_by_command

VARIABLE = "TILLSYN_BACKUP_PASSPHRASE"

passphrase_file = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Where the passphrase is; else in the environment, else it is asked for.",
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@passphrase_file
def backup(file: Path, passphrase_file: Path | None) -> None:
    """Write everything to FILE, sealed by a passphrase, while others go on working.

    The database is that of one moment. Keys that lie in the instance folder go with it; keys that are set
    in the environment do not, and must be kept elsewhere. FILE must not exist.
    """
    if file.exists():
        raise NotPossibleNow("%(file)s exists already: name a new file", {"file": str(file)})
    settings = read_settings()
    passphrase = passphrase_from(passphrase_file, VARIABLE, confirm=True)
    install_keys(settings)
    engine = make_engine(settings.database_url)
    reach_always(engine)
    unfinished = file.with_name(file.name + ".part")
    try:
        _record(engine)
        unfinished.touch(mode=0o600)
        with unfinished.open("wb") as target:
            manifest = back_up(
                engine,
                instance=settings.instance,
                keys=_keys(settings),
                target=target,
                passphrase=passphrase,
                version=version("tillsyn"),
                now=clock.now(),
            )
            target.flush()
            os.fsync(target.fileno())
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
        engine.dispose()
    rows = sum(manifest.rows.values())
    click.echo(f"{file}: {rows} rows of {len(manifest.rows)} tables, {manifest.letters} letters")
    if manifest.keys:
        click.echo(f"with the keys {', '.join(manifest.keys)}: whoever has the passphrase can read all of it")
    else:
        click.echo("without keys: keep those of the environment elsewhere, or nothing can be read")


def _record(engine: Engine) -> None:
    """The line in the log, which the copy has too. Not into a database of another form than the program's: it
    may have no such lines yet, and a backup before an upgrade must be possible.
    """
    with session_factory(engine)() as db:
        begin_writing(db)
        if version_of(db.connection()) != expected_version():
            click.echo("not told in the log: the database has another form than this program", err=True)
            return
        record_by_command(db, command="backup", now=clock.now())
        db.commit()


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@passphrase_file
def restore(file: Path, passphrase_file: Path | None) -> None:
    """Put back what FILE holds, into a new instance folder and an empty database.

    All of FILE is looked through before anything is written. Afterwards rows are counted, samples of what
    people said are opened and the letters are compared with their hashes.
    """
    instance = Path(os.environ.get("TILLSYN_INSTANCE", "instance")).absolute()
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    passphrase = passphrase_from(passphrase_file, VARIABLE, confirm=False)
    with working_folder(instance, "restore") as folder:
        try:
            with file.open("rb") as source:
                manifest = read_backup(source, passphrase=passphrase, folder=folder)
        except NotOpened as fault:
            raise NotPossibleNow("%(file)s: %(fault)s", {"file": str(file), "fault": str(fault)}) from None
        written = restore_keys(folder, manifest, instance)
        try:
            letters, values = _restored(folder, manifest)
        except BaseException:
            for name in written:  # as it was: the next attempt must not meet half a place
                (instance / name).unlink()
            raise
    rows = sum(manifest.rows.values())
    click.echo(f"restored as of {manifest.made_at}: {rows} rows of {len(manifest.rows)} tables")
    click.echo(f"{letters} letters are the files they were, {values} samples of what people said open")
    click.echo("next: tillsyn db upgrade, then tillsyn serve")


def _restored(folder: Path, manifest: Manifest) -> tuple[int, int]:
    settings = read_settings()
    install_keys(settings)
    engine = make_engine(settings.database_url)
    reach_always(engine)
    try:
        whole = restore_database(
            engine, folder, manifest, keys=_keys(settings), older=settings.other_data_keys
        )
    finally:
        engine.dispose()
    return whole.letters, whole.opened


def _keys(settings: Settings) -> Mapping[str, bytes]:
    """Those without which what was said or sent cannot be read; the one of cookies can be made anew."""
    return {"TILLSYN_DATA_KEY": settings.data_key, "TILLSYN_FIELD_KEY": settings.field_keys[0]}


def passphrase_from(file: Path | None, variable: str, *, confirm: bool) -> str:
    """From the file, else from the environment, else asked for. NotPossibleNow when it is too short."""
    given = file.read_text(encoding="utf-8").strip() if file else os.environ.get(variable, "")
    if not given:
        given = click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm)
    if len(given) < LEAST_PASSPHRASE:
        raise NotPossibleNow(
            "the passphrase is too short: at least %(least)s characters, such as five words by lot",
            {"least": LEAST_PASSPHRASE},
        )
    return given


COMMANDS = (backup, restore)
