"""The guides to read: the list, one guide, two versions compared, on paper; and the talk that follows its guide."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.builders import inspector_of, make_inspection, make_user
from tests.integration.browsing import Browsing, Page
from tests.integration.conftest import DATA_KEY
from tests.integration.test_guide_versions import GUIDE, NEW_WORDS, PACK, in_file, published, reworded
from tests.integration.test_talks_pages import ready_action, statements, talk_at
from tillsyn.inspect.cli import main
from tillsyn.inspect.outside.database import make_engine, session_factory
from tillsyn.inspect.services.hold_interview import Conditions, start_interview
from tillsyn.inspect.web.guide_panel import chosen_face
from tillsyn.interview_guides.conditions import AgeBand, QuestionNoted
from tillsyn.interview_guides.content import FollowUp, Guide, Text
from tillsyn.interview_guides.guide import available_packs, load_pack
from tillsyn.models.inspections import Inspection
from tillsyn.models.vocabulary import Informant, Role, TeamRole

FAR_AWAY = date(2099, 1, 1)
SAYS = Text("Barnet blir tyst", "The child falls silent")
THEN = Text("Vad tänker du på?", "What are you thinking of?")


def with_flow(version: str = "2030-2") -> Guide:
    """The guide with a follow-up, a scale of pictures, and two questions with conditions."""
    first, second, third, *rest = in_file().questions
    return replace(
        in_file(),
        version=version,
        questions=(
            replace(first, pictures="smiley", follow_ups=(FollowUp(THEN, SAYS),), only_if=()),
            replace(second, only_if=(QuestionNoted(first.id, True),)),
            replace(third, only_if=(AgeBand(((18, 20),)),)),
            *(replace(one, only_if=()) for one in rest),
        ),
    )


@pytest.fixture
def reader(db: Session, client: Browsing) -> Browsing:
    user = make_user(db, Role.INSPECTOR)
    db.commit()
    client.sign_in_as(user)
    return client


@pytest.fixture
def case(db: Session, client: Browsing) -> Inspection:
    user = make_user(db, Role.INSPECTOR)
    made = make_inspection(db, team={TeamRole.INSPECTOR: user})
    db.commit()
    client.sign_in_as(user)
    return made


def begun(db: Session, case: Inspection, now, age_band: str = "13-15") -> str:
    talk = start_interview(
        db,
        actor=inspector_of(case),
        inspection=case,
        informant=Informant.CHILD,
        guide=GUIDE,
        resident_id=case.residents[0].id,
        conditions=Conditions(age_band=age_band),
        now=now,
    )
    db.commit()
    return talk_at(case, talk)


def line(page: Page, question: int) -> dict[str, str]:
    """The attributes of one question's line, by its place in the guide."""
    id = in_file().questions[question].id
    return dict(next(li for li in page.tree.iter("li") if li.get("data-question") == id).items())


def test_every_guide_of_every_pack_is_listed_and_can_be_read(reader: Browsing) -> None:
    page = reader.get("/guides")
    for pack in map(load_pack, available_packs()):
        assert pack.title.sv in page.text
        for guide in pack.guides:
            assert (f"/guides/{pack.id}/{guide.id}" in page.html) is guide.offered
    read = reader.get(f"/guides/{PACK}/{GUIDE}")
    for question in in_file().questions:
        assert question.text.sv in read.text
        assert question.why.sv in read.text
    assert "ready" not in [one.get("id") for one in read.tree.iter()]


def test_the_version_that_is_offered_is_shown_and_the_others_can_be(db, reader, client) -> None:
    published(db, reworded("2030-2"))
    published(db, replace(in_file(), version="2030-3"), valid_from=FAR_AWAY)
    db.commit()
    page = reader.get(f"/guides/{PACK}/{GUIDE}")
    assert NEW_WORDS.sv in page.text
    older = reader.get(f"/guides/{PACK}/{GUIDE}?version={in_file().version}")
    assert NEW_WORDS.sv not in older.text
    assert "inte den version" in older.text
    reader.get(f"/guides/{PACK}/{GUIDE}?version=1999-1", status=404)
    reader.get(f"/guides/{PACK}/no_such", status=404)
    reader.get(f"/guides/no_such/{GUIDE}", status=404)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("sv", "har en ny lydelse. Tidigare"),
        ("en", "has new words. Before"),
    ],
)
def test_two_versions_are_compared_in_words(db, client, language: str, sentence: str) -> None:
    published(db, reworded("2030-2"))
    user = make_user(db, Role.REGISTRAR, language=language)
    db.commit()
    client.sign_in_as(user)
    page = client.get(f"/guides/{PACK}/{GUIDE}/compare?from={in_file().version}&to=2030-2")
    assert sentence in " ".join(page.text.split())
    assert NEW_WORDS.in_language(language) in page.text
    same = client.get(f"/guides/{PACK}/{GUIDE}/compare?from=2030-2&to=2030-2")
    assert ("säger samma sak" if language == "sv" else "say the same") in same.text


@pytest.mark.parametrize("language", ["sv", "en", "no-such"])
def test_a_guide_is_printed_with_its_language_and_title(reader: Browsing, language: str) -> None:
    answer = reader.http.get(f"/guides/{PACK}/{GUIDE}/sheet.pdf?language={language}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF-")
    assert (b"en-GB" if language == "en" else b"sv-SE") in answer.data


def test_a_talk_folds_what_is_passed_over_and_says_why(db, client, case, now) -> None:
    published(db, with_flow())
    address = begun(db, case, now)
    page = client.get(address)
    assert "data-passed-over" not in line(page, 0)
    assert "data-passed-over" in line(page, 1)
    assert "data-passed-over" in line(page, 2)
    assert "Ställs till den som är 18–20 år" in page.text
    assert f"Ställs när något är antecknat under ”{in_file().questions[0].text.sv.rstrip('.')}”" in page.text
    assert f"{len(in_file().questions) - 2} ännu inte ställda" in page.text
    assert "2 hoppas över" in page.text
    assert THEN.sv in page.text
    assert in_file().questions[1].text.sv in page.text


def test_a_question_comes_up_when_its_condition_holds_and_can_be_asked_anyway(db, client, case, now) -> None:
    published(db, with_flow())
    address = begun(db, case, now)
    first, _, third, *_ = in_file().questions
    page = client.get(f"{address}?question={first.id}")
    client.submit(page, action=ready_action(page), status=303, text="Det var konstigt.")
    assert "data-passed-over" not in line(client.get(address), 1)
    page = client.get(f"{address}?question={third.id}")
    client.submit(page, action=ready_action(page), status=303, text="Fast jag är yngre.")
    asked = line(client.get(address), 2)
    assert "data-asked" in asked
    assert "data-passed-over" not in asked
    assert [one.guide_version for one in statements(db)] == ["2030-2", "2030-2"]


def test_the_face_that_is_pointed_at_is_put_into_the_note(db, client, case, now) -> None:
    published(db, with_flow())
    address = begun(db, case, now)
    first = in_file().questions[0]
    page = client.get(f"{address}?question={first.id}&face=4")
    client.submit(page, action=ready_action(page), status=303)
    (kept,) = statements(db)
    assert (kept.text, kept.question) == ("Pekade på bilden: Bra (4 av 5).", first.id)


@pytest.mark.parametrize("said", [None, "", "0", "6", "-1", "x", "²"])
def test_what_is_no_face_is_no_choice(said: str | None) -> None:
    assert chosen_face(said) is None


def test_own_questions_stand_with_the_guides_and_are_marked_as_own(db, client, case, now) -> None:
    address = begun(db, case, now)
    page = client.get(address)
    client.submit(
        page, action=ready_action(page), status=303, text="Ja, en hund.", own_question="Finns det djur här?"
    )
    page = client.get(address)
    own = [
        li
        for li in page.tree.iter("li")
        if li.get("data-own") is not None and li.get("data-asked") is not None
    ]
    assert ["Finns det djur här?" in "".join(li.itertext()) for li in own] == [True]
    (kept,) = statements(db)
    assert (kept.question, kept.guide_version) == (None, in_file().version)


@pytest.fixture
def tillsyn_command(own_database_url, test_settings, monkeypatch, capsys):
    """The command on this test's database: `(exit code, output, errors)`."""
    monkeypatch.setenv("TILLSYN_INSTANCE", str(test_settings.instance))
    monkeypatch.setenv("TILLSYN_DATA_KEY", DATA_KEY)

    def run(*arguments: str, database: str = own_database_url) -> tuple[int, str, str]:
        monkeypatch.setenv("TILLSYN_DATABASE_URL", database)
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        told = capsys.readouterr()
        return int(end.value.code or 0), told.out, told.err

    return run


def test_the_command_says_what_differs_in_sentences(own_database_url, tillsyn_command) -> None:
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        published(db, reworded("2030-2"))
        db.commit()
    engine.dispose()
    code, told, counted = tillsyn_command(
        "guides", "compare", PACK, GUIDE, "file", "2030-2", "--language", "en"
    )
    words = in_file().questions[0].text.en
    assert (code, counted) == (0, "1 changes\n")
    assert told == (f"“{words.rstrip('.')}” has new words.\n    Before: {words}\n    Now: {NEW_WORDS.en}\n")
    code, _, fault = tillsyn_command("guides", "compare", PACK, GUIDE, "file", "1999-1")
    assert code == 2
    assert "there are: " in fault
    assert "2030-2" in fault
    assert tillsyn_command("guides", "compare", PACK, "no_such", "file", "file")[0] == 2


def test_the_command_prints_the_guide_also_without_a_database(tillsyn_command, tmp_path) -> None:
    sheet = tmp_path / "sheet.pdf"
    code, _, said = tillsyn_command("guides", "print", PACK, GUIDE, "--output", str(sheet))
    assert (code, sheet.read_bytes()[:5]) == (0, b"%PDF-")
    assert in_file().version in said
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    arguments = ("guides", "print", PACK, GUIDE, "--language", "en", "--output", str(sheet))
    assert tillsyn_command(*arguments, database=empty)[0] == 0
    assert b"en-GB" in sheet.read_bytes()
    assert tillsyn_command(*arguments, "--version", "2030-2", database=empty)[0] == 1
