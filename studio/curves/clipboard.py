"""Keys on the system's clipboard, so that they go from one view to another and from one project to another."""

from __future__ import annotations

import json

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput

MIME = "application/x-vivavoce-keys+json"


def put(keys: dict[str, list[Key]]) -> None:
    """Put keys on the clipboard, by track; with them a text other programs can take."""
    data = QMimeData()
    rows = {track: Curve.from_keys(found).to_json() for track, found in keys.items()}
    data.setData(MIME, json.dumps(rows).encode())
    text = [f"{track}\t{k.time_s:.6f}\t{k.value:.6f}" for track, found in keys.items() for k in found]
    data.setText("\n".join(text))
    QGuiApplication.clipboard().setMimeData(data)


def take() -> dict[str, list[Key]]:
    """The keys on the clipboard, by track; none where something else is there, or nothing that can be read."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or not data.hasFormat(MIME):
        return {}
    try:
        rows = json.loads(bytes(data.data(MIME).data()).decode())
        return {str(track): list(Curve.from_json(found).keys) for track, found in rows.items() if found}
    except (ValueError, TypeError, IndexError, AttributeError, InvalidInput):
        return {}
