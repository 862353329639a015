"""A reply to the facts, point by point (FL 24, 25, 27 §§): said, answered, and traced into the letter."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_user
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tests.integration.sent_letters import SentLetter, make_case
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.answer_points import answer_point, list_points
from tillsyn.inspect.services.both_sides import case_of_provider, is_provider_of
from tillsyn.inspect.services.communicate_facts import (
    find_communication,
    find_facts,
    list_facts,
    send_facts,
    sent_facts,
)
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.note_spoken_reply import list_spoken, note_spoken_reply
from tillsyn.inspect.services.record_decision import record_decision
from tillsyn.inspect.services.reply_to_facts import SaidOfFact, draft_of, reply_to_facts, save_draft
from tillsyn.inspect.services.review_letter import approve_letter, submit_letter
from tillsyn.inspect.services.send_letter import send_letter
from tillsyn.inspect.services.trace_reply import trace_reply
from tillsyn.inspect.settings import Settings
from tillsyn.models.assessments import Finding
from tillsyn.models.decisions import Communication
from tillsyn.models.dialogue import ReplyPoint
from tillsyn.models.dialogue_vocabulary import FactStance, PointVerdict
from tillsyn.models.letter_vocabulary import DecisionKind
from tillsyn.models.letters import Letter
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.people import User
from tillsyn.models.register import Provider
from tillsyn.models.vocabulary import FindingKind, Role, Standing, State

WRONG = SaidOfFact(FactStance.WRONG, "Det var nio nätter, inte tolv.")
RIGHT = SaidOfFact(FactStance.RIGHT)
BY = (NOW + timedelta(days=21)).date()


@dataclass
class Asked:
    """A case whose facts wait for a reply."""

    letter_case: LetterCase
    communication: Communication
    provider: User
    deficiency: Finding

    @property
    def reader(self) -> Actor:
        return acting(self.provider)


@pytest.fixture
def asked(db: Session, test_settings: Settings) -> Asked:
    made = make_letter_case(db)
    compose_letter(db, actor=made.writer, inspection=made.inspection, now=NOW)
    return _asked(db, made, test_settings)


def _asked(db: Session, made: LetterCase, settings: Settings) -> Asked:
    submit_letter(db, actor=made.writer, inspection=made.inspection, now=NOW)
    made.inspection.state = State.REVIEW
    approve_letter(db, actor=made.approver, inspection=made.inspection, authority=settings.authority, now=NOW)
    made.inspection.state = State.COMMUNICATION
    sent = send_facts(
        db, actor=made.writer, inspection=made.inspection, reply_by_on=BY,
        authority=settings.authority, now=NOW,
    )  # fmt: skip
    provider = make_user(db, Role.PROVIDER, provider_id=made.inspection.home.provider_id)
    finding = db.scalars(select(Finding).where(Finding.kind == FindingKind.DEFICIENCY)).one()
    return Asked(made, sent, provider, finding)


def replied(db: Session, asked: Asked, **points: SaidOfFact) -> ReplyPoint:
    """The provider calls the deficiency wrong."""
    reply_to_facts(
        db, actor=asked.reader, communication_id=asked.communication.id, reply="",
        points={asked.deficiency.id: points.get("deficiency", WRONG)}, now=NOW,
    )  # fmt: skip
    return list_points(db, asked.communication)[0]


def answered(db: Session, asked: Asked, point: ReplyPoint, verdict: PointVerdict, **more: str) -> ReplyPoint:
    values = {"why": "Vi har räknat om i schemat.", "saw": "Nio nätter saknades jouren."} | more
    return answer_point(
        db, actor=asked.letter_case.writer, inspection=asked.letter_case.inspection, point_id=point.id,
        verdict=verdict, now=NOW + timedelta(days=1), **values,
    )  # fmt: skip


def decided_and_sent(db: Session, asked: Asked, settings: Settings) -> Letter:
    case, later = asked.letter_case, NOW + timedelta(days=2)
    case.inspection.state = State.DECISION
    record_decision(
        db, actor=case.approver, inspection=case.inspection, kind=DecisionKind.CRITICISM,
        decided_on=later.date(), content="Vi kritiserar er (28 kap. 3 § SoL).", now=later,
    )  # fmt: skip
    return send_letter(
        db, actor=case.writer, inspection=case.inspection, authority=settings.authority, now=later,
        without_child_letter="De får höra det av oss.",
    )  # fmt: skip


def texts(letter: Letter, language: str) -> dict[str, str]:
    return {one.key: one.text for one in letter.paragraphs if one.language == language and not one.removed}


def test_a_reply_says_of_each_fact_whether_it_is_right(db: Session, asked: Asked) -> None:
    point = replied(db, asked)
    assert (point.stance, point.said, point.verdict) == (FactStance.WRONG, WRONG.text, None)
    assert point.said_sealed is not None and b"nio" not in point.said_sealed
    with pytest.raises(NotPossibleNow, match="has been sent"):
        replied(db, asked)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (SaidOfFact(FactStance.WRONG, "  "), "what is wrong"),
        (SaidOfFact(None, "Fel."), "right or wrong"),
        (SaidOfFact(FactStance.WRONG, "x" * 20_001), "20001 characters"),
        (SaidOfFact(), "Write your reply"),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_is_sent(
    db: Session, asked: Asked, said: SaidOfFact, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        replied(db, asked, deficiency=said)
    assert asked.communication.replied_at is None and list_points(db, asked.communication) == []


def test_who_helps_with_the_answers_keeps_a_draft_and_does_not_send(db: Session, asked: Asked) -> None:
    helper = make_user(
        db, Role.PROVIDER, provider_id=asked.provider.provider_id, standing=Standing.HELPER, name="Hjälparen"
    )
    given = {
        "actor": acting(helper),
        "communication_id": asked.communication.id,
        "reply": "Utkast.",
        "now": NOW,
    }
    save_draft(db, version=0, **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        reply_to_facts(db, **given)  # type: ignore[arg-type]
    assert asked.communication.replied_at is None


def test_a_fact_that_was_never_sent_cannot_be_replied_to(db: Session, asked: Asked) -> None:
    with pytest.raises(Invalid, match="not among the facts"):
        reply_to_facts(
            db, actor=asked.reader, communication_id=asked.communication.id, reply="",
            points={UUID(int=1): WRONG}, now=NOW,
        )  # fmt: skip


def test_a_draft_is_kept_and_two_who_write_at_once_lose_nothing(db: Session, asked: Asked) -> None:
    colleague = make_user(db, Role.PROVIDER, provider_id=asked.provider.provider_id, name="Kollegan")
    first = {"communication_id": asked.communication.id, "version": 0, "now": NOW}
    points = {asked.deficiency.id: WRONG}
    save_draft(db, actor=acting(colleague), reply="Mitt utkast.", points=points, **first)  # type: ignore[arg-type]
    with pytest.raises(Conflict) as refused:
        save_draft(db, actor=asked.reader, reply="Ett annat.", **first)  # type: ignore[arg-type]
    assert (refused.value.by, refused.value.theirs["reply"]) == ("Kollegan", "Mitt utkast.")
    kept = draft_of(asked.communication)
    assert (kept.version, kept.reply, kept.points) == (1, "Mitt utkast.", points)
    assert asked.communication.draft_sealed is not None
    assert b"utkast" not in asked.communication.draft_sealed
    replied(db, asked)
    assert draft_of(asked.communication).reply == "", "what is sent is no draft any more"


def test_a_provider_that_is_right_changes_the_letter_and_sees_where(
    db: Session, asked: Asked, test_settings: Settings
) -> None:
    case = asked.letter_case
    answered(db, asked, replied(db, asked), PointVerdict.ACCEPTED)
    key = str(asked.deficiency.id)
    trace = trace_reply(db, asked.communication, case.inspection)[key]
    assert trace.before[1] == "Tolv nätter saknades jouren."
    assert trace.after is not None and trace.after[1] == "Nio nätter saknades jouren."
    assert not trace.in_letter and {one.language for one in trace.places} == {"sv", "en"}
    before = texts(the_letter(db, case.inspection), "sv")
    assert any("Tolv nätter" in one for one in before.values()), "what was approved stands until it goes"
    letter = decided_and_sent(db, asked, test_settings)
    after = texts(letter, "sv")
    assert after["deficiencies.K10.saw"] == "Nio nätter saknades jouren."
    assert "vi rättat det ni påpekade. Vi har räknat om i schemat." in after["your_view.point-K10"]
    assert not any("Tolv nätter" in one for one in after.values())
    assert "your_view.changed" not in after, "it is told once"
    trace = trace_reply(db, asked.communication, case.inspection)[key]
    assert trace.in_letter
    assert {(one.language, one.before, one.after) for one in trace.places} >= {
        ("sv", "Tolv nätter saknades jouren.", "Nio nätter saknades jouren.")
    }
    frozen = max((one for one in letter.versions if one.language == "sv"), key=lambda one: one.number)
    assert "Nio nätter" in str(frozen.content) and "Tolv nätter" not in str(frozen.content)
    sent = sent_facts(db, asked.communication, case.inspection)
    assert "Tolv nätter" in str(sent), "what was sent for reply stands for ever"


def test_a_point_that_is_not_accepted_changes_nothing_and_says_why(
    db: Session, asked: Asked, test_settings: Settings
) -> None:
    answered(db, asked, replied(db, asked), PointVerdict.NOT_ACCEPTED, why="Schemat visar tolv nätter.")
    assert asked.deficiency.saw == "Tolv nätter saknades jouren."
    assert trace_reply(db, asked.communication, asked.letter_case.inspection) == {}
    after = texts(decided_and_sent(db, asked, test_settings), "sv")
    assert after["deficiencies.K10.saw"] == "Tolv nätter saknades jouren."
    assert "ändrar inte det vi skriver. Schemat visar tolv nätter." in after["your_view.point-K10"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"why": "Jo."}, "why"),
        ({"saw": ""}, "saw"),
        ({"saw": "Tolv nätter saknades jouren."}, "saw"),
        ({"title": "x" * 201}, "title"),
        ({"saw": "Ahmed Karlsson var inte där."}, "looked"),
    ],
)
def test_a_faulty_answer_is_refused_and_leaves_the_fact_as_it_is(
    db: Session, asked: Asked, values: dict[str, str], field: str
) -> None:
    point = replied(db, asked)
    with pytest.raises(Invalid) as refused:
        answered(db, asked, point, PointVerdict.ACCEPTED, **values)
    assert refused.value.values["field"] == field
    db.expire_all()
    assert (asked.deficiency.saw, point.verdict) == ("Tolv nätter saknades jouren.", None)


def test_what_somebody_wrote_in_english_is_corrected_in_english(db: Session, test_settings: Settings) -> None:
    made = make_letter_case(db)
    compose_letter(db, actor=made.writer, inspection=made.inspection, now=NOW)
    asked = _asked(db, made, test_settings)
    english = next(
        one
        for one in the_letter(db, made.inspection).paragraphs
        if (one.language, one.key) == ("en", "deficiencies.K10.saw")
    )
    english.text, english.edited = "Twelve nights lacked cover.", True
    point = replied(db, asked)
    with pytest.raises(Invalid) as refused:
        answered(db, asked, point, PointVerdict.ACCEPTED)
    assert refused.value.values["field"] == "english"
    answered(db, asked, point, PointVerdict.ACCEPTED, english="Nine nights lacked cover.")
    letter = decided_and_sent(db, asked, test_settings)
    assert texts(letter, "en")["deficiencies.K10.saw"] == "Nine nights lacked cover."


def test_only_inspectors_answer_and_only_before_the_decision(db: Session, asked: Asked) -> None:
    case, point = asked.letter_case, replied(db, asked)
    given = {"inspection": case.inspection, "point_id": point.id, "now": NOW, "why": "Så står det i schemat."}
    for actor in (case.approver, asked.reader):
        with pytest.raises(NotAllowed):
            answer_point(db, actor=actor, verdict=PointVerdict.NOT_ACCEPTED, **given)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        answer_point(
            db, actor=case.writer, verdict=PointVerdict.NOT_ACCEPTED,
            **given | {"point_id": case.inspection.id},  # type: ignore[arg-type]
        )  # fmt: skip
    case.inspection.state = State.DECISION
    with pytest.raises(NotPossibleNow):
        answer_point(db, actor=case.writer, verdict=PointVerdict.NOT_ACCEPTED, **given)  # type: ignore[arg-type]


def test_what_is_right_needs_no_answer(db: Session, asked: Asked) -> None:
    point = replied(db, asked, deficiency=RIGHT)
    with pytest.raises(NotPossibleNow, match="this is right"):
        answered(db, asked, point, PointVerdict.ACCEPTED)


def test_a_spoken_reply_is_noted_and_its_points_are_answered_alike(db: Session, asked: Asked) -> None:
    case = asked.letter_case
    noted = note_spoken_reply(
        db, actor=case.writer, inspection=case.inspection, said_at=NOW, said_by="Anna Ek, verksamhetschef",
        note="Hon ringde och sa att det var nio nätter.", points={asked.deficiency.id: WRONG}, is_reply=True,
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    assert list_spoken(db, case.inspection) == [noted] and noted.by_id == case.inspector.id
    assert asked.communication.replied_at == NOW, "the case need not wait for a letter"
    (point,) = list_points(db, asked.communication)
    assert point.spoken_id == noted.id
    assert answered(db, asked, point, PointVerdict.ACCEPTED).verdict is PointVerdict.ACCEPTED
    given = {"inspection": case.inspection, "said_by": "Anna Ek", "note": "Hej.", "now": NOW}
    with pytest.raises(Invalid, match="not been said yet"):
        note_spoken_reply(db, actor=case.writer, said_at=NOW + timedelta(days=1), **given)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        note_spoken_reply(db, actor=asked.reader, said_at=NOW, **given)  # type: ignore[arg-type]


# --- The pages ------------------------------------------------------------------------------


@pytest.fixture
def case(db: Session) -> SentLetter:
    made = make_case(db, State.COMMUNICATION)
    db.commit()
    return made


def test_the_provider_replies_point_by_point_and_the_inspector_answers(
    client: Browsing, case: SentLetter, db: Session
) -> None:
    address = f"/inspections/{case.inspection.dnr}/reply"
    client.sign_in_as(case.inspector)
    client.submit(client.get(address), action="/reply", status=303)
    facts = f"/facts/{db.scalars(select(Communication.id)).one()}"
    wrong, advice = f"f{case.deficiency.id.hex}", f"f{case.advice.id.hex}"
    db.rollback()
    client.sign_in_as(case.provider)
    page = client.get(facts)
    kept = client.submit(page, status=422, **{f"{wrong}-stance": "wrong", "reply": "Tack för besöket."})
    assert "Skriv vad som är fel eller saknas" in kept.text and "Tack för besöket." in kept.html
    client.submit(
        kept, status=303, **{f"{wrong}-text": "Det är en natt.", f"{advice}-stance": "right", "save": "1"}
    )
    again = client.get(facts)
    assert "Det är en natt." in again.html
    client.sign_in_as(case.inspector)
    assert "Det är en natt." not in client.get(address).text, "a draft is the provider's own"
    client.sign_in_as(case.provider)
    client.submit(again, status=303)
    assert "Det är en natt." in client.get(facts).text
    client.sign_in_as(case.inspector)
    page = client.get(address)
    assert "1 punkt är inte besvarad" in page.text
    db.rollback()
    point = db.scalars(select(ReplyPoint).where(ReplyPoint.stance == FactStance.WRONG)).one()
    name = f"a{point.id.hex}"
    db.rollback()
    answer = {f"{name}-verdict": "accepted", f"{name}-why": "Schemat visar en natt."}
    unchanged = client.submit(page, action=f"/points/{point.id}", status=422, **answer)
    assert "Schemat visar en natt." in unchanged.html
    changed = {f"{name}-saw": "En natt i veckan saknas känd personal."}
    marked = client.submit(unchanged, action=f"/points/{point.id}", status=422, **changed)
    assert "röja vem någon är" in marked.text
    client.submit(marked, action=f"/points/{point.id}", status=303, **{f"{name}-looked": "y"})
    after = client.get(address).text
    assert "Varje punkt är besvarad" in after and "En natt i veckan saknas känd personal." in after
    client.sign_in_as(case.provider)
    assert "Schemat visar en natt." not in client.get(facts).text, "told with the letter, not before"


def test_what_is_said_is_noted_on_a_page_of_its_own(client: Browsing, case: SentLetter, db: Session) -> None:
    base = f"/inspections/{case.inspection.dnr}/reply"
    client.sign_in_as(case.inspector)
    client.submit(client.get(base), action="/reply", status=303)
    page = client.get(f"{base}/spoken")
    fields = {
        "said_on": "2026-03-02",
        "said_time": "13:30",
        "said_by": "Petra Huvud",
        "note": "Det är en natt.",
        f"f{case.deficiency.id.hex}-stance": "wrong",
        f"f{case.deficiency.id.hex}-text": "En natt, inte två.",
        "is_reply": "y",
    }
    for name in ("said_on", "said_by", "note"):
        client.submit(page, status=422, **fields | {name: ""})
    client.submit(page, status=303, **fields)
    noted = client.get(base).text
    for said in ("Petra Huvud", "Det är en natt.", "En natt, inte två.", "sagt, och antecknat av oss"):
        assert said in noted, said
    client.sign_in_as(case.provider)
    client.get(f"{base}/spoken", status=404)


def test_two_colleagues_who_write_at_once_both_see_both(
    client: Browsing, case: SentLetter, db: Session
) -> None:
    client.sign_in_as(case.inspector)
    client.submit(client.get(f"/inspections/{case.inspection.dnr}/reply"), action="/reply", status=303)
    facts = f"/facts/{db.scalars(select(Communication.id)).one()}"
    db.rollback()
    client.sign_in_as(case.provider)
    page = client.get(facts)
    client.submit(page, status=303, reply="Den första.", save="1")
    late = client.submit(page, status=409, reply="Den andra.", save="1")
    assert "Den första." in late.text and "Den andra." in late.html
    client.submit(late, status=303, save="1")
    db.rollback()
    db.expire_all()
    known = find_communication(db, case.inspection)
    assert known is not None and draft_of(known).reply == "Den andra."


def test_the_facts_and_meetings_of_another_home_are_not_there_for_a_manager_of_one(
    db: Session, asked: Asked
) -> None:
    case = asked.letter_case.inspection
    provider = db.get_one(Provider, case.home.provider_id)
    elsewhere = acting(
        make_user(
            db, Role.PROVIDER, provider_id=provider.id, home_id=make_home(db, provider).id,
            standing=Standing.MANAGER,
        )
    )  # fmt: skip
    here = acting(
        make_user(db, Role.PROVIDER, provider_id=provider.id, home_id=case.home_id, standing=Standing.MANAGER)
    )
    assert [one.id for one, _ in list_facts(db, here, waiting=True).rows] == [asked.communication.id]
    assert case_of_provider(db, here, case.id) is case
    assert is_provider_of(here, case)
    assert not any(list_facts(db, elsewhere, waiting=one).rows for one in (True, False))
    assert not is_provider_of(elsewhere, case)
    with pytest.raises(NotFound):
        find_facts(db, elsewhere, asked.communication.id)
    with pytest.raises(NotFound):
        case_of_provider(db, elsewhere, case.id)


def test_those_who_inspect_and_decide_are_told_that_the_reply_has_come(db: Session, asked: Asked) -> None:
    replied(db, asked)
    told = set(db.scalars(select(Notice.user_id).where(Notice.kind == NoticeKind.REPLY_RECEIVED)))
    case = asked.letter_case
    assert {case.writer.user_id, case.approver.user_id} <= told
