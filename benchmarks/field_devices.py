"""Devices for the measurement of what the field sends: each with an inspector, a case and a session."""

import hashlib
import http.client
import io
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from PIL import Image
from sqlalchemy import func, select

from tillsyn.inspect.commands.work import transaction
from tillsyn.inspect.outside.clock import now as present
from tillsyn.inspect.outside.passwords import hash_password
from tillsyn.inspect.settings import read_settings
from tillsyn.models.base import new_id
from tillsyn.models.events import Event
from tillsyn.models.field import ArrivedNotes, FieldOp, HeldOp, QuarantinedOp
from tillsyn.models.inspections import Inspection, Resident, TeamMember
from tillsyn.models.interviews import Statement
from tillsyn.models.people import User, UserRole
from tillsyn.models.register import Home, Provider
from tillsyn.models.uploads import Upload, UploadPart
from tillsyn.models.vocabulary import ProviderKind, Role, State, TeamRole

from .instance import PASSWORD
from .pages import Browser

BATCH = 1_000
"""As many notes as the field app sends at a time (static/field/sync.js): an interview is one batch."""
ANSWERS = 250
GUIDE = "child_6_12"
TRIES = 5
"""A device sends a batch again until it has an answer about it; each fault is counted."""


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Sender:
    """One device. What it sends is made beforehand, as on devices that were out all day."""

    def __init__(self, base: str, email: str, user: UUID, case: UUID, child: UUID) -> None:
        self.base, self.user, self.case, self.child, self.seq = base, str(user), str(case), str(child), 0
        self.connections = threading.local()
        browser = Browser(base)
        browser.sign_in(email)
        self.cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        self.id = self.token = ""
        me = self.ask("GET", "/me")[1]
        body = {"name": "Mätning", "key_way": "prf", "client": "1.0.0"}
        _, made = self.ask("POST", "/devices", orjson.dumps(body), {"X-CSRFToken": me["csrf"]})
        self.id, self.token = made["device_id"], made["token"]

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        more: dict[str, str] | None = None,
    ) -> tuple[int, Any]:
        """Status and JSON. A connection that the server has closed, being idle, is opened again."""
        headers = {"Cookie": self.cookies, "Content-Type": "application/json"} | (more or {})
        if self.token:
            headers["Authorization"] = f"Device {self.token}"
        try:
            answer, text = self._asked(method, path, body, headers)
        except (http.client.HTTPException, ConnectionError):
            self._connection().close()
            answer, text = self._asked(method, path, body, headers)
        kept = answer.headers.get("Set-Cookie")
        if kept:
            self.cookies = kept.partition(";")[0]
        try:
            return answer.status, orjson.loads(text)
        except ValueError:
            return answer.status, {}

    def _asked(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[http.client.HTTPResponse, bytes]:
        connection = self._connection()
        connection.request(method, f"/api/v1{path}", body, headers)
        answer = connection.getresponse()
        return answer, answer.read()

    def _connection(self) -> http.client.HTTPConnection:
        """Each thread has its own."""
        if not hasattr(self.connections, "one"):
            self.connections.one = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=120)
        one: http.client.HTTPConnection = self.connections.one
        return one

    def op(self, kind: str, doc_id: UUID, name: str, value: object) -> dict[str, Any]:
        self.seq += 1
        return {
            "op_id": str(new_id()),
            "device_id": self.id,
            "seq": self.seq,
            "inspection_id": self.case,
            "doc_kind": kind,
            "doc_id": str(doc_id),
            "field": name,
            "kind": "set",
            "parents": [],
            "value": value,
            "client_time": stamp(present()),
            "tz": "Europe/Stockholm",
            "author": self.user,
            "guide_version": "",
        }

    def interview(self) -> list[dict[str, Any]]:
        """A talk with a child and its 250 answers: two ops for each, one for the start, one for the end."""
        talk, began = new_id(), stamp(present())
        start = {
            "informant": "child",
            "resident": self.child,
            "person": "",
            "guide": GUIDE,
            "started_at": began,
        }
        ops = [self.op("talk", talk, "start", start)]
        for position in range(ANSWERS):
            answer = new_id()
            ops.append(self.op("statement", answer, "source", {"talk": str(talk), "position": position}))
            ops.append(
                self.op(
                    "statement", answer, "text", f"Svar {position}: vi får vara med och bestämma om maten."
                )
            )
        ops.append(self.op("talk", talk, "end", {"ended_at": stamp(present()), "how": "done"}))
        return ops

    def bodies(self, ops: list[dict[str, Any]]) -> Iterator[bytes]:
        """The messages that take these notes to the server."""
        for first in range(0, len(ops), BATCH):
            yield orjson.dumps(
                {
                    "device_id": self.id,
                    "protocol": 1,
                    "client": "1.0.0",
                    "announced_seq": self.seq,
                    "unsent": len(ops) - first,
                    "device_time": stamp(present()),
                    "ops": ops[first : first + BATCH],
                }
            )

    def send(self, body: bytes) -> tuple[int, int]:
        """How many of its notes were accepted, and how many answers were faults of the server."""
        faults, said = 0, {}
        for _ in range(TRIES):
            status, said = self.ask("POST", "/sync", body)
            faults += status >= 500
            if status == 200:
                break
        return sum(one["status"] in ("accepted", "known") for one in said.get("results", ())), faults

    def photo(self) -> tuple[UUID, bytes]:
        """Tell of a photo of a document; the bytes that are then to be sent."""
        made = io.BytesIO()
        Image.effect_noise((600, 400), 90).convert("RGB").save(made, "JPEG", quality=80)
        content, evidence, upload = made.getvalue(), new_id(), new_id()
        about = {"kind": "document", "title": "Rutin", "produced": True, "noted_at": stamp(present())}
        photo = {
            "evidence": str(evidence),
            "title": "Rutin, sida 1",
            "type": "image/jpeg",
            "bytes": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            "parts": 1,
        }
        notes = [self.op("evidence", evidence, "about", about), self.op("photo", upload, "about", photo)]
        for body in self.bodies(notes):
            self.send(body)
        return upload, content


def make_cases(environment: dict[str, str], number: int) -> list[tuple[str, UUID, UUID, UUID]]:
    """As many inspectors, each with a case in which talks with its one child have begun."""
    made, at, hashed = [], present(), hash_password(PASSWORD)
    with transaction(read_settings(environment)) as db:
        provider = Provider(
            name="Omsorg i fält AB",
            organisation_number="559900-0001",
            kind=ProviderKind.PRIVATE,
            created_at=at,
        )
        db.add(provider)
        db.flush()
        for place in range(number):
            email = f"falt{place}@example.se"
            user = User(
                email=email,
                name=f"Inspektör {place}",
                password_hash=hashed,
                created_at=at,
                roles=[UserRole(role=Role.INSPECTOR)],
            )
            home = Home(
                provider_id=provider.id,
                name=f"Fälthemmet {place}",
                kind="hvb",
                municipality="Exempelkommun",
                places=7,
                created_at=at,
            )
            db.add_all([user, home])
            db.flush()
            case = Inspection(
                dnr=f"2026-9{place:04d}",
                title="Tillsyn",
                home_id=home.id,
                announced=True,
                pack="hvb",
                state=State.CHILDREN,
                created_at=at,
                state_since=at,
            )
            db.add(case)
            db.flush()
            child = Resident(inspection_id=case.id, person="b1", position=0)
            part = TeamMember(
                inspection_id=case.id,
                user_id=user.id,
                name=user.name,
                role=TeamRole.INSPECTOR,
                declared_at=at,
            )
            db.add_all([child, part])
            db.flush()
            made.append((email, user.id, case.id, child.id))
    return made


def audit(environment: dict[str, str]) -> dict[str, int]:
    """What stands in the database afterwards; what waits is opened, each batch."""
    with transaction(read_settings(environment)) as db:

        def count(kind: Any, *where: Any) -> int:
            return db.scalar(select(func.count()).select_from(kind).where(*where)) or 0

        return {
            "notes that wait": sum(
                len(orjson.loads(row.content))
                for row in db.scalars(select(ArrivedNotes).execution_options(yield_per=50))
            ),
            "notes in the log": count(FieldOp, FieldOp.device_id.is_not(None)),
            "answers in the cases": count(Statement),
            "held": count(HeldOp),
            "in quarantine": count(QuarantinedOp),
            "events": count(Event),
            "files": count(Upload, Upload.completed_at.is_not(None)),
            "parts of files": count(UploadPart),
        }
