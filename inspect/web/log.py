"""(filled by its owner)"""

from flask import Blueprint

log = Blueprint("log", __name__)
