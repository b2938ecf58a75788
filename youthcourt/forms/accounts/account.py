"""Signing in, joining, and keeping one's own account."""

from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import Address, Line
from youthcourt.i18n import lazy as _l
from youthcourt.models.accounts.password import LONGEST

FOUR_WORDS = _l("Three or four words that you can remember make a good one.")
_NOT_THE_SAME = _l("The two passwords are not the same.")


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
    """A new password for `user`, typed twice."""

    password = PasswordField(
        _l("New password"),
        [InputRequired(_l("Choose a password."))],
        description=FOUR_WORDS,
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST},
    )
    again = PasswordField(
        _l("The same password again"),
        [InputRequired(_NOT_THE_SAME), EqualTo("password", _NOT_THE_SAME)],
        render_kw={"autocomplete": "new-password", "maxlength": LONGEST},
    )

    def __init__(self, user, **kwargs):
        super().__init__(**kwargs)
        self._user = user

    def validate_password(self, field):
        if why_not := self._user.why_not_password(field.data):
            raise ValidationError(why_not)


class PasswordForm(JoinForm):
    """Another password, by whoever knows the one of today."""

    now = PasswordField(
        _l("Your password now"),
        [InputRequired(_l("Enter the password that you have now."))],
        render_kw={"autocomplete": "current-password"},
    )


class ForgottenForm(TaskForm):
    email = Address(
        _l("E-mail address"),
        [InputRequired(_l("Enter your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )


class ConfirmForm(TaskForm):
    """The password once more. The names are its own: it travels together with another form."""

    confirm_password = PasswordField(
        _l("Your password"),
        [InputRequired(_l("Enter your password."))],
        render_kw={"autocomplete": "current-password"},
    )


class ConfirmFactorForm(TaskForm):
    """A second step once more, beside another form."""

    confirm_code = Line(
        _l("Code from your app"),
        [InputRequired(_l("Enter the code that your app shows.")), Length(max=60)],
        description=_l("Six digits. Or one line of the list that you printed; each works once."),
        render_kw={"autocomplete": "one-time-code", "autocapitalize": "none", "data-draft": "no"},
    )
