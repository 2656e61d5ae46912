"""The stage among the window's actions, and how the window's parts reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from engine.project.change import Change
from studio.stage.framing import GUIDES
from studio.stage.view_bar import ViewBar

if TYPE_CHECKING:
    from studio.settings import Preferences
    from studio.stage.panel import StagePanel
    from studio.stage.shooting import Shooting
    from studio.viewport.view import Viewport
    from studio.window import MainWindow


class StageCommands:
    """Which camera the viewport has, the camera's keys, the guides."""

    viewport: Viewport
    shooting: Shooting
    stage_panel: StagePanel
    view_bar: ViewBar
    preferences: Preferences
    actions_by_name: dict[str, QAction]

    def look_through_camera(self, on: bool) -> None:
        """Through the scene's camera, or freely."""
        self.viewport.looking.look_through(on)

    def lock_camera(self, on: bool) -> None:
        """Moving the view leaves the camera where it is."""
        self.viewport.looking.set_locked(on)

    def shot_from_view(self) -> None:
        """Let the camera look from where the free view does."""
        self.viewport.looking.take_shot()

    def key_camera(self) -> None:
        """Keys of the whole camera at the playhead."""
        self.shooting.key_all()

    def auto_key_camera(self, on: bool) -> None:
        """What is moved of the camera becomes keys."""
        self.shooting.set_auto(on)

    def guide_frame(self, on: bool) -> None:
        """Through the camera just what is exported."""
        self._guide("frame", on)

    def guide_action(self, on: bool) -> None:
        """The area that is safe for what moves."""
        self._guide("action", on)

    def guide_title(self, on: bool) -> None:
        """The area that is safe for words."""
        self._guide("title", on)

    def guide_thirds(self, on: bool) -> None:
        """Thirds of the picture."""
        self._guide("thirds", on)

    def guide_centre(self, on: bool) -> None:
        """The picture's middle."""
        self._guide("centre", on)

    def _guide(self, name: str, on: bool) -> None:
        self.viewport.framing.set_guide(name, on)

    def show_looking(self) -> None:
        """Check the actions of how the viewport looks."""
        looking = self.viewport.looking
        self.actions_by_name["look_through"].setChecked(looking.through)
        self.actions_by_name["lock_camera"].setChecked(looking.locked)
        self.actions_by_name["shot_from_view"].setEnabled(not looking.through)

    def show_guides(self) -> None:
        """Check the actions of the guides, and remember them."""
        for name in GUIDES:
            on = name in self.viewport.framing.guides
            self.actions_by_name[f"guide_{name}"].setChecked(on)
            self.preferences.put(f"stage/guide_{name}", on)


def connect(window: MainWindow) -> None:
    """Let the viewport look through the document's camera, and the actions show how it looks."""
    viewport, session = window.viewport, window.session
    looking, framing = viewport.looking, viewport.framing
    window.view_bar = ViewBar(looking, viewport)
    for name in GUIDES:
        framing.set_guide(name, window.preferences.flag(f"stage/guide_{name}", name == "frame"))
    framing.changed.connect(window.show_guides)
    looking.changed.connect(lambda: framing.set_through(looking.through))
    looking.changed.connect(window.show_looking)
    looking.attach(window.shooting)
    window.shooting.auto_changed.connect(window.actions_by_name["auto_key_camera"].setChecked)
    window.stage_panel.background.refused.connect(window.faults.show)

    def follow_settings() -> None:
        settings = session.document.settings
        framing.set_aspect(settings.width / settings.height)

    def on_changed(change: Change) -> None:
        if change.concerns("settings"):
            follow_settings()
        if change.concerns("stage", "placement", "person", "character", "line"):
            viewport.camera_moved()

    session.changed.connect(on_changed)
    session.line_changed.connect(viewport.camera_moved)
    session.project_changed.connect(follow_settings)
    session.project_changed.connect(viewport.camera_moved)
    follow_settings()
    window.show_guides()
    window.show_looking()
