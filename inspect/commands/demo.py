"""`tillsyn demo`: the example data, and what to try with it."""

import click

from ..demo import ACCOUNTS, PASSWORD, is_loaded, load_demo
from ..errors import NotAllowed
from ..outside import clock
from ..settings import read_settings
from .work import transaction

FIRST = {
    "inspektor@exempel.se": (
        "Väg samman Nyponbacken: skriv din egen bild först. Fortsätt samtalet med b3 på Ekorrgården.",
        "Weigh Nyponbacken: your own view first. Go on with the talk with b3 at Ekorrgården.",
    ),
    "inspektor2@exempel.se": (
        "Ta ställning till jäv i det oanmälda besöket på Tallåsen.",
        "Declare conflict of interest in the unannounced visit to Tallåsen.",
    ),
    "beslutsfattare@exempel.se": (
        "Granska och godkänn brevet om Granholmen.",
        "Review and approve the letter about Granholmen.",
    ),
    "granskare@exempel.se": (
        "Läs brevet om Granholmen och anmärk.",
        "Read the letter about Granholmen and remark.",
    ),
    "jurist@exempel.se": (
        "Granholmen har en brist som kan ge sanktionsavgift.",
        "Granholmen has a deficiency that can lead to a sanction fee.",
    ),
    "huvudman@exempel.se": (
        "Läs brevet om Strandängen och svara punkt för punkt.",
        "Read the letter about Strandängen and answer point by point.",
    ),
    "huvudman2@exempel.se": (
        "Se svaret om Tallåsen som är lämnat.",
        "See the answer about Tallåsen, already sent.",
    ),
    "forestandare@exempel.se": (
        "Fyll i självskattningen för Mossebo.",
        "Fill in the self-assessment of Mossebo.",
    ),
    "registrator@exempel.se": ("Slå upp en huvudman i registret.", "Look up a provider in the register."),
    "loggkontroll@exempel.se": ("Granska vem som läst vad.", "Review who has read what."),
    "administrator@exempel.se": ("Öppna ett konto till en kollega.", "Open an account for a colleague."),
    "metod@exempel.se": (
        "Skriv om en fråga i en samtalsguide och se vad kontrollen säger.",
        "Reword a question in an interview guide and see what the check says.",
    ),
}
"""What each person tries first, in Swedish and English."""


@click.command("demo")
@click.option("--once", is_flag=True, help="Do nothing when the example data is there already.")
def demo(once: bool) -> None:
    """Load the example data, and say how to sign in and what to try first.

    Everybody and everything in it is invented. Refused where TILLSYN_ENV is production.
    """
    settings = read_settings()
    if settings.is_production:
        raise NotAllowed(
            "The example data has known passwords; it is never loaded where TILLSYN_ENV is production."
        )
    with transaction(settings) as db:
        if not (once and is_loaded(db)):
            load_demo(db, authority=settings.authority, now=clock.now())
    click.echo(_welcome(settings.base_url))


def _welcome(address: str) -> str:
    lines = [
        "",
        f"  Tillsyn: {address}/",
        "",
        f"  Exempelkonton, alla med lösenordet / example accounts, all with the password: {PASSWORD}",
        "",
    ]
    for account in ACCOUNTS:
        swedish, english = FIRST[account.email]
        lines += [f"  {account.email:28} {swedish}", f"  {'':28} {english}"]
    lines += [
        "",
        "  Alla personer, hem och händelser är påhittade. / Everybody and everything is invented.",
        "",
    ]
    return "\n".join(lines)


COMMANDS = (demo,)
