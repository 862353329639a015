"""Three devices of two people in one case, a network that fails, and whatever order things come in.

The real field app in Chromium against the real server, on sequences drawn from a seed: every note is on the
server once, each is a head or below one, and in the end all devices show the same. The rules themselves go
through thousands of sequences without a browser (tests/integration/test_devices_lose_nothing.py).
"""

import json
import random
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from tests.browser.authority import rows
from tests.browser.chromium import TABLET, open_context
from tests.browser.field_app import FieldApp, Visit, new_statement, ready, visit_of_two
from tillsyn.models.field import FieldHead, FieldOp

STEPS = 20
PEOPLE = ("inspector", "inspector", "co_inspector")


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    with visit_of_two(tmp_path_factory.mktemp("converge") / "instance") as made:
        yield made


@pytest.fixture(scope="module")
def devices(browser: Browser, visit: Visit) -> Iterator[list[FieldApp]]:
    contexts = [open_context(browser, visit.way.address, size=TABLET) for _ in PEOPLE]
    yield [ready(context, visit, who) for context, who in zip(contexts, PEOPLE, strict=True)]
    for context in contexts:
        context.close()


class Story:
    """What the devices do with one statement, and every note that they wrote."""

    def __init__(self, visit: Visit, devices: list[FieldApp], seed: int) -> None:
        self.visit, self.devices = visit, devices
        self.chance = random.Random(seed)  # noqa: S311 - a sequence to repeat, no secret
        self.written: list[str] = []
        self.doc = new_statement(devices[0], visit)
        for device in [devices[0], *devices]:
            device.ask("syncNow")

    def step(self, number: int) -> None:
        device = self.chance.choice(self.devices)
        moves: list[tuple[int, Callable[[FieldApp, int], None]]] = [
            (6, self.write),
            (2, self.type_and_open_anew),
            (4, self.sync),
            (2, self.lose_the_reply),
            (2, self.go_out_and_in),
            (2, self.settle),
        ]
        weights, choices = zip(*moves, strict=True)
        self.chance.choices(choices, weights)[0](device, number)

    def write(self, device: FieldApp, number: int) -> None:
        self.written.append(device.say(self.visit.case, self.doc, f"anteckning {number}")["op_id"])

    def type_and_open_anew(self, device: FieldApp, number: int) -> None:
        device.ask("draft", self.visit.case, "statement", self.doc, "text", f"utkast {number}")
        device.page.wait_for_timeout(150)
        device.page.reload()
        device.unlock()
        self.written += device.text(self.visit.case, self.doc)["heads"]

    def sync(self, device: FieldApp, _number: int) -> None:
        device.ask("syncNow")

    def lose_the_reply(self, device: FieldApp, _number: int) -> None:
        self.visit.way.losing.add(self.chance.choice(["/api/v1/sync", "/api/v1/changes"]))
        device.ask("syncNow")
        self.visit.way.losing.clear()

    def go_out_and_in(self, device: FieldApp, _number: int) -> None:
        device.page.context.set_offline(self.chance.random() < 0.5)

    def settle(self, device: FieldApp, number: int) -> None:
        field = device.text(self.visit.case, self.doc)
        if field and field["others"]:
            made = device.ask("resolve", self.visit.case, self.doc, "text", f"valt {number}")
            self.written.append(made["op_id"])

    def come_home(self) -> None:
        for device in self.devices:
            device.page.context.set_offline(False)
        for device in [*self.devices, *self.devices]:
            said = device.ask("syncNow")
            assert (said["left"], said["problem"]) == (0, "")


@pytest.mark.parametrize("seed", [6, 1989])
def test_nothing_is_lost_nothing_comes_twice_and_all_devices_agree(
    devices: list[FieldApp], visit: Visit, seed: int
) -> None:
    story = Story(visit, devices, seed)
    for number in range(STEPS):
        story.step(number)
    story.come_home()
    with rows(visit.site) as db:
        of_field = [FieldOp.doc_id == UUID(story.doc), FieldOp.field == "text"]
        ops = {str(op.id): json.loads(op.content) for op in db.scalars(select(FieldOp).where(*of_field))}
        heads = select(FieldHead.op_id).where(FieldHead.doc_id == UUID(story.doc), FieldHead.field == "text")
        on_server = sorted(str(head) for head in db.scalars(heads))
    assert set(story.written) <= set(ops), "a note is not on the server"
    own = [(op["device_id"], op["seq"]) for op in ops.values() if op["seq"]]
    assert len(own) == len(set(own))
    reached, look = set(), list(on_server)
    while look:
        op_id = look.pop()
        if op_id not in reached:
            reached.add(op_id)
            look += ops[op_id]["parents"]
    assert reached == set(ops), "a note is neither a head nor below one"
    for device in devices:
        assert device.text(visit.case, story.doc)["heads"] == on_server
