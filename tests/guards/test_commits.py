"""One request, one transaction, one commit: only these places may commit."""

import ast

from .source import modules

MAY_COMMIT = {
    "__init__.py",  # the application, once a request
    "commands/demo.py",
    "commands/backup.py",
    "commands/court.py",
    "commands/factor.py",
    "views/accounts/throttling.py",  # tries in vain count, although the answer is a refusal
    "views/accounts/confirming.py",  # whoever has confirmed who they are has, whatever the page then says
    "views/accounts/signing_in.py",  # when somebody was last here, after the answer
    "commands/retention.py",
    "procedures/in_background.py",  # what a worker has done so far, while the pages go on
    "demonstration/player.py",  # each played day is one transaction
}


def commits(tree):
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        # a savepoint inside the request's one transaction is none
        and not (isinstance(node.func.value, ast.Name) and node.func.value.id == "kept")
    ]


def test_a_planted_commit_is_found():
    assert commits(ast.parse("def accept(self):\n    db.session.commit()")) == [2]


def test_only_the_named_places_commit():
    committing = {path.as_posix() for path, tree in modules() if commits(tree)}

    assert committing <= MAY_COMMIT
