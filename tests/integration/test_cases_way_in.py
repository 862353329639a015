"""From an empty register to a prepared case, through the pages; and who is kept out on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.builders import NOW, make_home, make_inspection, make_provider, make_user
from tests.integration.browsing import Browsing
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import InformationGiven, Inspection, TeamMember
from tillsyn.models.people import User
from tillsyn.models.register import Home, Provider
from tillsyn.models.vocabulary import ReportedTo, Role, State, TeamRole


@pytest.fixture
def inspector(db: Session) -> User:
    user = make_user(db, Role.INSPECTOR, name="Ines Inspektör")
    db.commit()
    return user


@pytest.fixture
def supervisor(db: Session) -> User:
    user = make_user(db, Role.SUPERVISOR, name="Sam Chef")
    db.commit()
    return user


def again(db: Session) -> None:
    """See what the pages have committed since."""
    db.rollback()
    db.expire_all()


def fresh(db: Session, dnr: str) -> Inspection:
    again(db)
    found = db.scalar(select(Inspection).where(Inspection.dnr == dnr))
    assert found is not None
    return found


def parts(db: Session, dnr: str) -> dict[str, TeamRole]:
    again(db)
    rows = db.scalars(
        select(TeamMember)
        .join(Inspection, Inspection.id == TeamMember.inspection_id)
        .where(Inspection.dnr == dnr)
    )
    return {member.name: member.role for member in rows}


def test_an_inspector_registers_plans_declares_and_prepares(
    db: Session, client: Browsing, inspector: User
) -> None:
    client.sign_in_as(inspector)
    client.submit(
        client.get("/providers/new"),
        status=303,
        name="Lugna Gatan Omsorg AB",
        organisation_number="556677 8899",
        kind="private",
    )
    again(db)
    provider = db.scalars(select(Provider)).one()
    assert provider.organisation_number == "556677-8899"
    client.submit(
        client.get(f"/providers/{provider.id}/homes/new"),
        status=303,
        name="HVB Åkern",
        kind="hvb",
        municipality="Exempelkommun",
        places="7",
    )
    again(db)
    home = db.scalars(select(Home)).one()
    page = client.get(f"/plan-inspection?home={home.id}")
    answer = client.submit(
        page,
        status=303,
        dnr="2026-00123",
        title="Regelbunden tillsyn",
        announced="yes",
        planned_on="2026-12-01",
    )
    assert answer.location == "/inspections/2026-00123/declare"
    assert client.http.get("/inspections/2026-00123").location == "/inspections/2026-00123/declare"
    client.submit(client.get(answer.location), status=303, conflict="no")
    overview = client.get("/inspections/2026-00123")
    assert "Regelbunden tillsyn" in overview.text
    client.submit(overview, action="/move", status=303)
    assert fresh(db, "2026-00123").state is State.PREPARED
    refused = client.get("/inspections/2026-00123")
    assert "aria-disabled" in refused.html
    client.submit(
        client.get("/inspections/2026-00123/prepare"),
        action="/prepare",
        status=303,
        given=["rights", "supervision", "contact", "talks_without_guardian"],
        note="Tolk i dari bokad.",
    )
    client.submit(client.get("/inspections/2026-00123"), action="/move", status=303)
    assert fresh(db, "2026-00123").state is State.CHILDREN
    assert db.scalar(select(func.count(Event.id)).where(Event.kind == EventKind.INFORMATION_GIVEN)) == 4
    assert "Tolk i dari" in client.get("/inspections/2026-00123/prepare").html
    assert "2026-00123" in client.get("/").text
    assert client.get("/inspections/2026-00123/log").tree.find(".//table") is not None


@pytest.mark.parametrize(
    ("number", "words"),
    [("556677-8890", "sista siffran"), ("12345", "tio siffror"), ("abcdefghij", "tio siffror")],
)
def test_a_wrong_organisation_number_is_explained_and_everything_typed_is_kept(
    db: Session, client: Browsing, inspector: User, number: str, words: str
) -> None:
    client.sign_in_as(inspector)
    page = client.submit(
        client.get("/providers/new"),
        status=422,
        name="Något AB",
        organisation_number=number,
        kind="municipal",
    )
    assert words in page.text.lower()
    assert 'value="Något AB"' in page.html and f'value="{number}"' in page.html
    assert db.scalar(select(func.count(Provider.id))) == 0


def test_the_same_number_twice_names_the_one_who_has_it(
    db: Session, client: Browsing, inspector: User
) -> None:
    make_provider(db, name="Först AB", organisation_number="556677-8899")
    db.commit()
    client.sign_in_as(inspector)
    client.speak("en")
    page = client.submit(
        client.get("/providers/new"),
        status=422,
        name="Sedan AB",
        organisation_number="5566778899",
        kind="private",
    )
    assert "registered already, for Först AB" in page.text


def test_a_home_needs_a_sensible_number_of_places_and_a_name_of_its_own(
    db: Session, client: Browsing, inspector: User
) -> None:
    home = make_home(db, name="Eken")
    db.commit()
    client.sign_in_as(inspector)
    address = f"/providers/{home.provider_id}/homes/new"
    values = {"kind": "hvb", "municipality": "X"}
    client.submit(client.get(address), status=422, name="Ny", places="0", **values)
    client.submit(client.get(address), status=422, name="Ny", places="sju", **values)
    client.submit(client.get(address), status=422, name="Eken", places="7", **values)
    client.submit(client.get(f"/homes/{home.id}/edit"), status=303, places="9")
    again(db)
    assert db.get_one(Home, home.id).places == 9


@pytest.mark.parametrize("dnr", ["2026/1", "a b", "å", "..", "x" * 41])
def test_a_registration_number_that_cannot_stand_in_an_address_is_refused(
    db: Session, client: Browsing, inspector: User, dnr: str
) -> None:
    home = make_home(db)
    db.commit()
    client.sign_in_as(inspector)
    page = client.get(f"/plan-inspection?home={home.id}")
    client.submit(page, status=422, dnr=dnr, title="T", announced="no")
    assert db.scalar(select(func.count(Inspection.id))) == 0


def test_a_taken_registration_number_is_refused(db: Session, client: Browsing, inspector: User) -> None:
    taken = make_inspection(db)
    db.commit()
    client.sign_in_as(inspector)
    page = client.get(f"/plan-inspection?home={taken.home_id}")
    client.submit(page, status=422, dnr=taken.dnr, title="T", announced="no")


def test_a_day_that_is_none_is_explained_and_kept(db: Session, client: Browsing, inspector: User) -> None:
    home = make_home(db)
    db.commit()
    client.sign_in_as(inspector)
    page = client.get(f"/plan-inspection?home={home.id}")
    again = client.submit(page, status=422, dnr="1", title="T", announced="no", planned_on="6 oktober")
    assert 'value="6 oktober"' in again.html and "2026-10-06" in again.text


def test_a_supervisor_who_plans_names_the_inspector_and_decides(
    db: Session, client: Browsing, inspector: User, supervisor: User
) -> None:
    home = make_home(db)
    db.commit()
    client.sign_in_as(supervisor)
    page = client.get(f"/plan-inspection?home={home.id}")
    values = {"dnr": "D-1", "title": "T", "announced": "no"}
    client.submit(page, status=422, **values)
    client.submit(page, status=303, inspector=str(inspector.id), **values)
    assert parts(db, "D-1") == {
        "Ines Inspektör": TeamRole.INSPECTOR,
        "Sam Chef": TeamRole.DECISION_MAKER,
    }


def test_a_declared_conflict_closes_the_case_and_tells_the_lead(db: Session, client: Browsing) -> None:
    lead, other = make_user(db, Role.INSPECTOR), make_user(db, Role.INSPECTOR, name="Kim Kusin")
    case = make_inspection(
        db, state=State.PLANNED, team={TeamRole.INSPECTOR: lead, TeamRole.CO_INSPECTOR: other}
    )
    next(m for m in case.team if m.user_id == other.id).declared_at = None
    db.commit()
    client.sign_in_as(other)
    client.submit(client.get(f"/inspections/{case.dnr}/declare"), status=422)
    client.submit(client.get(f"/inspections/{case.dnr}/declare"), status=422, conflict="yes")
    client.submit(
        client.get(f"/inspections/{case.dnr}/declare"),
        status=303,
        conflict="yes",
        conflict_note="Min kusin arbetar där.",
    )
    client.get(f"/inspections/{case.dnr}", status=404)
    client.get(f"/inspections/{case.dnr}/plan", status=404)
    client.post(f"/inspections/{case.dnr}/declare", status=422, conflict="no")
    client.sign_out()
    client.sign_in_as(lead)
    overview = client.get(f"/inspections/{case.dnr}")
    assert "Kim Kusin måste ersättas" in overview.text
    client.post(f"/inspections/{case.dnr}/move", status=409, to="prepared")
    member = db.scalars(select(TeamMember).where(TeamMember.user_id == other.id)).one()
    client.post(f"/inspections/{case.dnr}/team/{member.id}/remove", status=303)
    assert "Kim Kusin" not in parts(db, case.dnr)


def test_the_team_takes_only_people_with_the_right_role_and_one_lead(
    db: Session, client: Browsing, supervisor: User
) -> None:
    case = make_inspection(db)
    lawyer, second = make_user(db, Role.LAWYER), make_user(db, Role.INSPECTOR)
    db.commit()
    client.sign_in_as(supervisor)
    address = f"/inspections/{case.dnr}/team"
    client.post(address, status=422, user=str(lawyer.id), role="inspector")
    client.post(address, status=422, user=str(second.id), role="inspector")
    client.post(address, status=422, user="nobody", role="inspector")
    client.post(address, status=422, user=str(lawyer.id), role="king")
    client.post(address, status=303, user=str(lawyer.id), role="lawyer")
    client.post(address, status=422, user=str(lawyer.id), role="lawyer")
    assert len(parts(db, case.dnr)) == 2


def test_a_supervisor_outside_the_team_staffs_the_case_and_reads_nothing(
    db: Session, client: Browsing, supervisor: User
) -> None:
    case = make_inspection(db, risk_note="Det som bara laget läser")
    db.commit()
    client.sign_in_as(supervisor)
    page = client.get(f"/inspections/{case.dnr}/plan")
    assert "Det som bara laget läser" not in page.html
    client.get(f"/inspections/{case.dnr}", status=404)
    client.post(f"/inspections/{case.dnr}/plan", status=404, title="X", announced="yes", made_from="x")


def test_two_who_change_the_plan_at_once_both_see_both_texts(db: Session, client: Browsing) -> None:
    lead = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead})
    db.commit()
    client.sign_in_as(lead)
    mine, theirs = client.get(f"/inspections/{case.dnr}/plan"), client.get(f"/inspections/{case.dnr}/plan")
    client.submit(theirs, action="/plan", status=303, risk_note="Deras text")
    page = client.submit(mine, action="/plan", status=409, risk_note="Min text")
    assert "Deras text" in page.html and "Min text" in page.html
    client.submit(page, action="/plan", status=303)
    assert fresh(db, case.dnr).risk_note == "Min text"


def test_a_text_that_is_too_long_is_kept_and_its_length_told(db: Session, client: Browsing) -> None:
    lead = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead})
    db.commit()
    client.sign_in_as(lead)
    long = "å" * 200_000
    page = client.submit(
        client.get(f"/inspections/{case.dnr}/plan"), action="/plan", status=422, risk_note=long
    )
    assert "200000" in page.text and long in page.html


def test_the_acute_track_shows_on_every_page_and_needs_a_note(db: Session, client: Browsing) -> None:
    lead = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead})
    db.commit()
    client.sign_in_as(lead)
    address = f"/inspections/{case.dnr}/acute"
    client.submit(client.get(address), action="/acute", status=422, reported_to="police")
    client.submit(
        client.get(address),
        action="/acute",
        status=303,
        reported_to=ReportedTo.POLICE.value,
        note="Anmält till polisen",
        told_child="y",
        told_child_what="Vi berättade varför.",
    )
    assert "case-acute" in client.get(f"/inspections/{case.dnr}").html
    assert "Akut" in client.get("/").text
    client.submit(client.get(address), action="/acute", status=303, reported_to="within", note="Ringt chefen")
    kinds = db.scalars(select(Event.kind).where(Event.inspection_id == case.id)).all()
    assert EventKind.ACUTE_OPENED in kinds and EventKind.ACUTE_STEP_RECORDED in kinds


def test_a_step_back_needs_a_reason_and_keeps_what_was_written(db: Session, client: Browsing) -> None:
    lead = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead}, state=State.REVIEW)
    db.commit()
    client.sign_in_as(lead)
    page = client.post(f"/inspections/{case.dnr}/move", status=422, to="weighing", reason="för kort")
    assert "för kort" in page.html
    client.post(f"/inspections/{case.dnr}/move", status=409, to="archived")
    client.post(f"/inspections/{case.dnr}/move", status=422, to="nowhere")
    client.post(
        f"/inspections/{case.dnr}/move", status=303, to="weighing", reason="Två påståenden behöver läsas om."
    )
    assert fresh(db, case.dnr).state is State.WEIGHING


def test_information_is_not_taken_back_after_the_visit_began(db: Session, client: Browsing) -> None:
    lead = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead}, state=State.CHILDREN)
    db.commit()
    client.sign_in_as(lead)
    address = f"/inspections/{case.dnr}/prepare"
    client.post(address, status=303, given="rights", note="", note_made_from="")
    client.post(address, status=422, note="", note_made_from="")


def test_two_who_write_the_arrangements_at_once_both_see_both_texts(db: Session, client: Browsing) -> None:
    lead = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead}, state=State.PREPARED)
    db.commit()
    client.sign_in_as(lead)
    address = f"/inspections/{case.dnr}/prepare"
    mine = client.get(address)
    client.submit(client.get(address), action="/prepare", status=303, note="Tolk bokad")
    page = client.submit(mine, action="/prepare", status=409, note="Tolk behövs", given="rights")
    assert "Tolk bokad" in page.html and "Tolk behövs" in page.html
    given = db.scalar(
        select(func.count(InformationGiven.id)).where(InformationGiven.inspection_id == case.id)
    )
    assert given == 0, "nothing of a refused save is kept"


def test_what_was_typed_when_the_session_ran_out_comes_back_after_signing_in(
    db: Session, client: Browsing
) -> None:
    lead = make_user(db, Role.INSPECTOR)
    case = make_inspection(db, team={TeamRole.INSPECTOR: lead})
    db.commit()
    client.sign_in_as(lead)
    page = client.get(f"/inspections/{case.dnr}/plan")
    client.sign_out()
    asked = client.submit(page, action="/plan", status=401, risk_note="Det jag skrev i köket")
    assert "sparat" in asked.text.lower() or "kvar" in asked.text.lower()
    kept = client.submit(
        asked, action="/sign-in", status=200, email=lead.email, password="en lugn stund i köket"
    )
    assert "Det jag skrev i köket" in kept.html
    client.submit(kept, action="/plan", status=303)
    assert fresh(db, case.dnr).risk_note == "Det jag skrev i köket"


@pytest.mark.parametrize("announced", [True, False])
def test_a_foreign_case_is_nowhere_to_be_seen(db: Session, client: Browsing, announced: bool) -> None:
    stranger = make_user(db, Role.INSPECTOR, Role.LAWYER, Role.PEER_REVIEWER)
    home = make_home(db, name="Hemligberget")
    case = make_inspection(
        db, home=home, announced=announced, state=State.PLANNED, planned_on=(NOW + timedelta(days=1)).date()
    )
    db.commit()
    client.sign_in_as(stranger)
    for page in ("", "/plan", "/declare", "/prepare", "/acute", "/log"):
        client.get(f"/inspections/{case.dnr}{page}", status=404)
    for page in ("/", "/inspections", "/inspections?state=all", f"/inspections?q={case.dnr}"):
        shown = client.get(page).text.replace(f"value={case.dnr}", "")
        assert case.title not in shown and "Hemligberget" not in shown
    assert case.dnr not in client.get(f"/providers/{home.provider_id}").text
    client.post(f"/inspections/{case.dnr}/move", status=404, to="prepared")
    client.post(f"/inspections/{case.dnr}/team", status=404, user=str(stranger.id), role="co_inspector")


def test_an_unannounced_visit_is_hidden_from_registrar_and_the_home(db: Session, client: Browsing) -> None:
    home = make_home(db)
    case = make_inspection(db, home=home, announced=False, state=State.PLANNED)
    people = [
        make_user(db, Role.REGISTRAR),
        make_user(db, Role.ADMINISTRATOR),
        make_user(db, Role.PROVIDER, provider_id=home.provider_id),
        make_user(db, Role.HOME_MANAGER, home_id=home.id),
    ]
    db.commit()
    for person in people:
        client.sign_out()
        client.sign_in_as(person)
        page = client.get("/")
        assert case.dnr not in page.text and case.title not in page.text
        client.get("/inspections", status=404)
        client.get(f"/inspections/{case.dnr}", status=404)
