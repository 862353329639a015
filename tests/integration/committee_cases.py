"""A decided case with points that placing committees answer for, for the tests of what becomes of them."""

from sqlalchemy.orm import Session

from tests.builders import NOW
from tests.integration.letter_cases import LetterCase, make_letter_case
from tillsyn.inspect.services.check_identities import open_marks
from tillsyn.inspect.services.compose_letter import compose_letter
from tillsyn.inspect.services.find_inspection import find_inspection
from tillsyn.inspect.services.find_letter import the_letter
from tillsyn.inspect.services.review_letter import approve_letter, submit_letter
from tillsyn.inspect.services.route_to_committees import (
    note_placing,
    route_point,
)
from tillsyn.inspect.services.send_letter import send_letter
from tillsyn.inspect.settings import Settings
from tillsyn.models.assessments import Finding
from tillsyn.models.inspections import Resident
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.models.register import Committee, Municipality
from tillsyn.models.vocabulary import FindingKind, Responsible, State

KIND = LetterKind.COMMITTEE
OWN_WORDS = "I två planer saknas barnets egen bild."


def committee(db: Session, place: str) -> Committee:
    town = Municipality(name=place, created_at=NOW)
    db.add(town)
    db.flush()
    made = Committee(
        municipality_id=town.id, name=f"Socialnämnden i {place}", address="Box 1, 111 11 Orten",
        email=f"registrator@{place.lower()}.example", created_at=NOW,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def point(db: Session, case: LetterCase, requirement: str, responsible: Responsible) -> Finding:
    made = Finding(
        inspection_id=case.inspection.id, position=50, kind=FindingKind.ADVICE, area="INF",
        requirement=requirement, level=1, responsible=responsible, title=f"Det gäller {requirement}",
        saw=OWN_WORDS, at=NOW, by_id=case.inspector.id,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


class Routed:
    """A decided case with two committees that have placed somebody, and two points that are theirs."""

    def __init__(self, db: Session, settings: Settings) -> None:
        self.db, self.settings, self.case = db, settings, make_letter_case(db)
        self.one, self.other, self.third = (committee(db, place) for place in ("Alby", "Boda", "Cederby"))
        self.first = point(db, self.case, "K13", Responsible.COMMITTEE)
        self.second = point(db, self.case, "K34", Responsible.COMMITTEE)
        db.add(Resident(inspection_id=self.case.inspection.id, person="b9", position=9))
        self.case.inspection.state = State.DECISION
        db.commit()
        self.anew()

    def anew(self) -> None:
        self.case.inspection = find_inspection(self.db, self.case.inspection.dnr)

    def place(self, nth: int, who: Committee | None) -> None:
        note_placing(
            self.db, actor=self.case.writer, inspection=self.case.inspection,
            resident_id=self.case.inspection.residents[nth].id,
            committee_id=who.id if who else None, now=NOW,
        )  # fmt: skip

    def route(self, finding: Finding, *to: Committee) -> None:
        route_point(
            self.db, actor=self.case.writer, inspection=self.case.inspection, finding_id=finding.id,
            committee_ids={one.id for one in to}, now=NOW,
        )  # fmt: skip

    def route_all(self) -> None:
        self.place(0, self.one)
        self.place(-1, self.other)
        self.route(self.first, self.one)
        self.route(self.second, self.one, self.other)

    def approve(self) -> None:
        given = {"inspection": self.case.inspection, "kind": KIND, "now": NOW}
        compose_letter(self.db, actor=self.case.writer, **given)  # type: ignore[arg-type]
        assert not open_marks(self.db, self.case.inspection, the_letter(self.db, self.case.inspection, KIND))
        submit_letter(self.db, actor=self.case.writer, **given)  # type: ignore[arg-type]
        approve_letter(
            self.db,
            actor=self.case.approver,
            authority=self.settings.authority,
            **given,  # type: ignore[arg-type]
        )

    def send(self) -> None:
        self.approve()
        send_letter(
            self.db, actor=self.case.writer, inspection=self.case.inspection, kind=KIND,
            authority=self.settings.authority, now=NOW,
        )  # fmt: skip
        self.db.commit()
