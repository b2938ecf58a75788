"""The family of a case: how each is reached, who stands for the young person, who may sign in."""

from wtforms import BooleanField, DateField
from wtforms.validators import InputRequired, Length, Optional

from youthcourt.forms.base import TaskForm
from youthcourt.forms.edit import EditForm
from youthcourt.forms.fields import Address, RecordField, line, paragraph
from youthcourt.i18n import lazy as _l
from youthcourt.procedures.intake.referring import GuardianFacts

from .referral import ADDRESS_ROWS, NOT_KNOWN, language_field


class ContactForm(EditForm):
    given_name = line(_l("First name"), _l("Enter the first name."))
    family_name = line(_l("Last name"))
    mailing_address = paragraph(_l("Mailing address"), longest=500, render_kw=ADDRESS_ROWS)
    phone = line(_l("Phone"), longest=40)
    email = line(_l("E-mail"))
    language = language_field(_l("Language"))
    needs_interpreter = BooleanField(_l("Needs an interpreter"))

    def __init__(self, person, **kwargs):
        super().__init__(obj=person, **kwargs)
        self._is_apart = person.safe_contact is not None

    @property
    def keeps_drafts(self):
        """What is kept out of sight is not kept as somebody's unsent words either."""
        return not self._is_apart and super().keeps_drafts

    def contact(self):
        """What changes, by the person's columns."""
        return {
            "given_name": self.given_name.data,
            "family_name": self.family_name.data,
            "mailing_address": self.mailing_address.data,
            "phone": self.phone.data,
            "email": self.email.data,
            "language": self.language.data,
            "needs_interpreter": self.needs_interpreter.data,
        }


class RespondentContactForm(ContactForm):
    born_on = DateField(_l("Birth date"), [InputRequired(_l("Enter the birth date."))])
    school = RecordField(_l("School now"), [Optional()], blank=NOT_KNOWN)

    def __init__(self, person, **kwargs):
        super().__init__(person, **kwargs)
        self.school.offer(person.court.schools)

    def contact(self):
        return {**super().contact(), "born_on": self.born_on.data, "school": self.school.record}


class NewGuardianForm(TaskForm):
    given_name = line(_l("First name"), _l("Enter the first name."))
    family_name = line(_l("Last name"))
    relation = line(_l("Relation"), description=_l("For example mother, uncle, foster parent"))
    mailing_address = paragraph(_l("Mailing address"), longest=500, render_kw=ADDRESS_ROWS)
    phone = line(_l("Phone"), longest=40)
    email = line(_l("E-mail"))
    language = language_field(_l("Language"))
    needs_interpreter = BooleanField(_l("Needs an interpreter"))

    def facts(self):
        return GuardianFacts(**{name: self[name].data for name in GUARDIAN_FACTS})


GUARDIAN_FACTS = (
    "given_name",
    "family_name",
    "relation",
    "mailing_address",
    "phone",
    "email",
    "language",
    "needs_interpreter",
)


class FamilyAccessForm(TaskForm):
    email = Address(
        _l("E-mail address"),
        [InputRequired(_l("Enter an e-mail address.")), Length(max=254)],
        description=_l("They sign in with it. Two people cannot share one."),
    )
