"""(filled by its owner)"""

from flask import Blueprint

talks = Blueprint("talks", __name__)
