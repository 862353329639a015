"""The pages of the talks: guide beside notes, saving as one types, the gate, reading back, ending."""

from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, inspector_of, make_inspection, make_user
from tests.integration.browsing import Browsing, Page
from tillsyn.inspect.services.hold_interview import start_interview
from tillsyn.models.inspections import Inspection, Resident, TeamMember
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import ChildOutcome, Informant, Role, State, StatementStatus, TeamRole, Wish


@pytest.fixture
def case(db: Session, client: Browsing, now) -> Inspection:
    """A case on its first day, with its responsible inspector signed in."""
    user = make_user(db, Role.INSPECTOR, name="Inspektör Ett")
    inspection = make_inspection(db, team={TeamRole.INSPECTOR: user})
    db.commit()
    client.sign_in_as(user)
    return inspection


def open_talk(db: Session, case: Inspection, now, informant: Informant = Informant.CHILD) -> Interview:
    talk = start_interview(
        db,
        actor=inspector_of(case),
        inspection=case,
        informant=informant,
        guide="young_13_20",
        resident_id=case.residents[0].id,
        now=now,
    )
    db.commit()
    return talk


def put(client: Browsing, address: str, version: int, **fields: object):
    """What autosave.js sends."""
    http: FlaskClient = client.http
    return http.put(
        address,
        json={"version": version, "fields": fields},
        headers={"X-CSRFToken": client._token(), "Accept": "application/json"},
    )


def talk_at(case: Inspection, talk: Interview) -> str:
    return f"/inspections/{case.dnr}/talks/{talk.id}"


def look_again(db: Session) -> None:
    """See what the pages have committed since."""
    db.rollback()
    db.expire_all()


def statements(db: Session) -> list[Statement]:
    look_again(db)
    return list(db.scalars(select(Statement).order_by(Statement.position)))


def test_a_child_is_talked_with_from_the_list_to_the_outcome(db, client, case):
    page = client.get(f"/inspections/{case.dnr}/children")
    assert "b1" in page.text
    child = case.residents[0]
    begin = client.get(f"/inspections/{case.dnr}/talks/start?informant=child&resident={child.id}")
    going = client.submit(begin, action="/start", status=303, guide="young_13_20", age_band="16-17")
    talk = client.get(going.location)
    noted = client.submit(
        talk, action=ready_action(talk), status=303, text="Det är lugnt här.", theme="natt", own_words="yes"
    )
    assert noted.location.endswith("#ready")
    (kept,) = statements(db)
    assert (kept.text, kept.theme, kept.own_words, kept.label, kept.version) == (
        "Det är lugnt här.", "natt", True, "u1", 1,
    )  # fmt: skip
    aloud = client.get(going.location.split("#")[0] + "/read-back")
    assert "Det är lugnt här." in aloud.text
    client.submit(aloud, action="/end", status=303, feedback_channel="Brev")
    look_again(db)
    held = db.scalars(select(Interview)).one()
    assert held.ended_at is not None
    assert (held.read_back, held.feedback_channel) == (True, "Brev")
    assert held.age_band == "16-17"
    assert db.get(type(child), child.id).outcome is ChildOutcome.TALKED


def ready_action(page: Page) -> str:
    """The address of the form of the empty note."""
    ready = page.tree.find(".//*[@id='ready']")
    assert ready is not None
    return ready.find(".//form").get("action").split("?")[0]


def test_a_question_taken_from_the_guide_brings_its_theme(db, client, case, now):
    talk = open_talk(db, case, now)
    page = client.get(f"{talk_at(case, talk)}?question=Y01")
    client.submit(page, action=ready_action(page), status=303, text="Jag fick ett papper.")
    (kept,) = statements(db)
    assert (kept.question, kept.theme, kept.prompted) == ("Y01", "information", True)
    again = client.get(talk_at(case, talk))
    asked = [li for li in again.tree.iter("li") if li.get("data-question") == "Y01"]
    assert asked[0].get("data-asked") is not None


def test_typing_saves_by_itself_and_counts_versions(db, client, case, now):
    talk = open_talk(db, case, now)
    address = f"{talk_at(case, talk)}/statements/{uuid4()}"
    first = put(client, address, 0, text="Jag sover dåligt")
    assert first.status_code == 200
    assert first.json["version"] == 1
    assert first.json["saved_at"]
    second = put(
        client, address, 1, text="Jag sover dåligt när det är vikarier.", wish="not_at_all", theme="natt"
    )
    assert second.json["version"] == 2
    third = put(client, address, 2, severity="2", important=True, firsthand=False)
    assert third.json["version"] == 3
    (kept,) = statements(db)
    assert kept.text == "Jag sover dåligt när det är vikarier."
    assert (kept.wish, kept.severity, kept.important, kept.firsthand) == (Wish.NOT_AT_ALL, 2, True, False)


def test_the_same_words_sent_twice_make_one_statement(db, client, case, now):
    """The answer to the first was lost on the way; the page sends again."""
    talk = open_talk(db, case, now)
    address = f"{talk_at(case, talk)}/statements/{uuid4()}"
    assert put(client, address, 0, text="En sak").json["version"] == 1
    assert put(client, address, 0, text="En sak").json["version"] == 1
    assert len(statements(db)) == 1


def test_a_stale_save_shows_both_and_loses_neither(db, client, case, now):
    talk = open_talk(db, case, now)
    address = f"{talk_at(case, talk)}/statements/{uuid4()}"
    put(client, address, 0, text="Ett")
    put(client, address, 1, text="Ett och två")
    late = put(client, address, 1, text="Ett och tre")
    assert late.status_code == 409
    assert late.json["error"] == "conflict"
    assert late.json["theirs"]["text"] == "Ett och två"
    assert (late.json["version"], late.json["by"]) == (2, "Inspektör Ett")
    assert statements(db)[0].text == "Ett och två"


def test_a_stale_form_comes_back_with_both_texts(db, client, case, now):
    talk = open_talk(db, case, now)
    name = uuid4()
    address = f"{talk_at(case, talk)}/statements/{name}"
    put(client, address, 0, text="Ett")
    page = client.get(f"{talk_at(case, talk)}?edit={name}")
    put(client, address, 1, text="Ett och två")
    answer = client.submit(page, action=str(name), status=409, text="Ett och tre")
    assert "Ett och två" in answer.text
    assert "Ett och tre" in answer.html
    client.submit(answer, action=str(name), status=303, text="Ett, två och tre")
    assert statements(db)[0].text == "Ett, två och tre"


@pytest.mark.parametrize(("language", "words"), [("sv", "20 001 tecken"), ("en", "20,001 characters")])
def test_a_text_that_is_too_long_comes_back_whole(db, client, case, now, language, words):
    talk = open_talk(db, case, now)
    if language == "en":
        db.scalars(select(User)).first().language = "en"
        db.commit()
        client.language = "en"
    page = client.get(talk_at(case, talk))
    answer = client.submit(page, action=ready_action(page), status=422, text="a" * 20_001)
    assert words in answer.text.replace("\xa0", " ")
    assert "a" * 20_001 in answer.html
    sent = put(client, ready_action(page), 0, text="a" * 20_001)
    assert sent.status_code == 422
    assert words in sent.json["errors"]["text"][0].replace("\xa0", " ")
    assert statements(db) == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"text": "  "}, "text"),
        ({"text": "x", "theme": "finns_inte"}, "theme"),
        ({"text": "x", "severity": "9"}, "severity"),
        ({"text": "x", "wish": "kanske"}, "wish"),
        ({"text": "x", "question": "Z99"}, "question"),
    ],
)
def test_what_is_unknown_is_refused_at_its_field(db, client, case, now, fields, field):
    talk = open_talk(db, case, now)
    answer = put(client, f"{talk_at(case, talk)}/statements/{uuid4()}", 0, **fields)
    assert answer.status_code == 422
    assert field in answer.json["errors"]
    assert statements(db) == []


@pytest.mark.parametrize("body", [[], {}, {"version": "x", "fields": {}}, {"version": 0, "fields": []}, None])
def test_a_body_of_another_shape_is_refused(db, client, case, now, body):
    talk = open_talk(db, case, now)
    answer = client.http.put(
        f"{talk_at(case, talk)}/statements/{uuid4()}", json=body, headers={"X-CSRFToken": client._token()}
    )
    assert answer.status_code == 422


def test_a_signed_out_page_hears_so_and_can_send_again(db, client, case, now):
    talk = open_talk(db, case, now)
    address = f"{talk_at(case, talk)}/statements/{uuid4()}"
    user = db.scalars(select(User)).first()
    client.sign_out()
    lost = put(client, address, 0, text="Kvar i sidan")
    assert lost.status_code == 401
    client.sign_in_as(user)
    assert put(client, address, 0, text="Kvar i sidan").status_code == 200


def test_what_is_taken_back_keeps_its_words_and_is_not_read_back(db, client, case, now):
    talk = open_talk(db, case, now)
    address = f"{talk_at(case, talk)}/statements/{uuid4()}"
    put(client, address, 0, text="Glöm det här")
    put(client, address, 1, status="withdrawn")
    (kept,) = statements(db)
    assert (kept.text, kept.status) == ("Glöm det här", StatementStatus.WITHDRAWN)
    assert "Glöm det här" not in client.get(f"{talk_at(case, talk)}/read-back").text


def test_a_child_who_stops_before_saying_anything_keeps_its_outcome_open(db, client, case, now):
    talk = open_talk(db, case, now)
    page = client.get(talk_at(case, talk))
    assert "Barnet vill sluta" in page.text
    ended = client.submit(page, action="/end", status=303)
    assert ended.location.endswith("/children#b1")
    look_again(db)
    child = db.scalars(
        select(Resident).where(Resident.inspection_id == case.id, Resident.person == "b1")
    ).one()
    assert child.outcome is None


def test_a_talk_ended_by_mistake_goes_on(db, client, case, now):
    talk = open_talk(db, case, now)
    client.submit(client.get(talk_at(case, talk)), action="/end", status=303)
    client.submit(client.get(talk_at(case, talk)), action="/resume", status=303)
    look_again(db)
    assert db.get(Interview, talk.id).ended_at is None


def test_the_conditions_save_by_themselves_and_by_form(db, client, case, now):
    talk = open_talk(db, case, now)
    answer = put(client, talk_at(case, talk), 1, place="Biblioteket", interpreter=True)
    assert answer.json["version"] == 2
    stale = put(client, talk_at(case, talk), 1, place="Köket")
    assert stale.status_code == 409
    assert stale.json["theirs"]["place"] == "Biblioteket"
    page = client.get(talk_at(case, talk))
    client.submit(page, action=str(talk.id), status=303, note="Lugn stund", age_band="13-15")
    look_again(db)
    held = db.get(Interview, talk.id)
    assert (held.place, held.interpreter, held.note, held.age_band) == (
        "Biblioteket",
        True,
        "Lugn stund",
        "13-15",
    )


def test_adults_wait_until_the_children_have_been_asked(db, client, case):
    page = client.get(f"/inspections/{case.dnr}/talks")
    assert "Bekräfta att listan" in page.text
    assert "informant=staff" not in page.html
    begin = f"/inspections/{case.dnr}/talks/start"
    assert "Bekräfta att listan" in client.get(f"{begin}?informant=staff").text
    refused = client.post(
        begin,
        status=422,
        informant="staff",
        guide="staff",
        language="sv",
        person="",
        interview_id=str(uuid4()),
    )
    assert "Bekräfta att listan" in refused.text
    assert db.scalars(select(Interview)).all() == []


def test_an_unknown_kind_of_talk_or_talk_is_not_found(client, case):
    client.get(f"/inspections/{case.dnr}/talks/start?informant=hunden", status=404)
    client.get(f"/inspections/{case.dnr}/talks/{UUID(int=7)}", status=404)


def test_others_in_the_team_read_and_do_not_write(db, client, now):
    reader = make_user(db, Role.SUPERVISOR)
    case = make_inspection(db, team={TeamRole.DECISION_MAKER: reader}, outcome=ChildOutcome.TALKED)
    talk = open_talk(db, case, now)
    client.sign_in_as(reader)
    page = client.get(talk_at(case, talk))
    assert page.tree.find(".//*[@id='ready']") is None
    assert put(client, f"{talk_at(case, talk)}/statements/{uuid4()}", 0, text="x").status_code == 403
    client.get(f"/inspections/{case.dnr}/children")
    client.get(f"/inspections/{case.dnr}/talks")
    assert acting(reader).roles == {Role.SUPERVISOR}


def test_somebody_outside_the_team_finds_nothing(db, client, case, now):
    talk = open_talk(db, case, now)
    stranger = make_user(db, Role.INSPECTOR)
    db.commit()
    client.sign_in_as(stranger)
    for address in (
        talk_at(case, talk),
        f"/inspections/{case.dnr}/children",
        f"/inspections/{case.dnr}/talks",
    ):
        client.get(address, status=404)
    assert put(client, f"{talk_at(case, talk)}/statements/{uuid4()}", 0, text="x").status_code == 404


def test_the_pages_say_why_nothing_can_be_recorded_yet(db, client):
    user = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, state=State.PREPARED, team={TeamRole.INSPECTOR: user})
    db.commit()
    client.sign_in_as(user)
    for page in ("children", "talks", "evidence", "requirements"):
        assert "när besöket börjar" in client.get(f"/inspections/{case.dnr}/{page}").text


def test_who_can_be_the_second_coder_is_not_shown_what_the_first_has_judged(db, client, case, now):
    talk = open_talk(db, case, now)
    name = uuid4()
    address = f"{talk_at(case, talk)}/statements/{name}"
    assert (
        put(client, address, 0, text="De låser dörren", theme="vald_hot", severity="3").json["version"] == 1
    )
    own = client.get(f"{talk_at(case, talk)}?edit={name}")
    assert own.tree.find(f".//*[@id='n{name}-severity']") is not None
    other = make_user(db, Role.INSPECTOR, name="Inspektör Två")
    db.add(
        TeamMember(
            inspection_id=case.id, user_id=other.id, name=other.name, role=TeamRole.CO_INSPECTOR,
            position=9, declared_at=now,
        )
    )  # fmt: skip
    db.commit()
    client.sign_in_as(other)
    assert '"severity": "3"' not in client.get(talk_at(case, talk)).html
    page = client.get(f"{talk_at(case, talk)}?edit={name}")
    assert page.tree.find(f".//*[@id='n{name}-severity']") is None
    assert "Någon annan har bedömt" in page.text
    client.submit(page, action=str(name), status=303, text="De låser dörren på kvällen")
    [kept] = statements(db)
    assert (kept.text, kept.severity) == ("De låser dörren på kvällen", 3)
    assert put(client, address, 2, text="Något annat", severity="0").status_code == 422
    late = put(client, address, 1, text="Något annat")
    assert late.status_code == 409 and "severity" not in late.json["theirs"]
    assert put(client, address, 2, text="Något annat").status_code == 200
    assert statements(db)[0].severity == 3
