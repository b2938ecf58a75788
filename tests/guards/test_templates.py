"""Templates: nothing inline, nothing unescaped, nothing unused, nothing missing."""

import re

import pytest

from .source import PACKAGE, ROOT

TEMPLATES = ROOT / "templates"
SOURCES = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")}
FORBIDDEN = {
    "inline style": re.compile(r"\sstyle\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "script attribute": re.compile(r"\son(click|change|submit|load|input)\s*=", re.I),
    "unescaped words": re.compile(r"\|\s*safe\b|autoescape\s+false"),
    "address elsewhere": re.compile(r"""(src|href)=["']https?://"""),
}


# The drawings of our icons are constants of this file.
MAY = {("components/icon.html", "unescaped words")}


def faults(text):
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def imports(text):
    for names in re.findall(r'{%-?\s*from\s+"[^"]+"\s+import\s+(.+?)\s*-?%}', text):
        for name in names.removesuffix(" with context").split(","):
            yield name.split(" as ")[-1].strip()


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color: red">',
        "<script>alert(1)</script>",
        '<button onclick="go()">',
        "{{ name|safe }}",
        '<img src="https://example.org/x.png">',
    ],
)
def test_a_planted_fault_in_a_template_is_found(planted):
    assert faults(planted)


def test_no_template_carries_anything_inline_or_unescaped():
    found = {(name, fault) for name, text in SOURCES.items() for fault in faults(text)}

    assert found == MAY


def test_no_template_imports_a_macro_it_does_not_use():
    unused = {
        (name, macro)
        for name, text in SOURCES.items()
        for macro in imports(text)
        if len(re.findall(rf"\b{re.escape(macro)}\b", text)) < 2
    }

    assert unused == set()


def test_every_template_is_used():
    words = "\n".join([*SOURCES.values(), *(path.read_text() for path in PACKAGE.rglob("*.py"))])
    unused = {
        name
        for name in SOURCES
        if f'"{name}"' not in words and not name.startswith(("documents/", "errors/"))
    }

    assert unused == set()


def test_every_template_that_code_names_exists():
    named = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r'"((?:[a-z_]+/)+[a-z_]+\.html)"', path.read_text())
    }

    assert named - set(SOURCES) == set()
