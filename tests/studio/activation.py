"""The active window, which keys go to: there is no window manager to choose it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

WAIT_MS = 60_000  # nothing waits that long but on a machine with much else to do


def activate(qtbot, window: QWidget) -> None:
    """Wait until a window that is shown, or a dialog over it, is active.

    It asks anew each time it looks: an X server that has not mapped the window yet drops the request for the focus.
    """

    def active() -> bool:
        if window.isActiveWindow() or QApplication.activeModalWidget() is not None:
            return True
        window.activateWindow()
        return False

    qtbot.waitUntil(active, timeout=WAIT_MS)
