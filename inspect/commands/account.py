"""`tillsyn user add|list|disable`."""

import click
from sqlalchemy import select

from ...models.people import User
from ...models.register import Home, Provider
from ...models.vocabulary import Role
from ..errors import NotFound
from ..outside import clock
from ..rules.recovery import WayBack
from ..services.manage_users import add_user, disable_user, list_users
from ..services.recover_account import way_back_here
from .work import transaction

LACKING = {
    WayBack.FOR_NOBODY: (
        "nobody here who loses their password or second factor can come in again: it takes two people, an"
        " administrator and another administrator or a supervisor, to let somebody in. Add them now:"
        " tillsyn user add EMAIL --name NAME --role administrator"
    ),
    WayBack.NOT_FOR_THOSE_WHO_OPEN_IT: (
        "an administrator or supervisor here who loses their password or second factor may be locked out:"
        " two others must let them in, one of them an administrator. Add one more of each:"
        " tillsyn user add EMAIL --name NAME --role administrator"
    ),
}
"""What is said of an installation in which two people are not enough (rules/recovery.py)."""


@click.group()
def user() -> None:
    """Accounts: add, list, disable."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([r.value for r in Role]))
@click.option("--provider", "number", help="Organisation number of the provider, for the role provider.")
@click.option("--home", "home_name", help="Name of the home, for the role home_manager.")
@click.password_option(help="At least 12 characters; asked for when it is not given.")
def add(
    email: str, name: str, roles: tuple[str, ...], number: str | None, home_name: str | None, password: str
) -> None:
    """Add the account EMAIL."""
    with transaction() as db:
        provider = (
            db.scalar(select(Provider).where(Provider.organisation_number == number)) if number else None
        )
        home = db.scalar(select(Home).where(Home.name == home_name)) if home_name else None
        if number and provider is None:
            raise NotFound("there is no provider with the number %(number)s", {"number": number})
        if home_name and home is None:
            raise NotFound("there is no home called %(name)s", {"name": home_name})
        added = add_user(
            db,
            actor=None,
            email=email,
            name=name,
            password=password,
            roles=[Role(role) for role in roles],
            now=clock.now(),
            provider=provider,
            home=home,
        )
        db.flush()
        lacking = LACKING.get(way_back_here(db))
        click.echo(f"added {added.email}")
    _tell(lacking)


@user.command("list")
def list_() -> None:
    """List all accounts with their roles."""
    with transaction() as db:
        for item in list_users(db):
            roles = ", ".join(sorted(row.role.value for row in item.roles))
            click.echo(
                f"{item.email:40} {'disabled' if item.disabled_at else 'active':9} {item.name} ({roles})"
            )


@user.command("disable")
@click.argument("email")
def disable(email: str) -> None:
    """Close the account EMAIL and end its sessions."""
    with transaction() as db:
        found = db.scalar(select(User).where(User.email == email.strip().lower()))
        if found is None:
            raise NotFound("there is no account with the address %(email)s", {"email": email})
        disable_user(db, actor=None, user_id=found.id, now=clock.now())
        db.flush()
        lacking = LACKING.get(way_back_here(db))
        click.echo(f"disabled {found.email}")
    _tell(lacking)


def _tell(lacking: str | None) -> None:
    if lacking is not None:
        click.echo(f"tillsyn: {lacking}", err=True)


COMMANDS = (user,)
