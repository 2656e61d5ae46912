"""Words of tables, marked for the translator by the name that Qt Linguist's tools look for."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """The text itself, typed; `translated` gives it in the language of the moment."""
    return text


def translated(context: str, text: str) -> str:
    """A text that was marked, in the language of the moment."""
    return QCoreApplication.translate(context, text)
