"""Papers as PDF."""

from flask import Blueprint

bp = Blueprint("papers", __name__, url_prefix="/papers")
