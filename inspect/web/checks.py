"""(filled by its owner)"""

from flask import Blueprint

checks = Blueprint("checks", __name__)
