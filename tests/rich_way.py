"""The way of one case, gone step by step with the use cases (see tests/rich_case.py)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.services import communicate_facts as facts
from tillsyn.inspect.services import review_letter as reviewing
from tillsyn.inspect.services.answer_letter import save_answer, send_answers
from tillsyn.inspect.services.assess_area import assess_area, write_own_view
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.follow_up_measure import follow_up_measure
from tillsyn.inspect.services.import_inspection import import_inspection
from tillsyn.inspect.services.move_inspection import move_inspection
from tillsyn.inspect.services.note_dialogue import note_dialogue
from tillsyn.inspect.services.propose_findings import propose_findings
from tillsyn.inspect.services.propose_measure import propose_measure
from tillsyn.inspect.services.record_acute import record_acute
from tillsyn.inspect.services.record_decision import record_decision
from tillsyn.inspect.services.send_letter import send_letter
from tillsyn.inspect.services.weigh_inspection import weigh_inspection
from tillsyn.inspect.services.write_finding import FindingValues, edit_finding
from tillsyn.inspect.settings import Settings
from tillsyn.inspect.web.session import actor_of
from tillsyn.interview_guides.guide import load_pack
from tillsyn.models.assessments import Finding
from tillsyn.models.inspections import Inspection, TeamMember
from tillsyn.models.letters import Paragraph
from tillsyn.models.people import User
from tillsyn.models.vocabulary import (
    DecisionKind,
    FindingKind,
    MeasureOutcome,
    ReportedTo,
    Role,
    Stance,
    State,
    TeamRole,
)

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
"""The moment at which the whole way was gone, and at which the pages are read."""

MARKER = "Zeldahemlig"
"""A name that stands in what people said and wrote about children, and nowhere else."""

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


class Way:
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

    def actor(self, name: str) -> Actor:
        return actor_of(self.db.get_one(User, self.people[name]))

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
            move_inspection(self.db, actor=self.actor("leader"), inspection=self.case, to=step, now=NOW)
        if until is State.WEIGHING:
            self.weigh()
        if until is State.REVIEW:
            self.remark()
        if until is State.FOLLOW_UP:
            self.answer()

    def weigh(self) -> None:
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
        compose_letter(self.db, actor=leader, inspection=self.case, now=NOW)
        for paragraph in the_letter(self.db, self.case).paragraphs:
            paragraph.text = paragraph.text or "Skrivet för hand."
        self.db.flush()
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
                saw=one.saw or "Vi såg detta.",
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
                remark = reviewing.make_remark(
                    self.db, actor=reviewer, inspection=self.case, paragraph_id=paragraph.id,
                    text="Skriv enklare här.", now=NOW,
                )  # fmt: skip
                if number:
                    reviewing.resolve_remark(
                        self.db, actor=leader, inspection=self.case, remark_id=remark.id, now=NOW
                    )

    def give_the_letter_back(self) -> None:
        decider = self.actor("decision_maker")
        reviewing.return_letter(
            self.db, actor=decider, inspection=self.case, reason="Skriv enklare i hela brevet.", now=NOW
        )

    def open_the_acute_track(self) -> None:
        record_acute(
            self.db, actor=self.actor("leader"), inspection=self.case, reported_to=ReportedTo.SOCIAL_SERVICES,
            told_child=True, note=f"Vi ringde om {MARKER}.", now=NOW,
        )  # fmt: skip

    def review(self) -> None:
        """Remarks are made and dealt with before the letter is approved."""
        self.remark()
        for paragraph in the_letter(self.db, self.case).paragraphs:
            for remark in paragraph.remarks:
                reviewing.resolve_remark(
                    self.db, actor=self.actor("leader"), inspection=self.case, remark_id=remark.id, now=NOW
                )
        reviewing.approve_letter(
            self.db, actor=self.actor("decision_maker"), inspection=self.case,
            authority=self.settings.authority, now=NOW,
        )  # fmt: skip

    def communicate(self) -> None:
        by = (NOW + timedelta(days=21)).date()
        sent = facts.send_facts(
            self.db, actor=self.actor("leader"), inspection=self.case, reply_by_on=by, now=NOW
        )
        facts.reply_to_facts(
            self.db, actor=self.actor("provider"), communication_id=sent.id,
            reply=f"Det stämmer, utom det om {MARKER}.", now=NOW,
        )  # fmt: skip

    def meet(self) -> None:
        note_dialogue(
            self.db, actor=self.actor("leader"), inspection=self.case, held_at=NOW, present="Båda parter",
            note=f"Vi talade om {MARKER}.", now=NOW,
        )  # fmt: skip

    def decide(self) -> None:
        record_decision(
            self.db, actor=self.actor("decision_maker"), inspection=self.case, kind=DecisionKind.CRITICISM,
            decided_on=NOW.date(), content="Kritik, och redovisning av åtgärder.", now=NOW,
        )  # fmt: skip
        send_letter(
            self.db, actor=self.actor("leader"), inspection=self.case,
            authority=self.settings.authority, now=NOW,
        )  # fmt: skip

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
        for finding in self._findings():
            if finding.kind is FindingKind.DEFICIENCY:
                follow_up_measure(
                    self.db, actor=self.actor("leader"), inspection=self.case,
                    letter=the_letter(self.db, self.case), finding_id=finding.id, measure_id=None,
                    outcome=MeasureOutcome.REMEDIED, shown="Schemat visar det.",
                    children_say="De sover bättre.", now=NOW,
                )  # fmt: skip

    def _findings(self) -> list[Finding]:
        return list(self.db.scalars(select(Finding).where(Finding.inspection_id == self.case.id)))

    def _paragraphs(self, language: str) -> list[Paragraph]:
        return [one for one in the_letter(self.db, self.case).paragraphs if one.language == language]
