"""The pages about devices: the supervisor's list and first page, a person's own, lost, and the report."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.services.carry_cases import take_along
from tillsyn.inspect.services.device_alarms import raise_alarm
from tillsyn.inspect.services.enrol_device import enrol_device
from tillsyn.inspect.services.lose_device import report_lost
from tillsyn.models.devices import AlarmKind, Device, DeviceAlarm, KeyWay
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, TeamRole


class Office:
    def __init__(self, app: Tillsyn, db: Session) -> None:
        self.app, self.db, self.now = app, db, app.config["CLOCK"]()
        self.inspector = make_user(db, Role.INSPECTOR, name="Ida Ek")
        self.boss = make_user(db, Role.SUPERVISOR, name="Sven Berg")
        self.case = make_inspection(db, team={TeamRole.INSPECTOR: self.inspector})
        actor = acting(self.inspector)
        self.device, _ = enrol_device(
            db, actor=actor, name="Surfplatta 3", key_way=KeyWay.PRF, client="1.0.0", now=self.now
        )
        take_along(db, actor=actor, device=self.device, inspection=self.case, now=self.now)
        db.commit()

    def as_(self, user: User) -> Browsing:
        browser = Browsing(self.app)
        browser.sign_in_as(user)
        return browser


@pytest.fixture
def office(app: Tillsyn, db: Session) -> Office:
    return Office(app, db)


def test_the_supervisor_sees_whose_it_is_what_it_holds_and_what_it_has_not_sent(office: Office) -> None:
    office.device.unsent, office.device.clock_ahead_ms = 3, -7_200_000
    office.db.commit()
    page = office.as_(office.boss).get("/devices")
    for said in ("Surfplatta 3", "Ida Ek", office.case.dnr, "3 anteckningar inte skickade", "2 timmar efter"):
        assert said in page.text, said
    office.as_(office.inspector).get("/devices", status=404)
    mine = office.as_(office.inspector).get("/devices/mine")
    assert "Surfplatta 3" in mine.text and office.case.dnr in mine.text


def test_an_office_without_devices_is_told_how_one_comes_to_stand_there(app: Tillsyn, db: Session) -> None:
    boss = make_user(db, Role.SUPERVISOR, language="en")
    db.commit()
    browser = Browsing(app)
    browser.sign_in_as(boss)
    assert "enrols a device in the field app" in browser.get("/devices").text
    assert "You have no device" in browser.get("/devices/mine").text


def test_lost_needs_a_reason_and_a_yes_and_leads_to_the_report(office: Office) -> None:
    browser = office.as_(office.boss)
    page = browser.get(f"/devices/{office.device.id}")
    page = browser.submit(page, action="lost", status=422, reason="Glömd på tåget i går kväll.")
    assert "Bekräfta att du förstår" in page.text and "Glömd på tåget i går kväll." in page.html
    sent = browser.submit(page, action="lost", status=303, reason="Glömd på tåget i går kväll.", certain="y")
    report = browser.get(sent.location or "")
    for said in (
        "Glömd på tåget i går kväll.",
        office.case.dnr,
        "artikel 33",
        "AES-256-GCM",
        "Sven Berg",
        "72 timmar",
    ):
        assert said in report.text, said
    again = browser.get(f"/devices/{office.device.id}")
    assert "Sven Berg anmälde den" in again.text and "Anmäl enheten som förlorad" not in again.text
    assert "Anmäld som förlorad" in browser.get("/devices").text


def test_its_own_person_reports_it_and_is_signed_out(office: Office) -> None:
    browser = office.as_(office.inspector)
    page = browser.get(f"/devices/{office.device.id}")
    sent = browser.submit(page, action="lost", status=303, reason="Stulen ur bilen.", certain="y")
    assert (sent.location or "").startswith("/sign-in")
    browser.get("/", status=302)


def test_a_device_of_somebody_else_is_not_there(office: Office) -> None:
    other = make_user(office.db, Role.INSPECTOR)
    office.db.commit()
    browser = office.as_(other)
    for address in (f"/devices/{office.device.id}", f"/devices/{office.device.id}/loss"):
        browser.get(address, status=404)
    browser.post(f"/devices/{office.device.id}/leave", status=404)
    browser.post(f"/devices/{office.device.id}/lost", status=404, reason="x", certain="y")


def test_it_is_let_go_of_on_its_own_page(office: Office) -> None:
    browser = office.as_(office.inspector)
    browser.submit(browser.get(f"/devices/{office.device.id}"), action="leave", status=303)
    assert "Surfplatta 3" not in browser.get("/devices/mine").text.replace("Surfplatta 3 är inte längre", "")
    assert "Används inte längre (1)" in office.as_(office.boss).get("/devices").text


def test_alarms_stand_on_the_supervisors_first_page_until_seen_to(office: Office) -> None:
    for kind, notes in ((AlarmKind.CLONED, 1), (AlarmKind.LOST_NOTES, 2), (AlarmKind.LOST_NOTES, 1)):
        raise_alarm(
            office.db,
            device=office.device,
            kind=kind,
            notes=notes,
            actor=acting(office.inspector),
            now=office.now,
        )
    office.db.commit()
    browser = office.as_(office.boss)
    start = browser.get("/")
    assert "Enheten har tappat 3 anteckningar som inte var skickade." in start.text
    assert "Två enheter skickar som en" in start.text
    assert "Två enheter" not in office.as_(office.inspector).get("/").text
    for alarm in office.db.scalars(select(DeviceAlarm)).all():
        page = browser.get(f"/devices/{office.device.id}")
        browser.submit(page, action=f"{alarm.id}/seen", status=303)
    assert "Enheter i fält" not in browser.get("/").text
    assert office.as_(office.inspector).get(f"/devices/{office.device.id}").status == 200


def test_a_silent_device_with_notes_stands_on_the_first_page(office: Office) -> None:
    office.device.unsent, office.device.last_seen_at = 1, office.now - timedelta(days=8)
    office.db.commit()
    assert "Har anteckningar som inte har kommit hit" in office.as_(office.boss).get("/").text


def test_the_report_says_how_a_lost_device_was_protected_by_the_way_of_its_key(office: Office) -> None:
    words, _ = enrol_device(
        office.db,
        actor=acting(office.inspector),
        name="Telefonen",
        key_way=KeyWay.PASSPHRASE,
        client="1",
        now=office.now,
    )
    for device in (office.device, words):
        report_lost(
            office.db, actor=acting(office.boss), device_id=device.id, reason="Borta.", now=office.now
        )
    office.db.commit()
    browser = office.as_(office.boss)
    assert "skärmlåset (kod, finger eller ansikte)" in browser.get(f"/devices/{office.device.id}/loss").text
    assert "fem slumpade ord" in browser.get(f"/devices/{words.id}/loss").text
    assert office.db.scalars(select(Device)).all()
