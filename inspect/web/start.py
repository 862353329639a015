"""The first page of each person, and the two that everybody may read."""

from flask import Blueprint, render_template

from ..rules.access import Permission
from .access import access

start = Blueprint("start", __name__)


@start.get("/")
@access(Permission.HAVE_AN_ACCOUNT)
def home() -> str:
    return render_template("inspector/start.html")


@start.get("/how-we-weigh")
@access(Permission.SIGN_IN)
def method() -> str:
    return render_template("public/method.html")


@start.get("/accessibility")
@access(Permission.SIGN_IN)
def accessibility() -> str:
    return render_template("public/accessibility.html")
