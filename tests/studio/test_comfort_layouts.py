"""Layouts of the panels: those that come with the studio, one's own, and the whole screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QInputDialog, QMenu

from studio.window import MainWindow


def shown(window: MainWindow) -> set[str]:
    return {d.objectName() for d in window.findChildren(QDockWidget) if not d.isHidden()}


def choose(window: MainWindow, *words: str) -> None:
    """By way of the menu, as it is when it opens."""
    menu = window.layouts_menu
    menu.aboutToShow.emit()
    for word in words:
        action = next(a for a in menu.actions() if a.text().replace("&", "") == word)
        below = action.menu()
        if isinstance(below, QMenu):
            menu = below
        else:
            action.trigger()


def test_layouts_that_come_with_the_studio(window: MainWindow):
    usual = shown(window)
    choose(window, "Review")
    assert shown(window) == {"timelineDock"}
    choose(window, "Animate")
    assert shown(window) == {"performanceDock", "channelsDock", "takesDock", "posesDock", "visemesDock", "timelineDock", "curvesDock"}
    curves = window.curve_dock
    assert curves not in window.tabifiedDockWidgets(window.docks[2]), "side by side"
    choose(window, "Default")
    assert shown(window) == usual


def test_ones_own_layout_is_kept_and_deleted(make_window, window: MainWindow, qtbot):
    window.docks[0].hide()
    choose(window, "Save Current…")
    dialog = window.findChild(QInputDialog)
    assert dialog is not None
    dialog.setTextValue("  My / own  &  layout ")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    choose(window, "Default")
    assert not window.docks[0].isHidden()
    other = make_window()
    other.layouts.use("default")
    other.layouts.use_own(other.layouts.names[0])
    assert other.layouts.names == ["My / own & layout"] and other.docks[0].isHidden()
    other.layouts_menu.aboutToShow.emit()
    delete = next(a.menu() for a in other.layouts_menu.actions() if a.menu())
    assert isinstance(delete, QMenu)
    delete.actions()[0].trigger()
    assert window.layouts.names == []


def test_a_layout_that_does_not_fit_gives_the_usual_one(window: MainWindow):
    usual = shown(window)
    window.docks[0].hide()
    window.layouts.use_own("never kept")
    assert shown(window) == usual and "never kept" in window.statusBar().currentMessage()


def test_the_whole_screen_and_back(window: MainWindow, qtbot):
    qtbot.keyClick(window.timeline, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    assert window.actions_by_name["full_screen"].isChecked()
    qtbot.keyClick(window.timeline, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.isFullScreen())
