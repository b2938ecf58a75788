"""Every page that changes something refuses a form that is not ours."""

import pytest

from config import settings_from_env
from youthcourt import create_app

WRITING = {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
def strict_app():
    """The application as it runs, without the tests' leniency about tokens."""
    return create_app(settings_from_env({"YOUTHCOURT_ENV": "test", "DATABASE_URL": "sqlite://"}))


def test_every_post_without_a_token_is_refused(strict_app):
    client = strict_app.test_client()
    taken = []
    adapter = strict_app.url_map.bind("localhost")
    rules = [rule for rule in strict_app.url_map.iter_rules() if rule.methods & WRITING]
    for rule in rules:
        path = adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 1), force_external=False)
        if client.post(path, data={"csrf_token": "made up"}).status_code != 400:
            taken.append(rule.endpoint)

    print(f"count: pages that refuse a strange form = {len(rules)}")
    assert taken == []
