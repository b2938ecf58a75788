"""Every component on one page."""

from flask import Blueprint

bp = Blueprint("styleguide", __name__, url_prefix="/styleguide")
