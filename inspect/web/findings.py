"""(filled by its owner)"""

from flask import Blueprint

findings = Blueprint("findings", __name__)
