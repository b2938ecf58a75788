"""Volunteers: enrolled, trained, away, invited."""

from wtforms import DateField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import (
    Address,
    HoursField,
    KindRadioField,
    RecordField,
    line,
    tidy,
)
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import SeatRole
from youthcourt.models.jury.seating_rules import ROLE_WORDS, TRAINED_ROLES
from youthcourt.procedures.intake.referring import PersonFacts


def email_field(*checks, **kwargs):
    return Address(_l("E-mail address"), [*checks, Length(max=254)], filters=[tidy], **kwargs)


class EnrolmentForm(TaskForm):
    given_name = line(_l("First name"), _l("Enter the first name."))
    family_name = line(_l("Last name"), _l("Enter the last name."))
    born_on = DateField(
        _l("Birth date"),
        [InputRequired(_l("Enter the birth date."))],
        description=_l("Jurors have to be of a certain age on the day they sit."),
    )
    school = RecordField(_l("School"), [Optional()], blank=_l("Not given"))
    phone = line(_l("Phone"), longest=40)
    email = email_field(Optional())
    # Asked only when the court knows somebody of this name.
    same_as = RadioField(_l("Is it one of these people?"), [Optional()], choices=[], validate_choice=False)

    def __init__(self, court):
        super().__init__()
        self.school.offer(court.schools)
        self._known = {}

    def ask_about(self, people, words):
        """Ask whether the volunteer is one of these people, whom the court knows by the same name."""
        self._known = {str(person.id): person for person in people}
        nobody = SelectChoice("new", _("No, this is somebody else"))
        self.same_as.choices = [
            *(SelectChoice(key, words(each)) for key, each in self._known.items()),
            nobody,
        ]

    @property
    def known(self):
        """The person that the volunteer turned out to be; None when new or not yet said."""
        return self._known.get(self.same_as.data)

    @property
    def is_new(self):
        return self.same_as.data == "new"

    @property
    def facts(self):
        return PersonFacts(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            born_on=self.born_on.data,
            school=self.school.record,
            phone=self.phone.data,
            email=self.email.data,
        )


class TrainingForm(TaskForm):
    held_on = DateField(_l("Day of the training"), [InputRequired(_l("Enter the day."))])
    minutes = HoursField(_l("Hours"), [InputRequired(_l("Enter how many hours it took."))])
    # Asked only where the court's rules want a training of its own for more than jurors.
    role = KindRadioField(_l("What was it for?"), words=ROLE_WORDS, only=TRAINED_ROLES)
    topic = line(_l("Topic"), description=_l("Left empty, it reads “Juror training”."))

    def __init__(self, court):
        super().__init__(held_on=court.today, minutes=120, role=SeatRole.JUROR)
        own = {SeatRole.JUROR, *court.seating_rules.own_training}
        self.role.choices = [choice for choice in self.role.choices if choice.value in own]
        if len(own) == 1:
            del self.role

    @property
    def trained_for(self):
        return self.role.data if "role" in self else SeatRole.JUROR


class AbsenceForm(TaskForm):
    starts_on = DateField(_l("First day away"), [InputRequired(_l("Enter the first day."))])
    ends_on = DateField(_l("Last day away"), [InputRequired(_l("Enter the last day."))])


class InvitationForm(TaskForm):
    email = email_field(InputRequired(_l("Enter an e-mail address.")))

    def __init__(self, juror, account, **kwargs):
        super().__init__(email=juror.person.email, **kwargs)
        self._account = account
        if account:
            del self.email

    @property
    def address(self):
        """What they sign in with: the account they have, or the one that is opened."""
        return self._account.email if self._account else self.email.data
