"""Every guard holds something: delete any single condition of the policy, and a cell turns red."""

import ast
import inspect
import textwrap
import warnings
from collections import defaultdict

import pytest
import sqlalchemy
from sqlalchemy.exc import SAWarning

from tests.authorization.asking import undoing, walls_taken_down, without_drawing_pages
from youthcourt import models as m
from youthcourt.models import case_lists
from youthcourt.models.court import hearing
from youthcourt.permissions import GRANTED, Permission, Role
from youthcourt.views import papers, printing
from youthcourt.views.court import boards, closings, scripts
from youthcourt.views.court import printing as of_day
from youthcourt.views.decision import answers, orders
from youthcourt.views.decision import printing as of_decision
from youthcourt.views.intake import cases
from youthcourt.views.jury import draws, panels, sittings

# The policy is the same code on every database; the matrix itself is asked on both.
pytestmark = pytest.mark.only_on("sqlite")

PART_OF = {
    Role.ADMINISTRATOR: "administrator",
    Role.COORDINATOR: "coordinator",
    Role.JUDGE: "judge",
    Role.JUROR: "seated",
    Role.FAMILY: "youth",
}
# Granting these opens nothing that the same people could not open before.
OPENS_NOTHING = {
    (Role.COORDINATOR, Permission.ANSWER_ORDER): "coordinators write down every answer of a family",
    (
        Role.COORDINATOR,
        Permission.PRINT_OWN_PAPER,
    ): "coordinators print every paper",
    (Role.FAMILY, Permission.PRINT_PAPER): "families print their papers by seeing their own case",
}

# Whose business something is: each function that says so, and the pages on which it shows.
GUARDS = {
    "m.Case.visible_to": (m.Case.visible_to, "cases.show papers.show completion_certificate"),
    "m.Hearing.visible_to": (m.Hearing.visible_to, "hearings.show"),
    "m.Hearing.deliberated_by": (m.Hearing.deliberated_by, "deliberations.show"),
    "m.Hearing._of_juror_today": (m.Hearing._of_juror_today, "deliberations.show scripts.show"),
    "hearing._decides": (hearing._decides, "deliberations.show"),
    "hearing._leads": (hearing._leads, "scripts.show"),
    "hearing._has_seat": (hearing._has_seat, "deliberations.show"),
    "m.Hearing.led_by": (m.Hearing.led_by, "scripts.show"),
    "m.Hearing.led_as_juror": (m.Hearing.led_as_juror, "scripts.show"),
    "m.Hearing.heard_by": (m.Hearing.heard_by, "judge_notes.edit"),
    "scripts.now": (inspect.unwrap(scripts.now), "scripts.now"),
    "m.Deliberation.visible_to": (m.Deliberation.visible_to, "orders.decide"),
    "m.CourtSession.visible_to": (m.CourtSession.visible_to, "court_sessions.show"),
    "m.Obligation.visible_to": (m.Obligation.visible_to, "obligations.show"),
    "m.DispositionOrder.visible_to": (m.DispositionOrder.visible_to, "orders.show"),
    "m.Juror.visible_to": (m.Juror.visible_to, "jurors.show"),
    "m.Sitting.of_juror": (m.Sitting.of_juror, "sittings.cancel"),
    "case_lists.of_family": (case_lists.of_family, "my_cases.show"),
    "printing.run_by": (printing.run_by, "papers.show hearing_script"),
    "of_day._announced_to": (of_day._announced_to, "papers.show hearing_notice"),
    "of_day._days_of": (of_day._days_of, "papers.show docket"),
    "of_decision._orders_of": (of_decision._orders_of, "papers.show disposition_order"),
    "sittings.of_court": (sittings.of_court, "sittings.check_in"),
    "panels._with_seat": (panels._with_seat, "panels.stand_down"),
    "orders._signed_order": (orders._signed_order, "orders.show orders.unsign"),
    "answers._asked": (answers._asked, "answers.accept"),
    "closings._with_day": (closings._with_day, "closings.miss"),
    "closings._with_family": (closings._with_family, "closings.attend"),
    "closings.swear": (inspect.unwrap(closings.swear), "closings.swear"),
    "boards._sitting": (boards._sitting, "boards.check_in"),
    "boards._hearing": (boards._hearing, "boards.check_in_family"),
    "draws._draw_of": (draws._draw_of, "draws.show"),
    "cases.member": (cases.member, "cases.person"),
}
SPLIT = "papers.show "

# Second locks behind a first one: without them nothing opens as long as the first holds. Each says which.
_ROLE_FIRST = "the page asks for the role before it asks for the record"
_ONE_COURT = "a person, a judge and what they sit on are of one court"
_AT_THE_TABLET = "no cell is asked at the court's tablet: tests/views/test_tablets.py is about it"
_OTHER_DRAWS = "views/test_draws.py: each draw is opened by its own number, under its own day"
_ONE_HEARING_A_DAY = "all hearings of a day are the coordinator's, and a day of the world has one"
SECOND_LOCKS = {
    ("m.Sitting.of_juror", "false()"): _ROLE_FIRST,
    ("case_lists.of_family", "false()"): _ROLE_FIRST,
    ("m.Hearing.heard_by", "is_judge"): _ROLE_FIRST,
    ("m.Hearing._of_juror_today", "cls.court_id == user.court_id"): _ONE_COURT,
    ("m.Hearing.heard_by", "cls.court_id == user.court_id"): _ONE_COURT,
    ("m.Deliberation.visible_to", "cls.court_id == user.court_id"): _ONE_COURT,
    ("m.Sitting.of_juror", "cls.court_id == user.court_id"): _ONE_COURT,
    ("case_lists.of_family", "Case.court_id == user.court_id"): _ONE_COURT,
    (
        "m.Hearing._of_juror_today",
        "cls.state.in_(('set', 'held'))",
    ): "a panel is dissolved with its hearing",
    ("m.Case.visible_to", "here"): _AT_THE_TABLET,
    (
        "case_lists.of_family",
        "Case.id == user.tablet_case_id if user.tablet_case_id else true()",
    ): _AT_THE_TABLET,
    (
        "m.Hearing._of_juror_today",
        "cls.court_session_id == user.tablet_day_id if user.tablet_day_id else true()",
    ): _AT_THE_TABLET,
    ("hearing._has_seat", "Panel.dissolved_at.is_(None)"): "who sat on a dissolved panel was stood down",
    # No case of the world has a clerk or a bailiff, in force or stood down: these are asked where they are.
    ("hearing._decides", "Seat.post == Post.PANEL"): "views/test_deliberations.py: a bailiff decides nothing",
    ("hearing._leads", "Seat.post != Post.PANEL"): "views/test_scripts.py: a clerk and a bailiff lead",
    ("hearing._leads", "Seat.stood_down_at.is_(None)"): "views/test_scripts.py: a clerk who was stood down",
    ("hearing._leads", "_decides()"): "whoever is stood down, or waits, is no longer the foreperson",
    ("closings._with_day", "Sitting.court_session_id.in_(days)"): "its day is asked for by itself after it",
    ("closings._with_family", "each.id == asked.id"): _ONE_HEARING_A_DAY,
    ("closings.swear", "each.id == asked.id"): _ONE_HEARING_A_DAY,
    # Each case of the world has one draw: this is asked where they have more.
    ("draws._draw_of", "Draw.id == draw_id"): _OTHER_DRAWS,
    ("draws._draw_of", "Draw.court_session_id == court_session.id"): _OTHER_DRAWS,
    ("draws._draw_of", "Draw.state != DrawState.COMMITTED"): _OTHER_DRAWS,
}


def pages_of(names):
    """Page names from a line of them; the name of a paper has a space in it."""
    words, found = names.split(), []
    while words:
        page = words.pop(0)
        found.append(f"{page} {words.pop(0)}" if page == "papers.show" else page)
    return set(found)


# Deleting


class Deletion(ast.NodeTransformer):
    """Takes away the n-th condition of a function, counting in the order of the source."""

    def __init__(self, which=None):
        self.which, self.seen, self.taken = which, [], None

    def _condition(self, node, instead):
        self.seen.append(ast.unparse(node))
        if len(self.seen) - 1 != self.which:
            return node
        self.taken = ast.unparse(node)
        instead = "_nothing" if self.taken == "true()" else instead
        return ast.copy_location(ast.parse(instead, mode="eval").body, node)

    def visit_Call(self, node):
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in ("where", "and_", "append"):
            node.args = [
                each if isinstance(each, ast.Starred) else self._condition(each, "_everything")
                for each in node.args
            ]
        elif name == "or_":
            node.args = [
                each
                if isinstance(each, ast.Starred) or ast.unparse(each) == "false()"
                else self._condition(each, "_nothing")
                for each in node.args
            ]
        elif name in ("any", "has"):
            for keyword in node.keywords:
                self.seen.append(f"{keyword.arg}={ast.unparse(keyword.value)}")
                if len(self.seen) - 1 == self.which:
                    self.taken = self.seen[-1]
                    node.args.append(ast.Name("_everything", ast.Load()))
                    node.keywords = [each for each in node.keywords if each is not keyword]
                    break
        return node

    def visit_comprehension(self, node):
        self.generic_visit(node)
        node.ifs = [self._condition(each, "True") for each in node.ifs]
        return node


def source_of(function):
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    tree.body[0].decorator_list = []
    return tree


def conditions_of(function):
    counting = Deletion()
    counting.visit(source_of(function))
    return counting.seen


def without(function, which):
    """The code of this function with one condition taken away, and that condition in words."""
    deletion = Deletion(which)
    tree = ast.fix_missing_locations(deletion.visit(source_of(function)))
    plain = getattr(function, "__func__", function)
    names = {**plain.__globals__}
    exec(compile(tree, "<a condition deleted>", "exec", dont_inherit=True, flags=_FUTURE), names)
    return names[plain.__name__].__code__, deletion.taken


_FUTURE = __import__("__future__").annotations.compiler_flag


@pytest.fixture(scope="module")
def cells_of(enumeration):
    """The cells of each page, those that hang on the record first."""
    found = defaultdict(list)
    for cell in [*enumeration.cells(), *enumeration.nested()]:
        found[cell.page].append(cell)
    return found


def _telling(cells):
    """Those in which a condition decides, asked by looking where there is something to look at."""
    method = min(cell.method for cell in cells)
    return [cell for cell in cells if cell.expected in "y4" and cell.method == method]


def _listed(conditions):
    return "\n".join(f"{name}: {taken}" for name, taken in sorted(conditions))


def _first_wrong(asker, cells):
    """What a deletion lets somebody do is undone; whoever does something is loaded afresh each time."""
    with undoing():
        return asker.mismatches(cells, stop_at=1, always_whole=cells[0].method == "POST")


def test_every_condition_that_is_deleted_turns_a_cell_red(enumeration, asker, cells_of):
    survived, deleted = {}, 0
    with walls_taken_down(), without_drawing_pages(), warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # without its condition a question may join anything
        for name, (function, where) in GUARDS.items():
            plain = getattr(function, "__func__", function)
            cells = [cell for page in sorted(pages_of(where)) for cell in _telling(cells_of[page])]
            assert _first_wrong(asker, cells) == [], name
            for which in range(len(conditions_of(function))):
                code, taken = without(function, which)
                with pytest.MonkeyPatch.context() as patch:
                    patch.setitem(plain.__globals__, "_everything", sqlalchemy.true())
                    patch.setitem(plain.__globals__, "_nothing", sqlalchemy.false())
                    patch.setattr(plain, "__code__", code)
                    deleted += 1
                    if not _first_wrong(asker, cells):
                        survived[name, taken] = where

    print(f"count: guard conditions deleted = {deleted}")
    assert not (unheld := set(survived) - set(SECOND_LOCKS)), _listed(unheld)
    assert not (held := set(SECOND_LOCKS) - set(survived)), _listed(held)


def test_every_permission_given_or_taken_turns_a_cell_red(app, asker, cells_of):
    """Every role with every permission it has taken away, and every one it has not given."""
    survived, changed = [], 0
    with without_drawing_pages(), warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)
        for role in Role:
            for permission in Permission:
                cells = _cells_asking(app, cells_of, permission, PART_OF[role])
                with pytest.MonkeyPatch.context() as patch:
                    patch.setitem(GRANTED, role, GRANTED[role] ^ {permission})
                    changed += 1
                    if not asker.mismatches(cells, stop_at=1):
                        survived.append((role, permission))

    print(f"count: permissions given and taken = {changed}")
    assert survived == list(OPENS_NOTHING)


def _cells_asking(app, cells_of, permission, part):
    """A few cells of this part on each page that asks for this permission."""
    for page, cells in cells_of.items():
        endpoint, _space, kind = page.partition(" ")
        asked = (
            papers.PRINTING[kind].permissions
            if kind
            else getattr(app.view_functions[endpoint], "permissions", ())
        )
        if permission in asked or (kind and permission in app.view_functions[endpoint].permissions):
            yield from [cell for cell in cells if cell.part == part and cell.method == "GET"][:4]
            yield from [cell for cell in cells if cell.part == part and cell.method == "POST"][:1]
