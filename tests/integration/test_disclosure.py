"""A request for documents from the day it comes to the file that leaves, and the decision not to disclose."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_inspection, make_user
from tests.unit.reports.test_disclosure_pdf import everything_in
from tillsyn.inspect.errors import Conflict, Invalid, NotAllowed, NotFound, NotPossibleNow
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services.answer_disclosure import (
    begin_disclosure,
    decide_refusal,
    give_back,
    hand_over,
    let_out,
    look_over,
    read_file,
    want_decision,
)
from tillsyn.inspect.services.assess_text import assess_text
from tillsyn.inspect.services.find_disclosure import find_disclosure
from tillsyn.inspect.services.freeze_texts import take_texts
from tillsyn.inspect.services.mask_text import (
    mask_passages,
    settle_proposals,
    take_mask_away,
)
from tillsyn.inspect.services.texts_of_case import offered_texts
from tillsyn.inspect.settings import AuthorityDetails
from tillsyn.models.decisions import Decision
from tillsyn.models.events import Event
from tillsyn.models.inspections import Inspection, TeamMember
from tillsyn.models.interviews import Interview, Statement
from tillsyn.models.letter_vocabulary import DecisionKind
from tillsyn.models.openness import DisclosureRequest
from tillsyn.models.openness_words import AskKind, AskOutcome, AskState, Assessed, Ground, MaskState, TextKind
from tillsyn.models.vocabulary import Informant, Role, TeamRole

SAID = "Kevin sa att Zinkgruvan slog honom i köket. Maten är god."
OTHER = "Det finns ett schema på väggen."
AUTHORITY = AuthorityDetails("Exempelinspektionen", "Enheten", "Box 1", "010-0", "exempel.example")


class Openness:
    """A case with two statements of a child and a decision, and its people."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.inspection: Inspection = make_inspection(db)
        self.leader = self._member(TeamRole.INSPECTOR, Role.INSPECTOR)
        self.colleague = self._member(TeamRole.CO_INSPECTOR, Role.INSPECTOR)
        self.decider = self._member(TeamRole.DECISION_MAKER, Role.SUPERVISOR)
        child = self.inspection.residents[0]
        talk = Interview(
            inspection_id=self.inspection.id, resident_id=child.id, informant=Informant.CHILD,
            person=child.person, started_at=NOW, version=1,
        )  # fmt: skip
        db.add(talk)
        db.flush()
        for number, text in enumerate((SAID, OTHER)):
            made = Statement(
                inspection_id=self.inspection.id, interview_id=talk.id, label=f"x{number}", position=number,
                recorded_at=NOW, changed_at=NOW,
            )  # fmt: skip
            made.text = text
            db.add(made)
        db.add(
            Decision(
                inspection_id=self.inspection.id,
                kind=DecisionKind.CRITICISM,
                decided_on=NOW.date(),
                content="Hemmet brister i bemanning.",
                decider_id=self.decider.user_id,
                rapporteur_id=self.leader.user_id,
                recorded_at=NOW,
            )
        )
        db.flush()

    def _member(self, part: TeamRole, role: Role) -> Actor:
        user = make_user(self.db, role)
        self.db.add(
            TeamMember(
                inspection_id=self.inspection.id, user_id=user.id, name=user.name, role=part, declared_at=NOW
            )
        )
        self.db.flush()
        self.db.refresh(self.inspection, ["team"])
        return acting(user)

    def begun(self, kind: AskKind = AskKind.PUBLIC, **values: Any) -> DisclosureRequest:
        given = {"came_on": NOW.date(), "asked": "Allt som barnen har sagt.", "actor": self.leader} | values
        return begin_disclosure(self.db, inspection=self.inspection, kind=kind, now=NOW, **given)

    def taken(self, kind: AskKind = AskKind.PUBLIC, *kinds: TextKind) -> DisclosureRequest:
        request = self.begun(kind)
        chosen = kinds or (TextKind.STATEMENT,)
        keys = {one.key for one in offered_texts(self.db, self.inspection) if one.kind in chosen}
        take_texts(
            self.db, actor=self.leader, inspection=self.inspection, disclosure_id=request.id,
            version=request.version, keys=keys, now=NOW,
        )  # fmt: skip
        return self.found(request)

    def found(self, request: DisclosureRequest) -> DisclosureRequest:
        return find_disclosure(self.db, self.inspection, request.id, to_change=True)

    def at(self, request: DisclosureRequest, actor: Actor | None = None) -> dict[str, Any]:
        return {
            "actor": actor or self.leader,
            "inspection": self.inspection,
            "disclosure_id": request.id,
            "now": NOW,
        }

    def masked(self) -> DisclosureRequest:
        """The first statement masked in one place, everything else settled and assessed."""
        request = self.taken()
        first = next(one for one in request.texts if one.text == SAID)
        mask_passages(
            self.db, text_id=first.id, ground=Ground.SOCIAL, reason="Pekar ut en person.", words="zinkgruvan",
            **self.at(request),
        )  # fmt: skip
        for text in request.texts:
            settle_proposals(
                self.db, text_id=text.id, shown=[one.id for one in text.masks], to_mask=[], ground=None,
                reason="", **self.at(request),
            )  # fmt: skip
            assess_text(self.db, text_id=text.id, assessed=Assessed.OPEN, **self.at(request))
        return self.found(request)

    def handed(self) -> DisclosureRequest:
        request = self.masked()
        hand_over(self.db, version=request.version, **self.at(request))
        return request

    def left(self) -> DisclosureRequest:
        request = self.handed()
        look_over(self.db, version=request.version, **self.at(request, self.colleague))
        let_out(self.db, version=request.version, authority=AUTHORITY, **self.at(request))
        return request

    def file(self, request: DisclosureRequest, which: str = "answer") -> bytes:
        return read_file(self.db, inspection=self.inspection, disclosure_id=request.id, which=which)


@pytest.fixture
def case(db: Session) -> Openness:
    return Openness(db)


def words_of(file: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages).split())


def test_what_leaves_has_no_masked_word_anywhere_in_its_bytes(case: Openness) -> None:
    file = case.file(case.left())
    said = words_of(file)
    assert "Kevin sa att [maskerat: OSL 26 kap. 1 §] slog honom" in said
    assert "Pekar ut" not in said
    inside = everything_in(file)
    for word in ("Zinkgruvan", "zinkgruvan"):
        assert word not in said
        assert word.encode() not in inside
        assert word.encode("utf-16-be") not in inside


def test_a_request_with_masks_is_answered_in_part_and_says_how_to_get_a_decision(case: Openness) -> None:
    request = case.left()
    assert (request.state, request.outcome) == (AskState.LEFT, AskOutcome.PARTLY)
    assert "skriftligt beslut" in words_of(case.file(request))


def test_a_text_is_frozen_as_it_stood(case: Openness) -> None:
    request = case.masked()
    statement = case.db.scalars(select(Statement).where(Statement.label == "x0")).one()
    statement.text = "Något annat."
    case.db.flush()
    assert SAID in {one.text for one in case.found(request).texts}


def test_the_guard_proposes_and_nothing_leaves_while_a_proposal_waits(case: Openness) -> None:
    request = case.taken()
    waiting = [mask for text in request.texts for mask in text.masks]
    assert waiting and {one.state for one in waiting} == {MaskState.PROPOSED}
    for text in request.texts:
        assess_text(case.db, text_id=text.id, assessed=Assessed.OPEN, **case.at(request))
    with pytest.raises(NotPossibleNow, match="proposed mask"):
        hand_over(case.db, version=request.version, **case.at(request))


def test_each_text_is_assessed_by_itself_before_anything_is_handed_over(case: Openness) -> None:
    request = case.taken()
    with pytest.raises(NotPossibleNow, match="Assess each text"):
        hand_over(case.db, version=request.version, **case.at(request))


def test_a_mask_needs_a_reason_and_words_that_stand_there(case: Openness) -> None:
    request = case.taken()
    at = {"text_id": request.texts[0].id, "ground": Ground.SOCIAL, **case.at(request)}
    with pytest.raises(Invalid, match="few words why"):
        mask_passages(case.db, words="Kevin", reason=" ", **at)
    with pytest.raises(Invalid, match="do not stand"):
        mask_passages(case.db, words="Nyponbacken", reason="Pekar ut.", **at)
    with pytest.raises(Invalid, match="tick sentences"):
        mask_passages(case.db, reason="Pekar ut.", **at)


def test_sentences_and_words_are_masked_by_their_numbers(case: Openness) -> None:
    request = case.taken()
    first = next(one for one in request.texts if one.text == SAID)
    at = {"text_id": first.id, "ground": Ground.HEALTH, "reason": "Hälsa.", **case.at(request)}
    mask_passages(case.db, sentence_numbers={2}, word_numbers={1}, **at)
    standing = [one for one in case.found(request).texts[0].masks if one.state is MaskState.STANDS]
    assert {SAID[one.start : one.end] for one in standing} == {"Kevin", "Maten är god."}


def test_a_mask_that_is_taken_away_opens_the_words_again(case: Openness) -> None:
    request = case.masked()
    text = next(one for one in request.texts if one.text == SAID)
    mask = next(one for one in text.masks if one.state is MaskState.STANDS)
    take_mask_away(case.db, text_id=text.id, mask_id=mask.id, **case.at(request))
    assert not [one for one in text.masks if one.state is MaskState.STANDS]


def test_who_masked_does_not_look_it_over(case: Openness) -> None:
    request = case.handed()
    with pytest.raises(NotAllowed, match="Somebody else"):
        look_over(case.db, version=request.version, **case.at(request))
    with pytest.raises(NotPossibleNow):
        let_out(case.db, version=request.version, authority=AUTHORITY, **case.at(request))


def test_what_was_looked_over_is_what_leaves(case: Openness) -> None:
    request = case.handed()
    seen = request.version
    give_back(case.db, version=seen, remark="Maska köket.", **case.at(request, case.colleague))
    assert request.state is AskState.ASSESSED
    hand_over(case.db, version=request.version, **case.at(request))
    with pytest.raises(Conflict):
        look_over(case.db, version=seen, **case.at(request, case.colleague))
    look_over(case.db, version=request.version, **case.at(request, case.colleague))
    text = request.texts[0]
    with pytest.raises(NotPossibleNow):
        assess_text(case.db, text_id=text.id, assessed=Assessed.OPEN, **case.at(request))


def test_a_text_of_which_nothing_goes_out_is_the_words_for_a_mask_alone(case: Openness) -> None:
    request = case.masked()
    for text in request.texts:
        if text.text == OTHER:
            assess_text(
                case.db, text_id=text.id, assessed=Assessed.WITHHELD, ground=Ground.MINOR,
                reason="Barnet kan lida men.", **case.at(request),
            )  # fmt: skip
    hand_over(case.db, version=request.version, **case.at(request))
    look_over(case.db, version=request.version, **case.at(request, case.colleague))
    let_out(case.db, version=request.version, authority=AUTHORITY, **case.at(request))
    said = words_of(case.file(request))
    assert "schema" not in said
    assert "[maskerat: OSL 12 kap. 3 §]" in said


def test_a_party_always_sees_the_decision(case: Openness) -> None:
    request = case.taken(AskKind.PARTY, TextKind.DECISION, TextKind.STATEMENT)
    decision = next(one for one in request.texts if one.kind is TextKind.DECISION)
    assert decision.masks == []
    at = {"text_id": decision.id, **case.at(request)}
    with pytest.raises(NotPossibleNow, match="OSL 10:3"):
        mask_passages(case.db, words="Hemmet", ground=Ground.PARTY_LIMIT, reason="Viktigt.", **at)
    with pytest.raises(NotPossibleNow, match="OSL 10:3"):
        assess_text(case.db, assessed=Assessed.WITHHELD, ground=Ground.PARTY_LIMIT, reason="Viktigt.", **at)
    assess_text(case.db, assessed=Assessed.OPEN, **at)


def refused(case: Openness) -> DisclosureRequest:
    request = case.taken()
    for text in request.texts:
        assess_text(
            case.db, text_id=text.id, assessed=Assessed.WITHHELD, ground=Ground.SOCIAL,
            reason="Det går inte att visa att barnet inte lider men.", **case.at(request),
        )  # fmt: skip
    hand_over(case.db, version=request.version, **case.at(request))
    look_over(case.db, version=request.version, **case.at(request, case.colleague))
    return let_out(case.db, version=request.version, authority=AUTHORITY, **case.at(request))


def test_a_refusal_is_decided_by_another_when_it_is_wanted_and_tells_how_to_appeal(case: Openness) -> None:
    request = refused(case)
    assert request.outcome is AskOutcome.REFUSED
    at = {"reasons": "Uppgifterna gäller vad barn har berättat.", "authority": AUTHORITY}
    with pytest.raises(NotPossibleNow, match="Note first"):
        decide_refusal(case.db, **at, **case.at(request, case.decider))
    want_decision(case.db, wanted_on=NOW.date(), **case.at(request))
    with pytest.raises(NotAllowed):
        decide_refusal(case.db, **at, **case.at(request))
    decide_refusal(case.db, **at, **case.at(request, case.decider))
    said = words_of(case.file(request, "decision"))
    assert "kammarrätten" in said
    assert "tre veckor" in said
    assert "OSL 26 kap. 1 §" in said
    assert "Kevin" not in said
    with pytest.raises(NotPossibleNow, match="already"):
        decide_refusal(case.db, **at, **case.at(request, case.decider))


def test_nothing_that_was_disclosed_in_whole_is_refused(case: Openness) -> None:
    request = case.taken(AskKind.CHILD, TextKind.DECISION)
    text = request.texts[0]
    settle_proposals(
        case.db, text_id=text.id, shown=[one.id for one in text.masks], to_mask=[], ground=None, reason="",
        **case.at(request),
    )  # fmt: skip
    assess_text(case.db, text_id=text.id, assessed=Assessed.OPEN, **case.at(request))
    hand_over(case.db, version=request.version, **case.at(request))
    look_over(case.db, version=request.version, **case.at(request, case.colleague))
    let_out(case.db, version=request.version, authority=AUTHORITY, **case.at(request))
    assert request.outcome is AskOutcome.WHOLE
    with pytest.raises(NotPossibleNow, match="Everything was disclosed"):
        want_decision(case.db, wanted_on=NOW.date(), **case.at(request))


def test_those_outside_the_case_answer_nothing(case: Openness) -> None:
    outside = acting(make_user(case.db, Role.INSPECTOR))
    with pytest.raises(NotAllowed):
        case.begun(actor=outside)
    request = case.begun()
    with pytest.raises(NotAllowed):
        hand_over(case.db, version=1, **case.at(request, outside))
    with pytest.raises(Invalid):
        case.begun(came_on=NOW.date() + timedelta(days=1))
    with pytest.raises(NotFound):
        case.file(request)


def test_the_log_tells_what_was_done_and_never_what_was_said(case: Openness) -> None:
    case.file(case.left())
    told = [one for one in case.db.scalars(select(Event)) if one.kind.value.startswith("disclosure")]
    kinds = {one.kind.value.removeprefix("disclosure_") for one in told}
    assert {"begun", "texts_taken", "masked", "proposals_settled", "text_assessed"} <= kinds
    assert {"handed_over", "looked_over", "left"} <= kinds
    assert "Kevin" not in "".join(str(one.details) for one in told)
