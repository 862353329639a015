"""The guides on the first page of those who write and publish them."""

from flask import url_for
from flask_babel import gettext as _

from ...interview_guides.guide import load_pack
from ...models.guides import GuideVersion
from ..rules.access import Actor, Permission, may
from ..services.find_guide_drafts import drafts_that_wait, open_drafts
from .database import db
from .language import ago, say
from .start_rows import Group, Row


def guide_groups(actor: Actor) -> tuple[Group, ...]:
    """What waits to be read and published, and for a writer the drafts and the way to all guides."""
    waiting = drafts_that_wait(db(), actor)
    groups = [
        Group(
            _("Guides to read and publish"),
            tuple(
                Row(
                    _title(one.draft),
                    url_for("guide_drafts.publishing", draft_id=one.draft.id),
                    _("%(name)s, %(when)s", name=one.by, when=ago(one.since)),
                    pill=_("Waits to be published"),
                    kind="waiting",
                )
                for one in waiting
            ),
        )
    ]
    if may(actor, Permission.WRITE_GUIDES):
        known = {one.draft.id for one in waiting}
        rows = [
            Row(
                _title(draft),
                url_for("guide_drafts.draft", draft_id=draft.id),
                _("changed %(when)s", when=ago(draft.changed_at)),
                note=draft.remark,
                pill=_pill(draft),
                kind="returned" if draft.remark else "progress",
            )
            for draft in open_drafts(db())
            if draft.id not in known
        ]
        rows.append(
            Row(_("Write guides"), url_for("guide_drafts.drafts"), _("Every guide, and its versions."))
        )
        groups.append(Group(_("Guides being written"), tuple(rows)))
    return tuple(groups)


def _title(draft: GuideVersion) -> str:
    return f"{say(load_pack(draft.pack).guide(draft.guide).title)}, {draft.version}"


def _pill(draft: GuideVersion) -> str:
    if draft.remark:
        return _("Given back")
    return _("Handed over") if draft.handed_over_at else _("Draft")
