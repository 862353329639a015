"""What a provider promised before it was sealed is sealed by the migration, and stands in clear after the way back."""

from alembic import command
from sqlalchemy import select, text

from tests.builders import NOW
from tests.integration.sent_letters import make_sent_letter
from tillsyn.inspect.commands.data import configuration
from tillsyn.inspect.outside.database import make_engine, session_factory
from tillsyn.inspect.outside.keys import DataCipher
from tillsyn.inspect.settings import Settings
from tillsyn.models.committees import CommitteePoint
from tillsyn.models.letter_vocabulary import LetterKind
from tillsyn.models.letters import Letter, Measure, Paragraph, Remark
from tillsyn.models.register import Committee, Municipality
from tillsyn.models.sealed import install_cipher


def test_a_step_down_and_up_keeps_every_promise(own_database_url: str, test_settings: Settings) -> None:
    install_cipher(DataCipher(test_settings.data_key))
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        made = make_sent_letter(db)
        town = Municipality(name="Alby", created_at=NOW)
        db.add(town)
        db.flush()
        committee = Committee(municipality_id=town.id, name="Socialnämnden", created_at=NOW)
        to_committee = Letter(
            inspection_id=made.inspection.id, kind=LetterKind.COMMITTEE, author_id=made.inspector.id,
            composed_at=NOW,
        )  # fmt: skip
        db.add_all([committee, to_committee])
        db.flush()
        paragraph = Paragraph(
            letter_id=to_committee.id, language="sv", section="head", key="head.lead", position=1, text="Hej."
        )
        db.add_all(
            [
                CommitteePoint(finding_id=made.deficiency.id, committee_id=committee.id),
                paragraph,
                Measure(
                    letter_id=made.letter.id, finding_id=made.deficiency.id, description="Vi anställer två.",
                    owner="Kim Ek", due_on=NOW.date(), proposed_at=NOW, by_id=made.provider.id,
                ),
            ]
        )  # fmt: skip
        db.flush()
        db.add(Remark(paragraph_id=paragraph.id, text="Bra.", at=NOW, by_id=made.decider.id))
        made.inspection.residents[0].placed_by_id = committee.id
        db.commit()
        kept = made.letter.id
    engine.dispose()
    command.downgrade(configuration(own_database_url), "0021")
    engine = make_engine(own_database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT description, owner FROM measures")).all()
        assert [tuple(row) for row in rows] == [("Vi anställer två.", "Kim Ek")]
        assert connection.execute(text("SELECT count(*) FROM remarks")).scalar() == 0
    engine.dispose()
    command.upgrade(configuration(own_database_url), "head")
    engine = make_engine(own_database_url)
    with session_factory(engine)() as db:
        promise = db.scalars(select(Measure)).one()
        assert (promise.description, promise.owner) == ("Vi anställer två.", "Kim Ek")
        assert db.scalars(select(Letter.id)).all() == [kept], "a letter to committees has no place before"
    engine.dispose()
