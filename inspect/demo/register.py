"""What the register of the example holds of its homes: municipalities, permits, and what has come in."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from ...models.planning_words import PermitKind, SignalKind
from ...models.register import Home, Provider
from ...models.vocabulary import ProviderKind
from ..rules.access import Actor
from ..services.register_home import find_home
from ..services.register_municipality import (
    find_municipality,
    municipality_named,
    save_committee,
    save_municipality,
)
from ..services.register_permit import PermitValues, save_permit
from ..services.register_signal import register_signal, set_signal_aside
from .people import EKORRGARDEN, MOSSEBO, REGISTRAR, SUPERVISOR, TALLASEN
from .story import Story

YOUNGEST_AND_OLDEST = {
    "HVB Nyponbacken": (13, 17),
    "HVB Strandängen": (14, 18),
    "HVB Granholmen": (12, 17),
    TALLASEN: (14, 18),
    EKORRGARDEN: (7, 12),
    MOSSEBO: (15, 20),
}


@dataclass(frozen=True, slots=True)
class Came:
    """Something that came in about a home, `days` ago."""

    home: str
    kind: SignalKind
    days: int
    subject: str
    text: str


SIGNALS = (
    Came(
        TALLASEN, SignalKind.TIP, 6, "Hur de unga väcks på morgnarna",
        "Två samtal till barn- och ungdomslinjen samma vecka. Båda ville vara anonyma.",
    ),
    Came(
        "HVB Granholmen", SignalKind.LEX_SARAH, 75, "Ensamarbete på natten",
        "Huvudmannen anmälde att en vikarie arbetade ensam tre nätter. Egna åtgärder är beskrivna i anmälan.",
    ),
    Came(EKORRGARDEN, SignalKind.MANAGER_CHANGED, 100, "Ny föreståndare", "Anmäld i god tid."),
    Came(
        "HVB Strandängen", SignalKind.TIP, 130, "Buller från en fotbollsplan",
        "En granne klagar på ljud från planen intill.",
    ),
)  # fmt: skip
NOT_OURS = "HVB Strandängen"
"""What came in about this home is no matter for supervision."""


def fill_the_register(story: Story) -> None:
    """Every home has its municipality and its permit, one of them changed since; four things have come in."""
    registrar = story.people[REGISTRAR]
    for home in story.db.scalars(select(Home).order_by(Home.name)):
        _place(story, home, registrar)
        if home.name in YOUNGEST_AND_OLDEST:
            _permit(story, home, registrar)
    for came in SIGNALS:
        home = story.db.scalars(select(Home).where(Home.name == came.home)).one()
        signal = register_signal(
            story.db,
            actor=registrar,
            home=find_home(story.db, home.id),
            kind=came.kind,
            came_on=story.today - timedelta(days=came.days),
            subject=came.subject,
            text=came.text,
            now=story.at(-came.days, 9),
        )
        if came.home == NOT_OURS:
            set_signal_aside(
                story.db,
                actor=story.people[SUPERVISOR],
                signal=signal,
                reason="Bullret från planen är en fråga för kommunens miljönämnd. Grannen har fått veta det.",
                now=story.at(-came.days + 2),
            )
    story.db.flush()


def _place(story: Story, home: Home, registrar: Actor) -> None:
    """Its municipality, with the committee that answers for children placed by it."""
    at = story.at(-495)
    found = municipality_named(story.db, home.municipality, actor=registrar, now=at)
    home.municipality_id = found.id
    if found.region:
        return
    town = save_municipality(
        story.db, actor=registrar, municipality=found, name=found.name, code="", region="Region Exempel",
        address=f"Rådhuset, {found.name}", email="registrator@exempel.se", now=at,
    )  # fmt: skip
    save_committee(
        story.db, actor=registrar, municipality=find_municipality(story.db, town.id), committee=None,
        name="Socialnämnden", address=f"Rådhuset, {found.name}", email="socialnamnden@exempel.se", now=at,
    )  # fmt: skip


def _permit(story: Story, home: Home, registrar: Actor) -> None:
    """A permit, or what the municipality has notified; Tallåsen had one place less before."""
    youngest, oldest = YOUNGEST_AND_OLDEST[home.name]
    owner = story.db.get_one(Provider, home.provider_id)
    kind = PermitKind.NOTIFICATION if owner.kind is ProviderKind.MUNICIPAL else PermitKind.PERMIT
    years = (6, 2) if home.name == TALLASEN else (3,)
    for number, since in enumerate(years):
        from_on = (story.today - timedelta(days=365 * since)).replace(day=1)
        save_permit(
            story.db,
            actor=registrar,
            home=find_home(story.db, home.id),
            permit=None,
            values=PermitValues(
                kind,
                from_on,
                home.places - (1 if number < len(years) - 1 else 0),
                f"{from_on.year}-0{since}{youngest}",
                None,
                home.target_group or "",
                youngest,
                oldest,
            ),
            now=story.at(-490),
        )
