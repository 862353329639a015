"""(filled by its owner)"""

from flask import Blueprint

register = Blueprint("register", __name__)
