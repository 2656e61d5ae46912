"""What the actions of the window's comforts do: theme, keys, palette; and how they are connected."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMenu

from studio import theme
from studio.comfort import language
from studio.comfort.bindings import Bindings
from studio.comfort.catalogue import entries
from studio.comfort.jobs_panel import JobsPanel
from studio.comfort.layouts import Layouts
from studio.settings import Preferences
from studio.status import Rate

if TYPE_CHECKING:
    from studio.comfort.palette import Palette
    from studio.comfort.preferences_dialog import PreferencesDialog
    from studio.comfort.shortcut_editor import ShortcutEditor
    from studio.comfort.tour import Tour
    from studio.window import MainWindow

_RECENT = "palette/recent"
_TOURED = "tour/seen"
_REMEMBERED = 12  # commands used last


class ComfortCommands:
    """Actions of a window that change how it looks and is worked with, and nothing of a project."""

    preferences: Preferences
    bindings: Bindings
    layouts: Layouts
    jobs_panel: JobsPanel
    jobs_dock: QDockWidget
    viewport_rate: Rate
    tour: Tour | None = None
    language: str = language.SOURCE  # that the window was made in
    layouts_menu: QMenu

    def choose_theme(self, mode: str) -> None:
        """Show another theme and remember it.

        Args:
            mode: one of `theme.MODES`.
        """
        theme.choose(mode)
        self.preferences.put("look/theme", theme.mode())

    def show_palette(self) -> Palette:
        """Search all commands, and run one."""
        from studio.comfort.palette import Palette, place_over

        window = cast("MainWindow", self)
        recent = [name for name in self.preferences.text(_RECENT).split() if name]
        palette = Palette(window, [e for e in entries(window.menuBar()) if e.name != "palette"], recent)
        palette.accepted.connect(lambda: _run(palette, self.preferences, recent))
        place_over(palette, window)
        palette.show()
        return palette

    def edit_shortcuts(self) -> ShortcutEditor:
        """Choose the keys of all actions."""
        from studio.comfort.shortcut_editor import ShortcutEditor

        dialog = ShortcutEditor(self.bindings, cast("MainWindow", self))
        dialog.open()
        return dialog

    def show_preferences(self) -> PreferencesDialog:
        """Theme, language, keys and time."""
        from studio.comfort.preferences_dialog import PreferencesDialog

        dialog = PreferencesDialog(cast("MainWindow", self))
        dialog.open()
        return dialog

    def show_tour(self) -> Tour:
        """Show a person around, with the sample line where there is none."""
        from studio.comfort.tour import Tour

        window = cast("MainWindow", self)
        self.preferences.put(_TOURED, True)
        if self.tour is not None:
            self.tour.end()
        if window.session.line is None:
            window.files.open_sample()
        self.tour = tour = Tour(window)
        tour.ended.connect(self._on_tour_ended)
        return tour

    def offer_tour(self) -> None:
        """Show around whoever comes for the first time and begins with the sample."""
        if not self.preferences.flag(_TOURED, False):
            self.show_tour()

    def _on_tour_ended(self) -> None:
        self.tour = None
        cast("MainWindow", self).timeline.setFocus()

    def show_jobs(self) -> None:
        """All work under way, and what failed."""
        self.jobs_dock.show()
        self.jobs_dock.raise_()

    def set_full_screen(self, on: bool) -> None:
        """The whole screen, or a window again."""
        window = cast("MainWindow", self)
        state, full = window.windowState(), Qt.WindowState.WindowFullScreen
        window.setWindowState(state | full if on else state & ~full)


def _run(palette: Palette, preferences: Preferences, recent: list[str]) -> None:
    entry = palette.chosen
    if entry is not None:
        if entry.name:
            preferences.put(_RECENT, " ".join([entry.name, *(n for n in recent if n != entry.name)][:_REMEMBERED]))
        # Once the palette has given the keys back: an action may open a window of its own.
        QTimer.singleShot(0, entry.action, entry.action.trigger)


def connect(window: MainWindow, layout: int) -> None:
    """Give a window its comforts; after all its menus and panels are there.

    Args:
        window: the one.
        layout: version of its panels.
    """
    window.jobs_panel = JobsPanel(window.jobs)
    window.jobs_dock = window._dock("Jobs", window.jobs_panel, Qt.DockWidgetArea.BottomDockWidgetArea)
    window.tabifyDockWidget(window.docks[-1], window.jobs_dock)
    window.jobs_dock.hide()
    window.docks[-1].raise_()
    window.job_status.pressed.connect(window.show_jobs)
    window.viewport_rate = rate = Rate()
    window.statusBar().addPermanentWidget(rate)
    window.viewport.painted.connect(rate.count)
    window.language = language.resolve(window.preferences.text("look/language", language.SYSTEM))
    window.stage.welcome.open_sample.connect(window.offer_tour)
    window.layouts = Layouts(window, window.preferences, layout)
    window.layouts.fill(window.layouts_menu)
    window.layouts_menu.aboutToShow.connect(lambda: window.layouts.fill(window.layouts_menu))
    for dock in window.findChildren(QDockWidget):
        dock.toggleViewAction().setObjectName(f"panel_{dock.objectName()}")
    window.bindings = Bindings(window.menuBar(), window.preferences, window)
