"""The maker of random edits is also a script of its own, run to be killed; here it is importable."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """A killed process loses nothing the system has taken; only lost power would, and no test does that."""
    from engine.project import database

    if "synchronous" not in request.node.name:
        monkeypatch.setattr(database, "SYNCHRONOUS", "OFF")
