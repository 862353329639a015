"""(filled by its owner)"""

from flask import Blueprint

weighing = Blueprint("weighing", __name__)
