"""One inspection by any pack, gone with the use cases from plan to approved letter.

What is said, checked and held is made from the content of the pack, so that a new pack needs nothing here.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from tests.builders import NOW, acting, make_home, make_user
from tests.register_answers import answer_register
from tillsyn.inspect.rules.access import Actor
from tillsyn.inspect.rules.two_coders import lacks_second_coder
from tillsyn.inspect.services.assess_area import assess_area, write_own_view
from tillsyn.inspect.services.code_unit import CodingValues, code_unit
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.end_interview import end_interview
from tillsyn.inspect.services.find_codings import list_units
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.hold_interview import find_interview, start_interview
from tillsyn.inspect.services.mark_requirement import Mark, mark_requirement
from tillsyn.inspect.services.move_inspection import move_inspection
from tillsyn.inspect.services.plan_inspection import plan_inspection
from tillsyn.inspect.services.prepare_inspection import prepare_inspection
from tillsyn.inspect.services.propose_findings import propose_findings
from tillsyn.inspect.services.record_children import add_child, confirm_children
from tillsyn.inspect.services.review_letter import approve_letter, give_opinion, submit_letter
from tillsyn.inspect.services.save_statement import StatementValues, save_statement
from tillsyn.inspect.services.staff_inspection import add_member, declare_conflict
from tillsyn.inspect.services.view_case import find_findings
from tillsyn.inspect.services.weigh_inspection import weigh_inspection
from tillsyn.inspect.services.write_finding import FindingValues, edit_finding
from tillsyn.inspect.settings import Settings
from tillsyn.interview_guides.guide import Guide, Pack
from tillsyn.models.base import new_id
from tillsyn.models.inspections import Inspection
from tillsyn.models.letters import Letter
from tillsyn.models.people import User
from tillsyn.models.vocabulary import (
    CheckResult,
    FindingKind,
    Informant,
    InformationItem,
    Role,
    State,
    TeamRole,
    Wish,
)

PEOPLE = 5
"""How many the activity is for: enough for the letter to say how many of them told of something."""


class PackVisit:
    """The visit as far as it has come. `case` is the inspection as it stands."""

    def __init__(
        self, db: Session, pack: Pack, settings: Settings, parts: dict[TeamRole, User] | None = None
    ) -> None:
        """`parts`: the team, where there are people already."""
        self.db, self.pack = db, pack
        self.authority = replace(settings.authority, unit="Enheten för tillsyn")
        self.now: datetime = NOW
        self.parts = parts or {
            TeamRole.INSPECTOR: make_user(db, Role.INSPECTOR, name="Inspektör Ett"),
            TeamRole.CO_INSPECTOR: make_user(db, Role.INSPECTOR, name="Inspektör Två"),
            TeamRole.DECISION_MAKER: make_user(db, Role.SUPERVISOR, name="Beslutsfattare Tre"),
            TeamRole.LAWYER: make_user(db, Role.LAWYER, name="Jurist Fyra"),
        }
        self.leader = acting(self.parts[TeamRole.INSPECTOR])
        self.case: Inspection

    def actor(self, part: TeamRole) -> Actor:
        return acting(self.parts[part])

    @property
    def letter(self) -> Letter:
        return the_letter(self.db, self.case)

    def find(self, dnr: str) -> None:
        """Take up the case as it stands in the database."""
        self.db.flush()
        self.db.expire_all()
        self.case = find_inspection(self.db, dnr)

    def move(self, to: State) -> None:
        self.now += timedelta(minutes=10)
        self.find(self.case.dnr)
        move_inspection(self.db, actor=self.leader, inspection=self.case, to=to, now=self.now)

    def plan(self) -> None:
        home = make_home(self.db, kind=self.pack.activities[0].id, name="Enheten Åkerbär")
        planned = plan_inspection(
            self.db, actor=self.leader, home_id=home.id, dnr="2026-00701", title="Tillsyn", announced=True,
            planned_on=date(2026, 3, 10), focus_areas=[area.id for area in self.pack.areas[:2]], risk_note="",
            pack=self.pack.id, now=self.now,
        )  # fmt: skip
        self.find(planned.dnr)
        self.staff()

    def staff(self) -> None:
        """The team, which declares; then the case is prepared."""
        for part, user in self.parts.items():
            if part is not TeamRole.INSPECTOR:
                add_member(
                    self.db, actor=self.leader, inspection=self.case, user_id=user.id, role=part, now=self.now
                )
                self.find(self.case.dnr)
            declare_conflict(
                self.db, actor=self.actor(part), inspection=self.case, has_conflict=False, note="",
                now=self.now,
            )  # fmt: skip
        self.move(State.PREPARED)

    def begin(self) -> None:
        prepare_inspection(
            self.db, actor=self.leader, inspection=self.case, given=tuple(InformationItem), note="",
            note_made_from="", now=self.now,
        )  # fmt: skip
        self.move(State.CHILDREN)
        for _ in range(PEOPLE):
            add_child(self.db, actor=self.leader, inspection=self.case, now=self.now)
        confirm_children(self.db, actor=self.leader, inspection=self.case, now=self.now)
        self.find(self.case.dnr)

    def hear_everybody(self) -> None:
        """Each of the people, then one of each other kind that the gate names and there is a guide for."""
        for number in range(PEOPLE):
            self.talk(Informant(self.pack.gate.first), number)
        self.move(State.OTHER_TALKS)
        for informant in self.pack.gate.before:
            if self.pack.guides_for(informant):
                self.talk(Informant(informant))
        self.move(State.DOCUMENTS)

    def talk(self, informant: Informant, number: int = 0) -> None:
        """A talk by the first guide for them."""
        guide = self.pack.guides_for(informant.value)[0]
        people = self.case.residents
        self.now += timedelta(minutes=5)
        talk = start_interview(
            self.db, actor=self.leader, inspection=self.case, informant=informant, guide=guide.id,
            resident_id=people[number].id if informant is Informant.CHILD else None, now=self.now,
        )  # fmt: skip
        for values in self._said(guide):
            self.now += timedelta(seconds=5)
            save_statement(
                self.db, actor=self.leader, inspection=self.case, source=talk, statement_id=new_id(),
                version=0, values=values, now=self.now,
            )  # fmt: skip
        self.now += timedelta(minutes=1)
        self.find(self.case.dnr)
        end_interview(
            self.db, actor=self.leader, inspection=self.case,
            talk=find_interview(self.db, self.case, talk.id), read_back=True, now=self.now,
        )  # fmt: skip

    def _said(self, guide: Guide) -> list[StatementValues]:
        """One thing of each area: in every second it is good, in the others there is something. The last is
        what matters most.
        """
        areas = [area.id for area in self.pack.areas]
        asked = {one.area: one for one in guide.questions if one.theme is not None}
        made = [
            StatementValues(
                text="Så här är det.", theme=one.theme, own_words=True, wish=Wish.MAY_BE_TOLD,
                severity=0 if areas.index(one.area) % 2 else 1 + areas.index(one.area) // 2 % 2, question=one.id,
            )
            for one in asked.values()
        ]  # fmt: skip
        return [*made[:-1], replace(made[-1], important=guide.informant == self.pack.gate.first)]

    def mark_the_requirements(self) -> None:
        """One of each kind of body fails, the last is left for another time, the rest are met."""
        failing = {}
        for one in self.pack.requirements:
            failing.setdefault(one.responsible, one.id)
        for one in self.pack.requirements:
            mark = Mark(CheckResult.MET)
            if one.id in failing.values():
                mark = Mark(CheckResult.DEVIATION, consequence=2, extent=1)
            elif one is self.pack.requirements[-1]:
                mark = Mark(CheckResult.NOT_CHECKED)
            mark_requirement(
                self.db, actor=self.leader, inspection=self.case, requirement=one.id, mark=mark, version=0,
                now=self.now,
            )  # fmt: skip
        self.move(State.WEIGHING)

    def weigh(self) -> None:
        self.code_by_two()
        for area in self.pack.areas:
            write_own_view(
                self.db, actor=self.leader, inspection=self.case, area=area.id, position=3,
                reason="Så såg det ut.", now=self.now,
            )  # fmt: skip
        weigh_inspection(self.db, actor=self.leader, inspection=self.case, now=self.now)
        self.assess()
        answer_register(self.db, actor=self.leader, inspection=self.case, now=self.now)

    def code_by_two(self) -> None:
        """What is grave enough to have a second coder has one, who sees it as the first did."""
        for unit in list_units(self.db, self.case):
            if unit.judged.first is not None and lacks_second_coder(unit.judged):
                code_unit(
                    self.db, actor=self.actor(TeamRole.CO_INSPECTOR), inspection=self.case, unit_id=unit.id,
                    version=0, values=CodingValues(unit.judged.first.theme, unit.judged.first.severity),
                    now=self.now,
                )  # fmt: skip

    def assess(self) -> None:
        for area in self.pack.areas:
            assess_area(
                self.db, actor=self.leader, inspection=self.case, area=area.id, version=1,
                reasoning="Vi bygger på det vi såg.", children_weighed="Deras ord vägde tyngst.", now=self.now,
            )  # fmt: skip

    def write_the_letter(self) -> None:
        self.find_what_to_say()
        compose_letter(self.db, actor=self.leader, inspection=self.case, now=self.now)
        submit_letter(self.db, actor=self.leader, inspection=self.case, now=self.now)
        self.move(State.REVIEW)
        give_opinion(
            self.db, actor=self.actor(TeamRole.LAWYER), inspection=self.case, supports=True, now=self.now
        )
        approve_letter(
            self.db, actor=self.actor(TeamRole.DECISION_MAKER), inspection=self.case,
            authority=self.authority, now=self.now,
        )  # fmt: skip

    def find_what_to_say(self) -> None:
        """The findings that the evidence proposes, each deficiency completed."""
        propose_findings(self.db, actor=self.leader, inspection=self.case, now=self.now)
        for one in find_findings(self.db, self.case):
            if one.kind is FindingKind.DEFICIENCY:
                values = FindingValues(
                    level=one.level, area=one.area, title=one.title, requirement=one.requirement,
                    theme=one.theme, saw="Vi såg detta.", matters=one.matters, proportion=one.proportion,
                    achieve=one.achieve, due_on=(self.now + timedelta(days=55)).date(),
                )  # fmt: skip
                edit_finding(
                    self.db, actor=self.leader, inspection=self.case, finding_id=one.id, version=one.version,
                    values=values, now=self.now,
                )  # fmt: skip
