"""The stage among the window's actions, and how the window's parts reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QAction

from engine.project.change import Change
from engine.project.document import LineDoc
from studio.stage.backing import is_missing
from studio.stage.ensemble import Ensemble
from studio.stage.framing import GUIDES
from studio.stage.picking import pick
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
    ensemble: Ensemble
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
    viewport.shown.speaker = lambda: window.conductor.speaker
    looking.attach(window.shooting)
    window.ensemble = Ensemble(session, window.conductor, window.jobs, window)
    viewport.shown.ensemble = window.ensemble.values
    window.ensemble.changed.connect(viewport.refresh)
    window.shooting.auto_changed.connect(window.actions_by_name["auto_key_camera"].setChecked)
    window.stage_panel.background.refused.connect(window.faults.show)
    viewport.pointing.clicked.connect(lambda point: choose_character(window, point))

    def follow_settings() -> None:
        settings = session.document.settings
        framing.set_aspect(settings.width / settings.height)

    def on_changed(change: Change) -> None:
        if change.concerns("settings"):
            follow_settings()
        if change.concerns("stage", "placement", "person", "character", "line"):
            viewport.camera_moved()

    def tell_missing() -> None:
        background = window.stage_panel.background
        window.shooting.look_again()
        missing = is_missing(session)
        text = QCoreApplication.translate("StageCommands", "The picture behind the characters is missing: a gradient is shown in its place.")
        actions = () if session.read_only else ((QCoreApplication.translate("StageCommands", "Choose…"), background.ask),)
        window.banner.tell("backdrop", text if missing else "", "warning", *actions)

    seen = [session.document.stage.background]

    def watch_background(change: Change) -> None:
        if change.concerns("stage") and session.document.stage.background is not seen[0]:
            seen[0] = session.document.stage.background
            tell_missing()

    session.changed.connect(watch_background)
    session.project_changed.connect(tell_missing)
    session.changed.connect(on_changed)
    session.line_changed.connect(viewport.camera_moved)
    session.project_changed.connect(follow_settings)
    session.project_changed.connect(viewport.camera_moved)
    follow_settings()
    window.show_guides()
    window.show_looking()


def choose_character(window: MainWindow, point: QPointF) -> None:
    """Work on the character under a point of the viewport, where there are several: on the line of theirs that is nearest."""
    document = window.session.document
    if len(document.characters) < 2 or window.player.playing:
        return
    found = pick(window.viewport, point)
    if found is None or found.character is None:
        return
    window.conductor.speaker = found.character.id
    window.stage_panel.company.select(found.character.id)
    line, time_s = window.session.line, window.shooting.time_s
    if found.character.lines and (line is None or document.character_of(line.id) is not found.character):
        window.session.select(min(found.character.lines, key=lambda each: _away(each, time_s)).id)
    window.viewport.refresh()
    window.say(QCoreApplication.translate("StageCommands", "{name} is chosen").format(name=found.character.name))


def _away(line: LineDoc, time_s: float) -> float:
    """How far a time of the scene is from a line, seconds."""
    return max(line.start_s - time_s, time_s - line.start_s - (line.duration_s or 0.0), 0.0)
