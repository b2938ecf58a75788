"""Who may step through the walls between courts, and that nobody goes round them."""

import ast

import pytest

from .source import modules

# Look-ups that begin before a court is known, and work that is of every court. Each says why beside it.
MAY_SEE_EVERY_COURT = {
    "boot.py": "asks before the first page whether anything destroyed is back",
    "commands/audit.py": "checks the trail of every court",
    "commands/backup.py": "destroys again in a copy what was destroyed in any court",
    "commands/court.py": "founds a court; helps the administrator of any",
    "commands/demo.py": "looks whether there is any court",
    "commands/factor.py": "helps the administrator of any court",
    "commands/panel.py": "checks the draws of every court",
    "commands/papers.py": "prints samples of whatever is there",
    "commands/report.py": "finds the court that is meant",
    "commands/retention.py": "the nightly clock goes through every court",
    "demonstration/player.py": "founds the court that is played",
    "models/accounts/county_identity.py": "the county does not say which court",
    "models/base.py": "asks of every table whether it points to one row",
    "models/issued_paper.py": "the code on a paper says which court",
    "models/accounts/invitation.py": "the secret link says which court",
    "models/accounts/passkey.py": "the device does not say which court",
    "models/accounts/tablet_code.py": "the digits say which court",
    "models/accounts/user.py": "an e-mail address or a cookie says which court",
    "procedures/completion/purging.py": "deletes by tables whatever points to one case",
}
MAY_STEP = {
    "enter": {"views/accounts/signing_in.py"},
    # (a juror's leaving, in the play, has the same name)
    "leave": {"views/accounts/signing_in.py", "views/__init__.py", "demonstration/founding_day.py"},
    "visiting": {
        "models/accounts/user.py",
        "models/accounts/tablet_code.py",
        "procedures/accounts/passkeys.py",
        "views/accounts/accounts.py",
        "views/accounts/county.py",
    },
    "connection_of": {"models/audit_chain.py", "views/accounts/access_log.py", "views/accounts/county.py"},
    "in_no_court": {"__init__.py"},
    "in_court": {
        "commands/report.py",
        "demonstration/player.py",
        "procedures/in_background.py",
        "views/court/boards.py",  # a screen on the wall says which court
        "views/accounts/signing_in.py",
    },
}
# Ways that no filter of the session sees: text, tables, rows by the dozen, the connection itself.
ROUND = {
    "from_statement": set(),
    "bulk_save_objects": set(),
    "bulk_insert_mappings": set(),
    "bulk_update_mappings": set(),
    "merge": set(),
    "raw_connection": {"procedures/completion/sweeping.py"},
    "exec_driver_sql": {"extensions.py", "procedures/completion/sweeping.py"},
    "connection": {"commands/audit.py", "commands/backup.py"},
    "connect": {"boot.py", "procedures/completion/sweeping.py"},
    "begin": set(),
}
# Conditions of indexes, and questions about the database itself; never rows.
MAY_SAY_TEXT = {
    "boot.py",
    "models/jury/draw.py",
    "models/court/arrival.py",
    "models/court/hearing.py",
    "models/court/packet.py",
    "models/jury/juror.py",
    "models/jury/open_date.py",
    "models/jury/panel.py",
    "models/completion/retention.py",
    "models/intake/safe_contact.py",
    "models/completion/sealing.py",
    "models/jury/swap.py",
    "models/completion/time_credit.py",
}
# Tables as tables: each either under in_every_court() with its reason, or tied to a row of this court.
MAY_USE_TABLES = {
    "models/audit_chain.py",
    "models/base.py",
    "models/accounts/invitation.py",
    "models/completion/sealing.py",
    "procedures/checking_trail.py",
    "procedures/completion/purging.py",
    "procedures/completion/sealing.py",
}


def called(tree):
    """Every name that is called, with or without what it is called on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, None
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, ast.unparse(node.func.value)


def steps(path, tree):
    """Calls of this module that step through a wall without being named above."""
    for name, _on in called(tree):
        if name == "in_every_court" and path not in MAY_SEE_EVERY_COURT:
            yield f"{path}: {name}"
        if name in MAY_STEP and _on is None and path not in MAY_STEP[name]:
            yield f"{path}: {name}"


def ways_round(path, tree):
    """Ways round the walls that this module takes without being named above."""
    for name, on in called(tree):
        is_on_database = on is not None and any(part in on for part in ("session", "engine", "connection"))
        if name in ROUND and (is_on_database or name == "from_statement") and path not in ROUND[name]:
            yield f"{path}: {on}.{name}"
        if name == "text" and on in (None, "db", "sa", "sqlalchemy") and path not in MAY_SAY_TEXT:
            yield f"{path}: text"
        if name in ("literal_column", "TextClause") and path not in MAY_SAY_TEXT:
            yield f"{path}: {name}"
    for node in ast.walk(tree):
        is_table = isinstance(node, ast.Attribute) and node.attr in ("__table__", "local_table")
        is_table |= isinstance(node, ast.Attribute) and ast.unparse(node).endswith("metadata.tables")
        if is_table and path not in MAY_USE_TABLES:
            yield f"{path}: {ast.unparse(node)}"


def found_in_house(look):
    return [
        fault for path, tree in modules() if path.name != "walls.py" for fault in look(path.as_posix(), tree)
    ]


def test_only_the_named_places_step_through_the_walls():
    places = {path.as_posix() for path, _tree in modules()}

    assert found_in_house(steps) == []
    assert set(MAY_SEE_EVERY_COURT) <= places


def test_nobody_goes_round_the_walls():
    assert found_in_house(ways_round) == []


@pytest.mark.parametrize(
    "planted",
    [
        "with in_every_court():\n    pass",
        "enter(7)",
        "with visiting(session, 7):\n    pass",
        "with in_court(7):\n    pass",
        "connection_of(session).execute(x)",
    ],
)
def test_a_planted_step_is_found(planted):
    assert list(steps("views/intake/cases.py", ast.parse(planted)))


@pytest.mark.parametrize(
    "planted",
    [
        "db.session.execute(text('SELECT 1'))",
        "session.scalars(select(Case).from_statement(x))",
        "db.session.connection()",
        "db.engine.connect()",
        "db.engine.begin()",
        "db.engine.raw_connection()",
        "session.bulk_update_mappings(Case, rows)",
        "session.bulk_insert_mappings(Case, rows)",
        "session.bulk_save_objects(rows)",
        "session.merge(case)",
        "connection.exec_driver_sql('SELECT 1')",
        "select(Case.__table__.c.id)",
        "Base.metadata.tables['case']",
        "select(literal_column('(SELECT name FROM person)'))",
    ],
)
def test_a_planted_way_round_is_found(planted):
    assert list(ways_round("views/intake/cases.py", ast.parse(planted)))
