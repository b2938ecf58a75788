"""Signing in and joining."""

from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from youthcourt.i18n import lazy as _l
from youthcourt.models.user import SHORTEST_PASSWORD

from .base import TaskForm
from .fields import Address


class SignInForm(TaskForm):
    email = Address(
        _l("E-mail address"),
        [InputRequired(_l("Enter your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _l("Password"),
        [InputRequired(_l("Enter your password.")), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )


class JoinForm(TaskForm):
    password = PasswordField(
        _l("New password"),
        [
            InputRequired(_l("Choose a password.")),
            Length(min=SHORTEST_PASSWORD, max=1000, message=_l("Use at least %(min)d characters.")),
        ],
        description=_l("Three or four words that you can remember make a good one."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("The same password again"),
        [EqualTo("password", _l("The two passwords are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )
