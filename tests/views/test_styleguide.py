"""Every component on one page, where people build pages and nowhere else."""

import pytest


@pytest.mark.parametrize(("kind", "status"), [("test", 200), ("demo", 200), ("production", 404)])
def test_the_styleguide_is_not_there_in_production(app, client, monkeypatch, kind, status):
    monkeypatch.setitem(app.config, "YOUTHCOURT_ENV", kind)

    assert client.get("/styleguide/").status_code == status
