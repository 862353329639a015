"""(filled by its owner)"""

from flask import Blueprint

cases = Blueprint("cases", __name__)
