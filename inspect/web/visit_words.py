"""What speaks for a visit, in the reader's words; and who asks, today, by the setting in force."""

from datetime import date

from flask import g

from ..outside.clock import SWEDEN
from ..rules.visit_reasons import Spoken
from ..services.find_visit_reasons import Asking
from ..services.weigh_reasons import Weighted, weighting_in_force
from .database import db, now
from .language import message_of
from .session import current_actor


def today() -> date:
    return now().astimezone(SWEDEN).date()


def setting_in_force() -> Weighted:
    """The weights that hold in this request; asked for once."""
    if "weights" not in g:
        g.weights = weighting_in_force(db())
    held: Weighted = g.weights
    return held


def asking() -> Asking:
    return Asking(current_actor(), setting_in_force().weighting, now())


def sentence(reason: Spoken) -> str:
    """One reason as a sentence."""
    return message_of(reason.text, reason.values)
