"""What jurors write in the jury room."""

from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from youthcourt.errors import ChangedMeanwhile
from youthcourt.i18n import lazy as _l
from youthcourt.models import ANSWER_WORDS, QUESTION_WORDS, Answer, Question
from youthcourt.procedures.deliberating import PlanLine, findings_seen, plan_seen

from .amounts import LinesForm, lines_form
from .base import TaskForm
from .fields import KindRadioField, SeenField, SeenRevisionField, paragraph


class SharedForm(TaskForm):
    """A form that several jurors may have open at once. Who comes second sees what the first one wrote."""

    is_stale = False

    def _refuse(self, no):
        super()._refuse(no)
        if isinstance(no, ChangedMeanwhile):
            self.is_stale = True
            self.catch_up()

    def catch_up(self):
        """From here on the reader has seen how things stand now."""
        raise NotImplementedError


class FindingsForm(SharedForm):
    seen = SeenField()

    def __init__(self, deliberation):
        self.deliberation = deliberation
        typed = {"seen": findings_seen(deliberation)}
        for finding in deliberation.findings:
            typed[finding.question.value] = finding.answer
            typed[f"{finding.question}_reason"] = finding.reason
        super().__init__(data=typed)

    def catch_up(self):
        self.seen.data = findings_seen(self.deliberation)

    @property
    def answers(self):
        """The answer to each question with its reason, as typed."""
        return {each: (self[each].data, self[f"{each}_reason"].data) for each in Question}

    def theirs(self, question):
        """What somebody else wrote meanwhile, where it differs from what is typed here."""
        finding = self.deliberation.finding_on(question) if self.is_stale else None
        return finding if finding and (finding.answer, finding.reason) != self.answers[question] else None


for _number, _question in enumerate(Question, start=1):
    setattr(
        FindingsForm,
        _question.value,
        KindRadioField(
            QUESTION_WORDS[_question],
            [InputRequired(_l("Choose an answer to question %(number)s.", number=_number))],
            words=ANSWER_WORDS,
            only=Answer,
        ),
    )
    setattr(
        FindingsForm,
        f"{_question}_reason",
        paragraph(
            _l("Why? What did you see or hear?"),
            _l("Write the reason for answer %(number)s.", number=_number),
        ),
    )


class PlanForm(LinesForm, SharedForm):
    seen = SeenField()

    def __init__(self, deliberation, activities):
        self.deliberation = deliberation
        court = deliberation.hearing.court
        always = [each for each in activities if each.is_jury_duty and court.jury_duty_mandatory]
        super().__init__(activities, deliberation.proposals, deliberation.last_due_on, always)
        if not self.is_submitted():
            self.catch_up()

    @classmethod
    def of(cls, deliberation):
        """The form with every activity that the court offers, and those that the plan has."""
        asked = [each.activity for each in deliberation.proposals]
        offered = [each for each in deliberation.hearing.court.activities if each.is_offered]
        activities = list(dict.fromkeys([*offered, *asked]))
        return lines_form(cls, activities)(deliberation, activities)

    @classmethod
    def more_of_line(cls, activity):
        return {f"outside_reason_{activity.id}": paragraph(_l("Why this case needs it"), longest=1000)}

    def typed(self, item):
        return {**super().typed(item), f"outside_reason_{item.activity.id}": item.outside_reason}

    def catch_up(self):
        self.seen.data = plan_seen(self.deliberation)

    def check_line(self, activity):
        if not super().check_line(activity):
            return False
        wanted = self._line(activity)
        broken = self.deliberation.why_not_propose(
            activity, wanted.amount, wanted.due_on, wanted.outside_reason
        )
        if broken:
            self.refuse(broken.field, activity, broken.message)
        return not broken

    @property
    def lines(self):
        """What the plan shall say."""
        return [self._line(each) for each in self.activities if self.asks(each)]

    def _line(self, activity):
        names = ("amount", "due_on", "builds", "outside_reason")
        return PlanLine(activity, **{name: self.field_of(name, activity).data for name in names})


class VoteForm(SharedForm):
    revision = SeenRevisionField()
    agrees = RadioField(
        _l("Your vote"),
        [InputRequired(_l("Choose how you vote."))],
        choices=[SelectChoice("yes", _l("I agree")), SelectChoice("not_yet", _l("Not yet"))],
    )

    def __init__(self, deliberation):
        self.deliberation = deliberation
        super().__init__(data={"revision": deliberation.revision})

    def catch_up(self):
        self.revision.data = self.deliberation.revision
        self.revision.raw_data = None
