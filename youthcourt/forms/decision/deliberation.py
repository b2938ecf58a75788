"""What jurors write in the jury room, each alone first and then together."""

from wtforms import BooleanField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from youthcourt.errors import ChangedMeanwhile
from youthcourt.forms.amounts import AmountField, LinesForm, lines_form
from youthcourt.forms.base import TaskForm
from youthcourt.forms.fields import (
    KindRadioField,
    RecordRadioField,
    SeenField,
    SeenRevisionField,
    paragraph,
)
from youthcourt.i18n import _
from youthcourt.i18n import lazy as _l
from youthcourt.models import ANSWER_WORDS, PURPOSE_WORDS, QUESTION_WORDS, Answer, Purpose, Question
from youthcourt.procedures.decision.deliberating import (
    PlanLine,
    findings_seen,
    merged,
    plan_seen,
)


class SharedForm(TaskForm):
    """A form about what the panel has in common. Who comes late with it sees how things stand now."""

    is_stale = False

    def _refuse(self, no):
        super()._refuse(no)
        if isinstance(no, ChangedMeanwhile):
            self.is_stale = True
            self.catch_up()

    def catch_up(self):
        """From here on the reader has seen how things stand now."""
        raise NotImplementedError


class QuestionsForm(TaskForm):
    """The four questions, with an answer and a reason for each."""

    @property
    def answers(self):
        """The answer to each question with its reason, as typed."""
        return {each: (self[each].data, self[f"{each}_reason"].data) for each in Question}


def typed_answers(given):
    """Answers and reasons that were given before, by the fields that show them."""
    typed = {}
    for each in given:
        typed[each.question.value] = each.answer
        typed[f"{each.question}_reason"] = each.reason
    return typed


for _number, _question in enumerate(Question, start=1):
    setattr(
        QuestionsForm,
        _question.value,
        KindRadioField(
            QUESTION_WORDS[_question],
            [InputRequired(_l("Choose an answer to question %(number)s.", number=_number))],
            words=ANSWER_WORDS,
            only=Answer,
        ),
    )
    setattr(
        QuestionsForm,
        f"{_question}_reason",
        paragraph(
            _l("Why? What did you see or hear?"),
            _l("Write the reason for answer %(number)s.", number=_number),
        ),
    )


def alone_form(activities):
    """The form for one juror's own sheet, with a line for each activity that the court offers."""
    fields = {}
    for each in activities:
        fields[f"asks_{each.id}"] = BooleanField(each.name)
        fields[f"amount_{each.id}"] = AmountField(unit=each.unit)
    return type("AloneForm", (AloneForm,), fields)


class AloneForm(QuestionsForm):
    """What one juror thinks before the panel talks."""

    def __init__(self, deliberation, activities, worksheet):
        self.activities = activities
        typed = typed_answers(worksheet.ratings) if worksheet else {}
        for idea in worksheet.ideas if worksheet else ():
            typed |= {f"asks_{idea.activity_id}": True, f"amount_{idea.activity_id}": idea.amount}
        super().__init__(data=typed)

    @classmethod
    def of(cls, deliberation, worksheet):
        activities = [each for each in deliberation.hearing.court.activities if each.is_offered]
        return alone_form(activities)(deliberation, activities, worksheet)

    @property
    def ideas(self):
        """What this juror would ask for, and how much of it."""
        return {each: self[f"amount_{each.id}"].data for each in self.activities if self._asks(each)}

    def _asks(self, activity):
        return self[f"asks_{activity.id}"].data

    def validate(self, **kwargs):
        for each in self.activities:
            if not self._asks(each):
                self[f"amount_{each.id}"].process_errors = []
        fits = super().validate(**kwargs)
        for each in filter(self._asks, self.activities):
            amount = self[f"amount_{each.id}"]
            if amount.data is None:
                amount.errors = amount.errors or [_("Write how much.")]
                fits = False
        return fits


class FindingsForm(QuestionsForm, SharedForm):
    seen = SeenField()

    def __init__(self, deliberation):
        self.deliberation = deliberation
        super().__init__(data={"seen": findings_seen(deliberation), **typed_answers(deliberation.findings)})

    def catch_up(self):
        self.seen.data = findings_seen(self.deliberation)

    def theirs(self, question):
        """What somebody else wrote meanwhile, where it differs from what is typed here."""
        finding = self.deliberation.finding_on(question) if self.is_stale else None
        return finding if finding and (finding.answer, finding.reason) != self.answers[question] else None


class NoteForm(TaskForm):
    words = paragraph(_l("What you said (only your panel reads it)"), longest=4000)

    def __init__(self, note):
        super().__init__(data={"words": note.words if note else ""})


class PlanLinesForm(LinesForm):
    """The lines of a panel's plan: beside every other plan's, what each is for and why it goes further."""

    def __init__(self, deliberation, activities, items, **typed):
        self.deliberation = deliberation
        court = deliberation.hearing.court
        always = [each for each in activities if each.is_jury_duty and court.jury_duty_mandatory]
        last_day = max(deliberation.last_due_on, court.today)
        super().__init__(activities, items, last_day, always, **typed)

    @classmethod
    def of(cls, deliberation):
        """The form with every activity that the court offers, and those that the plan has."""
        asked = [each.activity for each in deliberation.proposals]
        offered = [each for each in deliberation.hearing.court.activities if each.is_offered]
        activities = list(dict.fromkeys([*offered, *asked]))
        begun = deliberation.proposals or merged(deliberation)
        return lines_form(cls, activities)(deliberation, activities, begun)

    @classmethod
    def more_of_line(cls, activity):
        return {
            f"purpose_{activity.id}": KindRadioField(
                _l("What is it for?"), words=PURPOSE_WORDS, only=Purpose
            ),
            f"outside_reason_{activity.id}": paragraph(_l("Why this case needs it"), longest=1000),
        }

    def typed(self, item):
        number = item.activity.id
        more = {f"outside_reason_{number}": item.outside_reason, f"purpose_{number}": item.purpose}
        return {**super().typed(item), **more}

    def check_line(self, activity):
        if not super().check_line(activity):
            return False
        wanted = self._line(activity)
        lacks = {
            "purpose": (wanted.purpose, _("Choose what it repairs or builds.")),
            "builds": (wanted.builds, _("Say in your own words what it repairs or builds.")),
        }
        for name, (given, sentence) in lacks.items():
            if not given:
                self.refuse(name, activity, sentence)
        broken = self.deliberation.why_not_propose(
            activity, wanted.amount, wanted.due_on, wanted.outside_reason
        )
        if broken:
            self.refuse(broken.field, activity, broken.message)
        return not broken and all(given for given, _sentence in lacks.values())

    @property
    def lines(self):
        """What the plan shall say."""
        return [self._line(each) for each in self.activities if self.asks(each)]

    def _line(self, activity):
        names = ("amount", "due_on", "builds", "outside_reason", "purpose")
        return PlanLine(activity, **{name: self.field_of(name, activity).data for name in names})


class PlanForm(PlanLinesForm, SharedForm):
    seen = SeenField()

    def __init__(self, deliberation, activities, items):
        super().__init__(deliberation, activities, items)
        if not self.is_submitted():
            self.catch_up()

    def catch_up(self):
        self.seen.data = plan_seen(self.deliberation)


class VoteForm(SharedForm):
    """One secret vote. What is chosen is kept nowhere on the way."""

    round = SeenRevisionField()
    agrees = RadioField(
        _l("Your vote"),
        [InputRequired(_l("Choose how you vote."))],
        choices=[SelectChoice("yes", _l("I agree")), SelectChoice("not_yet", _l("Not yet"))],
    )

    def __init__(self, deliberation):
        self.deliberation = deliberation
        super().__init__(data={"round": self._number()})

    def _number(self):
        here = self.deliberation.round
        return here.number if here else None

    def catch_up(self):
        self.round.data = self._number()
        self.round.raw_data = None


class StepAsideForm(TaskForm):
    reason = paragraph(
        _l("Whom do you know, and how?"),
        longest=1000,
        description=_l("You need not say. Only the court office reads it, never the jurors or the family."),
    )


class TakeOverForm(TaskForm):
    reserve = RecordRadioField(_l("Who takes the seat?"), [InputRequired(_l("Choose one."))])
    heard_it = BooleanField(
        _l("They were in the room from the beginning to the end and heard the whole case."),
        [InputRequired(_l("Only somebody who heard the whole case may decide."))],
    )

    def __init__(self, panel):
        super().__init__()
        able = [seat for seat in panel.reserves if panel.why_not_take_over(seat) is None]
        self.reserve.offer(able, words=lambda seat: seat.juror.person.short_name)


class LeaveOpenForm(TaskForm):
    item = RecordRadioField(_l("On what can you not agree?"), [InputRequired(_l("Choose one."))])

    def __init__(self, disputed):
        """`disputed`: each item on which more than one amount was named, with words for it."""
        super().__init__()
        self.item.offer(disputed, words=disputed.get)
