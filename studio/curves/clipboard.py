"""Keys on the system's clipboard, in the timeline's own form, so that they go between views, lines and projects."""

from __future__ import annotations

import json

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from engine.core.curves import Curve, Key
from engine.core.errors import InvalidInput

MIME = "application/x-vivavoce-timeline+json"
_FORMAT = 1


def put(keys: dict[str, list[Key]]) -> None:
    """Put keys on the clipboard, by track."""
    rows = {track: Curve.from_keys(found).to_json() for track, found in keys.items()}
    origin_s = min(k.time_s for found in keys.values() for k in found)
    text = json.dumps({"vivavoce": _FORMAT, "origin_s": origin_s, "keys": rows, "parts": []})
    data = QMimeData()
    data.setData(MIME, text.encode())
    QGuiApplication.clipboard().setMimeData(data)


def take() -> dict[str, list[Key]]:
    """The keys on the clipboard, by track; none where something else is there, or nothing that can be read."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None or not data.hasFormat(MIME):
        return {}
    try:
        rows = json.loads(bytes(data.data(MIME).data()).decode())["keys"]
        return {str(track): list(Curve.from_json(found).keys) for track, found in rows.items() if found}
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, InvalidInput):
        return {}
