"""A log of very many events for a measurement, each with its link in the chain (models/log_chain.py)."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from tillsyn.models.event_kinds import EventKind
from tillsyn.models.log_chain import BEFORE_THE_FIRST, event_text, hash_after

from .bulk_rows import Rows


class ChainedLog:
    """Adds events after those that are there. Nobody else writes to the log meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self._events = Rows("events", {"id": ""}, "at", "kind", "actor_id", "inspection_id", "details")
        self._links = Rows("event_links", {}, "number", "event_id", "hash")
        self.tables = (self._events, self._links)
        last = connection.execute(
            text("SELECT number, hash FROM event_links ORDER BY number DESC LIMIT 1")
        ).one_or_none()
        self._number, self._hash = (last[0], bytes(last[1])) if last else (0, BEFORE_THE_FIRST)

    def add(
        self, key: str, at: str, kind: EventKind, actor: str, case: str, details: Mapping[str, Any]
    ) -> None:
        """One event; `at` in UTC as the databases take it (`2026-11-22 21:46:54.000000`); ids in hex."""
        self._number += 1
        values = (key, f"{at.replace(' ', 'T')}Z", kind.value, actor, case, details)
        self._hash = hash_after(self._hash, event_text(self._number, values))
        self._events.add(key, at, kind.value, actor, case, json.dumps(details))
        self._links.add(self._number, key, self._hash)
