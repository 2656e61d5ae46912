"""Tab bars of docks that Qt forgets: put out of sight.

When docks are arranged or a layout is restored, Qt's main window makes new tab bars and leaves some of the old ones where they were, on
top of other panels. The live ones touch the docks they belong to.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar

_AWAY = QRect(-4000, -4000, 1, 1)
_NEAR_PX = 3


def tidy(window: QMainWindow) -> None:
    """Move the forgotten tab bars of a window out of sight; Qt brings one back by itself should it use it again."""
    docks = [d.geometry() for d in window.findChildren(QDockWidget) if not d.isFloating() and d.isVisible() and not d.visibleRegion().isEmpty()]
    for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if not any(_touches(bar.geometry(), dock) for dock in docks):
            bar.setGeometry(_AWAY)


def tidy_soon(window: QMainWindow) -> None:
    """The same once the window is laid out."""
    QTimer.singleShot(0, window, lambda: tidy(window))


def _touches(bar: QRect, dock: QRect) -> bool:
    below = abs(bar.top() - dock.bottom() - 1) <= _NEAR_PX or abs(dock.top() - bar.bottom() - 1) <= _NEAR_PX
    beside = abs(bar.left() - dock.right() - 1) <= _NEAR_PX or abs(dock.left() - bar.right() - 1) <= _NEAR_PX
    # A live one is as long as the side of its dock; one that was forgotten keeps the length it had.
    as_wide = abs(bar.left() - dock.left()) <= _NEAR_PX and abs(bar.width() - dock.width()) <= _NEAR_PX
    as_high = abs(bar.top() - dock.top()) <= _NEAR_PX and abs(bar.height() - dock.height()) <= _NEAR_PX
    return (below and as_wide) or (beside and as_high)
