"""(filled by its owner)"""

from flask import Blueprint

provider = Blueprint("provider", __name__)
