"""Every page says who may open it."""

import pytest
from flask import Flask

from config import settings_from_env
from youthcourt import create_app
from youthcourt.permissions import GRANTED, Permission


@pytest.fixture(scope="module")
def plain_app():
    return create_app(settings_from_env({"YOUTHCOURT_ENV": "test"}))


def undeclared(app):
    return sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "permissions")
    )


def test_a_planted_page_without_declared_access_is_found():
    app = Flask("planted")
    app.add_url_rule("/leak", "leak", lambda: "names")

    assert undeclared(app) == ["leak"]


def test_every_page_declares_who_may_open_it(plain_app):
    found = undeclared(plain_app)

    print(f"count: pages without declared access = {len(found)}")
    print(f"count: pages = {len(list(plain_app.url_map.iter_rules()))}")
    assert found == []


def test_every_permission_is_granted_to_somebody_and_asked_somewhere(plain_app):
    granted = set().union(*GRANTED.values())
    asked = {p for view in plain_app.view_functions.values() for p in getattr(view, "permissions", ())}

    assert granted == set(Permission)
    assert asked == set(Permission)
