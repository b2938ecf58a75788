"""What respondents owe and have done."""

from flask import Blueprint

bp = Blueprint("obligations", __name__, url_prefix="/obligations")
