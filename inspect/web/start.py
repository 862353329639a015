"""(filled by its owner)"""

from flask import Blueprint

start = Blueprint("start", __name__)
