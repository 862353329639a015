"""What is put aside, printed, not sent or refused on a device: it stays, says how it stands, and keeps nothing else."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.authority import email_of, rows
from tests.browser.chromium import TABLET, open_context
from tests.browser.field_app import WORDS, FieldApp, Visit, ready, visit_of_two
from tillsyn.inspect.services.enrol_device import MOST_DEVICES
from tillsyn.models.devices import Device, KeyWay
from tillsyn.models.people import User
from tillsyn.models.uploads import Upload

KEEP = """async ([id, item, title, text, type]) => {
    const { keepWhole } = await import("/static/field/files.js");
    const { now, uuid7 } = await import("/static/field/core.js");
    const about = { group: uuid7(), inspection: id, owner: { evidence: item }, title, type, interruptions: [] };
    return keepWhole({ ...about, startedAt: now().toISOString() }, new TextEncoder().encode(text));
}"""
GO = "([name, params]) => import('/static/field/frame.js').then((frame) => frame.go(name, params))"
REFRESH = "() => import('/static/field/frame.js').then((frame) => frame.refresh())"


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    with visit_of_two(tmp_path_factory.mktemp("waits") / "instance") as made:
        yield made


@pytest.fixture(scope="module")
def device(browser: Browser, visit: Visit) -> Iterator[FieldApp]:
    """A device that each test leaves open, with network and with the visit on it."""
    context = open_context(browser, visit.way.address, size=TABLET)
    yield ready(context, visit)
    context.close()


@pytest.fixture(autouse=True)
def _back_at_the_network(device: FieldApp, visit: Visit) -> Iterator[None]:
    yield
    device.page.context.set_offline(False)
    visit.way.refusing.clear()


@pytest.fixture
def item(device: FieldApp, visit: Visit) -> str:
    """A document that was looked at, received by the server."""
    made = str(device.ask("uuid7"))
    about = {"kind": "document", "title": "Rutin", "produced": True, "noted_at": None}
    device.ask("write", visit.case, "evidence", made, "about", about)
    device.ask("syncNow")
    return made


def keep(
    device: FieldApp, visit: Visit, item: str, title: str, text: str, type: str = "application/pdf"
) -> str:
    """A file of a document, kept and told of; its id."""
    made: dict[str, Any] = device.page.evaluate(KEEP, [visit.case, item, title, text, type])
    return str(made["group"])


def pdf(mark: str) -> str:
    return f"%PDF-1.7\n{mark}\n%%EOF"


def is_whole(visit: Visit, group: str) -> bool:
    with rows(visit.site) as db:
        found = db.get(Upload, UUID(group))
        return found is not None and found.completed_at is not None


def go(page: Page, name: str, **params: str) -> None:
    page.evaluate(GO, [name, params])


def unlock(page: Page) -> None:
    page.locator("#passphrase").fill(WORDS)
    page.locator("#open").click()


def test_a_question_put_aside_for_later_is_aside_still_when_the_app_is_opened_again(
    device: FieldApp, visit: Visit
) -> None:
    page = device.page
    child = device.ask("documents", visit.case, "child")[0]
    talk = str(device.ask("uuid7"))
    start = {"informant": "child", "resident": child["id"], "person": "", "guide": "young_13_20"}
    at = page.evaluate("new Date().toISOString()")
    device.ask("write", visit.case, "talk", talk, "start", start | {"started_at": at})
    go(page, "talk", id=visit.case, talk=talk)
    later = page.locator(".ask [id^=park-]").nth(2)
    question = str(later.get_attribute("id")).removeprefix("park-")
    later.click()
    expect(page.locator(f"#park-{question}")).to_contain_text("Ta upp nu")
    page.context.set_offline(True)
    page.reload()
    unlock(page)
    expect(page.locator(f"#visit-{visit.case}")).to_be_visible()
    go(page, "talk", id=visit.case, talk=talk)
    aside = page.locator(".ask[data-parked]")
    expect(aside).to_have_count(1)
    expect(aside).to_have_attribute("data-question", question)
    page.locator(f"#park-{question}").click()
    expect(aside).to_have_count(0)
    page.context.set_offline(False)
    device.ask("syncNow")


def test_the_questions_on_paper_are_had_without_network(device: FieldApp, visit: Visit) -> None:
    page = device.page
    device.ask("syncNow")  # after the notes, the sheets that are not here are fetched
    page.context.set_offline(True)
    visit.way.asked.clear()
    go(page, "visit", id=visit.case)
    page.locator("details[data-fold=paper] summary").click()
    sheets = page.locator(".papers li")
    expect(sheets.first).to_be_visible()
    expect(page.locator(".papers a")).to_have_count(0)
    with page.expect_download() as fetched:
        page.locator("#paper-young_13_20").click()
    assert fetched.value.suggested_filename == "young_13_20.pdf"
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF-")
    assert [one for one in visit.way.asked if "/guides/" in one] == []


def test_a_file_that_the_server_fails_on_keeps_no_other_and_says_so(
    device: FieldApp, visit: Visit, item: str
) -> None:
    page = device.page
    visit.way.refusing[b"FAILS"] = 500
    failing = keep(device, visit, item, "Schemat", pdf("FAILS"))
    after = keep(device, visit, item, "Rutinen", pdf("goes"))
    assert device.ask("syncNow")["problem"] == "server"
    assert is_whole(visit, after), "the file after it is sent in the same round"
    assert not is_whole(visit, failing)
    for _round in range(2):
        said = device.ask("syncNow")
    assert said["problem"] == "", "it is the file, and the file says so"
    go(page, "action")
    stuck = page.locator(".stuck", has_text="Schemat")
    expect(stuck).to_contain_text("servern klarar inte just den här filen")
    visit.way.refusing.clear()
    page.get_by_role("button", name="Försök skicka igen").click()
    expect(stuck).to_have_count(0)
    expect(page.get_by_role("status").last).to_be_visible()
    assert is_whole(visit, failing)
    assert device.ask("counts") | {"files": 0, "action": 0} == device.ask("counts")


def test_a_refused_file_has_the_words_of_the_server_and_is_taken_away_by_its_person(
    device: FieldApp, visit: Visit, item: str
) -> None:
    page = device.page
    refused = keep(device, visit, item, "Sidan 2", "<html>no picture</html>", "image/jpeg")
    after = keep(device, visit, item, "Sidan 3", pdf("goes too"))
    assert device.ask("syncNow")["problem"] == ""
    assert is_whole(visit, after)
    expect(page.locator("#to-action")).to_contain_text("1 behöver åtgärd")
    page.locator("#to-action").click()
    stuck = page.locator(".stuck", has_text="Sidan 2")
    expect(stuck).to_contain_text("Servern tar inte emot det: Filer av det här slaget")
    go(page, "item", id=visit.case, item=item)
    expect(page.locator(".photo__why")).to_contain_text("Filer av det här slaget")
    page.locator("#back").click()
    for answer in ("Låt den vara", "Ta bort"):
        stuck.locator(f"#remove-{refused}").click()
        page.get_by_role("dialog").get_by_role("button", name=answer, exact=True).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        if answer == "Låt den vara":
            expect(stuck).to_be_visible()
    expect(page.locator(".stuck")).to_have_count(0)
    expect(page.locator("#to-action")).to_have_count(0)
    assert device.ask("counts")["files"] == 0


def test_a_button_that_is_drawn_anew_under_the_finger_is_pressed_all_the_same(
    device: FieldApp, visit: Visit
) -> None:
    page = device.page
    go(page, "evidence", id=visit.case, kind="observation")
    page.locator("#evidence-title").fill("Hallen")
    page.evaluate(REFRESH)  # something has come from the server while the person writes
    box = page.locator("#add").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.evaluate(REFRESH)
    page.evaluate("() => new Promise((done) => setTimeout(done, 20))")
    page.mouse.up()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hallen")


def test_what_is_not_sent_when_the_visit_is_ended_is_told_of_and_goes_when_there_is_a_network(
    device: FieldApp, visit: Visit, item: str
) -> None:
    page = device.page
    page.context.set_offline(True)
    group = keep(device, visit, item, "Personallistan", pdf("left"))
    go(page, "finish", id=visit.case)
    expect(page.locator("main")).to_contain_text("Foton och ljud som inte är mottagna finns kvar krypterade")
    page.locator("#finish").click()
    expect(page.locator("#saved")).to_contain_text("sparade på enheten, inte skickade")
    page.locator("#to-device").click()
    left = page.locator("#of-ended")
    expect(left).to_contain_text("Personallistan")
    expect(left).to_contain_text("sparad på enheten")
    page.locator("#lock").click()
    expect(page.locator("#passphrase")).to_be_visible()
    expect(page.locator("#app")).not_to_contain_text("Personallistan")
    unlock(page)
    expect(left).to_contain_text("Personallistan")
    page.context.set_offline(False)
    assert device.ask("syncNow")["problem"] == ""  # the note that tells of it, and then the file itself
    assert device.ask("counts")["files"] == 0, device.page.evaluate(
        "() => import('/static/field/files.js').then((files) => files.filesLeft())"
    )
    expect(left).to_have_count(0)
    assert is_whole(visit, group)
    assert (
        device.page.evaluate(
            "(group) => import('/static/field/files.js').then((files) => files.recordIds(`${group}/`))", group
        )
        == []
    ), "nothing of an ended visit stays when the server has it"
    device.ask("take", visit.case)


def test_whoever_has_too_many_devices_is_told_to_let_go_of_one(browser: Browser, visit: Visit) -> None:
    with rows(visit.site) as db:
        person = db.query(User).filter_by(email=email_of("co_inspector")).one()
        now = datetime.now(UTC)
        for number in range(MOST_DEVICES):
            made = {
                "name": f"platta {number}",
                "token_hash": f"{number:032}".encode(),
                "key_way": KeyWay.PASSPHRASE,
            }
            db.add(Device(user_id=person.id, client="1.0.0", enrolled_at=now, last_seen_at=now, **made))
    context = open_context(browser, visit.way.address, size=TABLET)
    app = FieldApp(context.new_page(), visit.way.address)
    app.sign_in("co_inspector")
    page = app.open().page
    page.locator("#device-name").fill("platta 11")
    page.locator("label[for=way-1]").click()
    page.locator("#continue").click()
    expect(page.locator("#secret-words li")).to_have_count(5)
    words = page.locator("#secret-words li").all_text_contents()
    page.locator("#continue").click()
    page.locator("#passphrase").fill(" ".join(words))
    page.locator("#continue").click()
    expect(page.locator("#fault")).to_contain_text(f"Du har redan {MOST_DEVICES} enheter")
    context.close()
