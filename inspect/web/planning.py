"""(filled by its owner)"""

from flask import Blueprint

planning = Blueprint("planning", __name__)
