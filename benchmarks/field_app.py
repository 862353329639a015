"""The field app on a slow tablet: what the first visit fetches, opening a long guide without network, typing.

Chromium with its processor slowed down four times, against a server of our own. The guide has 250
questions, and each has an answer. Bytes are those of each file compressed with gzip, as a web server in front
of ours sends them.
"""

import gzip
import json
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, CDPSession, Page, Response, Route, sync_playwright

from tests.browser.chromium import FLAGS, TABLET, executable
from tests.browser.field_app import WORDS, FieldApp, visit_of_two

QUESTIONS = 250
SLOWER = 4
OPENED = 9
KEYS = 200
BETWEEN_KEYS = 60
CORE = "/static/field/core.js"

PAINTED = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
WRITE = """async ([id, guide, questions]) => {
    const core = await import("/static/field/core.js");
    const talk = core.uuid7();
    const { residents } = core.bundle(id);
    const begun = core.now().toISOString();
    const [child] = residents;
    await core.write(id, "talk", talk, "start",
        { informant: "child", resident: child.id, person: child.person, guide, started_at: begun });
    for (const [at, question] of questions.entries()) {
        const doc = core.uuid7();
        await core.write(id, "statement", doc, "source", { talk, position: at + 1 });
        await core.write(id, "statement", doc, "question", question);
        await core.write(id, "statement", doc, "text", `Svar ${at + 1}: det är lugnt här, oftast.`);
        await core.write(id, "statement", doc, "own_words", true);
    }
    return talk;
}"""
OPEN_GUIDE = f"""async ([id, talk]) => {{
    const {{ go }} = await import("/static/field/frame.js");
    const before = performance.now();
    go("talk", {{ id, talk }});
    {PAINTED}
    return performance.now() - before;
}}"""
UNLOCK = f"""async (passphrase) => {{
    const core = await import("{CORE}");
    const before = performance.now();
    await core.unlock({{ passphrase }});
    const frame = () => new Promise(requestAnimationFrame);
    while (document.body.dataset.screen === "unlock") await frame();
    {PAINTED}
    return performance.now() - before;
}}"""
KEY_ALONE = """async (passphrase) => {
    const { stretchWords } = await import("/static/field/crypto.js");
    const { ROUNDS } = await import("/static/field/keys.js");
    const before = performance.now();
    await stretchWords(passphrase, crypto.getRandomValues(new Uint8Array(16)), ROUNDS, ["wrapKey"]);
    return performance.now() - before;
}"""
LISTEN = """() => {
    globalThis.waited = [];
    addEventListener("input", (event) => waited.push(performance.now() - event.timeStamp));
}"""


def measure() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        visit_of_two(Path(folder) / "instance") as visit,
        sync_playwright() as playwright,
    ):
        # Straight to the server: what cuts the line in tests takes time of its own.
        address = f"http://localhost:{visit.site.port}"
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        _first_load(browser, address)
        browser.close()
        context = playwright.chromium.launch_persistent_context(
            Path(folder) / "profile",
            executable_path=executable(),
            args=FLAGS,
            base_url=address,
            locale="sv-SE",
            viewport={"width": TABLET[0], "height": TABLET[1]},
        )
        app = FieldApp(context.pages[0], address)
        app.sign_in()
        talk = _long_talk(app, visit.case)
        _reopen(app.page, visit.case, talk)
        _type(app.page)
        context.close()


def _first_load(browser: Browser, address: str) -> None:
    """With nothing kept from pages before, as in a browser that is new to the site."""
    page = browser.new_page(locale="sv-SE")
    fetched: list[Response] = []
    page.on("response", lambda one: fetched.append(one))  # noqa: PLW0108 - Playwright marks what it is given
    page.goto(f"{address}/field/")
    page.locator("main h1").wait_for()
    page.wait_for_load_state("networkidle")
    own = [one for one in fetched if "/api/" not in one.url and one.ok]
    first = {one.url.removeprefix(address): _packed(one.body()) for one in own}
    print(f"first screen: {len(first)} files, {_kb(sum(first.values()))} gzipped")
    kinds = {".css": "looks", ".js": "scripts", ".json": "words", "/field/": "shell"}
    for end, kind in kinds.items():
        print(f"  {kind}: {_kb(sum(size for url, size in first.items() if url.endswith(end)))}")
    script = urlopen(f"{address}/field/sw.js").read().decode()  # noqa: S310 - our own server
    kept = json.loads(script.removeprefix("const APP = ").split(";\n")[0])["files"]
    page.context.close()
    whole = sum(_packed(urlopen(f"{address}{file}").read()) for file in kept)  # noqa: S310
    print(f"everything that stands on the device after it: {len(kept)} files, {_kb(whole)} gzipped")


def _long_talk(app: FieldApp, case: str) -> str:
    page = app.open().page
    app.enrol()
    guide: dict[str, Any] = {}

    def lengthen(route: Route) -> None:
        bundle = route.fetch().json()
        found = next(one for one in bundle["guides"] if one["informant"] == "child")
        known = found["questions"]
        found["questions"] = [
            {**known[at % len(known)], "id": f"q_{at}", "only_if": []} for at in range(QUESTIONS)
        ]
        guide.update(found)
        route.fulfill(json=bundle)

    page.route("**/bundle", lengthen)
    app.ask("take", case)
    app.ready_without_network()
    page.context.set_offline(True)
    questions = [one["id"] for one in guide["questions"]]
    return page.evaluate(WRITE, [case, guide["id"], questions])


def _reopen(page: Page, case: str, talk: str) -> None:
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    shell, unlocked, key = [], [], []
    for _ in range(3):
        page.goto("/field/")
        page.locator("main h1").wait_for()
        shell.append(page.evaluate("() => performance.now()"))
        key.append(page.evaluate(KEY_ALONE, WORDS))
        unlocked.append(page.evaluate(UNLOCK, WORDS))
    print(f"without network, processor slowed {SLOWER} times, {QUESTIONS} questions with answers:")
    print(f"  the app opens, locked: {statistics.median(shell):.0f} ms")
    print(f"  unlocking, everything decrypted and shown: {statistics.median(unlocked):.0f} ms,")
    print(f"    of which deriving the key from five words: {statistics.median(key):.0f} ms")
    # On a machine that does other things too, the time on the clock is longer than the processor's.
    slow.send("Performance.enable", {"timeDomain": "threadTicks"})
    opened, worked = [], []
    for _ in range(OPENED):
        before = _worked(slow)
        opened.append(page.evaluate(OPEN_GUIDE, [case, talk]))
        worked.append(1000 * (_worked(slow) - before))
    figures = f"median {statistics.median(opened):.0f} ms, most {max(opened):.0f} ms"
    print(f"  the guide with its notes, opened anew: {figures}")
    print(f"    of which the processor worked for the page: median {statistics.median(worked):.0f} ms")


def _worked(session: CDPSession) -> float:
    """Seconds that the page's thread has worked."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def _type(page: Page) -> None:
    page.evaluate(LISTEN)
    field = page.locator(".composer textarea").first
    field.click()
    text = "Det är lugnt här på kvällarna, fast ibland blir det bråk om duschen och då går jag. " * 3
    field.press_sequentially(text[:KEYS], delay=BETWEEN_KEYS, timeout=300_000)
    waited = page.evaluate("() => waited")
    said: list[tuple[str, Callable[[list[float]], float]]] = [
        ("median", statistics.median),
        ("p95", lambda all: statistics.quantiles(all, n=20)[-1]),
        ("most", max),
    ]
    figures = ", ".join(f"{name} {count(waited):.1f} ms" for name, count in said)
    print(f"  a keystroke until all that it starts at once is done ({len(waited)} keys): {figures}")


def _packed(data: bytes) -> int:
    return len(gzip.compress(data, 6))


def _kb(size: int) -> str:
    return f"{size / 1000:.1f} kB"
