"""Planning an inspection."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...interview_guides.guide import PackCard, load_pack, packs_for
from ...models.register import Home
from ...models.vocabulary import Role
from ..errors import Conflict, Invalid, NotFound
from ..rules.access import Permission
from ..services.choose_visits import look_at_homes
from ..services.plan_inspection import active_users, plan_inspection
from ..services.register_home import find_open_home
from ..services.search_register import search_homes
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import choices
from .forms.planning import ChooseHomeForm, NewInspectionForm
from .language import say
from .pack_words import speak_of
from .paging import asked_place, more_than, turning
from .session import current_actor
from .visit_words import asking, sentence, today

planning = Blueprint("planning", __name__)

Page = str | Response | tuple[str, int]


@planning.route("/plan-inspection", methods=["GET", "POST"])
@access(Permission.PLAN_INSPECTION)
def new() -> Page:
    home = find_open_home(db(), request.values.get("home", ""), today=today())
    pack = _pack_of(home)
    speak_of(pack.id if pack else None)
    if home is None or pack is None:
        return _choose_page(home)
    form = _new_form(home, pack)
    if not form.validate_on_submit():
        return _new_page(form, home, pack), 422 if form.is_submitted() else 200
    try:
        inspection = plan_inspection(
            db(),
            actor=current_actor(),
            home_id=home.id,
            dnr=form.dnr.data or "",
            title=form.title.data or "",
            announced=form.announced.data == "yes",
            planned_on=form.planned_on.data,
            focus_areas=form.focus_areas.data or [],
            risk_note=form.risk_note.data or "",
            inspector_id=UUID(form.inspector.data) if form.inspector.data else None,
            pack=pack.id,
            now=now(),
        )
    except (Invalid, Conflict, NotFound) as fault:
        put_at_field(form, fault, "home")
        return _new_page(form, home, pack), 422
    flash(_("The inspection is planned. Now declare conflict of interest."), "success")
    return redirect(url_for("cases.declare", dnr=inspection.dnr), 303)


def _pack_of(home: Home | None) -> PackCard | None:
    """The pack that was chosen, or the only one there is for the home; None: it is still to be chosen."""
    offered = packs_for(home.kind) if home else ()
    if len(offered) == 1:
        return offered[0]
    return next((card for card in offered if card.id == request.values.get("pack")), None)


def _choose_page(home: Home | None) -> Page:
    """Which home, and by which pack where several are made for it: what the rest of the plan depends on."""
    text = request.args.get("q", "")[:200]
    found = None if home else search_homes(db(), text, today=today(), place=asked_place())
    form = ChooseHomeForm(request.values)
    offered = packs_for(home.kind) if home else ()
    form.pack.choices = choices((card.id, _title_of(card)) for card in offered)
    page = render_template(
        "inspector/new_inspection_home.html",
        form=form,
        home=home,
        offered=offered,
        found=found,
        text=text,
        at=turning(found) if found else None,
        more_than=more_than(found) if found else None,
    )
    return page, 422 if request.method == "POST" else 200


def _title_of(card: PackCard) -> str:
    """The title of a pack where it is chosen; an example is said to be one."""
    if card.is_example:
        return _("%(title)s – example, to be verified by the authority", title=say(card.title))
    return say(card.title)


def _new_page(form: NewInspectionForm, home: Home, pack: PackCard) -> str:
    return render_template(
        "inspector/new_inspection.html",
        form=form,
        home=home,
        pack=pack,
        chooses_inspector=Role.SUPERVISOR in current_actor().roles,
    )


def _new_form(home: Home, pack: PackCard) -> NewInspectionForm:
    form = NewInspectionForm()
    if not form.is_submitted():
        form.risk_note.data = _why_now(home)
    form.home.data, form.pack.data = str(home.id), pack.id
    form.focus_areas.choices = choices((area.id, say(area.name)) for area in load_pack(pack.id).areas)
    people = active_users(db(), Role.INSPECTOR) if Role.SUPERVISOR in current_actor().roles else ()
    form.inspector.choices = choices(
        ((str(user.id), user.name) for user in people), first=_("Choose an inspector") if people else ""
    )
    return form


from . import inspection_list  # noqa: E402, F401 - its view belongs to this blueprint


def _why_now(home: Home) -> str:
    """What speaks for a visit now, in words to begin from: the choice is reasoned where it is made."""
    said = look_at_homes(db(), asking(), [home])[0].reasons
    return "\n".join(f"– {sentence(one)}" for one in said)
