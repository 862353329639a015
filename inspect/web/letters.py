"""(filled by its owner)"""

from flask import Blueprint

letters = Blueprint("letters", __name__)
