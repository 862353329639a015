"""The code of an invitation on the last page of the letter: a PDF made while the code is shown, kept nowhere."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import inspect as looked_at
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_provider, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.errors import NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.invitation_codes import shown_code
from tillsyn.inspect.services.invite_provider import invite_provider, take_back_invitation
from tillsyn.inspect.services.lay_out_invitation import invitation_as_pdf
from tillsyn.inspect.settings import Settings
from tillsyn.models.people import User
from tillsyn.models.vocabulary import Role, Standing, State, TeamRole
from tillsyn.models.ways_in import Invitation

SECRET = "the tests' own secret, longer than thirty-two characters"


@pytest.fixture
def inspector(db: Session) -> User:
    return make_user(db, Role.INSPECTOR, name="Anna Ek")


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_page_comes_once_with_the_code_and_the_code_is_kept_nowhere(
    client: Browsing, db: Session, inspector: User
) -> None:
    provider = make_provider(db)
    db.commit()
    client.sign_in_as(inspector)
    address = f"/providers/{provider.id}/invite"
    sheet = client.submit(
        client.get(address), status=200, name="Petra Sund", email="petra@strandglantan.example"
    )
    code = next(one.get("value") for one in sheet.tree.iter("input") if one.get("name") == "code")
    assert code and code in sheet.text
    made = client.submit(sheet, action="/page.pdf", status=200, language="sv").answer
    assert made.mimetype == "application/pdf"
    assert made.headers["Cache-Control"] == "no-store"
    assert "sista-sidan-i-brevet.pdf" in made.headers["Content-Disposition"]
    said = words_of(made.data)
    assert code in said and "Sista sidan i vårt brev" in said and "petra@strandglantan.example" in said
    assert "Petra Sund" in said and provider.name in said
    again = client.get(address)
    assert code not in again.html
    db.rollback()
    plain = code.replace("-", "")
    for table in looked_at(db.get_bind()).get_table_names():
        rows = str(db.execute(text(f'SELECT * FROM "{table}"')).all())  # noqa: S608
        assert code not in rows and plain not in rows, table


def test_another_code_gives_no_page_nor_does_one_that_no_longer_works(
    db: Session, inspector: User, test_settings: Settings
) -> None:
    provider = make_provider(db)
    actor = acting(inspector)
    invitation, code = invite_provider(
        db, actor=actor, provider_id=provider.id, standing=Standing.OWNER, name="Petra",
        email="petra@strandglantan.example", secret_key=SECRET, now=NOW,
    )  # fmt: skip

    def page(**more: object) -> bytes:
        given = {
            "actor": actor, "provider_id": provider.id, "invitation_id": invitation.id, "code": code,
            "language": "sv", "place": "tillsyn.example/invitation", "authority": test_settings.authority,
            "secret_key": SECRET, "now": NOW,
        } | more  # fmt: skip
        return invitation_as_pdf(db, **given)  # type: ignore[arg-type]

    assert shown_code(code) in words_of(page())
    assert "Last page of our letter" in words_of(page(language="en"))
    for wrong in ("", "AAAA-AAAA-AAAA", code[:-1]):
        with pytest.raises(NotPossibleNow, match="only while its code is shown"):
            page(code=wrong)
    with pytest.raises(NotPossibleNow):
        page(now=NOW + timedelta(days=60))
    with pytest.raises(NotFound):
        page(provider_id=make_provider(db).id)
    with pytest.raises(NotAllowed):
        page(actor=acting(make_user(db, Role.LAWYER)))
    take_back_invitation(db, actor=actor, provider_id=provider.id, invitation_id=invitation.id, now=NOW)
    with pytest.raises(NotPossibleNow):
        page()


def test_a_name_that_cannot_be_printed_is_told(db: Session, inspector: User, test_settings: Settings) -> None:
    provider = make_provider(db)
    invitation, code = invite_provider(
        db, actor=acting(inspector), provider_id=provider.id, standing=Standing.OWNER, name="漢",
        email="petra@strandglantan.example", secret_key=SECRET, now=NOW,
    )  # fmt: skip
    with pytest.raises(NotPossibleNow) as refused:
        invitation_as_pdf(
            db, actor=acting(inspector), provider_id=provider.id, invitation_id=invitation.id, code=code,
            language="sv", place="x", authority=test_settings.authority, secret_key=SECRET, now=NOW,
        )  # fmt: skip
    assert refused.value.values == {"character": "漢"}


def test_the_case_says_that_nobody_can_answer_on_the_web_until_somebody_is_invited(
    client: Browsing, db: Session, inspector: User
) -> None:
    case = make_inspection(db, team={TeamRole.INSPECTOR: inspector}, state=State.COMMUNICATION)
    db.commit()
    client.sign_in_as(inspector)
    pages = [f"/inspections/{case.dnr}/letters", f"/inspections/{case.dnr}/reply"]
    for page in pages:
        assert "Ingen hos huvudmannen kan läsa och svara på webben än" in client.get(page).text
    client.submit(
        client.get(f"/providers/{case.home.provider_id}/invite"), status=200,
        name="Petra Sund", email="petra@strandglantan.example",
    )  # fmt: skip
    for page in pages:
        assert "läsa och svara på webben än" not in client.get(page).text
    db.rollback()
    assert db.scalars(select(Invitation.email)).one() == "petra@strandglantan.example"
