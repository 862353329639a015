"""What every command that touches the database shares: settings, cipher, one transaction."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...models.people import User
from ..errors import NotFound
from ..outside.cipher import install_keys
from ..outside.database import begin_writing, make_engine, session_factory
from ..outside.reach import reach_always
from ..rules.access import Actor
from ..settings import Settings, read_settings

Transaction = Callable[[], AbstractContextManager[Session]]


@contextmanager
def transactions(settings: Settings) -> Iterator[Transaction]:
    """What begins one transaction after another, for a command that goes on for long."""
    install_keys(settings)
    engine = make_engine(settings.database_url)
    reach_always(engine)

    @contextmanager
    def begin() -> Iterator[Session]:
        with session_factory(engine, file_quota=settings.file_quota)() as db:
            begin_writing(db)
            yield db
            db.commit()

    try:
        yield begin
    finally:
        engine.dispose()


@contextmanager
def transaction(settings: Settings | None = None) -> Iterator[Session]:
    """A session whose work is committed once, when the block ends without an error."""
    with transactions(settings or read_settings()) as begin, begin() as db:
        yield db


def actor_named(db: Session, email: str | None) -> Actor | None:
    """The actor with this e-mail address; None when no address is given. Raises NotFound."""
    if email is None:
        return None
    user = db.scalar(select(User).where(User.email == email.strip().lower(), User.disabled_at.is_(None)))
    if user is None:
        raise NotFound("there is no account with the address %(email)s", {"email": email})
    return Actor(
        user_id=user.id,
        name=user.name,
        roles=frozenset(item.role for item in user.roles),
        provider_id=user.provider_id,
        home_id=user.home_id,
    )
