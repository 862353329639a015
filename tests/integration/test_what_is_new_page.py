"""The list of what is new: the number in the frame, what is read, and how one hears by mail."""

from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, make_inspection, make_user
from tests.integration.browsing import Browsing
from tests.integration.sent_letters import make_sent_letter
from tillsyn.inspect.services.tell import tell
from tillsyn.models.notices import MailChoice, MailWay, Notice, NoticeKind
from tillsyn.models.vocabulary import Role, TeamRole


def test_an_empty_list_says_what_will_stand_there(db: Session, client: Browsing) -> None:
    user = make_user(db, Role.INSPECTOR)
    db.commit()
    client.sign_in_as(user)
    assert "Inget än" in client.get("/notices").text


def test_a_notice_leads_to_its_page_and_is_then_read(db: Session, client: Browsing) -> None:
    user = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: user})
    for kind in (NoticeKind.ACUTE_OPENED, NoticeKind.LETTER_APPROVED):
        tell(db, users=[user.id], kind=kind, inspection=case.id, now=NOW)
    db.commit()
    client.sign_in_as(user)
    page = client.get("/notices")
    assert "Akutspåret har öppnats" in page.text and case.dnr in page.text
    assert "Nytt för dig 2" in page.text
    notice = db.scalars(select(Notice).where(Notice.kind == NoticeKind.ACUTE_OPENED)).one()
    assert client.get(f"/notices/{notice.id}", status=303).location == f"/inspections/{case.dnr}/acute"
    assert "Nytt för dig 1" in client.get("/notices").text
    client.submit(client.get("/notices"), status=303, action="/notices/read")
    assert "Markera allt" not in client.get("/notices").text


def test_a_case_that_has_closed_to_one_is_not_named_any_more(db: Session, client: Browsing) -> None:
    user = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: user}, dnr="2026-99887")
    tell(db, users=[user.id], kind=NoticeKind.LETTER_APPROVED, inspection=case.id, now=NOW)
    db.flush()
    case.team[0].has_conflict = True
    db.commit()
    client.sign_in_as(user)
    page = client.get("/notices")
    assert "Ärendet är inte längre öppet för dig." in page.text
    assert "2026-99887" not in page.html
    notice = db.scalars(select(Notice)).one()
    assert client.get(f"/notices/{notice.id}", status=303).location == "/notices"


def test_the_notices_of_others_are_not_there(db: Session, client: Browsing) -> None:
    user, other = make_user(db, Role.INSPECTOR), make_user(db, Role.INSPECTOR)
    tell(db, users=[other.id], kind=NoticeKind.DEADLINE_SOON, now=NOW)
    db.commit()
    notice = db.scalars(select(Notice)).one()
    client.sign_in_as(user)
    client.get(f"/notices/{notice.id}", status=404)
    client.get(f"/notices/{uuid4()}", status=404)
    client.submit(client.get("/notices"), status=303, action="/notices/mail", way="none")
    db.expire_all()
    assert notice.read_at is None


def test_a_provider_meets_their_letter(db: Session, client: Browsing) -> None:
    case = make_sent_letter(db)
    tell(
        db,
        users=[case.provider.id],
        kind=NoticeKind.LETTER_CAME,
        inspection=case.inspection.id,
        letter=case.letter.id,
        now=NOW,
    )
    db.commit()
    client.sign_in_as(case.provider)
    assert "Det finns ett brev till er" in client.get("/notices").text
    notice = db.scalars(select(Notice)).one()
    assert client.get(f"/notices/{notice.id}", status=303).location == case.address


def test_a_person_chooses_how_to_hear_by_mail(db: Session, client: Browsing) -> None:
    user = make_user(db, Role.LAWYER)
    db.commit()
    client.sign_in_as(user)
    page = client.get("/notices")
    assert "Inga mejl skickas härifrån än" in page.text
    client.post("/notices/mail", status=422, way="by dove")
    client.submit(page, status=303, action="/notices/mail", way="at_once")
    client.submit(client.get("/notices"), status=303, action="/notices/mail", way="none")
    db.expire_all()
    assert db.get_one(MailChoice, user.id).way is MailWay.NONE
