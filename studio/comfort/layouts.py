"""Arrangements of the panels, by name: some that come with the studio, and a person's own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QInputDialog, QMenu

from studio import tab_bars
from studio.comfort.menus import settle_mnemonics
from studio.settings import Preferences

if TYPE_CHECKING:
    from studio.window import MainWindow

_LIST = "layouts/names"
_LONGEST = 40  # letters of a name
BUILT_IN: dict[str, str] = {
    "default": "&Default",
    "animate": "&Animate",
    "review": "&Review",
    "people": "&People",
}
# What is shown where nothing else is said, by dock; its share of the window's height for those below.
_SHOWN: dict[str, set[str]] = {
    "animate": {"performanceDock", "channelsDock", "takesDock", "posesDock", "visemesDock", "timelineDock", "curvesDock"},
    "review": {"timelineDock"},
    "people": {"peopleDock", "stageDock"},
}
_BELOW: dict[str, float] = {"animate": 0.55, "review": 0.2}
_ON_TOP, _BESIDE_PX = {"people": "peopleDock"}, 380


class Layouts(QObject):
    """Arranges the panels of a window.

    Args:
        window: with all its panels.
        preferences: where a person's own layouts are kept.
        version: of the window's panels; layouts of another are not used.
    """

    def __init__(self, window: MainWindow, preferences: Preferences, version: int) -> None:
        super().__init__(window)
        self.window = window
        self.preferences = preferences
        self.version = version

    @property
    def names(self) -> list[str]:
        """A person's own, in the order they were made."""
        return self.preferences.words(_LIST)

    def use(self, name: str) -> None:
        """Arrange the panels as one that comes with the studio."""
        self.window.restoreState(self.window.usual_layout, self.version)
        tab_bars.tidy_soon(self.window)
        if name not in _SHOWN:
            return
        docks = self.window.findChildren(QDockWidget)
        for dock in docks:
            dock.setVisible(dock.objectName() in _SHOWN[name])
        if name in _ON_TOP:
            top = next(d for d in docks if d.objectName() == _ON_TOP[name])
            top.raise_()
            self.window.resizeDocks([top], [_BESIDE_PX], Qt.Orientation.Horizontal)
        if name not in _BELOW:
            return
        below = next(d for d in docks if d.objectName() == "timelineDock")
        if name == "animate":
            curves = next(d for d in docks if d.objectName() == "curvesDock")
            self.window.removeDockWidget(curves)  # out of the timeline's tabs
            self.window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, curves, Qt.Orientation.Horizontal)
            curves.show()
            self.window.resizeDocks([below, curves], [1, 1], Qt.Orientation.Horizontal)
        self.window.resizeDocks([below], [round(self.window.height() * _BELOW[name])], Qt.Orientation.Vertical)

    def use_own(self, name: str) -> None:
        """Arrange the panels as a person kept them; one that no longer fits gives the usual layout."""
        kept = self.preferences.bytes(_key(name))
        tab_bars.tidy_soon(self.window)
        if kept.isEmpty() or not self.window.restoreState(kept, self.version):
            self.window.say(self.tr("The layout “{name}” no longer fits this window").format(name=name))
            self.use("default")

    def keep(self, name: str) -> None:
        """Keep the panels as they are now, under a name."""
        name = " ".join(name.split())[:_LONGEST]
        if name:
            self.preferences.put(_LIST, [*(n for n in self.names if n != name), name])
            self.preferences.put(_key(name), self.window.saveState(self.version))

    def delete(self, name: str) -> None:
        """Forget one of a person's own."""
        self.preferences.put(_LIST, [n for n in self.names if n != name])
        self.preferences.put(_key(name), QByteArray())

    def ask_keep(self) -> None:
        """Ask for a name and keep the layout."""
        dialog = QInputDialog(self.window)
        dialog.setObjectName("layoutName")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Save Layout"))
        dialog.setLabelText(self.tr("Name of the layout; an existing one is replaced:"))
        dialog.textValueSelected.connect(self.keep)
        dialog.open()

    def fill(self, menu: QMenu) -> None:
        """The menu's entries as they are now."""
        menu.clear()
        for name, words in BUILT_IN.items():
            _add(menu, f"layout_{name}", QCoreApplication.translate("Menu", words)).triggered.connect(partial(_ignoring, self.use, name))
        if self.names:
            menu.addSeparator()
        for name in self.names:
            _add(menu, "", name.replace("&", "&&")).triggered.connect(partial(_ignoring, self.use_own, name))
        menu.addSeparator()
        _add(menu, "layout_keep", QCoreApplication.translate("Menu", "&Save Current…")).triggered.connect(lambda _=False: self.ask_keep())
        below = menu.addMenu(QCoreApplication.translate("Menu", "De&lete"))
        below.setEnabled(bool(self.names))
        for name in self.names:
            _add(below, "", name.replace("&", "&&")).triggered.connect(partial(_ignoring, self.delete, name))
        settle_mnemonics(menu)


def _ignoring(do, name: str, checked: bool = False) -> None:  # type: ignore[no-untyped-def]
    do(name)


def _key(name: str) -> str:
    # A slash or backslash would be a folder of the settings file.
    return "layouts/" + name.encode("utf-8").hex()


def _add(menu: QMenu, name: str, text: str) -> QAction:
    action = menu.addAction(text)
    action.setObjectName(name)
    return action
