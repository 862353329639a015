"""Review: threads of remarks, opinions, the lawyer's part, dissent, and the queue of who decides."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_user
from tests.integration.browsing import Browsing
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.errors import Invalid, NotAllowed, NotPossibleNow
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.decision_queue import Ask
from tillsyn.inspect.services import review_letter
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.discuss_letter import answer_remark, make_remark, resolve_remark
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.list_decisions import list_decisions
from tillsyn.inspect.services.note_dissent import note_dissent
from tillsyn.inspect.services.start_pages import case_work
from tillsyn.inspect.settings import Settings
from tillsyn.models.assessments import Finding
from tillsyn.models.inspections import TeamMember
from tillsyn.models.letter_vocabulary import LetterState, Verdict
from tillsyn.models.letters import Letter, Remark
from tillsyn.models.notices import Notice, NoticeKind
from tillsyn.models.vocabulary import FindingKind, Role, State, TeamRole

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def case(db: Session, monkeypatch: pytest.MonkeyPatch) -> LetterCase:
    """A letter in review, with a peer reviewer and a lawyer in the team."""
    monkeypatch.setattr(review_letter, "freeze_letter", lambda *args, **kwargs: [])
    monkeypatch.setattr(review_letter, "obstacles_of", lambda *args, **kwargs: ())
    made = make_letter_case(db)
    for position, (role, part) in enumerate(
        ((Role.PEER_REVIEWER, TeamRole.PEER_REVIEWER), (Role.LAWYER, TeamRole.LAWYER)), start=5
    ):
        user = make_user(db, role)
        db.add(
            TeamMember(
                inspection_id=made.inspection.id, user_id=user.id, name=user.name, role=part,
                position=position, declared_at=NOW,
            )
        )  # fmt: skip
    db.flush()
    db.expire_all()
    made.inspection = find_inspection(db, made.inspection.dnr)
    compose_letter(db, actor=made.writer, inspection=made.inspection, now=NOW)
    review_letter.submit_letter(db, actor=made.writer, inspection=made.inspection, now=NOW)
    made.inspection.state = State.REVIEW
    db.commit()
    return made


def person(db: Session, case: LetterCase, part: TeamRole) -> Actor:
    from tillsyn.models.people import User

    member = next(one for one in case.inspection.team if one.role is part)
    return acting(db.get_one(User, member.user_id))


def grave(db: Session, case: LetterCase, level: int = 4, sanction: bool = False) -> None:
    finding = db.scalars(select(Finding).where(Finding.kind == FindingKind.DEFICIENCY)).one()
    finding.level, finding.sanction = level, sanction
    db.flush()


def remarked(db: Session, case: LetterCase, by: Actor) -> Remark:
    letter = db.scalars(select(Letter)).one()
    paragraph = next(one for one in letter.paragraphs if one.key == "summary.lead" and one.language == "sv")
    return make_remark(
        db, actor=by, inspection=case.inspection, paragraph_id=paragraph.id, text="Skriv enklare.", now=NOW
    )


def test_a_thread_is_answered_by_the_author_and_opened_again_by_a_reviewer(
    db: Session, case: LetterCase
) -> None:
    peer = person(db, case, TeamRole.PEER_REVIEWER)
    head = remarked(db, case, peer)
    given = {"inspection": case.inspection, "remark_id": head.id, "now": LATER}
    answer = answer_remark(db, actor=case.writer, text="Så här menar vi.", **given)
    resolve_remark(db, actor=case.writer, **given)
    assert (answer.answers_id, head.resolved_by_id) == (head.id, case.writer.user_id)
    again = answer_remark(db, actor=peer, text="Det räcker inte.", **given | {"remark_id": answer.id})
    assert again.answers_id == head.id, "an answer to an answer stands in the same thread"
    assert head.resolved_at is None and head.text == "Skriv enklare."
    assert resolve_remark(db, actor=case.writer, **given | {"remark_id": again.id}) is head


def test_a_remark_is_not_answered_by_others_nor_when_the_letter_is_approved(
    db: Session, case: LetterCase, test_settings: Settings
) -> None:
    head = remarked(db, case, case.approver)
    outside = acting(make_user(db, Role.INSPECTOR))
    given = {"inspection": case.inspection, "remark_id": head.id, "now": LATER}
    with pytest.raises(NotAllowed):
        answer_remark(db, actor=outside, text="Jag då?", **given)
    with pytest.raises(Invalid):
        answer_remark(db, actor=case.writer, text="  ", **given)
    resolve_remark(db, actor=case.writer, **given)
    review_letter.approve_letter(
        db, actor=case.approver, inspection=case.inspection, authority=test_settings.authority, now=LATER
    )
    with pytest.raises(NotPossibleNow, match="approved"):
        answer_remark(db, actor=case.writer, text="För sent.", **given)


@pytest.mark.parametrize(("level", "sanction"), [(4, False), (5, False), (3, True)])
def test_sol_28_9_and_28_16_the_lawyer_speaks_before_the_letter_is_approved(
    db: Session, case: LetterCase, test_settings: Settings, level: int, sanction: bool
) -> None:
    grave(db, case, level, sanction)
    given = {"inspection": case.inspection, "now": LATER}
    approving = {"actor": case.approver, "authority": test_settings.authority, **given}
    with pytest.raises(NotPossibleNow, match="lawyer’s opinion"):
        review_letter.approve_letter(db, **approving)
    peer, lawyer = person(db, case, TeamRole.PEER_REVIEWER), person(db, case, TeamRole.LAWYER)
    review_letter.give_opinion(db, actor=peer, supports=True, **given)
    with pytest.raises(NotPossibleNow, match="lawyer’s opinion"):
        review_letter.approve_letter(db, **approving)
    review_letter.give_opinion(db, actor=lawyer, supports=True, **given)
    review_letter.approve_letter(db, **approving)
    assert db.scalars(select(Letter)).one().state is LetterState.APPROVED


def test_the_lawyer_is_asked_anew_when_the_letter_is_handed_in_again(
    db: Session, case: LetterCase, test_settings: Settings
) -> None:
    grave(db, case)
    lawyer = person(db, case, TeamRole.LAWYER)
    review_letter.give_opinion(db, actor=lawyer, inspection=case.inspection, supports=True, now=NOW)
    review_letter.return_letter(
        db, actor=case.approver, inspection=case.inspection, reason="Skriv om bristen.", now=NOW
    )
    review_letter.submit_letter(db, actor=case.writer, inspection=case.inspection, now=LATER)
    with pytest.raises(NotPossibleNow, match="lawyer’s opinion"):
        review_letter.approve_letter(
            db, actor=case.approver, inspection=case.inspection, authority=test_settings.authority, now=LATER
        )


def test_who_advises_against_says_why_and_so_does_who_approves_all_the_same(
    db: Session, case: LetterCase, test_settings: Settings
) -> None:
    peer = person(db, case, TeamRole.PEER_REVIEWER)
    given = {"inspection": case.inspection, "now": LATER}
    with pytest.raises(Invalid):
        review_letter.give_opinion(db, actor=peer, supports=False, reason="Nej", **given)
    for other in (case.writer, case.approver):
        with pytest.raises(NotAllowed):
            review_letter.give_opinion(db, actor=other, supports=True, **given)
    review_letter.give_opinion(db, actor=peer, supports=False, reason="Bristen är inte visad.", **given)
    approving = {"actor": case.approver, "authority": test_settings.authority, **given}
    with pytest.raises(Invalid, match="advises against"):
        review_letter.approve_letter(db, **approving)
    review_letter.approve_letter(db, reason="Schemat visar bristen tillräckligt.", **approving)
    said = [one.verdict for one in db.scalars(select(Letter)).one().reviews]
    assert said == [Verdict.OBJECTED, Verdict.APPROVED]


def test_those_who_review_are_told_and_the_author_when_it_is_returned(db: Session, case: LetterCase) -> None:
    told = {one.user_id for one in db.scalars(select(Notice)) if one.kind is NoticeKind.LETTER_SUBMITTED}
    assert told == {person(db, case, part).user_id for part in review_letter.REVIEWERS}
    review_letter.return_letter(
        db, actor=case.approver, inspection=case.inspection, reason="Skriv om bristen.", now=LATER
    )
    told = {one.user_id for one in db.scalars(select(Notice)) if one.kind is NoticeKind.LETTER_RETURNED}
    assert told == {case.writer.user_id}


def test_the_queue_asks_each_for_what_is_theirs(db: Session, case: LetterCase) -> None:
    grave(db, case)
    lawyer = person(db, case, TeamRole.LAWYER)

    def asked(actor: Actor) -> list[Ask]:
        found = list_decisions(db, actor, case_work(db, actor, now=LATER), now=LATER)
        return [one.matter.ask for one in found]

    assert asked(case.approver) == [Ask.REVIEW]
    (row,) = list_decisions(db, case.approver, case_work(db, case.approver, now=LATER), now=LATER)
    assert row.lacks_lawyer, "the decider is not asked to approve what cannot be approved yet"
    assert asked(lawyer) == [Ask.OPINION]
    assert asked(case.writer) == []
    review_letter.give_opinion(db, actor=lawyer, inspection=case.inspection, supports=True, now=NOW)
    assert asked(lawyer) == []
    (row,) = list_decisions(db, case.approver, case_work(db, case.approver, now=LATER), now=LATER)
    assert (row.matter.level, row.matter.since) == (4, NOW) and row.matter.due_on is not None
    assert not row.lacks_lawyer


def test_the_queue_says_that_approving_waits_for_the_lawyer_and_offers_to_return(
    client: Browsing, case: LetterCase, db: Session
) -> None:
    grave(db, case)
    db.commit()
    client.sign_in_as(case.supervisor)
    page = client.get("/")
    assert "Det kan godkännas när juristen har sagt sitt" in page.text and "Lämna tillbaka här" in page.text
    assert "/review/approve" not in page.html and "/review/return" in page.html
    lawyer = person(db, case, TeamRole.LAWYER)
    review_letter.give_opinion(db, actor=lawyer, inspection=case.inspection, supports=True, now=NOW)
    db.commit()
    page = client.get("/")
    assert "/review/approve" in page.html and "Godkänn eller lämna tillbaka här" in page.text


def test_fl_30_whoever_takes_part_may_dissent_until_the_provider_is_notified(
    db: Session, case: LetterCase
) -> None:
    lawyer = person(db, case, TeamRole.LAWYER)
    given = {"inspection": case.inspection, "opinion": "Jag anser att nivån är för låg.", "now": LATER}
    with pytest.raises(NotPossibleNow):
        note_dissent(db, actor=lawyer, **given)
    case.inspection.state = State.DECISION
    with pytest.raises(NotAllowed):
        note_dissent(db, actor=case.approver, **given)
    with pytest.raises(Invalid):
        note_dissent(db, actor=lawyer, **given | {"opinion": "Nej."})
    noted = note_dissent(db, actor=lawyer, looked=True, **given)
    again = note_dissent(
        db, actor=lawyer, looked=True, **given | {"opinion": "Nivån bör vara fyra, inte tre."}
    )
    assert again.id == noted.id and again.opinion.startswith("Nivån")
    db.scalars(select(Letter)).one().sent_at = None


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_supervisors_day_as_pages(client: Browsing, case: LetterCase, db: Session, language: str) -> None:
    """The queue, a return from it that is too short, one that is whole, and an opinion of the lawyer's."""
    from tillsyn.models.people import User

    case.supervisor.language = language
    lawyer = db.get_one(User, person(db, case, TeamRole.LAWYER).user_id)
    db.commit()
    base = f"/inspections/{case.inspection.dnr}"
    client.sign_in_as(lawyer)
    page = client.get("/")
    assert f"{base}/review" in page.html
    page = client.get(f"{base}/review")
    page = client.submit(page, action="/review/opinion", supports="no", reason="Nej", status=422)
    assert "Nej" in page.html
    client.submit(page, action="/review/opinion", supports="no", reason="Skälen räcker inte.", status=303)
    client.sign_out()
    client.sign_in_as(case.supervisor)
    page = client.get("/")
    page = client.submit(page, action="/review/return", reason="Kort", status=422)
    assert "Kort" in page.html and "Skälen räcker inte." in page.html
    page = client.submit(
        client.get("/"), action="/review/return", reason="Skriv om bristen så att den syns.", status=303
    )
    db.rollback()
    assert db.scalars(select(Letter)).one().state is LetterState.RETURNED
