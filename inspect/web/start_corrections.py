"""The corrections of letters that a decision-maker has to decide on, for their first page."""

from flask import url_for
from flask_babel import gettext as _

from ..rules.access import Actor
from ..services.correct_letter import waits_for_comment
from ..services.find_corrections import corrections_to_decide
from .database import db, now
from .language import ago, day, label
from .start_rows import Group, Row


def correction_group(actor: Actor) -> Group:
    """One row for each; the provider's time to comment is said while it lasts."""
    rows = []
    for one in corrections_to_decide(db(), actor):
        inspection = one.letter.inspection
        waits = waits_for_comment(one, now())
        last = one.comment_by_on
        rows.append(
            Row(
                f"{label(one.letter.kind, inspection.pack)}: {inspection.home.name}, {inspection.dnr}",
                url_for("corrections.letter", dnr=inspection.dnr, letter_id=one.letter_id),
                _("proposed %(when)s", when=ago(one.proposed_at)),
                note=_("The provider may comment until %(day)s.", day=day(last)) if waits and last else "",
                pill=_("Waiting for the provider") if waits else _("To decide"),
                kind="neutral" if waits else "waiting",
            )
        )
    return Group(_("Corrections of letters"), tuple(rows))
