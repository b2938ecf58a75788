"""Hearings: placed, moved, held."""

from flask import Blueprint

bp = Blueprint("hearings", __name__, url_prefix="/hearings")
