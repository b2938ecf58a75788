"""Why somebody has a seat or has none, what is short, and what would help: in sentences.

For the coordinator in the third person; for jurors about themselves, without a case fact: neither who a tie
is to nor whose school it is may be read out of it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from youthcourt.i18n import _, ngettext
from youthcourt.i18n import lazy as _l
from youthcourt.planning.reasons import Reason


@dataclass(frozen=True)
class Names:
    """What the ids of a plan are called on the page that shows it."""

    people: dict[str, str] = field(default_factory=dict)
    hearings: dict[str, str] = field(default_factory=dict)  # such as "10:30, Room 3"
    schools: dict[str, str] = field(default_factory=dict)  # of each hearing: the schools that are kept apart

    def person(self, who: str) -> str:
        return self.people.get(who, who)

    def school(self, hearing: str) -> str:
        return self.schools.get(hearing) or _("the same school")

    def hearing(self, which: str) -> str:
        return self.hearings.get(which, which)


# What each aim is called where two plans are compared; the less of each, the better.
COUNTED_WORDS = {
    "lost": _l("Hearings without a panel"),
    "which": _l("Weight of the hearings without one"),
    "seats": _l("Open seats"),
    "changes": _l("Changes for people who were called"),
    "duty": _l("Owed sittings at risk"),
    "standby": _l("Missing in reserve"),
    "mix": _l("Panels without the wanted mix"),
    "balance": _l("Off balance by school or group"),
    "fair_share": _l("Distance from equal shares"),
    "lottery": _l("Lots of the people"),
    "placing": _l("Lots of the places"),
}

WHY_THEY = {
    "pinned": _l("You gave them this place before the draw."),
    "kept": _l("They had this place already."),
    "nobody_else": _l("Everybody who may sit there has a seat."),
    "duty": _l("They owe a sitting and have few days left for it."),
    "owed_turns": _l("They have sat less often than others, for the days they could come."),
    "balance": _l("With them the panels have the mix that the court wants."),
    "lot": _l("It was a tie, and the lot fell to them."),
}
WHY_YOU = {
    "pinned": _l("The coordinator asked for you."),
    "kept": _l("You had this place already."),
    "nobody_else": _l("Everybody who could come and sit there was needed."),
    "duty": _l("You owe a sitting, and this helps you to be done in time."),
    "owed_turns": _l("It is your turn: you have sat less often than others, for the days you could come."),
    "balance": _l("With you the panels are a good mix of people."),
    "lot": _l("It was a tie between several of you, and the lot fell to you."),
}

# For whose sake somebody was left without a seat.
OUTRANKED_THEY = {
    "lost": _l("With them a hearing would be lost."),
    "which": _l("With them a hearing that waits longer would be lost."),
    "seats": _l("With them a seat elsewhere would stay empty."),
    "changes": _l("With them more people would have to move."),
    "duty": _l("Somebody else owes a sitting and has fewer days left for it."),
    "standby": _l("With them a panel would have nobody in reserve."),
    "mix": _l("With them a panel would lose its mix of new and experienced people."),
    "balance": _l("With them a panel would be off balance by school or group."),
    "fair_share": _l("Others have sat less often, for the days they could come."),
    "lottery": _l("It was a tie, and the lot fell to others."),
}
OUTRANKED_YOU = {
    "lost": _l("The seats had to be shared out so that no hearing is lost."),
    "which": _l("The seats had to be shared out so that no hearing is lost."),
    "seats": _l("The seats had to be shared out so that none stays empty."),
    "changes": _l("The plan was changed as little as possible."),
    "duty": _l("Others have to serve before a certain day, and went first."),
    "standby": _l("The seats had to be shared out so that every panel has somebody in reserve."),
    "mix": _l("Each panel needs both new and experienced people."),
    "balance": _l("Each panel needs people of several schools and groups."),
    "fair_share": _l("Others have sat less often than you, so it was their turn."),
    "lottery": _l("It was a tie between several of you, and the lot fell to others."),
}

CLOSED_THEY = {
    "left": _l("no longer sits"),
    "not_free": _l("is not free then"),
    "conflict": _l("is tied to the case, or was kept off by you"),
    "open_case": _l("has an open case here"),
    "not_of_age": _l("is not of the age for jurors"),
    "not_trained": _l("has no training that is good on this day"),
    "same_school": _l("goes to a school of the case"),
    "day_full": _l("has as many places as one person takes in a day"),
    "limit_reached": _l("has sat as often as the court asks for in a month"),
    "never_served": _l("has not served yet"),
}
# Nobody may guess from their own line who is heard: a tie and a school look the same.
CLOSED_YOU = {
    "left": _l("You no longer sit."),
    "not_free": _l("You could not come at that time."),
    "conflict": _l("You may not sit on every hearing. That is usual, and nothing you did."),
    "open_case": _l("You can sit once your own case is over."),
    "not_of_age": _l("On this day you are not of the age for jurors."),
    "not_trained": _l("Your training is not good on this day. Ask the coordinator for the next one."),
    "day_full": _l("You have as many places as one person takes in a day."),
    "limit_reached": _l("You have sat as often as the court asks for in a month."),
    "never_served": _l("You have not served yet."),
}


def why(reason: Reason) -> str:
    """For the coordinator: why this juror has their places, or none."""
    if reason.code == "not_free":
        return _("Is not free on this day.")
    if reason.code == "no_hearing_open":
        return _("May sit on no hearing of this day: %(rules)s.", rules=_closed(reason))
    if reason.code == "outranked":
        return str(OUTRANKED_THEY[reason.aim])
    said = str(WHY_THEY[reason.code])
    if reason.code == "owed_turns" and reason.line is not None:
        return _(
            "%(why)s Owed %(mine)s seats; the next in line %(line)s.",
            why=said,
            mine=_seats(reason.credit),
            line=_seats(reason.line),
        )
    return said


def _closed(reason: Reason) -> str:
    return "; ".join(
        str(
            ngettext(
                "%(rule)s (%(num)s hearing)", "%(rule)s (%(num)s hearings)", count, rule=CLOSED_THEY[rule]
            )
        )
        for rule, count in sorted(reason.rules.items(), key=lambda each: -each[1])
    )


def _seats(hundredths: int) -> str:
    """Seats owed, with one decimal and a sign."""
    return f"{hundredths / 100:+.1f}"


def why_you(reason: Reason) -> str:
    """For the juror who asks about themselves."""
    if reason.code == "not_free":
        return _("You could not come on this day.")
    if reason.code == "no_hearing_open":
        rules = ["conflict" if rule == "same_school" else rule for rule in reason.rules]
        return " ".join(dict.fromkeys(str(CLOSED_YOU[rule]) for rule in rules))
    if reason.code == "outranked":
        return str(OUTRANKED_YOU[reason.aim])
    return str(WHY_YOU[reason.code])


# What stands in the way of a full panel, as part of a sentence.
COLLIDING = {
    "left": _l("some no longer sit"),
    "not_free": _l("too few can come at that time"),
    "tie": _l("some are tied to the case"),
    "barred": _l("some were kept off by you"),
    "open_case": _l("some have an open case of their own"),
    "not_of_age": _l("some are not of the age for jurors"),
    "not_trained": _l("some have no training that is good on this day"),
    "same_school": _l("some go to a school of the case"),
    "day_full": _l("nobody takes more places in a day than the court allows"),
    "limit_reached": _l("some have sat as often as the court asks for in a month"),
    "never_served": _l("a foreperson has to have served"),
    "one_place_a_block": _l("nobody sits in two rooms at once"),
    "one_foreperson": _l("a panel needs a foreperson"),
    "kept_apart": _l("some may not sit together"),
    "first_timers": _l("a panel takes only so many who are new"),
    "pinned": _l("you gave certain people certain places"),
    "others": _l("the other hearings need their people"),
}


def what_collides(hearing: str, is_lost: bool, open_seats: int, rules: list[str], names: Names) -> str:
    """Why a hearing has no panel, or not a full one: the few rules that cannot all be kept there."""
    because = "; ".join(str(COLLIDING[rule]) for rule in rules)
    if is_lost:
        return _("%(hearing)s has no panel: %(because)s.", hearing=names.hearing(hearing), because=because)
    return str(
        ngettext(
            "%(hearing)s has %(num)s open seat: %(because)s.",
            "%(hearing)s has %(num)s open seats: %(because)s.",
            open_seats,
            hearing=names.hearing(hearing),
            because=because,
        )
    )


def way_out(more: dict[str, int], waived: list[tuple[str, str, str]], names: Names) -> list[str]:
    """One way out, as sentences: what to allow, and whom to ask."""
    said = [
        ngettext(
            "Find %(num)s more juror for %(hearing)s.",
            "Find %(num)s more jurors for %(hearing)s.",
            count,
            hearing=names.hearing(hearing),
        )
        for hearing, count in sorted(more.items())
    ]
    schoolmates = Counter(hearing for rule, _who, hearing in waived if rule == "same_school")
    said += [
        ngettext(
            "Let %(num)s juror of %(school)s sit at %(hearing)s.",
            "Let %(num)s jurors of %(school)s sit at %(hearing)s.",
            count,
            school=names.school(hearing),
            hearing=names.hearing(hearing),
        )
        for hearing, count in sorted(schoolmates.items())
    ]
    for rule, sentence in ONE_BY_ONE.items():
        people = sorted({names.person(who) for each, who, _hearing in waived if each == rule})
        said += [sentence % {"people": ", ".join(people)}] if people else []
    return said


ONE_BY_ONE = {
    "limit_reached": _l("Ask these people to sit once more than the court asks for in a month: %(people)s."),
    "never_served": _l("Let somebody lead who has not served yet: %(people)s."),
    "not_trained": _l("Train these people before the day: %(people)s."),
}
