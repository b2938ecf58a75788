"""The first meeting with the family: the interview and the agreements."""

from datetime import datetime
from zoneinfo import ZoneInfo

from wtforms import BooleanField, DateField
from wtforms.fields import TimeField
from wtforms.validators import InputRequired

from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import KindRadioField, RecordRadioField, line, paragraph
from youthcourt.i18n import lazy as _l
from youthcourt.models import HOW_SIGNED_WORDS, Agreement, HowSigned, Interview, Party


class AppointmentForm(TaskForm):
    held_on = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    starts_at = TimeField(_l("Time"), [InputRequired(_l("Write a time."))])
    place = line(_l("Place"), description=_l("Where the family comes to, with the room."))

    def __init__(self, case, **kwargs):
        super().__init__(place=case.court.place, **kwargs)
        self.zone = ZoneInfo(case.court.time_zone)

    @property
    def moment(self):
        return datetime.combine(self.held_on.data, self.starts_at.data, tzinfo=self.zone)


class InterviewForm(TaskForm):
    held_on = DateField(_l("Day of the interview"), [InputRequired(_l("Enter the day of the interview."))])
    strengths = paragraph(
        _l("What is this young person good at?"), _l("Write down at least one strength. Everybody has one.")
    )
    interests = paragraph(_l("What do they like to do?"))
    own_words = paragraph(_l("What happened, in their own words"))
    school_life = paragraph(_l("How school is going"))
    home_life = paragraph(_l("Home, family and who supports them"))
    circumstances = paragraph(
        _l("What else the court should know"),
        description=_l("For example health, work, the way to the court."),
    )

    def __init__(self, case, **kwargs):
        super().__init__(held_on=case.court.today, **kwargs)
        self.case = case

    def interview(self):
        return Interview(
            court=self.case.court,
            held_on=self.held_on.data,
            strengths=self.strengths.data,
            interests=self.interests.data,
            own_words=self.own_words.data,
            school_life=self.school_life.data,
            home_life=self.home_life.data,
            circumstances=self.circumstances.data,
        )


class AgreementForm(TaskForm):
    person = RecordRadioField(_l("Who agrees"), [InputRequired(_l("Choose who agrees."))])
    admits = BooleanField(_l("Says that they did it"))
    waives_rights = BooleanField(
        _l("Gives up the right to a trial and the right to stay silent, for this hearing only")
    )
    releases_report = BooleanField(_l("Lets the court read the report on what happened"))
    promises_confidentiality = BooleanField(_l("Promises to keep what is said at the hearing private"))
    signed_on = DateField(_l("Signed on"), [InputRequired(_l("Enter the day of signing."))])
    how = KindRadioField(_l("How it was signed"), [InputRequired(_l("Choose how."))], words=HOW_SIGNED_WORDS)

    def __init__(self, case, party, **kwargs):
        super().__init__(signed_on=case.court.today, how=HowSigned.IN_PERSON, **kwargs)
        self.party = party
        signers = [case.respondent] if party is Party.YOUTH else case.respondent.guardians
        self.person.offer(signers)
        if len(signers) == 1 and not self.is_submitted():
            self.person.process_data(signers[0])
        if party is Party.GUARDIAN:
            self.admits.label.text = _l("Knows that the young person says they did it")

    def agreement(self):
        return Agreement(
            party=self.party,
            person=self.person.record,
            admits=self.admits.data,
            waives_rights=self.waives_rights.data,
            releases_report=self.releases_report.data,
            promises_confidentiality=self.promises_confidentiality.data,
            signed_on=self.signed_on.data,
            how=self.how.data,
        )
