"""Photos and sound on the device: encrypted piece by piece, sent part by part, and whole on the server."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Playwright, expect

from tests.browser.authority import rows
from tests.browser.field_app import FieldApp, Visit, kill, own_browser, ready, visit_of_two
from tillsyn.inspect.services.receive_part import read_parts
from tillsyn.models.uploads import Upload

LISTENING = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
"""A microphone that beeps once a second."""
SECRET = "Kvarngatan 4"
CALL = "([module, name, given]) => import(`/static/field/${module}.js`).then((made) => made[name](...given))"
HEARS = """() => {
    const devices = navigator.mediaDevices;
    const ask = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (what) => (window.heard = await ask(what));
}"""
PLAYS = """async (address) => {
    const bytes = await (await fetch(address)).arrayBuffer();
    return (await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes)).duration;
}"""


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    with visit_of_two(tmp_path_factory.mktemp("media") / "instance") as made:
        yield made


def call(app: FieldApp, module: str, name: str, *given: object) -> Any:
    return app.page.evaluate(CALL, [module, name, list(given)])


def talk_of(app: FieldApp, visit: Visit, number: int = 0) -> str:
    """A talk with one of the children, begun on the device."""
    child = app.ask("documents", visit.case, "child")[number]
    talk = str(app.ask("uuid7"))
    start = {"informant": "child", "resident": child["id"], "person": "", "guide": "young_13_20"}
    at = app.page.evaluate("new Date().toISOString()")
    app.ask("write", visit.case, "talk", talk, "start", start | {"started_at": at})
    return talk


def document_of(app: FieldApp, visit: Visit) -> str:
    item = str(app.ask("uuid7"))
    about = {"kind": "document", "title": "Rutin", "produced": True, "noted_at": None}
    app.ask("write", visit.case, "evidence", item, "about", about)
    return item


def received(visit: Visit, group: str) -> tuple[Upload, bytes]:
    with rows(visit.site) as db:
        upload = db.get_one(Upload, UUID(group))
        assert upload.completed_at is not None, "not all of it is on the server"
        return upload, b"".join(read_parts(db, upload))


def record_ids(app: FieldApp, start: str) -> list[str]:
    return list(call(app, "files", "recordIds", start))


def test_sound_is_kept_in_slices_and_each_part_of_it_plays(
    playwright: Playwright, visit: Visit, tmp_path: Path
) -> None:
    with own_browser(playwright, tmp_path / "profile", *LISTENING) as context:
        app = ready(context, visit)
        talk = talk_of(app, visit)
        assert app.ask("documents", visit.case, "recording") == []
        app.page.evaluate(HEARS)
        group = call(app, "recorder", "record", visit.case, talk, {"slice": 200, "segment": 1_000})
        app.page.wait_for_timeout(2_600)
        assert len(record_ids(app, f"{group}/")) > 2, "slices are on the disk while it goes on"
        assert call(app, "recorder", "recordingNow")["talk"] == talk
        expect(app.page.locator(".field-top__sound")).to_have_text("Spelar in")
        app.page.evaluate("window.heard.getTracks().forEach((track) => track.stop())")
        for _wait in range(50):
            if call(app, "recorder", "recordingNow")["interruptions"]:
                break
            app.page.wait_for_timeout(100)
        told = call(app, "recorder", "stopRecording")
        expect(app.page.locator(".field-top__sound")).to_have_count(0)
        assert told["interruptions"] and told["interruptions"][0]["seconds"] >= 1, (
            "what took the microphone is told"
        )
        assert told["parts"] >= 2 and record_ids(app, f"{group}/s/") == []
        assert call(app, "files", "fileCounts") == {"unsent": 1, "action": 0}
        assert app.ask("syncNow")["problem"] == ""
        assert call(app, "files", "fileCounts") == {"unsent": 0, "action": 0}
        upload, content = received(visit, group)
        assert len(content) == upload.size == told["bytes"] and str(upload.interview_id) == talk
        assert record_ids(app, f"{group}/p/") == [], "what the server has is not kept here"
        lengths = [
            app.page.evaluate(PLAYS, f"/inspections/2026-00081/files/{group}/{n}")
            for n in range(1, upload.parts + 1)
        ]
        assert min(lengths) > 0.2 and sum(lengths) > 2.2, lengths
        talk_of_page = app.page.evaluate(
            "(talk) => fetch(`/inspections/2026-00081/talks/${talk}`).then((answer) => answer.text())", talk
        )
        assert talk_of_page.count("<audio") == upload.parts and "inget spelades in" in talk_of_page
        # Locked by hand in the middle of another: it is ended, and whole, before the key is gone.
        another = call(app, "recorder", "record", visit.case, talk, {"slice": 5_000, "segment": 60_000})
        app.page.wait_for_timeout(1_200)
        app.ask("lock")
        assert app.state() == "locked" and app.ask("counts")["files"] == 1
        app.unlock()
        told = next(one for one in app.ask("documents", visit.case, "recording") if one["id"] == another)
        assert told["fields"]["about"]["value"]["bytes"] > 1_000, "what came in before the lock is there"


def test_a_kill_in_the_middle_of_a_recording_loses_at_most_the_last_slice(
    playwright: Playwright, visit: Visit, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    with own_browser(playwright, profile, *LISTENING) as context:
        app = ready(context, visit)
        talk = talk_of(app, visit, 1)
        context.set_offline(True)
        group = call(app, "recorder", "record", visit.case, talk, {"slice": 250, "segment": 1_000})
        app.page.wait_for_timeout(2_400)
        parts = len(record_ids(app, f"{group}/p/"))
        kept = parts * 1.0 + len(record_ids(app, f"{group}/s/")) * 0.25
        kill(profile)
    assert kept > 2.4 - 0.25 - 0.5, "what came in is on the disk, but for the slice under way"
    for file in profile.rglob("*"):
        if file.is_file() and file.stat().st_size < 50_000_000:
            assert b"OpusHead" not in file.read_bytes(), f"sound in the clear in {file}"
    with own_browser(playwright, profile, *LISTENING) as context:
        app = FieldApp(context.new_page(), visit.way.address).open()
        app.unlock()
        for _wait in range(100):
            found = [one for one in app.ask("documents", visit.case, "recording") if one["id"] == group]
            if found:
                break
            app.page.wait_for_timeout(100)
        about = found[0]["fields"]["about"]["value"]
        assert about["talk"] == talk and about["interruptions"][-1]["seconds"] == 0
        for _round in range(20):
            said = app.ask("syncNow")
            if said["problem"] == "signed_out":  # the session's cookie was not on the disk yet
                app.sign_in()
                app.open()
                app.unlock()
            if call(app, "files", "fileCounts")["unsent"] == 0:
                break
            app.page.wait_for_timeout(250)
        assert said["problem"] == "" and app.ask("held") == [], repr(app.ask("held"))
        upload, _content = received(visit, group)
        lengths = [
            app.page.evaluate(PLAYS, f"/inspections/2026-00081/files/{group}/{n}")
            for n in range(1, upload.parts + 1)
        ]
        assert sum(lengths) > kept - 0.25, "all that was on the disk can be heard"


def test_a_photo_is_drawn_anew_encrypted_and_sent_and_a_lost_answer_sends_no_part_twice(
    playwright: Playwright, visit: Visit, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = SECRET, 6
    taken = BytesIO()
    Image.linear_gradient("L").resize((4000, 3000)).convert("RGB").save(taken, "JPEG", exif=exif)
    with own_browser(playwright, tmp_path / "profile", *LISTENING) as context:
        app = ready(context, visit)
        item = document_of(app, visit)
        with app.page.expect_file_chooser() as chooser:
            app.page.evaluate(
                """([id, item]) => {
                    window.made = import("/static/field/photo.js")
                        .then((photo) => photo.takePhoto(id, { evidence: item }, { title: "Sidan 1" }));
                }""",
                [visit.case, item],
            )
        chooser.value.set_files({"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": taken.getvalue()})
        photo = app.page.evaluate("window.made")
        shown = """async (group) => {
            const image = new Image();
            image.src = await (await import("/static/field/photo.js")).smallPicture(group);
            await image.decode();
            return [image.naturalWidth, image.naturalHeight];
        }"""
        assert app.page.evaluate(shown, photo["group"]) == [240, 320], "turned up, and allowed to be shown"
        visit.way.losing.add("/2")
        pdf = app.page.evaluate(
            """async ([id, item]) => {
                const bytes = new Uint8Array(2_500_000);
                bytes.set(new TextEncoder().encode("%PDF-1.7"));
                const { keepPhoto } = await import("/static/field/photo.js");
                return keepPhoto(id, { evidence: item }, new File([bytes], "../../x.pdf"));
            }""",
            [visit.case, item],
        )
        second = f"/api/v1/uploads/{pdf['group']}/2"
        app.ask("syncNow")
        assert f"PUT {second}" in visit.way.asked, "its answer was lost, now or in a round before"
        visit.way.losing.clear()
        visit.way.asked.clear()
        assert app.ask("syncNow")["problem"] == ""
        assert f"PUT {second}" not in visit.way.asked, "the server said that it had the part"
        assert call(app, "files", "fileCounts") == {"unsent": 0, "action": 0}
        upload, content = received(visit, photo["group"])
        assert SECRET.encode() not in content and upload.title == "Sidan 1" and not upload.cleaned
        with Image.open(BytesIO(content)) as picture:
            assert picture.size == (1800, 2400)
        upload, content = received(visit, pdf["group"])
        assert upload.parts == 3 and len(content) == 2_500_000
