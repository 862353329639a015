"""The pages of guides being written, as their owner, a colleague and a supervisor meet them."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.builders import make_inspection, make_user
from tests.integration.browsing import Browsing
from tests.pages import text_of
from tillsyn.inspect.app import Tillsyn
from tillsyn.inspect.outside.clock import SWEDEN
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.guides import GuideVersion
from tillsyn.models.people import User
from tillsyn.models.vocabulary import GuideState, Role, State, TeamRole

GUIDE = load_pack("hvb").guide("child_6_12")


@pytest.fixture
def people(db: Session) -> dict[str, User]:
    made = {
        "owner": make_user(db, Role.METHOD_OWNER, name="Märta Metod"),
        "other": make_user(db, Role.METHOD_OWNER, name="Otto Metod"),
        "supervisor": make_user(db, Role.SUPERVISOR, name="Karin Chef"),
        "inspector": make_user(db, Role.INSPECTOR),
    }
    db.commit()
    return made


def browser(app: Flask, user: User) -> Browsing:
    made = Browsing(app)
    made.sign_in_as(user)
    return made


@pytest.fixture
def owner(app: Tillsyn, people: dict[str, User]) -> Browsing:
    return browser(app, people["owner"])


@pytest.fixture
def draft(owner: Browsing) -> str:
    """The address of a draft of the talk with younger children."""
    started = owner.post("/guides/drafts/start", status=303, pack="hvb", guide="child_6_12")
    assert started.location
    return started.location


def day_of(app: Tillsyn) -> str:
    return str(app.config["CLOCK"]().astimezone(SWEDEN).date())


def test_the_owner_finds_every_guide_and_starts_a_draft(owner: Browsing) -> None:
    start = owner.get("/")
    assert "/guides/drafts" in start.html
    page = owner.get("/guides/drafts")
    assert GUIDE.title.sv in page.text and "följde med produkten" in page.text
    begun = owner.submit(page, action="/guides/drafts/start", status=303)
    assert "Inga fel är kvar" in owner.get(str(begun.location)).text
    assert "/guides/drafts/" in owner.get("/").html


def test_a_fault_stands_at_its_field_in_the_readers_language(owner: Browsing, draft: str) -> None:
    page = owner.get(f"{draft}/parts/C02")
    sent = owner.submit(
        page, action="/parts/C02", status=303, text_sv="Är det roligt?", text_en="Is it fun, right?"
    )
    page = owner.get(str(sent.location))
    assert "Frågan kan besvaras med ja eller nej." in page.text
    assert "En ledande fråga: den lägger svaret i munnen" in page.text
    for name in ("text_sv", "text_en"):
        field = next(one for one in page.tree.iter("textarea") if one.get("id") == name)
        assert field.get("aria-invalid") == "true", name
    assert f"{draft}/parts/C02#text_sv" in owner.get(draft).html
    owner.speak("en")
    assert "It can be answered with yes or no." in owner.get(draft).text


def test_every_part_of_every_guide_can_be_opened_and_saved_unchanged(owner: Browsing, db: Session) -> None:
    for guide in load_pack("hvb").guides[:2]:
        address = str(owner.post("/guides/drafts/start", status=303, pack="hvb", guide=guide.id).location)
        for part in ("frame", guide.questions[0].id, guide.questions[-1].id):
            given: dict[str, str | list[str]] = {"information": list(guide.information)}
            again = given if part == "frame" and guide.information else {}
            owner.submit(owner.get(f"{address}/parts/{part}"), action=f"/parts/{part}", status=303, **again)
        db.rollback()
        row = db.get_one(GuideVersion, id_in(address))
        assert row.saves == 1, "what is sent as it stood changes nothing"


def id_in(address: str) -> UUID:
    return UUID(address.rsplit("/", 1)[1])


def test_a_script_saves_what_was_changed_and_is_told_of_a_conflict(
    app: Tillsyn, people: dict[str, User], owner: Browsing, draft: str
) -> None:
    part = f"{draft}/parts/C02"
    number = int(
        next(one for one in owner.get(part).tree.iter("div") if one.get("data-autosave-url")).get(
            "data-autosave-version", ""
        )
    )
    saved = owner.put(part, number, text_sv="Vad gör du helst?")
    assert saved.status_code == 200 and saved.json and saved.json["version"] != number
    late = browser(app, people["other"]).put(part, number, text_sv="Vad är roligt?")
    assert late.status_code == 409 and late.json
    assert late.json["theirs"]["text_sv"] == "Vad gör du helst?"
    assert late.json["by"] == "Märta Metod"
    assert owner.put(part, saved.json["version"], why_sv="x" * 5001).json["errors"].keys() == {"why_sv"}
    assert owner.put(part, 1, text_sv=["a"], text_en=7).status_code == 422


def test_the_later_of_two_forms_shows_both_texts(
    app: Tillsyn, people: dict[str, User], owner: Browsing, draft: str
) -> None:
    page = owner.get(f"{draft}/parts/C02")
    other = browser(app, people["other"])
    other.submit(other.get(f"{draft}/parts/C02"), action="/C02", status=303, text_sv="Vad gör du helst?")
    again = owner.submit(page, action="/parts/C02", status=409, text_sv="Vad är allra roligast?")
    assert "Vad gör du helst?" in again.text and "Otto Metod" in again.text
    assert "Vad är allra roligast?" in again.html
    sent = owner.submit(again, action="/parts/C02", status=303)
    assert "Vad är allra roligast?" in owner.get(str(sent.location)).html


def test_too_long_a_text_is_kept_in_the_form_with_its_length(owner: Browsing, draft: str) -> None:
    page = owner.get(f"{draft}/parts/C02")
    long = owner.submit(page, action="/parts/C02", status=422, why_sv="ö" * 5001)
    assert "5001" in long.text.replace("\u00a0", "") and "ö" * 5001 in long.html
    page = owner.get(f"{draft}/parts/frame")
    named = owner.submit(page, action="/parts/frame", status=422, version=GUIDE.version)
    assert "Det finns redan en version med det namnet." in named.text


def test_questions_are_arranged_with_the_buttons_of_the_draft(owner: Browsing, draft: str) -> None:
    def order() -> list[str]:
        page = owner.get(draft)
        return [
            str(one.get("id"))[9:]
            for one in page.tree.iter("li")
            if (one.get("id") or "").startswith("question-")
        ]

    first, second, *_rest = order()
    owner.post(f"{draft}/arrange", status=303, down=first)
    assert order()[:2] == [second, first]
    owner.post(f"{draft}/arrange", status=303, up=first)
    owner.post(f"{draft}/arrange", status=303, remove=second)
    assert second not in order()
    assert "Borttaget ur utkastet" in owner.get(draft).text
    owner.post(f"{draft}/arrange", status=303, back=second)
    made = owner.post(f"{draft}/arrange", status=303, add=first)
    assert "Här står ingenting." in owner.get(str(made.location)).text
    assert order()[0] == first and order()[2] == second
    owner.post(f"{draft}/arrange", status=303)
    owner.post(f"{draft}/arrange", status=404, up="Z99")
    owner.get(f"{draft}/parts/Z99", status=404)


def test_the_preview_shows_the_draft_as_in_a_talk(owner: Browsing, draft: str) -> None:
    owner.submit(owner.get(f"{draft}/parts/C02"), action="/C02", status=303, text_sv="Vad gör du helst här?")
    page = owner.get(f"{draft}/preview")
    assert "Vad gör du helst här?" in page.text
    owner.submit(owner.get(f"{draft}/parts/C02"), action="/C02", status=303, topic="/")
    assert "Område saknas för C02." in owner.get(f"{draft}/preview").text


def test_the_way_from_draft_to_a_talk_that_is_held_with_it(
    app: Tillsyn, db: Session, people: dict[str, User], owner: Browsing, draft: str
) -> None:
    owner.submit(owner.get(f"{draft}/parts/C02"), action="/C02", status=303, text_sv="Vad gör du helst här?")
    page = owner.get(f"{draft}/publish")
    assert "Vad gör du helst här?" in page.text and "Vad som ändras" in page.text
    owner.submit(page, action="/hand-over", status=422, valid_from="2020-01-01")
    owner.submit(page, action="/hand-over", status=422, valid_from="i morgon")
    owner.submit(page, action="/hand-over", status=303, valid_from=day_of(app))
    assert "Du har skrivit i utkastet." in owner.get(f"{draft}/publish").text
    owner.post(f"{draft}/publish", status=409, valid_from=day_of(app), digest="x")
    chief = browser(app, people["supervisor"])
    assert f"{draft}/publish" in chief.get("/").html
    chief.get(f"{draft}/parts/C02", status=404)
    page = chief.get(f"{draft}/publish")
    chief.submit(page, action="/publish", status=409, digest="0" * 64)
    chief.submit(page, action="/return", status=422, remark=" ")
    chief.submit(page, action="/publish", status=303)
    assert "gäller från" in chief.get("/guides/drafts").text
    db.expire_all()
    row = db.get_one(GuideVersion, id_in(draft))
    assert row.state is GuideState.PUBLISHED
    owner.get(draft, status=404)
    case = make_inspection(db, state=State.CHILDREN, team={TeamRole.INSPECTOR: people["inspector"]})
    dnr, child = case.dnr, str(case.residents[0].id)
    db.commit()
    inspector = browser(app, people["inspector"])
    begin = inspector.get(f"/inspections/{dnr}/talks/start")
    talk = inspector.submit(begin, action="/start", status=303, resident=child, guide="child_6_12")
    page = inspector.get(str(talk.location))
    assert "Vad gör du helst här?" in page.text and row.version in page.text


def test_a_draft_is_given_back_and_its_writer_reads_why(
    app: Tillsyn, people: dict[str, User], owner: Browsing, draft: str
) -> None:
    owner.submit(owner.get(f"{draft}/publish"), action="/hand-over", status=303, valid_from=day_of(app))
    chief = browser(app, people["supervisor"])
    page = chief.get(f"{draft}/publish")
    chief.submit(page, action="/return", status=303, remark="Fråga 2 är svår för en sexåring.")
    assert "Fråga 2 är svår" in owner.get(draft).text
    assert "Fråga 2 är svår" in owner.get("/").text
    late = chief.submit(page, action="/return", status=409, remark="Och en sak till.")
    assert "Och en sak till." in late.html or "skrivs fortfarande" in late.text


def test_a_draft_with_faults_is_not_handed_over(app: Tillsyn, owner: Browsing, draft: str) -> None:
    owner.submit(owner.get(f"{draft}/parts/C02"), action="/C02", status=303, text_sv="")
    page = owner.get(f"{draft}/publish")
    assert "Rätta det som är kvar ovan" in page.text
    late = owner.post(f"{draft}/hand-over", status=409, valid_from=day_of(app))
    assert "1 fel är kvar" in late.text


def test_a_draft_is_fetched_as_a_file_and_thrown_away(owner: Browsing, draft: str) -> None:
    version = draft.rsplit("/", 1)[1]
    file = owner.http.get(f"/guides/versions/{version}/file")
    assert file.headers["Content-Disposition"] == 'attachment; filename="child_6_12.yaml"'
    assert file.get_data(as_text=True).count("\n  - id: ") == len(GUIDE.questions)
    owner.submit(owner.get(draft), action="/withdraw", status=303)
    owner.get(draft, status=404)
    owner.get(f"/guides/versions/{version}/file", status=404)


def test_the_method_owner_sees_no_case(app: Tillsyn, db: Session, owner: Browsing) -> None:
    case = make_inspection(db)
    db.commit()
    owner.get(f"/inspections/{case.dnr}", status=404)
    owner.get("/inspections", status=404)
    assert text_of(owner.get("/").tree).count(case.dnr) == 0
