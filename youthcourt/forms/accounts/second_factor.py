"""Setting up and showing a second step at sign-in."""

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import Line, Paragraph
from youthcourt.i18n import lazy as _l


class CodeForm(TaskForm):
    """The six digits that an authenticator app shows now."""

    code = Line(
        _l("Code from your app"),
        [InputRequired(_l("Enter the code that your app shows.")), Length(max=20)],
        description=_l("Six digits. The app shows new ones every half minute."),
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "data-draft": "no"},
    )


class AppForm(CodeForm):
    """The first code of a new app. The key it was set up with travels along, encrypted."""

    kept = HiddenField()


class RecoveryCodeForm(TaskForm):
    code = Line(
        _l("Recovery code"),
        [InputRequired(_l("Enter one of your recovery codes.")), Length(max=60)],
        description=_l("One line of the list you printed. Each works once."),
        render_kw={
            "autocomplete": "off",
            "autocapitalize": "none",
            "spellcheck": "false",
            "data-draft": "no",
        },
    )


class PasskeyAnswerForm(TaskForm):
    """What a device signed. Our script fills it in."""

    answer = HiddenField()


class PasskeyForm(PasskeyAnswerForm):
    """A new passkey and the name its owner gives it."""

    name = Line(
        _l("Name of this passkey"),
        [InputRequired(_l("Give it a name, so that you know it again.")), Length(max=60)],
        description=_l("For example: Phone, or Office laptop."),
        render_kw={"autocomplete": "off"},
    )


class LostFactorForm(TaskForm):
    """An administrator removes what somebody lost."""

    reason = Paragraph(
        _l("What happened?"),
        [InputRequired(_l("Write down what happened.")), Length(max=1000)],
        description=_l("For example: lost her phone, came to the office in person."),
    )
    is_checked = BooleanField(
        _l("I made sure who is asking, in person or by a call that I made myself."),
        [InputRequired(_l("First make sure who is asking."))],
    )
