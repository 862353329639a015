"""How the method is used: what supervisors see of overrides and own views, per rule and never per home."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from ...models.vocabulary import N_
from ..rules.access import Permission
from ..rules.override_records import REVISE_ABOVE
from ..rules.weighing.configuration import DISCLOSURE_K
from ..services.monitor_overrides import FEWEST_BINDINGS, monitor_overrides
from .access import access
from .database import db
from .language import translate
from .session import current_actor

monitoring = Blueprint("monitoring", __name__)

RULES: dict[str, str] = {
    "V0": N_("Too little evidence for a position"),
    "V1": N_("The weighing itself"),
    "T1": N_("A grave account"),
    "T2": N_("A deviation from a legal requirement"),
    "T3": N_("The children's ceiling"),
    "T4": N_("Too few perspectives for the highest word"),
}


@monitoring.get("/monitoring/overrides")
@access(Permission.SEE_MONITORING)
def overrides() -> str:
    figures = monitor_overrides(db(), actor=current_actor())
    return render_template(
        "supervisor/monitoring.html",
        figures=figures,
        rules={code: translate(text) for code, text in RULES.items()},
        per_cent=lambda share: _("%(num)s per cent", num=round(share * 100)),
        revise_above=round(REVISE_ABOVE * 100),
        few=FEWEST_BINDINGS,
        k=DISCLOSURE_K,
    )
