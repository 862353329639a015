"""The way in for a provider: the authority invites, the code stands on a sheet, and it gives an account."""

from urllib.parse import urlsplit
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from ...models.sign_in import WayIn
from ...models.vocabulary import Standing
from ..errors import Conflict, Invalid, NotPossibleNow, TillsynError
from ..outside.passkeys import NewPasskey, PasskeyRefused, check_new
from ..rules.access import Permission
from ..rules.invitation_codes import shown_code
from ..services.accept_invitation import InvitationRefused, Invited, accept_invitation, check_invitation
from ..services.invite_provider import (
    accounts_of_provider,
    invite_provider,
    open_invitations,
    take_back_invitation,
)
from ..services.keep_passkey import take_challenge
from ..services.lay_out_invitation import invitation_as_pdf
from ..services.register_provider import find_provider
from ..services.sign_in import SignInThrottled
from .access import access
from .database import db, finish, now
from .forms.faults import put_at_field
from .forms.portal import CodeForm, InviteForm, NewAccountForm
from .language import current_language
from .paging import asked_page, pages_of
from .passkey_site import our_site
from .session import current_actor, open_session, settings

invitations = Blueprint("invitations", __name__)

Page = str | Response | tuple[str, int]


def place_of_invitations() -> str:
    """The address as it is written on paper: without https and the like."""
    return "".join(urlsplit(settings().base_url + url_for("invitations.code"))[1:3])


@invitations.route("/providers/<uuid:provider_id>/invite", methods=["GET", "POST"])
@access(Permission.INVITE_PROVIDER)
def invite(provider_id: UUID) -> Page:
    """Invite whoever answers for a provider. The sheet with the code is the answer itself, once."""
    provider, form, status = find_provider(db(), provider_id), InviteForm(), 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                made, code = invite_provider(
                    db(), actor=current_actor(), provider_id=provider_id, standing=Standing.OWNER,
                    name=form.name.data or "", email=form.email.data or "",
                    secret_key=settings().secret_key, now=now(),
                )  # fmt: skip
            except (Invalid, Conflict, NotPossibleNow) as fault:
                put_at_field(form, fault, "email")
            else:
                return render_template(
                    "register/invitation_sheet.html",
                    provider=provider,
                    invitation=made,
                    code=shown_code(code),
                    place=place_of_invitations(),
                    authority=settings().authority,
                )
    accounts = accounts_of_provider(db(), provider_id, page=asked_page())
    text = render_template(
        "register/invite.html",
        provider=provider,
        form=form,
        accounts=accounts,
        at=pages_of(accounts.number, accounts.pages),
        waiting=open_invitations(db(), provider_id, now()),
    )
    return text, status


@invitations.post("/providers/<uuid:provider_id>/invitations/<uuid:invitation_id>/page.pdf")
@access(Permission.INVITE_PROVIDER)
def paper(provider_id: UUID, invitation_id: UUID) -> Response:
    """The page of the letter with the code, as PDF. The code comes with the form: it is kept nowhere."""
    asked = request.form.get("language", "")
    made = invitation_as_pdf(
        db(), actor=current_actor(), provider_id=provider_id, invitation_id=invitation_id,
        code=request.form.get("code", ""), language="en" if asked == "en" else "sv",
        place=place_of_invitations(), authority=settings().authority, secret_key=settings().secret_key,
        now=now(),
    )  # fmt: skip
    answer = Response(made, mimetype="application/pdf")
    name = _("last-page-of-the-letter")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


@invitations.post("/providers/<uuid:provider_id>/invitations/<uuid:invitation_id>/take-back")
@access(Permission.INVITE_PROVIDER)
def take_back(provider_id: UUID, invitation_id: UUID) -> Response:
    take_back_invitation(
        db(), actor=current_actor(), provider_id=provider_id, invitation_id=invitation_id, now=now()
    )
    flash(_("The code no longer works."), "success")
    return redirect(url_for("invitations.invite", provider_id=provider_id), 303)


@invitations.route("/invitation", methods=["GET", "POST"])
@access(Permission.ACCEPT_INVITATION)
def code() -> Page:
    """First step: the address and the code. It is not used up by being looked at."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("account/invitation.html", form=form), 422 if form.is_submitted() else 200
    invited = _check(form)
    if isinstance(invited, TillsynError):
        put_at_field(form, invited, "code")
        return render_template("account/invitation.html", form=form), 422
    new = NewAccountForm(formdata=None, email=form.email.data, code=form.code.data, name=invited.name)
    return _account_page(invited, new)


@invitations.post("/invitation/account")
@access(Permission.ACCEPT_INVITATION)
def account() -> Page:
    """Second step: the account is made, and the person is signed in."""
    form = NewAccountForm()
    invited = _check(form)
    if isinstance(invited, TillsynError):
        first = CodeForm(formdata=None, email=form.email.data, code="")
        put_at_field(first, invited, "code")
        return render_template("account/invitation.html", form=first), 422
    if not form.validate():
        return _account_page(invited, form), 422
    try:
        user = accept_invitation(
            db(), email=form.email.data or "", code=form.code.data or "", name=form.name.data or "",
            password=form.password.data or "", passkey=_new_passkey(form), language=current_language(),
            origin=request.remote_addr or "", secret_key=settings().secret_key, now=now(),
        )  # fmt: skip
    except PasskeyRefused:
        form.password.errors = [_("The passkey could not be made. Choose a password instead, or try again.")]
        return _account_page(invited, form), 422
    except (Invalid, Conflict) as fault:
        put_at_field(form, fault, "password")
        return _account_page(invited, form), 422
    language = session.get("language")
    open_session(user, WayIn.PASSKEY if form.passkey.data else WayIn.PASSWORD)
    g.user = user
    if language:
        session["language"] = language
    flash(_("Welcome. Your account is open, and you are signed in."), "success")
    return redirect(url_for("start.home"), 303)


def _new_passkey(form: NewAccountForm) -> NewPasskey | None:
    site = our_site()
    if not form.passkey.data or site is None:
        return None
    try:
        challenge = take_challenge(db(), challenge_id=form.challenge.data or "", now=now())
    except Invalid as fault:
        raise PasskeyRefused(fault.reason) from fault
    return check_new(site, challenge, form.passkey.data)


def _check(form: CodeForm | NewAccountForm) -> Invited | TillsynError:
    try:
        return check_invitation(
            db(), email=form.email.data or "", code=form.code.data or "",
            origin=request.remote_addr or "", secret_key=settings().secret_key, now=now(),
        )  # fmt: skip
    except (InvitationRefused, SignInThrottled) as fault:
        finish()  # the failed attempt is to be remembered
        return fault


def _account_page(invited: Invited, form: NewAccountForm) -> str:
    form.password.data = ""
    form.password.flags.asked = True
    return render_template(
        "account/new_account.html",
        invited=invited,
        form=form,
        has_passkeys=our_site() is not None,
        authority=settings().authority,
    )
