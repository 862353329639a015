"""A person at a browser without JavaScript: reads pages, fills in forms, and checks every page seen."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask import Flask, session
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from tests.pages import (
    assert_in_one_language,
    assert_valid_html,
    elements,
    fields_of,
    forms_of,
    read_page,
    text_of,
)
from tillsyn.inspect.web.database import db
from tillsyn.inspect.web.session import TOKEN, open_session
from tillsyn.models.people import User

PASSWORD = "klocka-havre-nio-fyrar"


_own = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}"  # an id
    r"|I[\w-]{50,60}\.[\w-]{6}\.[\w-]{27}"  # the form's token
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+"  # a moment
)
_judged: set[tuple[str, bytes]] = set()


def _judge(html: str, language: str, where: str) -> None:
    """The page is valid and in one language. What has been judged is not judged again in this process: the
    same page on the other database has other ids, token and moments, but in the same places.
    """
    numbers: dict[str, str] = {}
    alike = _own.sub(lambda found: numbers.setdefault(found[0], f"own{len(numbers)}"), html)
    key = (language, hashlib.sha256(alike.encode()).digest())
    if key not in _judged:
        assert_valid_html(html, where)
        assert_in_one_language(html, language, where)
        _judged.add(key)


@dataclass(frozen=True)
class Page:
    """An answer: `status`, `html`, `text` (all that is read), `location` (where it sends the person)."""

    status: int
    html: str
    location: str | None
    address: str
    answer: TestResponse

    @property
    def tree(self) -> Element:
        return read_page(self.html)

    @property
    def text(self) -> str:
        return text_of(self.tree.find("body") or self.tree)

    def form(self, action: str | None = None) -> Element:
        """The page's form that is sent to an address ending in `action`; without one, its first in main."""
        main = self.tree.find(".//main")
        found = [
            form
            for form in forms_of(self.tree if action is not None or main is None else main)
            if action is None
            or (form.get("action") or self.address).split("?")[0].endswith(action)
            or self.sent_by_button(form, action)
        ]
        assert found, f"there is no form for {action!r} on {self.address}: {self.text}"
        return found[0]

    def sent_by_button(self, form: Element, action: str | None) -> str | None:
        """The address, ending in `action`, to which a button of the form, or for it, sends it; or None."""
        outside = [one for one in elements(self.tree, "button") if one.get("form", "") == form.get("id")]
        addresses = [one.get("formaction", "") for one in [*elements(form, "button"), *outside]]
        return next((one for one in addresses if action and one.split("?")[0].endswith(action)), None)


class Browsing:
    """`get`, `submit`, `post`; each asserts the status given (200 for reading, a redirect for sending)."""

    def __init__(self, app: Flask) -> None:
        app.testing = True
        self.app = app
        self.http = app.test_client()
        self.language = "sv"

    def sign_in_as(self, user: User) -> None:
        """Sign in without the form (the password's hash takes its time). `user` must be committed."""
        with self.app.test_request_context():
            open_session(user)
            db().commit()
            token = session[TOKEN]
        with self.http.session_transaction() as kept:
            kept[TOKEN] = token
        self.language = user.language

    def sign_in(self, email: str, password: str = PASSWORD, *, status: int = 302) -> Page:
        """Sign in through the form."""
        return self.submit(self.get("/sign-in"), status=status, email=email, password=password)

    def sign_out(self) -> None:
        self.http = self.app.test_client()

    def speak(self, language: str) -> None:
        """Choose the language with the page's own form."""
        self.submit(self.get("/sign-in", follow=True), action="/language", language=language)
        self.language = language

    def get(self, address: str, *, status: int = 200, follow: bool = False) -> Page:
        return self.check(self.http.get(address, follow_redirects=follow), address, status)

    def submit(
        self, page: Page, *, action: str | None = None, status: int = 302, **values: str | list[str]
    ) -> Page:
        """Send a form of `page` with `values` filled in and everything else as it stood."""
        form = page.form(action)
        names = {field.get("name") for field in form.iter() if field.get("name")}
        unknown = values.keys() - names
        assert not unknown, (
            f"the form on {page.address} has no field {sorted(unknown)}; it has {sorted(map(str, names))}"
        )
        address = page.sent_by_button(form, action) or form.get("action") or page.address
        return self.check(self.http.post(address, data={**fields_of(form), **values}), address, status)

    def post(self, address: str, *, status: int = 302, **values: str | list[str]) -> Page:
        """Send values that no form on a page offers; the request carries a valid form token."""
        values.setdefault("csrf_token", self._token())
        return self.check(self.http.post(address, data=values), address, status)

    def put(self, address: str, version: int, **fields: object) -> TestResponse:
        """Save as a page's script does: the fields as JSON, with the version they were made from."""
        return self.http.put(
            address,
            json={"version": version, "fields": fields},
            headers={"X-CSRFToken": self._token(), "Accept": "application/json"},
        )

    def _token(self) -> str:
        """The token that this browser's forms carry."""
        with self.http.session_transaction() as kept:
            raw = kept.setdefault("csrf_token", secrets.token_hex(20))
        with self.app.test_request_context():
            session["csrf_token"] = raw
            return str(generate_csrf())

    def check(self, answer: TestResponse, address: str, status: int) -> Page:
        where = f"{answer.request.method} {address}"
        html = answer.get_data(as_text=True) if answer.mimetype.startswith("text/") else ""
        assert answer.status_code == status, f"{where} gave {answer.status_code}, not {status}: {html[:2000]}"
        if answer.mimetype == "text/html" and html and not 300 <= answer.status_code < 400:
            _judge(html, self.language, where)
        return Page(answer.status_code, html, answer.headers.get("Location"), address, answer)
