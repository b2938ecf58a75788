"""What the package does not do: evaluate text, start commands, unpickle, guess at random, hash weakly."""

import ast

from flask_babel import lazy_gettext
from markupsafe import escape

from youthcourt.i18n import lazy

from .source import modules

# Names whose use needs a second look, and the places that had it. The demonstration plays invented lives.
DANGEROUS = {
    "eval": set(),
    "exec": set(),
    "compile": set(),
    "__import__": set(),
    "from_string": set(),
    # an empty line on a paper, all ours; a line of the script, each part of it escaped; a text of a paper,
    # whose reader lets no markup through; what escaping gives back
    "Markup": {"documents/paper.py", "documents/texts.py", "i18n.py", "models/court/script.py"},
    "pickle": set(),
    "marshal": set(),
    "shelve": set(),
    "yaml": set(),
    "xml": set(),
    "lxml": set(),
    # fixed commands, without a shell
    "subprocess": {
        "documents/locked_room.py",
        "documents/press.py",
        "procedures/jury/publishing.py",
        "procedures/working.py",
    },
    "os.system": set(),
    "os.popen": set(),
    "random": set(),
    "uuid": {"forms/base.py"},  # the number of a form, which opens nothing
    "hashlib.md5": set(),
    "hashlib.sha1": set(),
}


def uses(tree):
    """Every dangerous name that a module imports or calls."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            yield called
            if isinstance(node.func, ast.Attribute):
                yield node.func.attr if node.func.attr == "from_string" else called


def dangerous(modules):
    return sorted(
        {
            (str(path), name)
            for path, tree in modules
            if not str(path).startswith("demonstration")
            for name in uses(tree)
            if name in DANGEROUS and str(path) not in DANGEROUS[name]
        }
    )


def test_a_planted_danger_is_found():
    planted = ast.parse("import pickle\nimport os\nos.system('ls')\nenv.from_string(text)\neval('1')")

    found = dangerous([("views/planted.py", planted)])

    assert [name for _path, name in found] == ["eval", "from_string", "os.system", "pickle"]


def test_nothing_dangerous_is_done_but_where_it_was_looked_at():
    assert dangerous(modules()) == []


def lazy_words_from_the_library(modules):
    """Where Flask-Babel's own lazy words are taken: they call themselves markup, whatever was put in."""
    return {
        str(path)
        for path, tree in modules
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "flask_babel"
        if any(name.name.lower().startswith("lazy") for name in node.names)
    }


def test_lazy_words_are_ours_and_print_what_they_were_given_as_words(app):
    planted = ast.parse("from flask_babel import lazy_gettext")
    with app.test_request_context():
        theirs, ours = lazy_gettext("Hi %(name)s", name="<b>"), lazy("Hi %(name)s", name="<b>")
        said = escape(theirs), escape(ours)

    assert said == ("Hi <b>", "Hi &lt;b&gt;")
    assert lazy_words_from_the_library([("views/planted.py", planted)]) == {"views/planted.py"}
    assert lazy_words_from_the_library(modules()) == {"i18n.py"}
