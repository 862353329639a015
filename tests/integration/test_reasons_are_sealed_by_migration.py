"""What stood in clear before is sealed by the migration, and stands in clear again after the way back."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from alembic import command
from sqlalchemy import select, text

from tests.builders import NOW
from tests.integration.sealed_words import files_with
from tests.integration.sent_letters import make_sent_letter
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.database import make_engine, session_factory
from tillsyn.inspect.outside.keys import BY_KEY, DataCipher
from tillsyn.inspect.settings import Settings
from tillsyn.models.assessments import AreaAssessment, Finding
from tillsyn.models.dialogue import MeetingTime
from tillsyn.models.inspections import Inspection, OrderOverride, SelfAssessment, StateChange, TeamMember
from tillsyn.models.letter_vocabulary import Verdict
from tillsyn.models.letters import Letter, Paragraph, Remark, Review
from tillsyn.models.sealed import install_cipher
from tillsyn.models.vocabulary import State

OF_THE_CASE = {
    "risk_note": "Två barn har ringt.",
    "no_staff_reason": "Ingen ville.",
    "note": "Om filen.",
    "arrangements": "Tolk på tigrinja.",
}
OF_A_FINDING = {
    "title": "Väckning",
    "saw": "Vi såg.",
    "matters": "Därför.",
    "proportion": "Lagom.",
    "achieve": "Att.",
}
LONG_ENOUGH = "Barnen var på läger hela dagen."


def files_left_with(words: str, own: Path) -> list[Path]:
    """The database's files in which these words stand, when its journal is written into it."""
    with closing(sqlite3.connect(own)) as plain:
        plain.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return files_with(words, [own, *own.parent.glob(f"{own.name}-*")])


def test_a_step_down_and_up_keeps_every_word(
    own_database_url: str, backend: str, test_settings: Settings
) -> None:
    install_cipher(DataCipher(test_settings.data_key))
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        made = make_sent_letter(db)
        case = made.inspection
        for name, value in OF_THE_CASE.items():
            setattr(case, name, value)
        for name, value in OF_A_FINDING.items():
            setattr(made.deficiency, name, value)
        case.team[0].conflict_note = "Släkt."
        paragraph = Paragraph(
            letter_id=made.letter.id, language="sv", section="head", key="head.x", position=99, text="Hej."
        )
        db.add(paragraph)
        db.flush()
        db.add_all(
            [
                StateChange(
                    inspection_id=case.id, from_state=State.PLANNED, to_state=State.PREPARED, began_at=NOW,
                    at=NOW, reason="Åter.",
                ),
                OrderOverride(inspection_id=case.id, reason=LONG_ENOUGH, at=NOW),
                AreaAssessment(
                    inspection_id=case.id, area="8", own_position=3, own_reason="Så.", own_at=NOW, reasoning="För.",
                ),
                Remark(paragraph_id=paragraph.id, text="Bra.", at=NOW, by_id=made.decider.id),
                Review(
                    letter_id=made.letter.id, verdict=Verdict.RETURNED, reason="Oklart.", at=NOW,
                    by_id=made.decider.id,
                ),
                MeetingTime(
                    inspection_id=case.id, starts_at=NOW + timedelta(days=9), place="Köket", by_provider=False,
                    proposed_at=NOW, by_id=made.decider.id,
                ),
            ]
        )  # fmt: skip
        if db.scalar(select(SelfAssessment).where(SelfAssessment.inspection_id == case.id)) is None:
            db.add(SelfAssessment(inspection_id=case.id, strengths=["Ett", "Två”"], worries=[]))
        db.commit()
        kept, finding, paragraph_id = case.id, made.deficiency.id, paragraph.id
    engine.dispose()
    command.downgrade(configuration(own_database_url), "0028")
    engine = make_engine(own_database_url)
    with engine.connect() as connection:
        names = ", ".join(OF_THE_CASE)
        row = connection.execute(text(f"SELECT {names} FROM inspections")).mappings().one()  # noqa: S608
        assert dict(row) == OF_THE_CASE
        assert LONG_ENOUGH in connection.execute(text("SELECT reason FROM order_overrides")).scalars().all()
        assert "Köket" in connection.execute(text("SELECT place FROM meeting_times")).scalars().all()
        assert "Väckning" in connection.execute(text("SELECT title FROM findings")).scalars().all()
    engine.dispose()
    if backend == "sqlite":
        assert files_left_with(LONG_ENOUGH, Path(own_database_url.removeprefix("sqlite:///")))
    command.upgrade(configuration(own_database_url), "head")
    command.check(configuration(own_database_url))
    if backend == "sqlite":
        assert files_left_with(LONG_ENOUGH, Path(own_database_url.removeprefix("sqlite:///"))) == []
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        again = db.get_one(Inspection, kept)
        assert {name: getattr(again, name) for name in OF_THE_CASE} == OF_THE_CASE
        assert again.risk_note_sealed is not None and again.risk_note_sealed[:1] == BY_KEY
        found = db.get_one(Finding, finding)
        assert {name: getattr(found, name) for name in OF_A_FINDING} == OF_A_FINDING
        assert "Släkt." in [one.conflict_note for one in db.scalars(select(TeamMember))]
        assert "Åter." in [one.reason for one in db.scalars(select(StateChange))]
        assert LONG_ENOUGH in [one.reason for one in db.scalars(select(OrderOverride))]
        area = db.scalars(select(AreaAssessment).where(AreaAssessment.area == "8")).one()
        assert (area.own_reason, area.reasoning, area.children_weighed_sealed) == ("Så.", "För.", None)
        assert [
            one.text for one in db.scalars(select(Remark).where(Remark.paragraph_id == paragraph_id))
        ] == ["Bra."]
        assert "Oklart." in [one.reason for one in db.scalars(select(Review))]
        assert "Köket" in [one.place for one in db.scalars(select(MeetingTime))]
        own = db.scalars(select(SelfAssessment)).one()
        assert (own.strengths, own.worries) == (["Ett", "Två”"], []) and own.worries_sealed is None
        assert db.scalars(select(Letter.id)).all()
    engine.dispose()
