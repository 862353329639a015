"""At the API of devices too an id of somebody else's is as an id of nothing: the same answer after the same questions.

The responsible inspector comes with a device of theirs, and names cases, files and devices of another unit's
(tests/rich_elsewhere.py), and what is nowhere.
"""

from hashlib import sha256
from typing import Any
from uuid import UUID

from werkzeug.test import TestResponse

from tests.integration.rich_site import FULLEST, RichSite
from tests.integration.test_ids_of_others import _of_the_other, elsewhere, questions_noted, theirs  # noqa: F401
from tests.integration.test_log_of_reading import contents
from tillsyn.models.base import new_id

NAMED = {
    "api.bundle": "inspection_id",
    "api.upload": "upload_id",
    "api.part": "upload_id",
    "api.leave": "device_id",
    "api.report": "device_id",
}
"""What the id in each address is of."""
METHODS = {"api.part": "PUT", "api.leave": "POST", "api.report": "POST"}
PART = b"nothing that is kept"
REPORT = {"seq": 1, "holds": []}


def ask(rich: RichSite, address: str, method: str = "GET", body: object = None) -> TestResponse:
    assert rich.devices is not None
    headers = {"Authorization": f"Device {rich.devices.token}"}
    if method == "PUT":
        headers["X-SHA256"] = sha256(PART).hexdigest()
        return rich.as_("leader").http.put(address, data=PART, headers=headers)
    return rich.as_("leader").http.open(address, method=method, headers=headers, json=body)


def answers(rich: RichSite, id: UUID, **asked: Any) -> tuple[int, object, list[str]]:
    """Status, body, and what the database was asked."""
    engine = rich.app.extensions["tillsyn_engine"]
    questions: list[str] = []
    with questions_noted(engine, questions):
        answer = ask(rich, asked["address"].format(id=id), asked["method"], asked["body"])
    told = answer.get_data(as_text=True).replace(str(id), "…")
    return answer.status_code, told, questions


def test_an_id_of_another_unit_is_as_an_id_of_nothing(theirs: dict[str, Any], rich: RichSite) -> None:  # noqa: F811
    with rich.db() as db:
        before = _of_the_other(contents(db), theirs)
        own = rich._values(db, rich.made.cases[FULLEST])
    rules = [
        rule
        for rule in rich.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and "id" in rule.arguments
    ]
    assert {rule.endpoint for rule in rules} == NAMED.keys()
    asked = [
        {
            "address": rule.rule.replace("<id>", "{id}").replace("<int:n>", "1"),
            "method": METHODS.get(rule.endpoint, "GET"),
            "body": REPORT if METHODS.get(rule.endpoint) == "POST" else None,
            "of": NAMED[rule.endpoint],
        }
        for rule in rules
    ]
    changes = "/api/v1/changes?after=0&inspection={id}"
    asked.append({"address": changes, "method": "GET", "body": None, "of": "inspection_id"})
    ask(rich, "/api/v1/inspections")  # the device has been seen
    for one in asked:
        name = str(one["of"])
        answers(rich, new_id(), **one)
        foreign, nothing = answers(rich, theirs[name], **one), answers(rich, new_id(), **one)
        assert foreign[:2] == nothing[:2], one
        assert foreign[0] == 404, one
        assert foreign[2] == nothing[2] != [], one
        if one["method"] == "GET":
            mine = ask(rich, str(one["address"]).format(id=own[name])).status_code
            assert mine in (200, 409), "the control: it is there, or is at no step to be taken along"
    with rich.db() as db:
        assert _of_the_other(contents(db), theirs) == before, "something of the other unit's was changed"


def test_a_case_of_another_unit_is_in_no_list_and_no_note_for_it_is_taken(
    theirs: dict[str, Any],  # noqa: F811
    rich: RichSite,
) -> None:
    """A note is answered in the same words whether its case is another's or nowhere."""
    assert rich.devices is not None
    listed = ask(rich, "/api/v1/inspections").get_json()["inspections"]
    assert listed and str(theirs["inspection_id"]) not in {one["id"] for one in listed}
    told = []
    for number, case in enumerate((theirs["inspection_id"], new_id())):
        rich.put_back()
        with rich.db() as db:
            before = _of_the_other(contents(db), theirs)
        op = {
            "op_id": str(new_id()), "device_id": str(rich.devices.device_id), "seq": 13,
            "inspection_id": str(case), "doc_kind": "talk", "doc_id": str(new_id()), "field": "note",
            "kind": "set", "parents": [], "value": "Ett ord", "client_time": "2026-10-01T12:00:00.000Z",
            "tz": "Europe/Stockholm", "author": str(rich.made.people["leader"]), "guide_version": "",
        }  # fmt: skip
        body = {
            "protocol": 1, "client": "1.0.0", "device_id": str(rich.devices.device_id), "announced_seq": 13,
            "unsent": 0, "device_time": "2026-10-01T12:00:00.000Z", "ops": [op],
        }  # fmt: skip
        answer = ask(rich, "/api/v1/sync", "POST", body)
        (result,) = answer.get_json()["results"]
        told.append((answer.status_code, result["status"]))
        if number == 0:
            with rich.db() as db:
                after = _of_the_other(contents(db), theirs)
            changed = {table for table in after if after[table] != before[table]}
            assert changed <= {"quarantined_ops", "field_ops", "device_alarms", "devices"}, changed
    rich.put_back()
    assert told[0] == told[1] and told[0][1].startswith("rejected"), told
