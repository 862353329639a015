"""Who at a provider may do what: whoever is responsible invites, and closes accounts."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.vocabulary import Standing
from ..errors import Conflict, Invalid, NotPossibleNow
from ..rules.access import Permission
from ..rules.invitation_codes import shown_code
from ..services.invite_provider import (
    accounts_of_provider,
    homes_to_choose,
    invite_provider,
    open_invitations,
    take_back_invitation,
)
from ..services.remove_colleague import remove_colleague
from .access import access
from .database import db, now
from .forms.faults import put_at_field
from .forms.fields import choices
from .forms.portal import ColleaguesFilterForm, InviteColleagueForm
from .invitations import place_of_invitations
from .language import message
from .paging import asked_page, pages_of
from .session import current_actor, settings

colleagues = Blueprint("colleagues", __name__, url_prefix="/colleagues")

Page = str | Response | tuple[str, int]


@colleagues.get("")
@access(Permission.INVITE_COLLEAGUES)
def all_() -> str:
    return _page(_form(fresh=True))


@colleagues.post("/invite")
@access(Permission.INVITE_COLLEAGUES)
def invite() -> Page:
    """Invite a colleague. The code is shown once, in the answer itself."""
    form, actor = _form(), current_actor()
    if not form.validate():
        return _page(form), 422
    try:
        made, code = invite_provider(
            db(), actor=actor, provider_id=_provider(), standing=Standing(form.standing.data),
            name=form.name.data or "", email=form.email.data or "",
            home_id=UUID(form.home.data) if form.home.data else None,
            secret_key=settings().secret_key, now=now(),
        )  # fmt: skip
    except (Invalid, Conflict, NotPossibleNow) as fault:
        put_at_field(form, fault, "email")
        return _page(form), 422
    return render_template(
        "provider/colleague_invited.html",
        invitation=made,
        code=shown_code(code),
        place=place_of_invitations(),
    )


@colleagues.post("/invitations/<uuid:invitation_id>/take-back")
@access(Permission.INVITE_COLLEAGUES)
def take_back(invitation_id: UUID) -> Response:
    take_back_invitation(
        db(), actor=current_actor(), provider_id=_provider(), invitation_id=invitation_id, now=now()
    )
    flash(_("The code no longer works."), "success")
    return redirect(url_for("colleagues.all_"), 303)


@colleagues.post("/<uuid:user_id>/remove")
@access(Permission.INVITE_COLLEAGUES)
def remove(user_id: UUID) -> Response:
    try:
        closed = remove_colleague(db(), actor=current_actor(), user_id=user_id, now=now())
    except NotPossibleNow as fault:
        flash(message(fault), "error")
    else:
        flash(_("The account of %(name)s is closed, and signed out everywhere.", name=closed.name), "success")
    return redirect(url_for("colleagues.all_"), 303)


def _provider() -> UUID:
    found = current_actor().provider_id
    assert found is not None  # noqa: S101 - INVITE_COLLEAGUES asks for it  # nosec B101
    return found


def _form(*, fresh: bool = False) -> InviteColleagueForm:
    form = InviteColleagueForm(formdata=None) if fresh else InviteColleagueForm()
    homes = homes_to_choose(db(), _provider())
    form.home.choices = choices(((str(home.id), home.name) for home in homes), first=_("All homes"))
    return form


def _page(form: InviteColleagueForm) -> str:
    home = request.args.get("q", "").strip()[:100]
    found = accounts_of_provider(db(), _provider(), home=home, page=asked_page())
    return render_template(
        "provider/colleagues.html",
        form=form,
        search=ColleaguesFilterForm(request.args),
        searched=bool(home),
        found=found,
        at=pages_of(found.number, found.pages) if request.method == "GET" else pages_of(1, 1),
        waiting=open_invitations(db(), _provider(), now()),
        me=current_actor().user_id,
    )
