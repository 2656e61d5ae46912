"""No tab bar lies on top of a panel, whatever layout is chosen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QDockWidget, QTabBar


def overlaps(window) -> list[str]:
    """Tab bars of docks that lie on a panel, or on another tab bar."""
    docks = [d for d in window.findChildren(QDockWidget) if d.isVisible() and not d.isFloating() and not d.visibleRegion().isEmpty()]
    bars = [b for b in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly) if b.isVisible()]
    found = [f"{b.tabText(0)} on {d.objectName()}" for b in bars for d in docks if b.geometry().intersects(d.geometry())]
    seen: list[QRect] = []
    for bar in bars:
        if window.rect().intersects(bar.geometry()):
            found += ["two bars in one place"] if bar.geometry() in seen else []
            seen.append(bar.geometry())
    return found


def test_no_bar_lies_on_a_panel_when_the_window_opens(window, qtbot) -> None:
    qtbot.waitUntil(lambda: not overlaps(window), timeout=2000)
    window.resize(1200, 820)
    qtbot.waitUntil(lambda: not overlaps(window), timeout=2000)
    bars = [b for b in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly) if window.rect().contains(b.geometry())]
    assert {b.tabText(0) for b in bars} >= {"Timeline", "Performance"}, "the live ones are there"


@pytest.mark.parametrize("name", ["default", "animate", "review"])
def test_no_bar_lies_on_a_panel_after_another_layout(window, qtbot, name) -> None:
    window.layouts.use(name)
    qtbot.waitUntil(lambda: not overlaps(window), timeout=2000)
    window.reset_layout()
    qtbot.waitUntil(lambda: not overlaps(window), timeout=2000)
