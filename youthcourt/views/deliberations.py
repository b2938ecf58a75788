"""The jury room, on a phone."""

from flask import Blueprint

bp = Blueprint("deliberations", __name__, url_prefix="/deliberations")
