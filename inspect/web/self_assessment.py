"""(filled by its owner)"""

from flask import Blueprint

self_assessment = Blueprint("self_assessment", __name__)
