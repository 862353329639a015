"""The way of one case, gone step by step with the use cases (see tests/rich_case.py)."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.register_answers import add_a_sentence, answer_register, decide_one_step_down
from tests.rich_account import MARKER, NOW, WayOfAnAccount
from tillsyn.inspect.rules.two_coders import lacks_second_coder
from tillsyn.inspect.services import communicate_facts as facts
from tillsyn.inspect.services import review_letter as reviewing
from tillsyn.inspect.services.answer_letter import save_answer, send_answers
from tillsyn.inspect.services.answer_points import answer_point, list_points
from tillsyn.inspect.services.arrange_meeting import propose_times
from tillsyn.inspect.services.assess_area import assess_area, write_own_view
from tillsyn.inspect.services.check_identities import open_marks
from tillsyn.inspect.services.code_unit import CodingValues, code_unit
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.confirm_note import confirm_note, share_note
from tillsyn.inspect.services.copy_letter import note_copy
from tillsyn.inspect.services.correct_letter import (
    Words,
    comment_on_correction,
    propose_correction,
    refuse_correction,
)
from tillsyn.inspect.services.discuss_letter import answer_remark, make_remark, resolve_remark
from tillsyn.inspect.services.edit_paragraph import edit_paragraph
from tillsyn.inspect.services.find_codings import list_units
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.follow_up_measure import follow_up_measure
from tillsyn.inspect.services.import_inspection import import_inspection
from tillsyn.inspect.services.mark_passage import mark_passage
from tillsyn.inspect.services.move_inspection import move_inspection
from tillsyn.inspect.services.note_dialogue import note_dialogue
from tillsyn.inspect.services.note_dissent import note_dissent
from tillsyn.inspect.services.note_spoken_reply import note_spoken_reply
from tillsyn.inspect.services.propose_findings import propose_findings
from tillsyn.inspect.services.propose_measure import propose_measure
from tillsyn.inspect.services.record_decision import record_decision
from tillsyn.inspect.services.reply_to_facts import SaidOfFact, reply_to_facts
from tillsyn.inspect.services.send_letter import send_letter
from tillsyn.inspect.services.set_agenda import add_to_agenda
from tillsyn.inspect.services.tick_identities import tick_identities
from tillsyn.inspect.services.weigh_inspection import weigh_inspection
from tillsyn.inspect.services.write_finding import FindingValues, edit_finding
from tillsyn.inspect.services.write_memo import write_memo
from tillsyn.inspect.settings import Settings
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.assessments import Finding
from tillsyn.models.base import new_id
from tillsyn.models.corrections import Correction
from tillsyn.models.dialogue_vocabulary import Better, FactStance, KnownBy, PointVerdict
from tillsyn.models.inspections import Inspection, TeamMember
from tillsyn.models.letter_vocabulary import DecisionKind, Stance, TickChoice
from tillsyn.models.letters import Paragraph
from tillsyn.models.people import User
from tillsyn.models.sanctions import SanctionGround, SanctionMatter, SanctionOutcome
from tillsyn.models.vocabulary import (
    FindingKind,
    MeasureOutcome,
    Role,
    State,
    TeamRole,
    Wish,
)

TEAM = {
    "leader": (Role.INSPECTOR, TeamRole.INSPECTOR),
    "co_inspector": (Role.INSPECTOR, TeamRole.CO_INSPECTOR),
    "decision_maker": (Role.SUPERVISOR, TeamRole.DECISION_MAKER),
    "peer_reviewer": (Role.PEER_REVIEWER, TeamRole.PEER_REVIEWER),
    "lawyer": (Role.LAWYER, TeamRole.LAWYER),
    "conflicted": (Role.INSPECTOR, TeamRole.CO_INSPECTOR),
    "undeclared": (Role.INSPECTOR, TeamRole.CO_INSPECTOR),
}
"""Who is in every case's team: what they are signed in as, and their part."""


def join_team(db: Session, people: dict[str, UUID], inspection: Inspection) -> None:
    """Put everybody of TEAM in the case's team, with what they have declared."""
    known = {member.user_id for member in inspection.team}
    for position, (name, (_, part)) in enumerate(TEAM.items(), start=len(inspection.team)):
        if people[name] in known:
            continue
        db.add(
            TeamMember(
                inspection_id=inspection.id,
                user_id=people[name],
                name=db.get_one(User, people[name]).name,
                role=part,
                position=position,
                declared_at=None if name == "undeclared" else NOW,
                has_conflict=name == "conflicted",
                conflict_note="Min syster arbetar där." if name == "conflicted" else "",
            )
        )
    db.flush()
    db.expire(inspection)


class Way(WayOfAnAccount):
    """One case's way from the file it was taken in from, gone by those whose task each step is."""

    def __init__(
        self, db: Session, people: dict[str, UUID], settings: Settings, data: dict[str, Any]
    ) -> None:
        self.db, self.people, self.settings = db, people, settings
        taken_in = import_inspection(db, actor=self.actor("leader"), data=data, now=NOW).inspection
        for member in taken_in.team:
            member.declared_at = NOW
        db.flush()
        join_team(db, people, taken_in)
        self.case = find_inspection(db, data["dnr"])

    def go_as_far_as(self, until: State) -> None:
        steps = {
            State.WEIGHING: self.weigh_and_write,
            State.REVIEW: self.review,
            State.COMMUNICATION: self.communicate,
            State.DIALOGUE: self.meet,
            State.DECISION: self.decide,
            State.FOLLOW_UP: self.follow_up,
            State.CLOSED: lambda: None,
        }
        order = list(State)
        while order.index(self.case.state) < order.index(until):
            here = self.case.state
            steps[here]()
            step = order[order.index(here) + 1]
            if step is State.CLOSED:
                note_copy(
                    self.db, actor=self.actor("leader"), inspection=self.case,
                    letter=the_letter(self.db, self.case), now=NOW,
                )  # fmt: skip
                self.db.flush()
            move_inspection(self.db, actor=self.actor("leader"), inspection=self.case, to=step, now=NOW)
        if until is State.WEIGHING:
            self.weigh()
        if until is State.REVIEW:
            self.remark()
        if until is State.FOLLOW_UP:
            self.answer()
            self.open_a_sanction()
            self.deal_with_the_account()

    def code_by_two(self) -> None:
        """A passage marked and coded by the leader; the co-inspector judges as second what must be, alike."""
        leader, second = self.actor("leader"), self.actor("co_inspector")
        told = next(unit for unit in list_units(self.db, self.case) if unit.label == "u1")
        passage = mark_passage(
            self.db, actor=leader, inspection=self.case, statement_id=told.id, passage_id=new_id(),
            begins=0, ends=len(MARKER), now=NOW,
        )  # fmt: skip
        code_unit(
            self.db, actor=leader, inspection=self.case, unit_id=passage.id, version=0,
            values=CodingValues("bemotande", 1), now=NOW,
        )  # fmt: skip
        write_memo(
            self.db, actor=leader, inspection=self.case, memo_id=new_id(), version=0, unit_id=told.id,
            text=f"Är det natten eller {MARKER} det handlar om?", now=NOW,
        )  # fmt: skip
        for unit in list_units(self.db, self.case):
            if unit.judged.first is not None and lacks_second_coder(unit.judged):
                values = CodingValues(unit.judged.first.theme, unit.judged.first.severity)
                code_unit(
                    self.db, actor=second, inspection=self.case, unit_id=unit.id, version=0,
                    values=values, now=NOW,
                )  # fmt: skip

    def weigh(self) -> None:
        self.code_by_two()
        leader = self.actor("leader")
        for area in load_pack("hvb").areas:
            write_own_view(
                self.db, actor=leader, inspection=self.case, area=area.id, position=2,
                reason=f"Efter samtalet med {MARKER}.", now=NOW,
            )  # fmt: skip
        weigh_inspection(self.db, actor=leader, inspection=self.case, now=NOW)

    def weigh_and_write(self) -> None:
        self.weigh()
        leader = self.actor("leader")
        for area in load_pack("hvb").areas:
            assess_area(
                self.db, actor=leader, inspection=self.case, area=area.id, version=1,
                reasoning="Vi bedömer området utifrån det vi sett.",
                children_weighed="Barnens ord vägde tyngst.", now=NOW,
            )  # fmt: skip
        propose_findings(self.db, actor=leader, inspection=self.case, now=NOW)
        self._complete_the_findings()
        decide_one_step_down(
            self.db, actor=leader, inspection=self.case, why=f"Efter samtalet med {MARKER}.", now=NOW
        )
        answer_register(self.db, actor=leader, inspection=self.case, now=NOW)
        compose_letter(self.db, actor=leader, inspection=self.case, now=NOW)
        for paragraph in the_letter(self.db, self.case).paragraphs:
            paragraph.text = paragraph.text or "Skrivet för hand."
        self.db.flush()
        add_a_sentence(self.db, actor=leader, inspection=self.case, now=NOW)
        reviewing.submit_letter(self.db, actor=leader, inspection=self.case, now=NOW)

    def _complete_the_findings(self) -> None:
        found = self.db.scalars(select(Finding).where(Finding.inspection_id == self.case.id)).all()
        assert {one.kind for one in found} >= {FindingKind.DEFICIENCY}, [one.title for one in found]
        for one in found:
            values = FindingValues(
                level=one.level,
                area=one.area,
                title=one.title,
                requirement=one.requirement,
                theme=one.theme,
                saw="Vi såg detta.",
                matters=one.matters or "Det rör barnens trygghet.",
                proportion=one.proportion or "Nivån motsvarar bristen.",
                achieve=one.achieve or "Alla nätter är bemannade.",
                due_on=one.due_on or date(2026, 9, 1),
            )
            edit_finding(
                self.db, actor=self.actor("leader"), inspection=self.case, finding_id=one.id,
                version=one.version, values=values, now=NOW,
            )  # fmt: skip

    def remark(self) -> None:
        """Two remarks in each language, one of them dealt with."""
        leader, reviewer = self.actor("leader"), self.actor("peer_reviewer")
        for language in ("sv", "en"):
            chosen = self._paragraphs(language)[:2]
            for number, paragraph in enumerate(chosen):
                remark = make_remark(
                    self.db, actor=reviewer, inspection=self.case, paragraph_id=paragraph.id,
                    text="Skriv enklare här.", now=NOW,
                )  # fmt: skip
                answer_remark(
                    self.db, actor=leader, inspection=self.case, remark_id=remark.id,
                    text="Vi skriver om meningen.", now=NOW,
                )  # fmt: skip
                if number:
                    resolve_remark(self.db, actor=leader, inspection=self.case, remark_id=remark.id, now=NOW)

    def give_the_letter_back(self) -> None:
        decider = self.actor("decision_maker")
        reviewing.return_letter(
            self.db, actor=decider, inspection=self.case, reason="Skriv enklare i hela brevet.", now=NOW
        )
        self._decide_about_a_place()

    def _decide_about_a_place(self) -> None:
        """Somebody writes where it was, and says why nobody is recognised by it."""
        leader, first = self.actor("leader"), self._paragraphs("sv")[0]
        edit_paragraph(
            self.db, actor=leader, inspection=self.case, paragraph_id=first.id, version=first.version,
            text=f"{first.text} Det var i Hudiksvall.", now=NOW,
        )  # fmt: skip
        self._keep_what_is_marked("Orten är känd och pekar inte ut någon.")

    def _keep_what_is_marked(self, why: str) -> None:
        marked = open_marks(self.db, self.case, the_letter(self.db, self.case))
        if marked:
            tick_identities(
                self.db, actor=self.actor("leader"), inspection=self.case,
                names={one.name for one in marked}, choice=TickChoice.KEEP, reason=why, now=NOW,
            )  # fmt: skip

    def review(self) -> None:
        """Remarks are made and dealt with before the letter is approved."""
        self.remark()
        for paragraph in the_letter(self.db, self.case).paragraphs:
            for remark in paragraph.remarks:
                resolve_remark(
                    self.db, actor=self.actor("leader"), inspection=self.case, remark_id=remark.id, now=NOW
                )
        for who in ("peer_reviewer", "lawyer"):
            reviewing.give_opinion(
                self.db, actor=self.actor(who), inspection=self.case, supports=True,
                reason="Brevet vilar på det som är utrett.", now=NOW,
            )  # fmt: skip
        reviewing.approve_letter(
            self.db, actor=self.actor("decision_maker"), inspection=self.case,
            authority=self.settings.authority, now=NOW,
        )  # fmt: skip

    def open_a_sanction(self) -> None:
        """A breach that can cost a fee, found late: nobody has decided about it. And one that was none."""
        matter = SanctionMatter(
            inspection_id=self.case.id, requirement="K08", ground=SanctionGround.REGISTER_CHECK,
            breach_on=date(2026, 2, 3), opened_at=NOW, opened_by_id=self.people["leader"],
        )  # fmt: skip
        matter.what = f"En vikarie började utan registerkontroll, säger {MARKER}."
        none = SanctionMatter(
            inspection_id=self.case.id, requirement="K08", ground=SanctionGround.REGISTER_CHECK,
            breach_on=date(2026, 2, 4), opened_at=NOW, opened_by_id=self.people["leader"],
            lawyer_id=self.people["lawyer"], lawyer_at=NOW, outcome=SanctionOutcome.NO_BREACH,
            amount=0, decided_on=NOW.date(), decided_at=NOW, decided_by_id=self.people["decision_maker"],
        )  # fmt: skip
        none.what = none.lawyer_says = none.reasons = f"Utdraget fanns, men {MARKER} hade inte sett det."
        self.db.add_all((matter, none))
        self.db.flush()

    def communicate(self) -> None:
        by = (NOW + timedelta(days=21)).date()
        sent = facts.send_facts(
            self.db, actor=self.actor("leader"), inspection=self.case, reply_by_on=by,
            authority=self.settings.authority, now=NOW,
        )  # fmt: skip
        reply_to_facts(
            self.db, actor=self.actor("provider"), communication_id=sent.id,
            reply=f"Det stämmer, utom det om {MARKER}.", now=NOW,
            points={self._first_deficiency().id: SaidOfFact(FactStance.WRONG, f"Det är fel om {MARKER}.")},
        )  # fmt: skip
        note_spoken_reply(
            self.db, actor=self.actor("leader"), inspection=self.case, said_at=NOW, said_by="Huvudmannen",
            note=f"Ringde om {MARKER}.", now=NOW,
        )  # fmt: skip

    def meet(self) -> None:
        leader, provider = self.actor("leader"), self.actor("provider")
        given: dict[str, Any] = {"inspection": self.case, "now": NOW}
        communication = facts.find_communication(self.db, self.case)
        assert communication is not None
        for point in list_points(self.db, communication):
            answer_point(
                self.db, actor=leader, point_id=point.id, verdict=PointVerdict.ACCEPTED,
                why="Vi har läst schemat igen.", saw="Vi såg detta i schemat.", looked=True, **given,
            )  # fmt: skip
        add_to_agenda(self.db, actor=provider, text=f"Vi vill tala om {MARKER}.", **given)
        noted = note_dialogue(
            self.db, actor=leader, held_at=NOW, present="Båda parter", note=f"Vi talade om {MARKER}.", **given
        )
        share_note(self.db, actor=leader, meeting_id=noted.id, **given)
        confirm_note(
            self.db, actor=provider, meeting_id=noted.id, agrees=False, remark=f"Mest om {MARKER}.", **given
        )
        add_to_agenda(self.db, actor=leader, text=f"Mer om {MARKER}.", **given)
        for actor, days in ((leader, 7), (provider, 8)):
            propose_times(
                self.db, actor=actor, times=[NOW + timedelta(days=days)], place=f"Hos {MARKER}", **given
            )

    def _first_deficiency(self) -> Finding:
        return next(one for one in self._findings() if one.kind is FindingKind.DEFICIENCY)

    def decide(self) -> None:
        record_decision(
            self.db, actor=self.actor("decision_maker"), inspection=self.case, kind=DecisionKind.CRITICISM,
            decided_on=NOW.date(), content="Kritik, och redovisning av åtgärder.", now=NOW,
        )  # fmt: skip
        note_dissent(
            self.db, actor=self.actor("co_inspector"), inspection=self.case, looked=True, now=NOW,
            opinion="Jag hade valt ett föreläggande, eftersom bristen har funnits länge.",
        )  # fmt: skip
        send_letter(
            self.db, actor=self.actor("leader"), inspection=self.case,
            authority=self.settings.authority, now=NOW,
            without_child_letter=f"De har fått höra det av oss: {MARKER}.",
        )  # fmt: skip
        self.ask_about_a_correction()

    def answer(self) -> None:
        """Every point answered, a measure for each deficiency, and all of it sent."""
        provider, letter = self.actor("provider"), the_letter(self.db, self.case)
        for finding in self._findings():
            save_answer(
                self.db, actor=provider, letter_id=letter.id, finding_id=finding.id, version=0,
                stance=Stance.AGREES, text=f"Vi har talat med {MARKER}.", now=NOW,
            )  # fmt: skip
            if finding.kind is FindingKind.DEFICIENCY:
                propose_measure(
                    self.db, actor=provider, letter_id=letter.id, finding_id=finding.id,
                    description="Två vakna på natten.", owner="Verksamhetschefen",
                    due_on=date(2026, 8, 1), now=NOW,
                )  # fmt: skip
        send_answers(self.db, actor=provider, letter_id=letter.id, now=NOW)

    def follow_up(self) -> None:
        self.answer()
        self.resolve_the_account()
        for finding in self._findings():
            if finding.kind is FindingKind.DEFICIENCY:
                follow_up_measure(
                    self.db, actor=self.actor("leader"), inspection=self.case,
                    letter=the_letter(self.db, self.case), finding_id=finding.id, measure_id=None,
                    outcome=MeasureOutcome.REMEDIED, shown="Schemat visar det.",
                    children_say="De sover bättre.", asked=4, wish=Wish.ONLY_IN_GENERAL,
                    known_by=[KnownBy.READ], better=Better.BETTER, now=NOW,
                )  # fmt: skip

    def ask_about_a_correction(self) -> None:
        """A writing error in the sent letter: refused once after the provider's comment, and proposed anew."""
        first = self._propose_a_correction()
        comment_on_correction(
            self.db, actor=self.actor("provider"), correction_id=first.id, text="Det stämmer.", now=NOW
        )
        refuse_correction(
            self.db, actor=self.actor("decision_maker"), inspection=self.case, correction=first,
            reason="Skriv tydligare vad som är fel.", now=NOW,
        )  # fmt: skip
        self._propose_a_correction()

    def _propose_a_correction(self) -> Correction:
        return propose_correction(
            self.db, actor=self.actor("leader"), inspection=self.case, letter=the_letter(self.db, self.case),
            words={"sv": Words("efter inspektion", "efter inspektionen")}, why="Ändelsen föll bort.",
            comment_by_on=(NOW + timedelta(days=14)).date(), now=NOW,
        )  # fmt: skip

    def _findings(self) -> list[Finding]:
        return list(self.db.scalars(select(Finding).where(Finding.inspection_id == self.case.id)))

    def _paragraphs(self, language: str) -> list[Paragraph]:
        return [one for one in the_letter(self.db, self.case).paragraphs if one.language == language]
