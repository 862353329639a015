"""A child's words are coded as grave: the flag, the acute track, a second person's investigation, a third eye."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.chromium import PHONE, sign_in
from tests.browser.story import field, follow, headed, main, press, saved, told
from tillsyn.inspect.demo import people

WORDS = "Mona. Hon blir inte arg"


def flag(page: Page) -> str:
    return page.get_by_role("region", name="Allvarliga uppgifter").inner_text()


def test_from_the_coding_to_the_countersignature(person: Callable[..., Page]) -> None:
    inspector = person()
    sign_in(inspector, people.INSPECTOR, people.PASSWORD)
    listed = main(inspector).get_by_role("link", name=re.compile("Ekorrgården")).first.get_attribute("href")
    case = re.sub(r"(/inspections/[^/?#]+).*", r"\1", str(listed))
    inspector.goto(f"{case}/talks")
    follow(inspector, re.compile("med b1$"))
    _code_as_grave(inspector)

    inspector.goto(case)
    assert "orosanmälan, polis, vad barnet får veta, utredning" in flag(inspector)
    assert WORDS not in inspector.content()
    inspector.get_by_role("region", name="Allvarliga uppgifter").get_by_text("Kvar:").click()
    told(inspector, re.compile("sedan den kodades. Anmäl genast, eller besluta varför"))
    _note(inspector, "Orosanmälan till socialtjänsten", "Ringde socialjouren, mottagare Exempelsson.")
    _note(
        inspector, "Beslut: ingen kontakt med polisen nu", "Uppgiften gäller inget brott. Vi prövar det igen."
    )
    field(inspector, re.compile("^Har berättat för barnet")).check()
    field(inspector, re.compile("^Vad som sades till barnet")).fill("Maja berättade vad vi gör.")
    press(inspector, "Anteckna åtgärden")
    assert flag(inspector).strip().endswith("Kvar: utredning.")
    account = main(inspector).get_by_role("link", name=re.compile("^u[0-9]+ –")).first.get_attribute("href")
    inspector.goto(str(account))
    told(inspector, "Du ledde samtalet. Någon annan utreder det som sades där.")

    second = person()
    sign_in(second, people.SECOND_INSPECTOR, people.PASSWORD)
    second.goto(str(account))
    told(second, re.compile(WORDS))
    field(second, re.compile("^Vad som har utretts")).fill("Vi talade med personalen och läste dagboken.")
    field(second, re.compile("^Hur ni försökte nå barnet igen")).fill("Vi träffade barnet samma dag.")
    field(second, "Vi nådde barnet igen").check()
    field(second, re.compile("^Inte bekräftad:")).check()
    field(second, re.compile("^Beslutet, med skälen")).fill("Det kan varken visas eller uteslutas.")
    press(second, "Lämna till kontrasignering")
    told(second, "Du skrev utredningen. Någon annan kontrasignerar den.")

    third = person(size=PHONE)
    sign_in(third, people.SUPERVISOR, people.PASSWORD)
    headed(third, "Väntar på dig")
    waiting = main(third).locator("li, article, section").filter(has_text=re.compile("Ekorrgården"))
    waiting.get_by_role("link", name="Ta ställning till en allvarlig uppgift").last.click()
    told(third, "Det kan varken visas eller uteslutas.")
    press(third, "Kontrasignera")
    told(third, "Utredningen kunde inte bekräfta uppgiften. Den räknas som ett betydande problem.")
    expect(third.get_by_role("region", name="Allvarliga uppgifter")).to_have_count(0)


def _code_as_grave(page: Page) -> None:
    note = main(page).locator("details.note__kept").filter(has_text=WORDS)
    note.locator("> summary").click()
    note.locator("summary", has_text="Mer").click()
    note.get_by_label("Vad det betyder för barnen").select_option("3")
    saved(page)


def _note(page: Page, kind: str, text: str) -> None:
    field(page, re.compile(f"^{kind}")).check()
    field(page, re.compile("^Vad som anmäldes, till vem")).fill(text)
    press(page, re.compile("^(Anteckna åtgärden|Öppna akutspåret)"))
    told(page, text)
