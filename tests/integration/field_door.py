"""A device at the API, as the tests play it: it signs in, enrols, and sends what it is given."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import session
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.builders import make_inspection, make_user
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.outside.field_key import from_text, in_text, seal_to
from tillsyn.inspect.rules.field_ops import canonical_json
from tillsyn.inspect.web.database import db as request_db
from tillsyn.inspect.web.session import TOKEN, open_session
from tillsyn.models.base import new_id
from tillsyn.models.inspections import Inspection
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, State, TeamRole

API = "/api/v1"


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


@dataclass
class Door:
    """`http` holds the session; `token` the device's right, once it is enrolled."""

    app: Tillsyn
    user: User
    http: FlaskClient = field(init=False)
    id: str = ""
    token: str = ""
    key: bytes = b""
    seq: int = 0

    def __post_init__(self) -> None:
        self.http = self.app.test_client()

    def sign_in(self) -> "Door":
        with self.app.test_request_context(method="POST"):
            open_session(self.user)
            request_db().commit()
            token = session[TOKEN]
        with self.http.session_transaction() as kept:
            kept[TOKEN] = token
        return self

    def enrol(self, name: str = "Surfplatta 7") -> "Door":
        me = self.get("/me").get_json()
        self.key = from_text(me["server_key"])
        answer = self.http.post(
            f"{API}/devices",
            json={"name": name, "key_way": "prf", "client": "1.0.0"},
            headers={"X-CSRFToken": me["csrf"]},
        )
        assert answer.status_code == 201, answer.text
        self.id, self.token = answer.get_json()["device_id"], answer.get_json()["token"]
        return self

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Device {self.token}"} if self.token else {}

    def get(self, path: str, **query: object) -> TestResponse:
        return self.http.get(f"{API}{path}", query_string=query, headers=self.headers)

    def post(self, path: str, body: object) -> TestResponse:
        return self.http.post(f"{API}{path}", json=body, headers=self.headers)

    def op(self, inspection: Inspection, kind: str, doc_id: UUID, name: str, value: Any) -> dict[str, Any]:
        self.seq += 1
        return {
            "op_id": str(new_id()),
            "device_id": self.id,
            "seq": self.seq,
            "inspection_id": str(inspection.id),
            "doc_kind": kind,
            "doc_id": str(doc_id),
            "field": name,
            "kind": "set",
            "parents": [],
            "value": value,
            "client_time": stamp(datetime.now(UTC)),
            "tz": "Europe/Stockholm",
            "author": str(self.user.id),
            "guide_version": "",
        }

    def sync(self, ops: list[Any], **other: Any) -> TestResponse:
        body = {
            "device_id": self.id,
            "protocol": 1,
            "client": "1.0.0",
            "announced_seq": self.seq,
            "unsent": len(ops),
            "device_time": stamp(datetime.now(UTC)),
            "ops": ops,
        }
        return self.post("/sync", body | other)

    def sealed(self, op: dict[str, Any]) -> dict[str, Any]:
        raw = seal_to(self.key, canonical_json(op).encode(), device_id=UUID(self.id), seq=op["seq"])
        return {"seq": op["seq"], "sealed": in_text(raw)}

    def send_sealed(self, items: list[dict[str, Any]]) -> TestResponse:
        """Without the session, as a locked device sends."""
        other = self.app.test_client()
        return other.post(f"{API}/sealed", json={"device_id": self.id, "items": items}, headers=self.headers)


def visit_of(db: Session, *people: User, state: State = State.CHILDREN, **values: Any) -> Inspection:
    """A case with these as responsible and co-inspector, committed."""
    parts = (TeamRole.INSPECTOR, TeamRole.CO_INSPECTOR)
    inspection = make_inspection(db, state=state, team=dict(zip(parts, people, strict=False)), **values)
    db.commit()
    return inspection


def inspector(db: Session, **values: Any) -> User:
    user = make_user(db, Role.INSPECTOR, **values)
    db.commit()
    return user
