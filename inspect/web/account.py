"""Signing in and out, and the language."""

from hashlib import sha256
from uuid import UUID

from flask import Blueprint, g, jsonify, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from ...models.event_kinds import EventKind
from ...models.people import User
from ...models.sign_in import WayIn
from ..errors import TillsynError
from ..i18n import LANGUAGES
from ..rules.access import Permission
from ..services.record_event import record_event
from ..services.second_factor import sign_in_with_code
from ..services.sign_in import CodeNeeded, SignInRefused, SignInThrottled
from ..services.sign_in import sign_in as sign_in_service
from .access import access, safe_next
from .database import db, finish, now
from .forms.account import SecondStepForm, SignInForm
from .held_input import held_input, hold_input
from .language import message
from .session import close_session, open_session, settings

account = Blueprint("account", __name__)

Page = str | Response | tuple[str, int]

TICKET_LASTS = 10 * 60
"""Seconds between the password and the code."""


@account.route("/sign-in", methods=["GET", "POST"])
@access(Permission.SIGN_IN)
def sign_in() -> Page:
    form = SignInForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        status = 422 if form.is_submitted() else 200
        return render_template("account/sign_in.html", form=form, again=False), status
    fault = _try(form)
    if isinstance(fault, CodeNeeded):
        step = SecondStepForm(
            formdata=None, ticket=_ticket(fault.user), next=form.next.data, held=form.held.data
        )
        return _second_step(step)
    if fault is not None:
        form.password.errors = [message(fault)]
        return render_template("account/sign_in.html", form=form, again=bool(form.held.data)), 422
    return _onward(form)


@account.post("/sign-in/code")
@access(Permission.SIGN_IN)
def second_step() -> Page:
    """The six digits, after the password."""
    form = SecondStepForm()
    user_id = _user_of(form.ticket.data or "")
    if user_id is None:
        first = SignInForm(formdata=None, next=form.next.data, held=form.held.data)
        first.password.errors = [_("It took too long. Write your password once more.")]
        return render_template("account/sign_in.html", form=first, again=bool(form.held.data)), 422
    if not form.validate():
        return _second_step(form), 422
    try:
        user, way = sign_in_with_code(
            db(), user_id=user_id, typed=form.code.data or "", origin=request.remote_addr or "",
            secret_key=settings().secret_key, now=now(),
        )  # fmt: skip
    except (SignInRefused, SignInThrottled) as fault:
        finish()  # the failed attempt is to be remembered
        form.code.errors = [message(fault)]
        return _second_step(form), 422
    open_session(user, way)
    g.user = user
    return _onward(form)


@account.post("/sign-in/again")
@access(Permission.SIGN_IN)
def sign_in_again() -> tuple[Response, int]:
    """Sign in from a page that still holds unsent text: answers in JSON, and keeps the page.

    The page's own token may be from a session that is gone, so none is asked for. Another site
    cannot send JSON here without being asked first (CORS), and gets no answer to that question.
    """
    if not request.is_json:
        raise BadRequest
    form = SignInForm(meta={"csrf": False})
    if not form.validate():
        return jsonify(errors=form.errors), 422
    fault = _try(form)
    if isinstance(fault, CodeNeeded):
        fault = _try_code(fault.user)
    if fault is not None:
        return jsonify(errors={fault.values.get("field", "password"): [message(fault)]}), 422
    return jsonify(csrf_token=_fresh_csrf_token()), 200


@account.post("/sign-out")
@access(Permission.HAVE_AN_ACCOUNT)
def sign_out() -> Response:
    record_event(db(), EventKind.SIGNED_OUT, actor=g.actor, now=now())
    came_from_elsewhere = g.way is WayIn.PROVIDER and settings().sign_in.provider is not None
    close_session()
    if came_from_elsewhere:
        return redirect(url_for("account.sign_in", left=1))
    return redirect(url_for("account.sign_in"))


@account.post("/language")
@access(Permission.SIGN_IN)
def set_language() -> Response:
    language = request.form.get("language", "")
    if language in LANGUAGES:
        session["language"] = language
        if g.user is not None:
            g.user.language = language
    return redirect(safe_next(request.form.get("next")))


def ask_to_sign_in_again() -> tuple[str, int] | Response:
    """The answer to a form that was sent when the session had run out: what was typed is kept."""
    if request.is_json or request.accept_mimetypes.best == "application/json":
        answer = jsonify(error="signed_out")
        answer.status_code = 401
        return answer
    form = SignInForm(formdata=None, held=hold_input(), next="")
    return render_template("account/sign_in.html", form=form, again=True), 401


def _onward(form: SignInForm | SecondStepForm) -> Page:
    """Where whoever has signed in was going, or what they had written before they were signed out."""
    kept = held_input(form.held.data, g.user.id)
    if kept:
        return render_template("account/continue.html", kept=kept)
    return redirect(safe_next(form.next.data))


def _second_step(form: SecondStepForm) -> str:
    form.code.data = ""
    return render_template("account/second_step.html", form=form)


def _tickets() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt="second-step")


def _ticket(user: User) -> str:
    return _tickets().dumps([str(user.id), _of_password(user)])


def _user_of(ticket: str) -> UUID | None:
    """Whose password was right, a few minutes ago and still is; None for none."""
    try:
        user_id, of_password = _tickets().loads(ticket, max_age=TICKET_LASTS)
    except BadData:
        return None
    user = db().get(User, UUID(user_id))
    return user.id if user is not None and of_password == _of_password(user) else None


def _of_password(user: User) -> str:
    return sha256(user.password_hash.encode()).hexdigest()[:16]


def _try(form: SignInForm) -> TillsynError | None:
    """Sign in with what the form holds. CodeNeeded: the password is right, and a second step comes."""
    try:
        user = sign_in_service(
            db(),
            email=form.email.data or "",
            password=form.password.data or "",
            origin=request.remote_addr or "",
            secret_key=settings().secret_key,
            now=now(),
        )
    except (SignInRefused, SignInThrottled, CodeNeeded) as fault:
        finish()  # the failed attempt is to be remembered
        return fault
    open_session(user)
    g.user = user
    return None


def _try_code(user: User) -> TillsynError | None:
    """The code that came with the password, from a page that holds unsent text."""
    said = request.get_json(silent=True)
    typed = str(said.get("code") or "")[:40] if isinstance(said, dict) else ""
    if not typed:
        return CodeNeeded(user)
    try:
        user, way = sign_in_with_code(
            db(), user_id=user.id, typed=typed, origin=request.remote_addr or "",
            secret_key=settings().secret_key, now=now(),
        )  # fmt: skip
    except (SignInRefused, SignInThrottled) as fault:
        finish()  # the failed attempt is to be remembered
        return fault
    open_session(user, way)
    g.user = user
    return None


def _fresh_csrf_token() -> str:
    g.pop("csrf_token", None)
    return generate_csrf()
