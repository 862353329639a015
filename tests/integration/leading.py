"""Somebody who leads a case that a command took in, as after they have declared at its page."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.builders import NOW, make_user
from tillsyn.inspect.outside.database import make_engine
from tillsyn.models.inspections import Inspection, TeamMember
from tillsyn.models.vocabulary import Role, TeamRole


def lead_case(database_url: str, dnr: str) -> str:
    """The address of a new account that leads the case."""
    engine = make_engine(database_url)
    try:
        with Session(engine) as db:
            user = make_user(db, Role.INSPECTOR)
            case = db.scalars(select(Inspection.id).where(Inspection.dnr == dnr)).one()
            db.add(
                TeamMember(
                    inspection_id=case, user_id=user.id, name=user.name, role=TeamRole.INSPECTOR, position=99,
                    declared_at=NOW,
                )
            )  # fmt: skip
            db.commit()
            return user.email
    finally:
        engine.dispose()
