"""The page where guides go to form programs and forms become drafts."""

from io import BytesIO

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import make_user
from tests.integration.browsing import Browsing, Page
from tests.workbooks import form
from tillsyn.inspect.app import Tillsyn
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.guides import GuideVersion
from tillsyn.models.vocabulary import GuideState, Role

PAGE = "/guides/forms"
ROWS = (
    ("type", "name", "label::sv", "label::en", "required"),
    ("begin_group", "TRY", "Trygghet", "Safety"),
    ("text", "safe", "Var känner du dig trygg?", "Where do you feel safe?", "yes"),
    ("end_group",),
    ("text", "day", "Hur är en vanlig dag?", "What is an ordinary day like?"),
)


@pytest.fixture
def owner(app: Tillsyn, db: Session) -> Browsing:
    user = make_user(db, Role.METHOD_OWNER, name="Märta Metod")
    db.commit()
    made = Browsing(app)
    made.sign_in_as(user)
    return made


def send(owner: Browsing, content: bytes, *, guide: str = "hvb/staff", status: int = 200) -> Page:
    token = owner.get(PAGE).form(PAGE).find(".//*[@name='csrf_token']")
    assert token is not None
    data = {"csrf_token": token.get("value"), "guide": guide, "file": (BytesIO(content), "form.xlsx")}
    answer = owner.http.post(PAGE, data=data, content_type="multipart/form-data")
    return owner.check(answer, PAGE, status)


def drafts(db: Session) -> list[GuideVersion]:
    db.expire_all()
    return list(db.scalars(select(GuideVersion).where(GuideVersion.state == GuideState.DRAFT)))


def test_a_form_becomes_a_draft_and_what_was_left_out_is_shown(owner: Browsing, db: Session) -> None:
    page = send(owner, form(*ROWS))
    assert "2 frågor har följt med. 1 av dem behöver ett område." in page.text
    assert "survey!E3" in page.text and "Ingen måste svara" in page.text
    (draft,) = drafts(db)
    own = load_pack("hvb").guide("staff")
    assert [(one["id"], one["area"]) for one in draft.content["questions"]] == [("safe", "TRY"), ("day", "")]
    assert draft.content["opening"]["sv"] == own.opening.sv
    assert (draft.content["id"], draft.content["informant"], draft.based_on) == (
        "staff",
        "staff",
        own.version,
    )
    written = owner.get(f"/guides/drafts/{draft.id}")
    assert "Var känner du dig trygg?" in written.text
    assert "Hur är en vanlig dag?" in owner.get(f"/guides/drafts/{draft.id}/parts/day").html
    assert f"/guides/drafts/{draft.id}" in page.html
    refused = send(owner, form(*ROWS), status=422)
    assert "staff" not in str(refused.form(PAGE).find(".//option[@value='hvb/staff']"))
    assert len(drafts(db)) == 1


def test_a_guide_taken_home_as_a_form_comes_back_as_a_draft_of_the_same_words(
    owner: Browsing, db: Session
) -> None:
    taken = owner.http.get(f"{PAGE}/hvb/child_6_12.xlsx")
    assert taken.headers["Content-Disposition"] == 'attachment; filename="child_6_12.xlsx"'
    page = send(owner, taken.data, guide="hvb/child_6_12")
    assert "Följer inte med" not in page.text
    (draft,) = drafts(db)
    assert "Inga fel är kvar" in owner.get(f"/guides/drafts/{draft.id}").text
    assert owner.http.get(f"{PAGE}/hvb/none.xlsx").status_code == 404
    assert owner.http.get(f"{PAGE}/none/staff.xlsx").status_code == 404


def test_what_is_no_form_is_told_with_its_cells_and_nothing_is_started(owner: Browsing, db: Session) -> None:
    page = send(owner, form(ROWS[0], ("text", "q1", "=1+1")), status=422)
    assert "survey!C2" in page.text and "har en formel utan värde" in page.text
    assert "ingen Excelarbetsbok" in send(owner, b"type,name", status=422).text
    assert "har ingen fråga" in send(owner, form(ROWS[0], ("note", "n", "Hej")), status=422).text
    long = form(ROWS[0], ("text", "q1", "x" * 6_000))
    assert "högst 5000" in send(owner, long, status=422).text.replace("\u00a0", "")
    page = send(owner, form(*ROWS), guide="", status=422)
    assert "Välj guiden först." in page.text
    assert drafts(db) == []
