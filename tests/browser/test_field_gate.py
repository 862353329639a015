"""The order of talks is the same rule on a device as on the server: tests/vectors/gate.json holds both."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).parents[2]
VECTORS = json.loads((ROOT / "tests" / "vectors" / "gate.json").read_text(encoding="utf-8"))
CALL = """async ([name, calls]) => {
    const module = await import("http://gate.test/gate.js");
    return calls.map((given) => module[name](...given));
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page that can load the rule, from no server at all."""

    def answer(route: Route) -> None:
        script = route.request.url.endswith(".js")
        body = (
            (ROOT / "static" / "field" / "gate.js").read_text(encoding="utf-8")
            if script
            else "<title>-</title>"
        )
        route.fulfill(body=body, content_type="text/javascript" if script else "text/html")

    context = browser.new_context()
    page = context.new_page()
    page.route("http://gate.test/**", answer)
    page.goto("http://gate.test/")
    yield page
    context.close()


def test_a_device_answers_as_the_vectors_say(page: Page) -> None:
    given = [[one["facts"], one["informant"]] for one in VECTORS]
    assert page.evaluate(CALL, ["refusedTalk", given]) == [one["reasons"] for one in VECTORS]
    assert page.evaluate(CALL, ["isBeforeChildren", given]) == [one["before_children"] for one in VECTORS]


def test_what_the_rule_looks_at_is_read_from_what_the_device_holds(page: Page) -> None:
    facts = page.evaluate(
        """async () => {
            const { factsOf } = await import("http://gate.test/gate.js");
            const bundle = { inspection: { state: "prepared" }, gate: { before: ["staff"] }, residents: [{ id: "r1", person: "b1" }] };
            const all = {
                visit: [{ id: "v", fields: { started: { value: true }, children_confirmed: { value: true }, override: { value: ["skäl"] } } }],
                child: [
                    { id: "r1", fields: { added: { value: 0 } } },
                    { id: "r2", fields: { added: { value: 1 }, outcome: { value: { outcome: "declined" } } } },
                    { id: "r3", fields: { added: { value: null }, outcome: { value: null } } },
                    { id: "r4", fields: { added: { value: 3 }, outcome: { value: null } } },
                ],
                acute: [{ id: "a", fields: { step: { value: { reported_to: "police" } } } }],
            };
            return factsOf(bundle, (kind) => all[kind] ?? []);
        }"""
    )
    assert facts == {
        "state": "children",
        "before": ["staff"],
        "children_confirmed": True,
        "without_outcome": ["b1", "r4"],
        "overridden": True,
        "acute": True,
    }


def test_a_device_that_holds_nothing_yet_waits_for_the_list(page: Page) -> None:
    empty = {"inspection": {"state": "children"}, "gate": {"before": ["staff"]}, "residents": []}
    refused = page.evaluate(
        """async (bundle) => {
            const { factsOf, refusedTalk } = await import("http://gate.test/gate.js");
            return refusedTalk(factsOf(bundle, () => []), "staff");
        }""",
        empty,
    )
    assert refused == ["list_open"]
