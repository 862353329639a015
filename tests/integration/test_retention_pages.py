"""The pages of keeping and disposal: entered, proposed, approved by another, told in a receipt; held and lifted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO

from sqlalchemy.orm import Session

from tests.builders import NOW, make_inspection, make_user
from tests.integration.browsing import Browsing
from tests.restricted import whole
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.commands.retention import carry_out_all
from tillsyn.inspect.exchange.csip_check import check_package
from tillsyn.inspect.outside.database import begin_writing
from tillsyn.inspect.outside.sealed_stream import opened_pieces
from tillsyn.inspect.services.zip_package import read_zip
from tillsyn.models.inspections import Inspection
from tillsyn.models.vocabulary import Role, State, TeamRole

RULE = {
    "decision_number": "RA-MS 2020:9", "decided_on": "2020-02-01", "record_type": "case", "years": "5",
    "counted_from": "closed",
}  # fmt: skip


def old_case(db: Session) -> Inspection:
    case = make_inspection(db, state=State.CLOSED)
    case.state_since = NOW - timedelta(days=6 * 366)
    return case


def test_a_rule_a_proposal_another_person_and_a_receipt(app: Tillsyn, client: Browsing, db: Session) -> None:
    registrar, supervisor = make_user(db, Role.REGISTRAR), make_user(db, Role.SUPERVISOR, name="Siv Beslut")
    case, held = old_case(db), old_case(db)
    db.commit()

    def found(page: str, begins: str) -> str:
        address = re.search(re.escape(begins) + "[0-9a-f-]{36}", client.get(page).html)
        assert address is not None, page
        return address[0]

    client.sign_in_as(registrar)
    assert "allt bevaras" in client.get("/retention").text
    form = client.get("/retention/rules/new")
    assert "noll" in client.submit(form, status=422, **(RULE | {"years": "noll"})).html
    client.submit(form, status=303, **RULE)
    rule = found("/retention", "/retention/rules/")
    client.submit(
        client.get("/retention/holds"), action="/retention/holds",
        status=303, dnr=held.dnr,
        reason="Målet prövas i kammarrätten.",
    )  # fmt: skip
    assert "Målet prövas" in client.get("/retention/holds").text
    page = client.get(rule)
    assert case.dnr in page.text
    assert "Gallringsstopp" in page.text
    client.submit(page, action=f"{rule}/propose", status=303)
    disposal = found("/retention", "/retention/disposals/")
    assert "annan person godkänner" in client.get(disposal).text
    client.post(f"{disposal}/approve", status=404)
    client.sign_in_as(supervisor)
    client.submit(client.get(disposal), action=f"{disposal}/approve", status=303)

    @contextmanager
    def begin() -> Iterator[Session]:
        with whole(app) as session:
            begin_writing(session)
            yield session
            session.commit()

    assert carry_out_all(begin) == 2
    receipt = client.get(disposal).text
    assert "Kvitto på gallring" in receipt
    assert "Siv Beslut" in receipt
    assert "team_members" in receipt
    assert "RA-MS 2020:9" in client.get(f"/inspections/{case.dnr}", status=410).text
    assert case.dnr not in client.get("/inspections").text
    lift = found("/retention/holds", "/retention/holds/") + "/lift"
    client.submit(client.get("/retention/holds"), action=lift, status=303)
    assert "Inget ärende har gallringsstopp" in client.get("/retention/holds").text


def test_the_package_for_the_e_archive_leaves_the_page_sealed(client: Browsing, db: Session) -> None:
    leader = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, state=State.CLOSED, team={TeamRole.INSPECTOR: leader})
    registrar = make_user(db, Role.REGISTRAR)
    db.commit()
    client.sign_in_as(registrar)
    client.get(f"/inspections/{case.dnr}/archive", status=404)
    client.sign_in_as(leader)
    assert "Paket till e-arkivet" in client.get(f"/inspections/{case.dnr}").text
    form = client.get(f"/inspections/{case.dnr}/archive")
    assert "minst 16 tecken" in client.submit(form, status=422, passphrase="kort", again="kort").text
    phrase = "fem ord som ingen gissar alls"
    assert "inte lika" in client.submit(form, status=422, passphrase=phrase, again=phrase + "x").text
    answer = client.submit(form, status=200, passphrase=phrase, again=phrase).answer
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert case.dnr.encode() not in answer.data
    files = read_zip(b"".join(opened_pieces(BytesIO(answer.data), phrase)))
    assert check_package(files) == []
    assert case.dnr in files["METS.xml"].decode()
    client.sign_in_as(registrar)
    client.submit(client.get("/retention"), status=303)
    assert "Inget paket väntar" in client.get("/retention").text
