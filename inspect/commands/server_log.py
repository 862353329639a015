"""How gunicorn's own log is written: as ours (outside/log_lines.py), without addresses or contents."""

import os

from gunicorn.config import Config
from gunicorn.glogging import Logger

from ..outside.log_lines import Lines, read_form


class ServerLog(Logger):  # type: ignore[misc]
    """Named to gunicorn by `tillsyn serve`; its own classes carry no types."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Lines(read_form(os.environ)))
