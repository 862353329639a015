"""What is written on a device without network is kept, encrypted, and comes to the server once."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.authority import rows
from tests.browser.chromium import TABLET, open_context
from tests.browser.field_app import FieldApp, Visit, another_tab, new_statement, ready, visit_of_two
from tillsyn.models.field import QuarantinedOp

VECTORS = Path(__file__).parents[1] / "vectors"


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    with visit_of_two(tmp_path_factory.mktemp("field") / "instance") as made:
        yield made


@pytest.fixture(scope="module")
def device(browser: Browser, visit: Visit) -> Iterator[FieldApp]:
    """A device that is used again by each test that leaves it as it was."""
    context = open_context(browser, visit.way.address, size=TABLET)
    yield ready(context, visit)
    context.close()


@pytest.fixture
def statement(device: FieldApp, visit: Visit) -> str:
    return new_statement(device, visit)


def test_the_first_load_fetches_the_app_once_and_in_one_piece(browser: Browser, visit: Visit) -> None:
    context = open_context(browser, visit.way.address, size=TABLET)
    visit.way.asked.clear()
    app = FieldApp(context.new_page(), visit.way.address).open()
    app.ready_without_network()
    expect(app.page.locator("#device-name")).to_be_visible()
    asked = [line.removeprefix("GET ") for line in visit.way.asked]
    assert [one for one in asked if one.startswith("/field/words/")] == []
    scripts = [one for one in asked if one.endswith((".js", ".json"))]
    assert len(scripts) == len(set(scripts)), scripts
    assert {"/field/app.json", "/static/field/begin.js", "/static/field/registration.js"} <= set(scripts)
    kept = app.page.evaluate(
        """() => caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))
            .then((all) => all.flat().map((request) => new URL(request.url).pathname))"""
    )
    assert kept and [one for one in kept if not one.startswith(("/field/", "/static/", "/favicon"))] == []
    # The test itself may ask for core.js before the app has come; nothing else comes by itself.
    context.set_offline(True)
    app.open()
    assert app.state() == "new"
    context.close()


def test_device_and_server_count_the_same_sum_of_the_same_value(device: FieldApp) -> None:
    vectors = json.loads((VECTORS / "canonical.json").read_text(encoding="utf-8"))
    counted = device.page.evaluate(
        """async (values) => {
            const { canonical, sha256 } = await import("/static/field/canonical.js");
            return Promise.all(values.map(async (one) => [canonical(JSON.parse(one)), await sha256(canonical(JSON.parse(one)))]));
        }""",
        [json.dumps(one["value"]) for one in vectors["canonical"]],
    )
    assert counted == [[one["text"], one["sha256"]] for one in vectors["canonical"]]
    refused = device.page.evaluate(
        """async (values) => {
            const { canonical } = await import("/static/field/canonical.js");
            return values.map((one) => { try { return canonical(JSON.parse(one)); } catch (fault) { return fault.name; } });
        }""",
        [one["json"] for one in vectors["refused"]],
    )
    assert refused == ["TypeError"] * len(vectors["refused"])


def test_without_network_the_app_opens_and_has_what_was_typed_until_the_last_key(
    device: FieldApp, visit: Visit, statement: str
) -> None:
    device.ask("syncNow")
    device.page.context.set_offline(True)
    device.say(visit.case, statement, "Här är det lugnt.")
    device.ask("draft", visit.case, "statement", statement, "text", "Här är det lugnt. Utom om kv")
    device.page.wait_for_timeout(300)  # the disk; the note itself comes of it only after a longer pause
    device.open()
    assert device.state() == "locked"
    assert device.text(visit.case, statement) is None
    device.unlock()
    field = device.text(visit.case, statement)
    assert field["value"] == "Här är det lugnt. Utom om kv" and field["state"] == "device"
    assert device.ask("syncNow")["problem"] == "offline"
    device.page.context.set_offline(False)
    assert device.ask("syncNow")["left"] == 0
    assert device.text(visit.case, statement)["state"] == "sent"
    assert visit.received(statement) == ["Här är det lugnt.", "Här är det lugnt. Utom om kv"]


def test_a_reply_that_is_lost_after_the_server_has_committed_makes_nothing_twice(
    device: FieldApp, visit: Visit, statement: str
) -> None:
    device.ask("syncNow")
    device.say(visit.case, statement, "en gång")
    visit.way.losing.add("/api/v1/sync")
    assert device.ask("syncNow")["problem"] == "offline"
    visit.way.losing.clear()
    assert visit.received(statement) == ["en gång"]
    assert device.text(visit.case, statement)["state"] == "device"
    said = device.ask("syncNow")
    assert (said["left"], said["problem"]) == (0, "")
    assert device.text(visit.case, statement)["state"] == "sent"
    assert visit.received(statement) == ["en gång"]


def test_two_tabs_write_at_once_and_send_each_note_once(
    device: FieldApp, visit: Visit, statement: str
) -> None:
    other = another_tab(device)
    other.unlock()
    write = """([id, doc, who]) => import("/static/field/core.js").then((core) => Promise.all(
        Array.from({ length: 10 }, (_, n) => core.write(id, "statement", doc, "text", `${who} ${n}`))))"""
    for tab in (device, other):
        tab.page.evaluate(
            f"(given) => {{ globalThis.done = ({write})(given); }}",
            [visit.case, statement, (tab is other and "b") or "a"],
        )
    for tab in (device, other):
        tab.page.evaluate("globalThis.done.then(() => null)")
    sent = [tab.ask("syncNow") for tab in (device, other)]
    assert [one["left"] for one in sent] == [0, 0]
    assert sorted(visit.received(statement)) == sorted(f"{who} {n}" for who in "ab" for n in range(10))
    assert device.text(visit.case, statement)["heads"] == other.text(visit.case, statement)["heads"]
    other.page.close()
    # What the two did not see of each other is shown, not overwritten.
    field = device.text(visit.case, statement)
    if field["others"]:
        device.ask("resolve", visit.case, statement, "text", "a och b")
        assert device.text(visit.case, statement)["others"] == []
    device.ask("syncNow")


@pytest.mark.parametrize("status", [413, 500])
def test_a_note_that_the_server_cannot_receive_keeps_no_other_and_stays_whole(
    device: FieldApp, visit: Visit, statement: str, status: int
) -> None:
    device.ask("syncNow")
    visit.way.refusing[b"ryms inte"] = status
    device.say(visit.case, statement, "före")
    device.say(visit.case, statement, "ryms inte")
    after = new_statement(device, visit)
    device.say(visit.case, after, "efter")
    for _round in range(3):
        device.ask("syncNow")
    assert visit.received(statement) == ["före"] and visit.received(after) == ["efter"]
    [stuck] = [one for one in device.ask("held") if not one["aside"]]
    assert (stuck["op"]["value"], stuck["state"]) == ("ryms inte", "rejected")
    assert device.ask("counts") | {"unsent": 1, "action": 1} == device.ask("counts")
    with rows(visit.site) as db:
        apart = db.query(QuarantinedOp).order_by(QuarantinedOp.id.desc()).first()
        assert apart is not None and "left_on_device" in apart.content and "ryms inte" not in apart.content
    visit.way.refusing.clear()
    # It is in the file that can be carried to the server, and set aside it is looked at no more.
    exported = device.page.evaluate(
        "import('/static/field/core.js').then((core) => core.exportSealed()).then((file) => file.text())"
    )
    assert [one["seq"] for one in json.loads(exported)["items"]] == [stuck["op"]["seq"]]
    device.ask("setAside", stuck["op"]["op_id"], "skriven på nytt")
    assert device.ask("counts") | {"unsent": 0, "action": 0} == device.ask("counts")
    device.say(visit.case, statement, "igen")
    assert device.ask("syncNow")["left"] == 0
    assert visit.received(statement)[-1] == "igen"


def test_a_full_disk_refuses_the_note_and_leaves_no_gap(
    device: FieldApp, visit: Visit, statement: str
) -> None:
    device.ask("syncNow")
    device.page.evaluate(
        """() => {
            globalThis.put = IDBObjectStore.prototype.add;
            IDBObjectStore.prototype.add = () => { throw new DOMException("full", "QuotaExceededError"); };
        }"""
    )
    before = device.ask("counts")["unsent"]
    assert device.refusal("write", visit.case, "statement", statement, "text", "för mycket") == "full"
    assert device.ask("counts")["unsent"] == before
    device.page.evaluate("() => { IDBObjectStore.prototype.add = globalThis.put; }")
    device.say(visit.case, statement, "ryms igen")
    assert device.ask("syncNow")["left"] == 0
    assert visit.received(statement) == ["ryms igen"]


def test_a_draft_that_cannot_be_kept_says_so_and_is_kept_when_there_is_room(
    device: FieldApp, visit: Visit, statement: str
) -> None:
    device.page.evaluate(
        """() => {
            globalThis.put = IDBObjectStore.prototype.put;
            IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
        }"""
    )
    device.ask("draft", visit.case, "statement", statement, "text", "halva ord")
    device.page.wait_for_timeout(200)
    field = device.text(visit.case, statement)
    assert (field["value"], field["state"], field["reason"]) == ("halva ord", "action", "full")
    device.page.evaluate("() => { IDBObjectStore.prototype.put = globalThis.put; }")
    device.ask("settleDrafts")
    assert device.text(visit.case, statement)["state"] == "device"
    assert device.ask("syncNow")["left"] == 0
