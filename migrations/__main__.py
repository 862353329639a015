"""Write a new migration: what the models have and a database at the newest migration has not."""

import sys
import tempfile
from pathlib import Path

from alembic import command

from tillsyn.inspect.commands.data import MIGRATIONS, configuration


def main(name: str) -> int:
    if not name.strip():
        sys.stderr.write("Say what changes: make migration NAME=what_changes\n")
        return 2
    number = max(int(path.name[:4]) for path in (MIGRATIONS / "versions").glob("[0-9]*.py")) + 1
    with tempfile.TemporaryDirectory() as folder:
        config = configuration(f"sqlite:///{Path(folder) / 'empty.db'}")
        command.upgrade(config, "head")
        command.revision(config, message=name.replace("_", " "), rev_id=f"{number:04d}", autogenerate=True)
    return 0


sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
