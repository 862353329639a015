"""The pages of a request for documents, used as a keyboard without a script uses them: forms and links alone."""

from datetime import timedelta

from sqlalchemy import select

from tests.integration.rich_site import FULLEST, RichSite
from tests.rich_account import NOW
from tillsyn.models.openness import DisclosureMask, DisclosureRequest, DisclosureText
from tillsyn.models.openness_words import AskState, MaskState


def address_of(rich: RichSite, end: str = "") -> str:
    assert rich.disclosures is not None
    return f"/inspections/{rich.made.cases[FULLEST]}/disclosures/{rich.disclosures.open_id}{end}"


def first_text(rich: RichSite) -> tuple[str, str]:
    assert rich.disclosures is not None
    with rich.db() as db:
        one = db.scalars(
            select(DisclosureText)
            .where(DisclosureText.request_id == rich.disclosures.open_id)
            .order_by(DisclosureText.position)
        ).first()
        assert one is not None
        return str(one.id), one.text


def test_words_of_one_sentence_are_masked_by_ticking_their_numbers(rich: RichSite) -> None:
    text_id, said = first_text(rich)
    page = address_of(rich, f"/texts/{text_id}/sentences/1")
    leader = rich.as_("leader")
    shown = leader.http.get(page)
    assert shown.status_code == 200
    assert b'type="checkbox"' in shown.data
    token = _token(shown.get_data(as_text=True))
    sent = leader.http.post(
        page,
        data={"csrf_token": token, "numbers": ["1"], "ground": "26:1", "reason": "Pekar ut en person."},
    )
    assert sent.status_code == 303
    with rich.db() as db:
        masks = db.scalars(
            select(DisclosureMask).where(
                DisclosureMask.state == MaskState.STANDS, DisclosureMask.reason_sealed.is_not(None)
            )
        ).all()
        first_word = said.split()[0].strip("”\"'.,:;!?")
        assert first_word in {said[one.start : one.end] for one in masks if str(one.text_id) == text_id}


def test_a_mask_without_a_reason_is_refused_and_what_was_typed_stays(rich: RichSite) -> None:
    text_id, said = first_text(rich)
    page = address_of(rich, f"/texts/{text_id}")
    leader = rich.as_("leader")
    token = _token(leader.http.get(page).get_data(as_text=True))
    word = said.split()[0]
    sent = leader.http.post(f"{page}/masks", data={"csrf_token": token, "words": word, "ground": "26:1"})
    assert sent.status_code == 422
    assert "Skriv med några ord varför det är hemligt." in sent.get_data(as_text=True)
    assert f'value="{word}"' in sent.get_data(as_text=True)


def test_letting_out_asks_for_a_fresh_sign_in(rich: RichSite) -> None:
    assert rich.disclosures is not None
    with rich.db() as db:
        one = db.get_one(DisclosureRequest, rich.disclosures.open_id)
        one.state, one.handed_at, one.looked_at = AskState.LOOKED_OVER, NOW, NOW
        one.handed_by_id, one.looked_by_id = rich.made.people["leader"], rich.made.people["co_inspector"]
        version = one.version
        db.commit()
    leader = rich.as_("leader")
    token = _token(leader.http.get(address_of(rich)).get_data(as_text=True))
    rich.app.config["CLOCK"] = lambda: NOW + timedelta(minutes=11)
    sent = leader.http.post(address_of(rich, "/let-out"), data={"csrf_token": token, "version": version})
    assert sent.status_code == 401
    with rich.db() as db:
        assert db.get_one(DisclosureRequest, rich.disclosures.open_id).state is AskState.LOOKED_OVER


def test_the_answer_is_fetched_as_it_left_and_each_time_is_logged(rich: RichSite) -> None:
    assert rich.disclosures is not None
    address = f"/inspections/{rich.made.cases[FULLEST]}/disclosures/{rich.disclosures.answered_id}/answer.pdf"
    fetched = rich.as_("leader").http.get(address)
    assert fetched.status_code == 200
    assert fetched.data.startswith(b"%PDF-")
    assert fetched.headers["Content-Disposition"].startswith("attachment")


def _token(page: str) -> str:
    return page.split('name="csrf_token" value="')[1].split('"')[0]
