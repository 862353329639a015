"""The page of a decided position: limits first, everything that speaks against it, both shown, signed by another."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.integration.browsing import Browsing
from tests.integration.letter_cases import make_letter_case
from tillsyn.models.overrides import AreaRelease, Override

BECAUSE = (
    "Barnet är det enda som har hörts men det vi själva såg i huset säger samma sak som barnet berättar."
)


def test_the_limits_are_told_and_what_cannot_be_is_not_offered(client: Browsing, db: Session) -> None:
    case = make_letter_case(db)
    client.sign_in_as(case.inspector)
    page = client.get(f"/inspections/{case.inspection.dnr}/weighing/TRY/decided")
    assert "Uppåt högst till ”Behöver förbättras”" in page.text
    assert "Området kan inte lämnas som ”kan inte bedömas”" in page.text
    offered = {one.get("value") for one in page.tree.iter("input") if one.get("name") == "decided"}
    assert offered == {"1"}
    client.get(f"/inspections/{case.inspection.dnr}/weighing/XYZ/decided", status=404)


def test_what_was_typed_stays_with_everything_that_speaks_against_it(client: Browsing, db: Session) -> None:
    case = make_letter_case(db)
    client.sign_in_as(case.inspector)
    address = f"/inspections/{case.inspection.dnr}/weighing/TRY/decided"
    page = client.submit(client.get(address), action="/decided", status=422, decided="1", text="För kort.")
    assert "Det här talar emot" in page.text
    assert "minst 80 tecken" in page.text
    assert "För kort." in page.html
    nothing = client.submit(client.get(address), action="/decided", status=422, text="Det jag skrev.")
    assert "Välj det läge som du beslutar." in nothing.text
    assert "Det jag skrev." in nothing.html


def test_both_are_shown_and_another_countersigns(client: Browsing, db: Session) -> None:
    case = make_letter_case(db)
    client.sign_in_as(case.inspector)
    address = f"/inspections/{case.inspection.dnr}/weighing/BEM/decided"
    client.submit(
        client.get(address), action="/decided", status=303,
        decided="4", reason_code="evidence", text=BECAUSE, evidence="u1",
    )  # fmt: skip
    page = client.get(address)
    assert "Beräknat: Fungerar i huvudsak. Beslutat: Fungerar väl." in page.text
    assert "Någon annan än den som skrev" in page.text
    db.rollback()  # look at what has been committed since
    row = db.scalars(select(Override)).one()
    sign = f"/inspections/{case.inspection.dnr}/weighing/decided/{row.id}/countersign"
    client.post(sign, status=403)
    assert "väntar på kontrasignering" in client.get(f"/inspections/{case.inspection.dnr}/weighing").text
    client.sign_in_as(case.supervisor)
    client.submit(client.get(address), action="/countersign", status=303)
    page = client.get(address)
    assert "Gäller" in page.text
    assert "Kontrasignerat av" in page.text
    assert "beslutat:" in client.get(f"/inspections/{case.inspection.dnr}/weighing").text


def test_an_area_on_hold_is_released_by_the_disclosure_reviewer(client: Browsing, db: Session) -> None:
    case = make_letter_case(db)
    address = f"/inspections/{case.inspection.dnr}/weighing/VAR/decided"
    client.sign_in_as(case.inspector)
    assert "Ärendets jurist eller beslutsfattare bedömer" in client.get(address).text
    client.sign_in_as(case.supervisor)
    page = client.submit(client.get(address), action="/release", status=422, assessment=" ")
    assert "röj" in page.text
    client.submit(
        client.get(address), action="/release", status=303, assessment="Maten nämndes av flera vuxna."
    )
    assert "Släppt av" in client.get(address).text
    db.rollback()  # look at what has been committed since
    assert len(db.scalars(select(AreaRelease)).all()) == 1


def test_the_page_says_it_in_english(client: Browsing, db: Session) -> None:
    case = make_letter_case(db)
    client.sign_in_as(case.inspector)
    client.speak("en")
    page = client.get(f"/inspections/{case.inspection.dnr}/weighing/TRY/decided")
    assert "The computed position stays as it is." in page.text
