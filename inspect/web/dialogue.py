"""(filled by its owner)"""

from flask import Blueprint

dialogue = Blueprint("dialogue", __name__)
