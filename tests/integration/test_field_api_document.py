"""The OpenAPI document of the API of devices is kept: whatever is sent, each answer is one that it names.

Schemathesis makes requests from the document, right ones and wrong ones, and holds every answer to it:
status, kind of content, shape, headers; no fault of ours (5xx); wrong data refused, right data taken.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance
from sqlalchemy.orm import Session

from tests.integration.field_door import Door, inspector, visit_of
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.rules.field_documents import DOCUMENTS
from tillsyn.inspect.rules.field_ops import KEYS
from tillsyn.inspect.services.receive_ops import MOST_OPS
from tillsyn.inspect.services.receive_sealed import MOST_SEALED
from tillsyn.inspect.web.api.answers import CODES, KINDS, UNKNOWN
from tillsyn.inspect.web.api.document import openapi
from tillsyn.models.field import Refusal

EXAMPLES = {"sqlite": 10, "postgresql": 4}
"""Requests of each operation that fit the document, and as many that do not."""
POSITIVE, NEGATIVE = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
OPERATIONS = {
    f"{method.upper()} {path}" for path, methods in openapi()["paths"].items() for method in methods
} - {"GET /openapi.json"}
TAKEN = OPERATIONS - {"GET /uploads/{id}", "PUT /uploads/{id}/{n}", "POST /devices/{id}/leave"}
"""What is answered with 2xx at least once; files that were never told of are not there, and a device that has told
of notes that it has not sent is not let go of."""
OTHERS = {"other_user", "stale_form", "busy", "fault"}


@dataclass
class Asked:
    """Who asks: signed in with the device, as one in three without, as one in ten with another's token."""

    door: Door
    inspection: str
    csrf: str
    statuses: dict[str, set[int]]

    def send(self, case: Case, draw: int) -> None:
        """The answer must be as documented. Ids that fit are replaced by real ones, most of the time."""
        if draw % 4:
            self._name_what_there_is(case)
        excluded = [ignored_auth]
        headers = {"X-CSRFToken": self.csrf}
        if not draw % 5:
            headers, excluded = {}, [ignored_auth, positive_data_acceptance]
        cookies = {}
        if draw % 6:
            cookies = {cookie.key: cookie.value for cookie in self.door.http._cookies.values()}
        if draw % 7:
            headers["Authorization"] = f"Device {self.door.token if draw % 11 else 'nobody'}"
        answer = case.call_and_validate(headers=headers, cookies=cookies, excluded_checks=excluded)
        self.statuses.setdefault(case.operation.label, set()).add(answer.status_code)

    def _name_what_there_is(self, case: Case) -> None:
        device = case.operation.path.startswith("/devices")
        real = self.door.id if device else self.inspection
        if "id" in case.path_parameters:
            case.path_parameters["id"] = real
        if isinstance(case.query, dict) and _is_id(case.query.get("inspection")):
            case.query["inspection"] = self.inspection
        if isinstance(case.body, dict) and _is_id(case.body.get("device_id")):
            case.body["device_id"] = self.door.id


def _is_id(value: object) -> bool:
    return (
        isinstance(value, str)
        and re.fullmatch(openapi()["components"]["schemas"]["Id"]["pattern"], value) is not None
    )


@pytest.fixture
def asked(app: Tillsyn, db: Session) -> Asked:
    me = inspector(db)
    case = visit_of(db, me)
    door = Door(app, me).sign_in().enrol()
    return Asked(door, str(case.id), door.get("/me").get_json()["csrf"], {})


def test_every_answer_is_as_documented(app: Tillsyn, asked: Asked, backend: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    schema.config.generation.update(with_security_parameters=False)  # Asked.send gives them, or not
    operations = [found.ok() for found in schema.get_all_operations()]
    # A device that has been let go of is answered nothing more.
    for operation in sorted(operations, key=lambda one: str(one.path).endswith("/leave")):
        if operation.path == "/openapi.json":
            continue
        takes_something = bool(operation.body or operation.path_parameters or operation.query)
        for mode in (POSITIVE, NEGATIVE) if takes_something else (POSITIVE,):
            _ask(asked, operation.as_strategy(generation_mode=mode), EXAMPLES[backend])
    assert asked.statuses.keys() == OPERATIONS
    assert {label for label, seen in asked.statuses.items() if 200 in seen or 201 in seen} >= TAKEN


def _ask(asked: Asked, strategy: st.SearchStrategy[Case], examples: int) -> None:
    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy, draw=st.integers(0, 1000))
    def ask(case: Case, draw: int) -> None:
        asked.send(case, draw)

    ask()


def test_the_document_says_what_the_program_does() -> None:
    schemas = openapi()["components"]["schemas"]
    codes = set(schemas["Error"]["properties"]["error"]["properties"]["code"]["enum"])
    assert {code for _, _, code in KINDS} | set(CODES.values()) | set(UNKNOWN) | OTHERS == codes
    assert set(schemas["Op"]["required"]) == KEYS == schemas["Op"]["properties"].keys()
    assert schemas["Sync"]["properties"]["ops"]["maxItems"] == MOST_OPS
    assert schemas["Sealed"]["properties"]["items"]["maxItems"] == MOST_SEALED
    for refusal in Refusal:
        assert re.fullmatch(schemas["Result"]["properties"]["status"]["pattern"], f"rejected:{refusal.value}")


def test_the_document_has_every_field_that_can_be_recorded_and_its_shape() -> None:
    told = {
        (one["doc_kind"]["const"], one["field"]["const"]): (one["kind"]["enum"], one["value"])
        for one in (shape["properties"] for shape in openapi()["components"]["schemas"]["Op"]["oneOf"])
    }
    known = {
        (kind, name): (sorted(field.kinds), field.shape.schema)
        for kind, fields in DOCUMENTS.items()
        for name, field in fields.items()
    }
    assert told == known


def test_a_device_may_send_on_every_day_there_is_and_with_a_clock_that_stands_at_its_beginning() -> None:
    pattern = re.compile(openapi()["components"]["schemas"]["Sync"]["properties"]["device_time"]["pattern"])
    day = datetime(1970, 1, 1, tzinfo=UTC)
    days = (day + timedelta(days=n) for n in range(365 * 100))
    refused = [one for one in days if not pattern.match(f"{one:%Y-%m-%d}T23:59:59.999Z")]
    assert all(one.month == 2 and one.day == 29 and one.year < 2000 for one in refused)
    assert not any(pattern.match(f"2026-{no}T12:00:00.000Z") for no in ("02-29", "04-31", "13-01", "01-32"))
