"""What the tests of projects share."""

import pytest


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A killed process loses nothing the system has taken; only lost power would, and no test does that."""
    from engine.project import database

    if "synchronous" not in request.node.name:
        monkeypatch.setattr(database, "SYNCHRONOUS", "OFF")
