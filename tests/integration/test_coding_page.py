"""The coding page: two coders apart from each other, passages, settling, memos, and what each may see."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import acting, make_inspection, make_user
from tests.integration.browsing import Browsing
from tillsyn.inspect.services.coding_left import coding_left
from tillsyn.inspect.services.count_records import count_records
from tillsyn.inspect.services.hold_interview import start_interview
from tillsyn.inspect.services.save_statement import StatementValues, save_statement
from tillsyn.models.codings import Coding, Memo, Passage
from tillsyn.models.event_kinds import EventKind
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.people import User
from tillsyn.models.vocabulary import CodingPart, Informant, Role, State, TeamRole

SAID = "På natten är ingen vaken. Karin lyssnar alltid."
HELD_BACK = "Hemlig tanke om nattens ensamhet"


@dataclass
class Coders:
    """A case with one statement `u1`, its first coder Ett, its second coder Två, and `talk`."""

    case: Inspection
    first: User
    second: User
    decider: User
    talk: Interview
    statement_id: UUID

    @property
    def page(self) -> str:
        return f"/inspections/{self.case.dnr}/coding"

    @property
    def unit(self) -> str:
        return f"{self.page}/{self.statement_id}"


@pytest.fixture
def coders(db: Session, client: Browsing, now) -> Coders:
    first = make_user(db, Role.INSPECTOR, name="Kodare Ett")
    second = make_user(db, Role.INSPECTOR, name="Kodare Två")
    decider = make_user(db, Role.SUPERVISOR, name="Beslut Tre")
    team = {TeamRole.INSPECTOR: first, TeamRole.CO_INSPECTOR: second, TeamRole.DECISION_MAKER: decider}
    case = make_inspection(db, team=team, state=State.CHILDREN)
    talk = start_interview(
        db, actor=acting(first), inspection=case, informant=Informant.CHILD, guide="young_13_20",
        resident_id=case.residents[0].id, now=now,
    )  # fmt: skip
    statement_id = uuid4()
    save(db, case, talk, first, statement_id, 0, StatementValues(text=SAID), now)
    db.commit()
    client.sign_in_as(first)
    return Coders(case, first, second, decider, talk, statement_id)


def save(db, case, talk, user, statement_id, version, values, now) -> Statement:
    return save_statement(
        db, actor=acting(user), inspection=case, source=talk, statement_id=statement_id,
        version=version, values=values, now=now,
    )  # fmt: skip


def rows(db: Session, kind=Coding) -> list:
    db.rollback()
    db.expire_all()
    return list(db.scalars(select(kind).order_by(kind.id)))


def stands(db: Session, coders: Coders) -> tuple[str | None, int | None]:
    db.rollback()
    db.expire_all()
    statement = db.get_one(Statement, coders.statement_id)
    return statement.theme, statement.severity


def coded(client: Browsing, coders: Coders, who: User, theme: str, severity: int, version: int = 0, **more):
    client.sign_in_as(who)
    answer = client.put(coders.unit, version, theme=theme, severity=str(severity), **more)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def test_a_judgement_by_script_is_kept_with_coder_time_and_code_book(db, client, coders, now):
    assert coded(client, coders, coders.first, "natt", 2)["version"] == 1
    (coding,) = rows(db)
    assert (coding.part, coding.theme, coding.severity) == (CodingPart.FIRST, "natt", 2)
    assert coding.coder_id == coders.first.id
    assert coding.code_book == "hvb 2026-2"
    assert stands(db, coders) == ("natt", 2)
    assert [event.kind for event in rows(db, Event)].count(EventKind.CODED) == 1


def test_the_same_judgement_sent_twice_is_one(db, client, coders):
    coded(client, coders, coders.first, "natt", 2)
    assert coded(client, coders, coders.first, "natt", 2)["version"] == 1
    assert len(rows(db)) == 1


def test_without_a_script_the_page_is_a_form(db, client, coders):
    page = client.get(coders.page)
    assert SAID in page.text and "Inte kodad ännu" in page.text
    client.submit(page, action=f"/coding/{coders.statement_id}", status=303, theme="natt", severity="1")
    assert stands(db, coders) == ("natt", 1)
    assert "Allt är kodat en gång" in client.get(f"{coders.page}?show=mine").text


def test_a_form_that_lacks_something_comes_back_with_what_was_chosen(client, coders):
    page = client.get(coders.page)
    again = client.submit(page, action=f"/coding/{coders.statement_id}", status=422, theme="natt")
    assert "Välj hur allvarligt det är." in again.text
    assert '<option value="natt" selected>' in again.html


@pytest.mark.parametrize(
    ("language", "says"),
    [("sv", "Skriv varför du ändrar din bedömning."), ("en", "Write why you change your judgement.")],
)
def test_a_change_of_mind_needs_a_reason_and_keeps_the_old(db, client, coders, language, says):
    coders.first.language = language
    db.commit()
    coded(client, coders, coders.first, "natt", 2)
    refused = client.put(coders.unit, 1, theme="natt", severity="1", reason=" ")
    assert refused.status_code == 422
    assert refused.get_json()["errors"]["reason"][0].startswith(says)
    coded(client, coders, coders.first, "natt", 1, version=1, reason="Barnet menade hissen.")
    assert [(row.number, row.severity, row.reason) for row in rows(db)] == [
        (1, 2, ""),
        (2, 1, "Barnet menade hissen."),
    ]
    assert stands(db, coders) == ("natt", 1)


def test_a_stale_judgement_is_not_saved_over_ones_own_newer(db, client, coders):
    coded(client, coders, coders.first, "natt", 2)
    answer = client.put(coders.unit, 0, theme="mat", severity="0", reason="Fel.")
    assert answer.status_code == 409
    body = answer.get_json()
    assert (body["version"], body["theirs"]) == (1, {"theme": "natt", "severity": "2"})
    assert len(rows(db)) == 1


def test_the_second_coder_gets_nothing_of_the_first_until_done(db, client, coders):
    """Theme, severity, coder, memo and time: none of them in any answer, as page or as JSON."""
    coded(client, coders, coders.first, "tandvard", 3)
    memo = f"{coders.page}/memos/{uuid4()}?about={coders.statement_id}"
    assert client.put(memo, 0, text=HELD_BACK).status_code == 200
    client.sign_in_as(coders.second)
    for show in ("mine", "second", "disputed", "all"):
        page = client.get(f"{coders.page}?show={show}")
        cards = page.html.split('class="coding__units"')[1].split('class="book"')[0]
        assert HELD_BACK not in page.html
        assert " selected>" not in cards and " checked" not in cards
        assert coders.first.name not in cards
        assert "3 – Allvarlig" not in page.html
        assert "Allvarlig uppgift" not in page.html
    refused = client.put(coders.unit, 1, theme="natt", severity="2")
    assert refused.status_code == 409
    assert refused.get_json()["theirs"] == {}
    assert "tandvard" not in refused.get_data(as_text=True)
    answer = client.put(coders.unit, 0, theme="natt", severity="2")
    assert answer.get_json().keys() == {"version", "saved_at"}
    page = client.get(f"{coders.page}?show=all")
    assert HELD_BACK in page.html and "3 – Allvarlig" in page.html and "Kodare Ett" in page.text


def test_the_higher_stands_until_the_two_have_settled(db, client, coders):
    coded(client, coders, coders.first, "natt", 2)
    coded(client, coders, coders.second, "natt", 3)
    assert stands(db, coders) == ("natt", 3)
    page = client.get(f"{coders.page}?show=disputed")
    assert "Ni bedömer olika" in page.text
    settled = client.submit(
        page, action=f"{coders.statement_id}/settle", status=303, theme="natt", severity="2",
        reason="Vi läste exemplen.",
    )  # fmt: skip
    assert "show=disputed" in settled.location
    assert stands(db, coders) == ("natt", 2)
    assert [row.part for row in rows(db)] == [CodingPart.FIRST, CodingPart.SECOND, CodingPart.SETTLED]
    assert "Inga oenigheter" in client.get(f"{coders.page}?show=disputed").text


def test_what_is_settled_needs_a_reason_and_both_judgements_seen(db, client, coders):
    coded(client, coders, coders.first, "natt", 2)
    coded(client, coders, coders.second, "natt", 3)
    page = client.get(f"{coders.page}?show=disputed")
    action = f"{coders.statement_id}/settle"
    again = client.submit(page, action=action, status=422, theme="natt", severity="2")
    assert "Skriv vad ni enades om, och varför." in again.text
    coded(client, coders, coders.first, "natt", 4, version=1, reason="Läst igen.")
    stale = client.submit(page, action=action, status=409, theme="natt", severity="2", reason="Enade.")
    assert "En av er har ändrat bedömningen under tiden." in stale.text


def test_where_two_have_coded_the_talk_no_longer_changes_the_judgement(db, client, coders, now):
    coded(client, coders, coders.first, "natt", 2)
    coded(client, coders, coders.second, "natt", 2)
    client.sign_in_as(coders.first)
    db.rollback()
    version = db.get_one(Statement, coders.statement_id).version
    talk = f"/inspections/{coders.case.dnr}/talks/{coders.talk.id}/statements/{coders.statement_id}"
    answer = client.put(talk, version, severity="0")
    assert answer.status_code == 422
    assert "på sidan Kodning" in answer.get_json()["errors"]["severity"][0]


def test_somebody_elses_judgement_is_not_changed_in_the_talk(client, coders):
    coded(client, coders, coders.first, "natt", 2)
    client.sign_in_as(coders.second)
    talk = f"/inspections/{coders.case.dnr}/talks/{coders.talk.id}/statements/{coders.statement_id}"
    answer = client.put(talk, 2, severity="0")
    assert answer.status_code == 422
    assert "Lämna din egen bedömning" in answer.get_json()["errors"]["severity"][0]


def test_the_talk_shows_nothing_of_a_judgement_to_whoever_may_judge_it_unseen(db, client, coders):
    """Neither theme nor severity: not in the list, the form, a refusal or a conflict; the text can be mended."""
    coded(client, coders, coders.first, "tandvard", 3)
    talk = f"/inspections/{coders.case.dnr}/talks/{coders.talk.id}"
    address = f"{talk}/statements/{coders.statement_id}"

    def facts(page) -> str:
        return page.html.split(f'id="note-{coders.statement_id}"')[1].split("</summary>")[0]

    assert "Tandvård" in facts(client.get(talk))
    client.sign_in_as(coders.second)
    assert "Tandvård" not in facts(client.get(talk))
    page = client.get(f"{talk}?edit={coders.statement_id}")
    assert not {"theme", "severity"} & {one.get("name") for one in page.form(address).iter()}
    refused = client.put(address, 2, theme="natt")
    assert refused.status_code == 422 and "theme" in refused.get_json()["errors"]
    stale = client.put(address, 1, text="Något annat.")
    assert stale.status_code == 409 and not {"theme", "severity"} & stale.get_json()["theirs"].keys()
    assert client.put(address, 2, text=f"{SAID} Hen ler.").status_code == 200
    assert stands(db, coders) == ("tandvard", 3)


def test_a_statement_judged_in_the_talk_has_its_first_coding(db, client, coders):
    talk = f"/inspections/{coders.case.dnr}/talks/{coders.talk.id}/statements/{coders.statement_id}"
    assert client.put(talk, 1, theme="natt", severity="2").status_code == 200
    assert client.put(talk, 2, severity="1").status_code == 200
    assert [(row.number, row.severity) for row in rows(db)] == [(1, 2), (2, 1)]


def mark(client: Browsing, coders: Coders, **values: str):
    address = f"{coders.page}/{coders.statement_id}/passages"
    return client.post(address, status=303, **values)


def test_a_stretch_is_marked_by_its_words_coded_and_taken_away(db, client, coders):
    page = client.get(coders.page)
    done = client.submit(page, action="/passages", status=303, words="Karin lyssnar alltid.")
    (passage,) = rows(db, Passage)
    assert done.location.endswith(f"#unit-{passage.id}")
    assert (passage.label, SAID[passage.begins : passage.ends]) == ("u1.1", "Karin lyssnar alltid.")
    page = client.get(f"{coders.page}?show=all")
    assert "u1.1" in page.text and "stretch--this" in page.html
    assert client.put(f"{coders.page}/{passage.id}", 0, theme="fortroende", severity="0").status_code == 200
    client.post(f"{coders.page}/{passage.id}/remove", status=303)
    assert rows(db, Passage) == [] and rows(db) == []


def test_a_stretch_that_somebody_else_has_coded_stays(db, client, coders):
    mark(client, coders, begins="0", ends="25")
    (passage,) = rows(db, Passage)
    client.sign_in_as(coders.second)
    assert client.put(f"{coders.page}/{passage.id}", 0, theme="natt", severity="2").status_code == 200
    client.sign_in_as(coders.first)
    client.post(f"{coders.page}/{passage.id}/remove", status=409)
    assert len(rows(db, Passage)) == 1


def test_a_stretch_once_coded_as_grave_stays_and_is_judged_by_a_second(db, client, coders):
    mark(client, coders, begins="0", ends="25")
    (passage,) = rows(db, Passage)
    place = f"{coders.page}/{passage.id}"
    assert client.put(place, 0, theme="natt", severity="4").status_code == 200
    lowered = client.put(place, 1, theme="natt", severity="0", reason="Jag hade läst fel.")
    assert lowered.status_code == 200
    client.post(f"{place}/remove", status=409)
    assert [one.severity for one in rows(db, Passage)] == [0]
    assert coding_left(db, coders.case)[0] == ("u1.1",)
    assert count_records(db, coders.case.id)["to_code"] == 1
    client.sign_in_as(coders.second)
    assert f'id="unit-{passage.id}"' in client.get(f"{coders.page}?show=second").html


def test_the_way_to_the_exchange_of_codes_is_on_the_page(client, coders):
    page = client.get(coders.page)
    assert f'href="{coders.page}/exchange"' in page.html and "Utbyt koder" in page.text


def test_overlapping_stretches_and_white_space_at_the_ends(db, client, coders):
    mark(client, coders, begins="3", ends="26")
    mark(client, coders, begins="0", ends="9")
    assert [(one.label, one.begins, one.ends) for one in rows(db, Passage)] == [
        ("u1.1", 3, 25),
        ("u1.2", 0, 9),
    ]


def test_marking_the_same_twice_makes_one_passage(db, client, coders):
    passage_id = str(uuid4())
    for _ in range(2):
        mark(client, coders, begins="0", ends="9", passage_id=passage_id)
    assert len(rows(db, Passage)) == 1


@pytest.mark.parametrize(("begins", "ends"), [("5", "5"), ("9", "3"), ("0", "999"), ("24", "26")])
def test_a_stretch_without_words_is_refused(client, coders, begins, ends):
    if (begins, ends) == ("24", "26"):
        begins, ends = "25", "26"  # the space between the sentences
    page = client.post(f"{coders.page}/{coders.statement_id}/passages", status=422, begins=begins, ends=ends)
    assert "Markera några ord i uppgiften först." in page.text


def test_words_that_do_not_stand_there_are_given_back(client, coders):
    page = client.post(f"{coders.page}/{coders.statement_id}/passages", status=422, words="Något annat")
    assert "De orden står inte i uppgiften" in page.text
    assert "Något annat" in page.html


def test_a_stretch_follows_its_words_and_keeps_them(db, client, coders):
    mark(client, coders, begins="26", ends="47")
    talk = f"/inspections/{coders.case.dnr}/talks/{coders.talk.id}/statements/{coders.statement_id}"
    assert client.put(talk, 1, text=f"Först sa b1: {SAID}").status_code == 200
    (passage,) = rows(db, Passage)
    text = db.get_one(Statement, coders.statement_id).text
    assert text[passage.begins : passage.ends] == "Karin lyssnar alltid."
    refused = client.put(talk, 2, text="Något helt annat.")
    assert refused.status_code == 422
    assert "u1.1" in refused.get_json()["errors"]["text"][0]


def test_a_memo_is_changed_by_its_writer_only_and_never_lost(db, client, coders):
    memo_id = uuid4()
    address = f"{coders.page}/memos/{memo_id}?theme=natt"
    assert client.put(address, 0, text="Natten kommer igen.").get_json()["version"] == 1
    assert client.put(address, 1, text="Natten kommer igen hos två.").get_json()["version"] == 2
    stale = client.put(address, 1, text="Ett gammalt fönster.")
    assert stale.status_code == 409
    assert stale.get_json()["theirs"] == {"text": "Natten kommer igen hos två."}
    client.sign_in_as(coders.second)
    assert "Natten kommer igen hos två." in client.get(coders.page).text
    assert client.put(address, 2, text="Jag skriver över.").status_code == 403
    (memo,) = rows(db, Memo)
    assert (memo.text, memo.theme, memo.by_id) == ("Natten kommer igen hos två.", "natt", coders.first.id)


def test_a_memo_by_form(db, client, coders):
    page = client.get(coders.page)
    memo = next(one for one in page.html.split('action="') if "/memos/" in one.split('"')[0]).split('"')[0]
    client.post(memo.split("?")[0], status=303, text="En tanke.", about=str(coders.statement_id), version="0")
    assert "En tanke." in client.get(coders.page).text
    empty = client.post(memo.split("?")[0], status=422, text=" ", about="", version="0")
    assert "Skriv något först." in empty.text


def test_nobody_codes_before_the_visit_or_when_it_is_handed_over(db, client, coders):
    talk = db.get_one(Interview, coders.talk.id)
    for state, status in ((State.CLOSED, 422), (State.PREPARED, 422)):
        db.get_one(Inspection, coders.case.id).state = state
        db.commit()
        assert client.put(coders.unit, 0, theme="natt", severity="1").status_code == status
    assert talk is not None and rows(db) == []


def test_a_third_person_does_not_judge_what_two_have_judged(db, client, coders, now):
    third = make_user(db, Role.PEER_REVIEWER, name="Granskare Tre")
    coders.case.team[2].user_id, coders.case.team[2].role = third.id, TeamRole.PEER_REVIEWER
    db.commit()
    coded(client, coders, coders.first, "natt", 2)
    coded(client, coders, coders.second, "mat", 2)
    client.sign_in_as(third)
    assert client.put(coders.unit, 0, theme="natt", severity="0").status_code == 422
    page = client.get(f"{coders.page}?show=all")
    assert "Två andra har redan kodat det här." in page.text
    client.post(
        f"{coders.unit}/settle", status=422, theme="natt", severity="2", reason="Jag avgör.", version="2"
    )
    assert len(rows(db)) == 2


def test_the_decision_maker_does_not_code_and_has_no_tab(client, coders):
    client.sign_in_as(coders.decider)
    client.get(coders.page, status=403)
    assert client.put(coders.unit, 0, theme="natt", severity="1").status_code == 403
    assert "Kodning" not in client.get(f"/inspections/{coders.case.dnr}").text


def test_a_unit_of_another_case_is_not_there(db, client, coders):
    other = make_inspection(db, team={TeamRole.INSPECTOR: coders.first})
    db.commit()
    address = f"/inspections/{other.dnr}/coding/{coders.statement_id}"
    assert client.put(address, 0, theme="natt", severity="1").status_code == 404


@pytest.mark.parametrize(
    "fields",
    [{"theme": "vädret", "severity": "1"}, {"theme": "natt", "severity": "7"}, {"severity": "1"}, {}],
)
def test_unusable_values_are_refused_at_their_field(client, coders, fields):
    answer = client.put(coders.unit, 0, **fields)
    assert answer.status_code == 422
    assert set(answer.get_json()["errors"]) <= {"theme", "severity"}


def test_the_code_book_says_what_belongs_where_and_which_versions_there_were(client, coders):
    page = client.get("/codebook")
    for text in ("Natten", "Tryggheten från läggdags till morgon.", "Hör hit:", "Hör inte hit:", "2026-1",
                 "Inget har kodats av två ännu."):  # fmt: skip
        assert text in page.text
    client.speak("en")
    assert "Safety from bedtime until morning." in client.get("/codebook").text
    client.get("/codebook?pack=annan", status=404)
